// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/span_match.h"

#include "core/eval/assignment.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace cw {

namespace {

using Texts = std::vector<std::string>;
using Indices = std::vector<size_t>; // ascending: neighbours in document order

// A pair while it grows: the quotes that it joins on either side. One side always has one quote.
struct Group {
    Indices gold;
    Indices predicted;
    Similarity similarity;
};

std::string joined(const Texts& texts, const Indices& indices) {
    std::string out;
    for (size_t i : indices)
        out.append(out.empty() ? "" : " ").append(texts[i]);
    return out;
}

Texts scoringForms(const Texts& quotes) {
    Texts forms;
    forms.reserve(quotes.size());
    for (const std::string& quote : quotes)
        forms.push_back(scoringForm(quote));
    return forms;
}

std::vector<Group> assignQuotes(const Texts& gold, const Texts& predicted) {
    std::vector<std::vector<Similarity>> similarities(gold.size(), std::vector<Similarity>(predicted.size()));
    std::vector<std::vector<long long>> weights(gold.size(), std::vector<long long>(predicted.size()));
    for (size_t g = 0; g < gold.size(); ++g)
        for (size_t p = 0; p < predicted.size(); ++p) {
            similarities[g][p] = similarity(gold[g], predicted[p]);
            weights[g][p] = static_cast<long long>(similarities[g][p].ratio() * 1e9);
        }
    std::vector<Group> groups;
    for (const auto& [g, p] : assign(weights)) {
        const auto row = static_cast<size_t>(g);
        const auto column = static_cast<size_t>(p);
        groups.push_back({{row}, {column}, similarities[row][column]});
    }
    return groups;
}

Indices unmatched(size_t count, const std::vector<Group>& groups, Indices Group::*side) {
    std::vector<bool> taken(count, false);
    for (const Group& group : groups)
        for (size_t i : group.*side)
            taken[i] = true;
    Indices left;
    for (size_t i = 0; i < count; ++i)
        if (!taken[i])
            left.push_back(i);
    return left;
}

// `indices` with its neighbour `index`, or nothing if they don't touch.
Indices extended(const Indices& indices, size_t index) {
    Indices out = indices;
    if (index == indices.back() + 1)
        out.push_back(index);
    else if (index + 1 == indices.front())
        out.insert(out.begin(), index);
    else
        out.clear();
    return out;
}

// The group that `index` makes more alike, as its neighbour.
Group* groupToJoin(std::vector<Group>& groups, size_t index, const Texts& texts, Indices Group::*side, const Texts& otherTexts,
                   Indices Group::*otherSide) {
    for (Group& group : groups) {
        const Indices wider = extended(group.*side, index);
        if (wider.empty() || (group.*otherSide).size() != 1)
            continue;
        const Similarity s = similarity(joined(texts, wider), otherTexts[(group.*otherSide).front()]);
        if (s.lcs * group.similarity.total <= group.similarity.lcs * s.total)
            continue;
        group.*side = wider;
        group.similarity = s;
        return &group;
    }
    return nullptr;
}

// Joins quotes without a partner to a neighbour that has one, where that makes the pair more alike, until none does: a quote may touch its
// pair only when another one has joined it. `side` is the side that grows.
void joinNeighbours(std::vector<Group>& groups, const Texts& texts, Indices Group::*side, const Texts& otherTexts,
                    Indices Group::*otherSide) {
    for (bool grew = true; grew;) {
        grew = false;
        for (size_t index : unmatched(texts.size(), groups, side))
            grew = groupToJoin(groups, index, texts, side, otherTexts, otherSide) || grew;
    }
}

Texts textsAt(const Texts& texts, const Indices& indices) {
    Texts out;
    for (size_t i : indices)
        out.push_back(texts[i]);
    return out;
}

std::vector<std::string_view> splitWords(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const size_t end = std::min(text.find(' '), text.size());
        if (end > 0)
            words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

// Length in words of the longest run that both texts have.
size_t longestCommonRun(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
    std::vector<size_t> runs(b.size() + 1, 0); // ending at b[j - 1] and the current word of a
    size_t longest = 0;
    for (std::string_view word : a)
        for (size_t j = b.size(); j > 0; --j) {
            runs[j] = word == b[j - 1] ? runs[j - 1] + 1 : 0;
            longest = std::max(longest, runs[j]);
        }
    return longest;
}

// The share of the words that both texts have, as multisets.
double wordOverlap(std::string_view a, std::string_view b) {
    std::vector<std::string_view> left = splitWords(a), right = splitWords(b), common;
    std::sort(left.begin(), left.end());
    std::sort(right.begin(), right.end());
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
    const size_t all = left.size() + right.size() - common.size();
    return all == 0 ? 1 : static_cast<double>(common.size()) / static_cast<double>(all);
}

// Quotes that neither pass nor have half of their words in common, nor lie within each other, aren't a pair: the one is missed and the
// other extra.
bool belongTogether(const SpanPair& pair) {
    return pair.similarity.passes() || wordOverlap(pair.gold, pair.predicted) >= 0.5 || boundaryKind(pair) != ErrorKind::SpanShifted;
}

} // namespace

bool SpanMatching::passes() const {
    return missed.empty() && extra.empty() &&
           std::all_of(pairs.begin(), pairs.end(), [](const SpanPair& pair) { return pair.similarity.passes(); });
}

double SpanMatching::worst() const {
    double least = missed.empty() && extra.empty() ? 1 : 0;
    for (const SpanPair& pair : pairs)
        least = std::min(least, pair.similarity.ratio());
    return least;
}

SpanMatching matchSpans(const std::vector<std::string>& gold, const std::vector<std::string>& predicted) {
    const Texts goldForms = scoringForms(gold);
    const Texts predictedForms = scoringForms(predicted);
    std::vector<Group> groups = assignQuotes(goldForms, predictedForms);
    joinNeighbours(groups, goldForms, &Group::gold, predictedForms, &Group::predicted);
    joinNeighbours(groups, predictedForms, &Group::predicted, goldForms, &Group::gold);
    SpanMatching matching;
    std::vector<Group> pairs;
    for (const Group& group : groups) {
        SpanPair pair{joined(goldForms, group.gold), joined(predictedForms, group.predicted), group.similarity};
        if (!belongTogether(pair))
            continue;
        matching.pairs.push_back(std::move(pair));
        pairs.push_back(group);
    }
    matching.missed = textsAt(goldForms, unmatched(goldForms.size(), pairs, &Group::gold));
    matching.extra = textsAt(predictedForms, unmatched(predictedForms.size(), pairs, &Group::predicted));
    return matching;
}

ErrorKind boundaryKind(const SpanPair& pair) {
    const auto gold = splitWords(pair.gold);
    const auto predicted = splitWords(pair.predicted);
    const size_t shorter = std::min(gold.size(), predicted.size());
    if (4 * longestCommonRun(gold, predicted) < 3 * shorter || gold.size() == predicted.size())
        return ErrorKind::SpanShifted;
    return predicted.size() < gold.size() ? ErrorKind::SpanTooShort : ErrorKind::SpanTooLong;
}

} // namespace cw
