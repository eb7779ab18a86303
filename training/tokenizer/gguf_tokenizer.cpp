// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/gguf_tokenizer.h"

#include "core/base/utf.h"
#include "training/tokenizer/byte_level_bpe.h"
#include "training/tokenizer/sentencepiece_proto.h"
#include "training/tokenizer/sentencepiece_tokenizer.h"
#include "training/tokenizer/special_tokens.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace cw {

namespace {

using nlohmann::json;

// A known tokenizer.ggml.pre: what the tokenizer.json of those models says about normalising and splitting.
struct WordRules {
    std::string_view name;
    bool normalizeToNfc;
    bool wholeWordsFirst;
    bool splitDigits;
    std::string_view expression; // empty: GPT-2's, which the byte-level step has built in
};

constexpr std::string_view kQwen2 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kLlama3 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

constexpr WordRules kRules[] = {{"gpt-2", false, false, false, ""},      {"smollm", false, false, true, ""},
                                {"qwen2", true, false, false, kQwen2},   {"llama-bpe", false, true, false, kLlama3},
                                {"llama3", false, true, false, kLlama3}, {"llama-v3", false, true, false, kLlama3}};

json splitSteps(const WordRules& rules) {
    const json byteLevel = {
        {"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", rules.expression.empty()}};
    if (rules.splitDigits)
        return {{"type", "Sequence"},
                {"pretokenizers", {{{"type", "Digits"}, {"individual_digits", true}}, byteLevel}}};
    if (rules.expression.empty())
        return byteLevel;
    const json split = {
        {"type", "Split"}, {"pattern", {{"Regex", rules.expression}}}, {"behavior", "Isolated"}, {"invert", false}};
    return {{"type", "Sequence"}, {"pretokenizers", {split, byteLevel}}};
}

// The vocabulary's lists, found to be as long as each other.
struct Vocabulary {
    std::vector<std::string_view> names;
    std::vector<PieceType> types;
};

class Reader {
public:
    explicit Reader(const GgufFile& file) : m_file(file) {}

    Result<std::unique_ptr<Tokenizer>> read() {
        const std::string kind(m_file.text("tokenizer.ggml.model").value_or(""));
        if (kind != "gpt2" && kind != "llama")
            return unsupported("holds a tokenizer of the kind \"" + kind + "\", which this program does not have");
        CW_TRY_ASSIGN(vocabulary, readVocabulary());
        return kind == "gpt2" ? byteLevel(vocabulary) : sentencePiece(vocabulary);
    }

private:
    Error broken(const std::string& what) const {
        return {ErrorCode::BadInput, m_file.path().string() + " " + what + ".", "Download or convert the file again."};
    }
    Error unsupported(const std::string& what) const {
        return {ErrorCode::Unsupported, m_file.path().string() + " " + what + ".",
                "Use a model whose tokenizer is SentencePiece or byte-level BPE, such as Mistral, SmolLM2, Qwen or "
                "Llama 3."};
    }

    Result<Vocabulary> readVocabulary() const {
        const auto names = m_file.texts("tokenizer.ggml.tokens");
        const auto types = m_file.numbers("tokenizer.ggml.token_type");
        if (!names || !types || names->empty() || names->size() > static_cast<size_t>(kMaxVocabulary) ||
            types->size() != names->size())
            return broken("has no lists of 1 to 1,000,000 tokens and their types");
        if (!areTexts(*names))
            return broken("has a token that is no UTF-8");
        Vocabulary vocabulary{*names, {}};
        for (const double type : *types) {
            if (!(type >= 1 && type <= 6))
                return broken("gives a token an unknown type");
            vocabulary.types.push_back(static_cast<PieceType>(static_cast<int>(type)));
        }
        return vocabulary;
    }

    static bool areTexts(const std::vector<std::string_view>& texts) {
        return std::ranges::none_of(texts, [](std::string_view text) { return firstInvalidUtf8(text).has_value(); });
    }

    Result<WordRules> wordRules() const {
        const std::string name(m_file.text("tokenizer.ggml.pre").value_or(""));
        const auto found = std::ranges::find(kRules, name, &WordRules::name);
        if (found == std::end(kRules))
            return unsupported("splits words in the way \"" + name + "\", which this program does not have");
        return *found;
    }

