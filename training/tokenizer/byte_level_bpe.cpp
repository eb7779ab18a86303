// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/byte_level_bpe.h"

#include "core/text/unicode.h"
#include "training/tokenizer/bpe_merger.h"
#include "training/tokenizer/byte_level_alphabet.h"
#include "training/tokenizer/json_file.h"
#include "training/tokenizer/pre_tokenizer.h"
#include "training/tokenizer/special_tokens.h"

#include <array>
#include <set>
#include <unordered_map>

namespace cw {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::string_view kQwenHead = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|)";
constexpr std::string_view kQwenTail = R"(| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

struct BpeParts {
    PreTokenizer preTokenizer;
    bool normalizeToNfc = false;
    bool wholeWordsFirst = false; // "ignore_merges": a word that is a token is that token
    std::array<std::int32_t, 256> byteTokens{}; // -1: the model can't spell this byte
    BpeMerger merger;
    std::unordered_map<std::string, std::int32_t> tokenOfBytes; // filled for wholeWordsFirst only
};

class ByteLevelBpe final : public Tokenizer {
public:
    ByteLevelBpe(BpeParts parts, std::vector<std::string> bytes, SpecialTokens special)
        : Tokenizer(std::move(bytes), std::move(special)), m_parts(std::move(parts)) {}

    TokenIds encode(std::string_view text) const override {
        const std::string normal = m_parts.normalizeToNfc ? toNfc(text) : std::string(text);
        TokenIds ids;
        for (const std::string_view word : m_parts.preTokenizer.words(normal))
            appendWord(ids, word);
        return ids;
    }

private:
    void appendWord(TokenIds& ids, std::string_view word) const {
        if (m_parts.wholeWordsFirst)
            if (const auto whole = m_parts.tokenOfBytes.find(std::string(word)); whole != m_parts.tokenOfBytes.end()) {
                ids.push_back(whole->second);
                return;
            }
        std::vector<std::int32_t> tokens;
        for (const char byte : word)
            if (const std::int32_t token = m_parts.byteTokens[static_cast<unsigned char>(byte)]; token >= 0)
                tokens.push_back(token);
        const std::vector<std::int32_t> merged = m_parts.merger.merge(tokens);
        ids.insert(ids.end(), merged.begin(), merged.end());
    }

    BpeParts m_parts;
};

// Reads one tokenizer.json. Each step checks what it takes; nothing of the file is trusted.
class Reader {
public:
    Reader(const fs::path& file, const json& root) : m_file(file), m_root(root) {}

