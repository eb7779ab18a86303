// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/adapter_origin.h"

#include "core/base/hash.h"
#include "training/model/adapter_record.h"

#include <bit>

namespace cw {

namespace {

// Letters, digits, blanks of all kinds, line ends, a combining accent, a ligature, other scripts, contractions, marks.
constexpr std::string_view kProbe =
    "This Agreement (the \u201CAgreement\u201D) is made on 3 April 2024;\r\n\r\n\t14.2  it's the SUPPLIER'S  "
    "fee of USD 1,000,000.00 \u00A7 5 \u2013 cafe\u0301 \uFB01nal \u00A0\u65E5\u672C \U0001F600 <s>[INST]</s>\n";

// Feeds a hash so that no two different sequences of fields look alike: each text goes behind its length.
class FieldHash {
public:
    void add(std::string_view bytes) {
        add(static_cast<std::int64_t>(bytes.size()));
        m_hash.update(bytes);
    }
    void add(std::int64_t number) {
        char bytes[8];
        for (int i = 0; i < 8; ++i)
            bytes[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i));
        m_hash.update({bytes, sizeof bytes});
    }
    void add(double number) { add(std::bit_cast<std::int64_t>(number)); }
    void add(const TokenIds& ids) {
        add(static_cast<std::int64_t>(ids.size()));
        for (const std::int64_t id : ids)
            add(id);
    }
    std::string hex() { return m_hash.hex(); }

private:
    Sha256 m_hash;
};

void add(FieldHash& hash, const ModelConfig& config) {
    hash.add(config.family);
    for (const std::int64_t number :
         {config.vocabulary, config.hidden, config.intermediate, config.layers, config.heads, config.kvHeads,
          config.headWidth, config.context, config.slidingWindow, std::int64_t{config.tiedHead},
          std::int64_t{config.headNorms}})
        hash.add(number);
    hash.add(config.normEpsilon);
    const RopeFrequencies rope = ropeFrequencies(config);
    for (const double turn : rope.radians)
        hash.add(turn);
    hash.add(rope.scale);
}

Error mismatch(std::string_view what) {
    return {ErrorCode::BadInput, std::string(what),
            "Choose the model folder that the adapter was trained on, or train the adapter again on this one."};
}

} // namespace

std::string templateHash(const ChatTemplate& chat) {
    FieldHash hash;
    hash.add(nameOf(chat.format()));
    const std::string question(kProbe);
    for (const bool answered : {false, true}) {
        std::vector<ChatTurn> turns = {{true, question}, {false, " {\"governing_law\":null} "}, {true, " \nWhy? \n"}};
        if (answered)
            turns.push_back({false, "{}"});
        const LabelledIds encoded = chat.encode(chat.segments(turns));
        hash.add(encoded.ids);
        hash.add(TokenIds(encoded.trained.begin(), encoded.trained.end()));
    }
    return hash.hex();
}

std::string tokenizerHash(const Tokenizer& tokenizer) {
    FieldHash hash;
    hash.add(tokenizer.vocabSize());
    for (std::int64_t id = 0; id < tokenizer.vocabSize(); ++id)
        hash.add(tokenizer.tokenBytes(id));
    for (const auto& [name, id] : tokenizer.special().ids) {
        hash.add(name);
        hash.add(id);
    }
    hash.add(tokenizer.bosId());
    hash.add(tokenizer.eosId());
    hash.add(tokenizer.encode(kProbe));
    return hash.hex();
}

Result<std::string> baseHash(const ModelConfig& config, const WeightSource& weights) {
    FieldHash hash;
    add(hash, config);
    for (const std::string& name : weights.names()) {
        CW_TRY_ASSIGN(sample, weights.sample(name));
        hash.add(name);
        hash.add(sample.type);
        hash.add(sample.shape);
        hash.add(sample.bytes);
    }
    return hash.hex();
}

Result<std::string> checkOrigin(const std::filesystem::path& adapterFolder, const AdapterOrigin& used) {
    CW_TRY_ASSIGN(record, readRecord(adapterFolder));
    if (!record.origin)
        return "The adapter in " + adapterFolder.string() +
               " doesn't say what it was trained on, so only its shapes were checked.";
    const AdapterOrigin& made = *record.origin;
    // In this order: another base mostly comes with another tokenizer, and that one with another template.
    if (made.baseHash != used.baseHash)
        return mismatch(kOtherBase);
    if (made.tokenizerHash != used.tokenizerHash)
        return mismatch(kOtherTokenizer);
    if (made.templateHash != used.templateHash)
        return mismatch(kOtherTemplate);
    if (made.dtype != used.dtype)
        return "The adapter was trained on the base in " + made.dtype + " and is used on it in " + used.dtype +
               "; results may differ a little.";
    return std::string();
}

} // namespace cw
