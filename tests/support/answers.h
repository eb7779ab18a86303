// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What tests of decoding share: tokenizers with their trees, grammars, worked answers, and what can be wrong with an answer.
#pragma once

#include "core/extraction/canonical_json.h"
#include "core/text/quote.h"
#include "tests/support/golden_tokens.h"
#include "tests/support/paths.h"
#include "tests/support/taxonomy.h"
#include "training/generate/grammar.h"

#include <algorithm>
#include <map>

namespace cw::test {

inline constexpr std::int64_t kEndOfAnswer = 2; // </s> and <|im_end|> of the three tokenizers

struct Vocabulary {
    std::unique_ptr<Tokenizer> tokenizer;
    std::unique_ptr<VocabularyTrie> trie;
};

// "mistral" (SentencePiece, 32,000 tokens), "smollm2" (byte-level BPE), "tiny" (SentencePiece, 512 tokens).
inline const Vocabulary& vocabulary(const std::string& name) {
    static std::map<std::string, Vocabulary> loaded;
    Vocabulary& entry = loaded[name];
    if (!entry.tokenizer) {
        entry.tokenizer = std::move(*loadTokenizer(name == "tiny" ? sampleFolder() / "model" : dataFolder() / "tokenizers" / name));
        entry.trie = std::make_unique<VocabularyTrie>(*entry.tokenizer);
    }
    return entry;
}

inline std::shared_ptr<Grammar> grammarFor(const Vocabulary& of, const Request& request) {
    return std::move(*Grammar::compile(request, defaultTaxonomy(), *of.trie, of.tokenizer->textPrefix()));
}

struct WorkedExample {
    std::string text;
    Request request;
    std::string answer;
};

// The worked examples with null in the cells that they leave out.
inline std::vector<WorkedExample> workedExamples() {
    using OrderedJson = nlohmann::ordered_json;
    const auto file = OrderedJson::parse(*readFile(dataFolder() / "answers" / "worked_examples.json"));
    std::vector<WorkedExample> examples;
    for (const OrderedJson& entry : file) {
        OrderedJson answer = OrderedJson::object();
        for (const std::string& key : defaultTaxonomy().keys())
            answer[key] = entry.at("answer").contains(key) ? entry.at("answer").at(key) : OrderedJson();
        examples.push_back({entry.at("text").get<std::string>(), {defaultTaxonomy().keys()}, answer.dump()});
    }
    return examples;
}

// Windows with quotation marks, backslashes, signs of many bytes, repeated words, and the form's own brackets.
inline std::vector<std::string> oddWindows() {
    const std::string sample = *readFile(sampleFolder() / "contracts" / "gridiron-supply-agreement.txt");
    return {sample.substr(0, sample.find('\n', 3000)),
            "\u201CAgreement\u201D \u00A7\u00A012 \"Buyer\" \\ \u65E5\u672C\u8A9E \U0001F600 caf\u0065\u0301 \"}],\"v\":true} a a a a a \"\" \\\\",
            "x",
            "the the the the the",
            workedExamples().front().text};
}

// Empty if the answer is canonical, its quotes stand in the window in order, and its parties' names in the quotes.
inline QByteArray answerFault(const std::string& answer, const Request& request, const std::string& window) {
    const Assessment assessment = assess(answer, request, defaultTaxonomy());
    if (assessment.level != Validity::V4)
        return "not canonical: " + QByteArray::fromStdString(answer);
    const NormalizedText text(window);
    for (const AnswerCell& cell : assessment.answer->cells) {
        if (!cell.finding)
            continue;
        const std::vector<ByteRange> places = groundQuotes(text, cell.finding->quotes);
        for (size_t i = 0; i < places.size(); ++i)
            if (places[i].empty() || (i > 0 && places[i].begin < places[i - 1].end))
                return "not in the text, or out of order: " + QByteArray::fromStdString(cell.finding->quotes[i]);
        if (const auto* parties = std::get_if<std::vector<Party>>(&cell.finding->value))
            for (const Party& party : *parties)
                if (std::none_of(cell.finding->quotes.begin(), cell.finding->quotes.end(),
                                 [&](const std::string& quote) { return quote.find(party.name) != std::string::npos; }))
                    return "a name that is in no quote: " + QByteArray::fromStdString(party.name);
    }
    return {};
}

} // namespace cw::test
