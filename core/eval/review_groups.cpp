// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/review_groups.h"

#include "core/extraction/canonical_json.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cw {

namespace {

// A quote without white space and, of ASCII letters, without case: two runs that took the same words took the same place.
std::string bare(std::string_view quote) {
    std::string out;
    for (const char c : quote)
        if (c > ' ' || c < 0)
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

std::vector<std::string> bareQuotes(const Finding& finding) {
    std::vector<std::string> out;
    for (const std::string& quote : finding.quotes)
        out.push_back(bare(quote));
    std::sort(out.begin(), out.end());
    return out;
}

bool isInvalid(const ScoredCell& cell) { return cell.strict.outcome == Outcome::Invalid; }

ReviewGroup groupOf(const ScoredCell& a, const ScoredCell& b, Rules rules) {
    const bool aRight = scoreOf(a, rules).right(), bRight = scoreOf(b, rules).right();
    if (aRight)
        return bRight ? ReviewGroup::BothRight : ReviewGroup::Fixed;
    if (bRight)
        return ReviewGroup::Broken;
    return sameAnswer(a, b) ? ReviewGroup::SameWrong : ReviewGroup::DifferentWrong;
}

std::string keyOf(const ScoredCell& cell) { return cell.contract.value + '\n' + cell.clause; }

} // namespace

bool sameAnswer(const ScoredCell& a, const ScoredCell& b) {
    if (isInvalid(a) || isInvalid(b))
        return false;
    if (!a.predicted || !b.predicted)
        return !a.predicted && !b.predicted;
    if (hasValue(a.predicted->value) || hasValue(b.predicted->value))
        return a.predicted->value == b.predicted->value;
    return bareQuotes(*a.predicted) == bareQuotes(*b.predicted);
}

ReviewedCell groupedCell(const ScoredCell& a, const ScoredCell* b, Rules rules) {
    if (!b || !hasSameGold(a, *b))
        return {&a, nullptr, ReviewGroup::Unpaired, false};
    const ReviewGroup group = groupOf(a, *b, rules);
    return {&a, b, group, group == ReviewGroup::SameWrong && verdictOf({&a, b}, rules) == FlipVerdict::SuspectGold};
}

std::vector<ReviewedCell> groupForReview(const std::vector<const ScoredCell*>& cells, const Evaluation* baseline, Rules rules) {
    std::unordered_map<std::string, const ScoredCell*> ofBaseline;
    if (baseline) // not in a conditional expression, which would copy the cells
        for (const ScoredCell& cell : baseline->cells)
            ofBaseline[keyOf(cell)] = &cell;
    std::vector<ReviewedCell> reviewed;
    for (const ScoredCell* cell : cells) {
        const auto found = ofBaseline.find(keyOf(*cell));
        reviewed.push_back(groupedCell(*cell, found == ofBaseline.end() ? nullptr : found->second, rules));
    }
    return reviewed;
}

ReviewCounts countGroups(const std::vector<ReviewedCell>& cells) {
    ReviewCounts counts;
    for (const ReviewedCell& cell : cells) {
        ++counts.all;
        ++counts.groups[static_cast<size_t>(cell.group)];
        counts.suspectGold += cell.suspectGold;
    }
    return counts;
}

} // namespace cw
