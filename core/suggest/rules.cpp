// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/suggest/rules.h"

#include "core/extraction/derive.h"
#include "core/suggest/rank.h"
#include "core/text/text_ranges.h"

#include <algorithm>
#include <optional>

namespace cw {

namespace {

constexpr double kAbsentScore = 0.9;     // of a clause none of whose terms occurs
constexpr double kSureWeight = 1.5;      // a sentence of this weight is as good as certain to be about the type
constexpr double kLeastWeight = 1.05;    // two terms, one of them only here: 86 % of such sentences are about the type, half of those with less
constexpr double kLeastWithValue = 0.45; // a date or a code in the sentence says as much as a second term
constexpr size_t kLongestBytes = 1500;   // a longer "sentence" is a table or a list that was not cut

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
                                    std::optional<DateOrder> order) {
    const bool tells = type.kind == ValueKind::Date || type.kind == ValueKind::Enum;
    for (const RankedSentence& candidate : found) {
        if (candidate.weight < (tells ? kLeastWithValue : kLeastWeight))
            break;
        if (candidate.sentence.empty() || candidate.sentence.size() > kLongestBytes)
            continue;
        if (type.kind == ValueKind::Text)
            return presentIn(candidate, type, text, {});
        const auto words = text.substr(candidate.sentence.begin, candidate.sentence.size());
        if (const auto value = valueFromEvidence(type, words, order))
            return presentIn(candidate, type, text, *value);
    }
    return std::nullopt;
}

} // namespace

std::vector<Suggestion> suggestByRules(std::string_view text, const Taxonomy& taxonomy) {
    const TextRanges ranges(text);
    const std::optional<DateOrder> order = voteOnDateOrder(text).order();
    const SentenceOf sentenceOf = [&](size_t offset) { return ranges.sentenceAt(offset); };
    std::vector<Suggestion> out;
    for (const ClauseType& type : taxonomy.types()) {
        if (type.searchTerms.empty())
            continue;
        const std::vector<TermHits> hits = findTerms(text, type.searchTerms);
        if (allPlaces(hits).empty())
            out.push_back({type.key, std::string(kRulesOrigin), CellState::Absent, {}, {}, kAbsentScore});
        else if (auto present = presentBy(rankSentences(hits, sentenceOf), type, text, order))
            out.push_back(std::move(*present));
    }
    return out;
}

} // namespace cw
