// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/suggest/rules.h"

#include "core/extraction/derive.h"
#include "core/suggest/rank.h"
#include "core/text/segment.h"

#include <algorithm>
#include <optional>

namespace cw {

namespace {

constexpr double kAbsentScore = 0.9;     // of a clause none of whose terms occurs
constexpr double kSureWeight = 1.5;      // a sentence of this weight is as good as certain to be about the type
constexpr double kLeastWeight = 0.45;    // below it a term is a word like any other in this contract
constexpr size_t kLongestBytes = 1500;   // a longer "sentence" is a table or a list that was not cut

ByteRange sentenceAmong(const std::vector<ByteRange>& sentences, size_t offset) {
    const auto behind = std::upper_bound(sentences.begin(), sentences.end(), offset, [](size_t at, ByteRange s) { return at < s.begin; });
    return behind == sentences.begin() ? ByteRange() : *std::prev(behind);
}

Suggestion presentIn(const RankedSentence& candidate, const ClauseType& type, std::string_view text, const ClauseValue& value) {
    Suggestion out;
    out.clause = type.key;
    out.origin = kRulesOrigin;
    out.state = CellState::Present;
    const ByteRange range = candidate.sentence;
    out.spans = {{range, std::string(text.substr(range.begin, range.size()))}};
    out.value = value;
    out.score = std::min(0.95, candidate.weight / kSureWeight);
    return out;
}

// The heaviest sentence that reads as a value of the type; a text clause needs none.
std::optional<Suggestion> presentBy(const std::vector<RankedSentence>& found, const ClauseType& type, std::string_view text,
                                    std::string_view language) {
    for (const RankedSentence& candidate : found) {
        if (candidate.weight < kLeastWeight)
            break;
        if (candidate.sentence.empty() || candidate.sentence.size() > kLongestBytes)
            continue;
        if (type.kind == ValueKind::Text)
            return presentIn(candidate, type, text, {});
        const auto words = text.substr(candidate.sentence.begin, candidate.sentence.size());
        if (const auto value = valueFromEvidence(type, words, language))
            return presentIn(candidate, type, text, *value);
    }
    return std::nullopt;
}

} // namespace

std::vector<Suggestion> suggestByRules(std::string_view text, std::string_view language, const Taxonomy& taxonomy) {
    const std::vector<ByteRange> sentences = segmentSentences(text);
    const SentenceOf sentenceOf = [&](size_t offset) { return sentenceAmong(sentences, offset); };
    std::vector<Suggestion> out;
    for (const ClauseType& type : taxonomy.types()) {
        if (type.searchTerms.empty())
            continue;
        const std::vector<TermHits> hits = findTerms(text, type.searchTerms);
        if (allPlaces(hits).empty())
            out.push_back({type.key, std::string(kRulesOrigin), CellState::Absent, {}, {}, kAbsentScore});
        else if (auto present = presentBy(rankSentences(hits, sentenceOf), type, text, language))
            out.push_back(std::move(*present));
    }
    return out;
}

} // namespace cw