    // As the tokenizer.json that the values came from, so that there is one reader of byte-level BPE.
    Result<std::unique_ptr<Tokenizer>> byteLevel(const Vocabulary& vocabulary) {
        CW_TRY_ASSIGN(rules, wordRules());
        const auto merges = m_file.texts("tokenizer.ggml.merges");
        if (!merges || !areTexts(*merges))
            return broken("has no list of merges in UTF-8");
        json root = {{"pre_tokenizer", splitSteps(rules)}, {"added_tokens", json::array()}};
        if (rules.normalizeToNfc)
            root["normalizer"] = {{"type", "NFC"}};
        json names = json::object();
        for (size_t id = 0; id < vocabulary.names.size(); ++id) {
            const std::string name(vocabulary.names[id]);
            if (vocabulary.types[id] != PieceType::Normal)
                root["added_tokens"].push_back({{"id", id}, {"content", name}, {"special", true}});
            else if (!names.emplace(name, id).second)
                return broken("has the token \"" + name + "\" twice");
        }
        root["model"] = {{"type", "BPE"}, {"ignore_merges", rules.wholeWordsFirst}, {"merges", *merges}};
        root["model"]["vocab"] = std::move(names);
        return byteLevelBpe(root, m_file.path(), resolver());
    }

    Result<std::unique_ptr<Tokenizer>> sentencePiece(const Vocabulary& vocabulary) {
        const auto scores = m_file.numbers("tokenizer.ggml.scores");
        if (!scores || scores->size() != vocabulary.names.size())
            return broken("has no list of its tokens' scores");
        if (m_file.has("tokenizer.ggml.precompiled_charsmap"))
            return unsupported("changes the text that it encodes, so quotes would not be verbatim");
        std::vector<Piece> pieces;
        for (size_t id = 0; id < vocabulary.names.size(); ++id)
            pieces.push_back({vocabulary.names[id], static_cast<float>((*scores)[id]),
                              pieceType(vocabulary.names[id], vocabulary.types[id])});
        const std::string proto =
            sentencePieceProto(pieces, m_file.flag("tokenizer.ggml.add_space_prefix").value_or(true),
                               m_file.flag("tokenizer.ggml.remove_extra_whitespaces").value_or(false));
        return sentencePieceTokenizer(proto, m_file.path(), resolver());
    }

    // Tokens that were added to a finished vocabulary are marks of structure where they look like it: "<|im_start|>".
    static PieceType pieceType(std::string_view name, PieceType type) {
        const bool isMark = name.size() > 2 && ((name.front() == '<' && name.back() == '>') ||
                                                (name.front() == '[' && name.back() == ']'));
        return type == PieceType::UserDefined && isMark ? PieceType::Control : type;
    }

    std::int64_t idOf(const std::string& name) const {
        return m_file.integer("tokenizer.ggml." + name + "_token_id").value_or(-1);
    }

    SpecialResolver resolver() const {
        return [this](SpecialIds ids, std::int64_t vocabSize, std::int64_t, std::int64_t) -> Result<SpecialTokens> {
            SpecialTokens tokens;
            tokens.bos = idOf("bos");
            tokens.eos = idOf("eos");
            TokenIds stops{tokens.eos, idOf("eot"), idOf("eom")};
            for (const char* name : {"<|im_end|>", "<|eot_id|>"})
                if (const auto found = ids.find(name); found != ids.end())
                    stops.push_back(found->second);
            for (const std::int64_t id : stops)
                if (id >= 0 && std::ranges::find(tokens.stops, id) == tokens.stops.end())
                    tokens.stops.push_back(id);
            tokens.ids = std::move(ids);
            const auto isOutside = [&](std::int64_t id) { return id >= vocabSize; };
            if (isOutside(tokens.bos) || std::ranges::any_of(tokens.stops, isOutside))
                return broken("names a begin or end token outside its vocabulary of " + std::to_string(vocabSize));
            return tokens;
        };
    }

    const GgufFile& m_file;
};

} // namespace

Result<std::unique_ptr<Tokenizer>> loadGgufTokenizer(const GgufFile& file) {
    return Reader(file).read();
}

std::string ggufChatTemplate(const GgufFile& file) {
    return std::string(file.text("tokenizer.chat_template").value_or(""));
}

} // namespace cw