    Result<std::unique_ptr<Tokenizer>> read(const SpecialResolver& specials) {
        CW_TRY(readKind());
        CW_TRY(readNormalizer());
        CW_TRY(readPreTokenizer());
        CW_TRY(readVocabulary());
        CW_TRY(readAddedTokens());
        CW_TRY(readByteTokens());
        CW_TRY(readMerges());
        indexWholeWords();
        CW_TRY_ASSIGN(special, specials(std::move(m_specials), static_cast<std::int64_t>(m_bytes.size()), -1, -1));
        special.swallowing = std::move(m_swallowing);
        return std::unique_ptr<Tokenizer>(std::make_unique<ByteLevelBpe>(std::move(m_parts), std::move(m_bytes), std::move(special)));
    }

private:
    Error broken(const std::string& why) const {
        return {ErrorCode::BadInput, m_file.string() + " " + why + ".", "Download the model's folder again."};
    }
    Error unsupported(const std::string& what) const {
        return {ErrorCode::Unsupported, m_file.string() + " asks for " + what + ", which this program does not have.",
                "Use a model with a SentencePiece tokenizer.model or byte-level BPE, such as Mistral, SmolLM2, Qwen or Llama 3."};
    }
    // A member, or null where it is missing.
    static const json& member(const json& object, const char* name) {
        static const json none;
        if (!object.is_object())
            return none;
        const auto found = object.find(name);
        return found == object.end() ? none : *found;
    }
    static std::string text(const json& object, const char* name) {
        const json& value = member(object, name);
        return value.is_string() ? value.get<std::string>() : std::string();
    }
    static bool flag(const json& object, const char* name, bool fallback) {
        const json& value = member(object, name);
        return value.is_boolean() ? value.get<bool>() : fallback;
    }
    static bool isEmpty(const json& value) { return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()); }

    Status readKind() {
        const json& model = member(m_root, "model");
        if (text(model, "type") != "BPE" && !text(model, "type").empty())
            return unsupported("a " + text(model, "type") + " model");
        for (const char* extra : {"unk_token", "continuing_subword_prefix", "end_of_word_suffix", "dropout"})
            if (!isEmpty(member(model, extra)))
                return unsupported(std::string("\"") + extra + "\"");
        if (flag(model, "byte_fallback", false))
            return unsupported("SentencePiece pieces with byte fallback");
        m_parts.wholeWordsFirst = flag(model, "ignore_merges", false);
        return {};
    }

    Status readNormalizer() { return readNormalizer(member(m_root, "normalizer"), true); }
    Status readNormalizer(const json& step, bool mayBeSequence) {
        if (step.is_null())
            return {};
        if (const json& steps = member(step, "normalizers"); mayBeSequence && text(step, "type") == "Sequence" && steps.is_array()) {
            for (const json& inner : steps)
                CW_TRY(readNormalizer(inner, false));
            return {};
        }
        if (text(step, "type") != "NFC")
            return unsupported("a \"" + text(step, "type") + "\" normaliser");
        m_parts.normalizeToNfc = true;
        return {};
    }

    Status readPreTokenizer() {
        const json& step = member(m_root, "pre_tokenizer");
        if (text(step, "type") != "Sequence")
            return readByteLevelStep(step, true);
        const json& steps = member(step, "pretokenizers");
        if (!steps.is_array() || steps.size() != 2)
            return unsupported("more or fewer than two steps to split words");
        if (text(steps[0], "type") == "Digits" && flag(steps[0], "individual_digits", false)) {
            m_parts.preTokenizer.splitDigits = true;
            return readByteLevelStep(steps[1], true);
        }
        CW_TRY(readSplitStep(steps[0]));
        return readByteLevelStep(steps[1], false);
    }

    Status readSplitStep(const json& step) {
        const std::string expression = text(member(step, "pattern"), "Regex");
        const bool plain = text(step, "type") == "Split" && text(step, "behavior") == "Isolated" && !flag(step, "invert", false);
        m_parts.preTokenizer.style = PreTokenizer::Style::Qwen;
        for (const auto& [digits, run] : {std::pair<std::string_view, size_t>{R"(\p{N})", 1}, {R"(\p{N}{1,3})", 3}})
            if (plain && expression == std::string(kQwenHead) + std::string(digits) + std::string(kQwenTail)) {
                m_parts.preTokenizer.digitRun = run;
                return {};
            }
        return unsupported(plain ? "words split by \"" + expression + "\"" : "a \"" + text(step, "type") + "\" step to split words");
    }

    Status readByteLevelStep(const json& step, bool splits) {
        if (text(step, "type") != "ByteLevel")
            return unsupported("a \"" + text(step, "type") + "\" step to split words");
        if (flag(step, "use_regex", true) != splits)
            return unsupported(splits ? "words that are not split at all" : "words that are split twice");
        if (flag(step, "add_prefix_space", true))
            return unsupported("a space before every text");
        return {};
    }

    // An id from the file, or -1 if it is not a whole number within the limits.
    static std::int64_t checkedId(const json& value) {
        if (!value.is_number_integer())
            return -1;
        const auto id = value.get<std::int64_t>();
        return id >= 0 && id < kMaxVocabulary ? id : -1;
    }

    // Makes room for token `id`; false if the id is out of range or taken.
    bool claim(std::int64_t id) {
        if (id < 0)
            return false;
        if (static_cast<size_t>(id) >= m_bytes.size()) {
            m_bytes.resize(static_cast<size_t>(id) + 1);
            m_taken.resize(m_bytes.size());
        }
        const bool isFree = !m_taken[static_cast<size_t>(id)];
        m_taken[static_cast<size_t>(id)] = true;
        return isFree;
    }

    Status readVocabulary() {
        const json& vocabulary = member(member(m_root, "model"), "vocab");
        if (!vocabulary.is_object() || vocabulary.empty() || vocabulary.size() > static_cast<size_t>(kMaxVocabulary))
            return broken("has no vocabulary of 1 to 1,000,000 tokens");
        for (const auto& [name, value] : vocabulary.items()) {
            const std::int64_t id = checkedId(value);
            if (!claim(id))
                return broken("gives the token \"" + name + "\" an id that is taken or out of range");
            m_idOfName.emplace(name, static_cast<std::int32_t>(id));
            // A name outside the alphabet is a special token that the vocabulary lists too; it spells nothing.
            m_bytes[static_cast<size_t>(id)] = bytesOfName(name).value_or(std::string());
        }
        return {};
    }

    // Bytes of assigned characters in UTF-8. Real models lack tokens for some of the others, which never came up in their training.
    static bool occursInText(size_t byte) {
        if (byte < 0x20)
            return byte == '\t' || byte == '\n' || byte == '\r';
        return byte != 0x7F && byte != 0xC0 && byte != 0xC1 && byte != 0xF1 && byte != 0xF2 && byte < 0xF5;
    }

    Status readByteTokens() {
        for (size_t byte = 0; byte < 256; ++byte) {
            const auto found = m_idOfName.find(byteLevelAlphabet()[byte]);
            const bool spelt = found != m_idOfName.end() && !m_bytes[static_cast<size_t>(found->second)].empty();
            if (!spelt && occursInText(byte))
                return broken("has no token of text for byte " + std::to_string(byte));
            m_parts.byteTokens[byte] = spelt ? found->second : -1;
        }
        return {};
    }

    // "a b" or ["a","b"]; both forms occur.
    static std::pair<std::string, std::string> mergePair(const json& entry) {
        if (entry.is_array() && entry.size() == 2 && entry[0].is_string() && entry[1].is_string())
            return {entry[0].get<std::string>(), entry[1].get<std::string>()};
        const std::string both = entry.is_string() ? entry.get<std::string>() : std::string();
        const size_t space = both.find(' ');
        return space == std::string::npos ? std::pair<std::string, std::string>() : std::pair(both.substr(0, space), both.substr(space + 1));
    }

    Status readMerges() {
        const json& merges = member(member(m_root, "model"), "merges");
        if (!merges.is_array() || merges.size() > kMaxMerges)
            return broken("has no list of at most 2,000,000 merges");
        for (const json& entry : merges) {
            const auto [left, right] = mergePair(entry);
            const auto a = m_idOfName.find(left), b = m_idOfName.find(right), both = m_idOfName.find(left + right);
            if (left.empty() || right.empty() || a == m_idOfName.end() || b == m_idOfName.end() || both == m_idOfName.end())
                return broken("merges \"" + left + "\" and \"" + right + "\", which are not tokens or don't give one");
            if (m_specials.contains(left + right))
                return broken("makes the special token \"" + left + right + "\" of text");
            m_parts.merger.add(a->second, b->second, both->second);
        }
        return {};
    }

    Status readAddedTokens() {
        const json& added = member(m_root, "added_tokens");
        if (!added.is_null() && !added.is_array())
            return broken("has added tokens that are not a list");
        for (const json& entry : added)
            CW_TRY(readAddedToken(entry));
        return {};
    }

    // Added tokens are structure here and never made from text, whatever "normalized" and "single_word" say about finding them in
    // one. A word of plain text among them would have to be found: a tokenizer with such words gives other ids for a text.
    Status readAddedToken(const json& entry) {
        const std::int64_t id = checkedId(member(entry, "id"));
        const std::string name = text(entry, "content");
        const auto listed = m_idOfName.find(name);
        const bool agrees = listed == m_idOfName.end() ? claim(id) : listed->second == id;
        if (name.empty() || !agrees)
            return broken("gives the added token \"" + name + "\" an id that is taken or out of range");
        if (!flag(entry, "special", false) && !isMark(name))
            return unsupported("the added word \"" + name + "\"");
        m_bytes[static_cast<size_t>(id)].clear();
        m_specials.emplace(name, id);
        if (flag(entry, "lstrip", false) || flag(entry, "rstrip", false))
            m_swallowing.insert(id);
        return {};
    }

    // "<think>", "[INST]": not a word that a contract holds.
    static bool isMark(const std::string& name) {
        return name.size() > 2 && ((name.front() == '<' && name.back() == '>') || (name.front() == '[' && name.back() == ']'));
    }

    void indexWholeWords() {
        if (!m_parts.wholeWordsFirst)
            return;
        for (size_t id = 0; id < m_bytes.size(); ++id)
            if (!m_bytes[id].empty())
                m_parts.tokenOfBytes.emplace(m_bytes[id], static_cast<std::int32_t>(id));
    }

    const fs::path& m_file;
    const json& m_root;
    BpeParts m_parts;
    std::vector<std::string> m_bytes;
    std::vector<bool> m_taken;
    std::unordered_map<std::string, std::int32_t> m_idOfName;
    std::map<std::string, std::int64_t, std::less<>> m_specials;
    std::set<std::int64_t> m_swallowing;
};

} // namespace

Result<std::unique_ptr<Tokenizer>> loadByteLevelBpe(const fs::path& modelFolder) {
    const fs::path file = modelFolder / "tokenizer.json";
    CW_TRY_ASSIGN(root, readJsonObject(file));
    return byteLevelBpe(root, file, specialsOfFolder(modelFolder));
}

Result<std::unique_ptr<Tokenizer>> byteLevelBpe(const json& root, const fs::path& file, const SpecialResolver& specials) {
    return Reader(file, root).read(specials);
}

} // namespace cw
