// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/evidence.h"

#include "core/eval/similarity.h"
#include "core/eval/value_compare.h"
#include "core/extraction/derive.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cw {

namespace {

constexpr size_t kSmallGap = 3;

// In order and without overlap.
std::vector<ByteRange> merged(std::vector<ByteRange> ranges) {
    std::sort(ranges.begin(), ranges.end());
    std::vector<ByteRange> out;
    for (ByteRange range : ranges)
        if (!out.empty() && range.begin <= out.back().end)
            out.back().end = std::max(out.back().end, range.end);
        else
            out.push_back(range);
    return out;
}

bool areKnown(const std::vector<ByteRange>& ranges) {
    return !ranges.empty() && std::none_of(ranges.begin(), ranges.end(), [](ByteRange range) { return range.empty(); });
}

size_t sizeOf(const std::vector<ByteRange>& ranges) {
    size_t size = 0;
    for (ByteRange range : ranges)
        size += range.size();
    return size;
}

std::vector<std::string> wordsOf(const std::vector<std::string>& quotes) {
    std::vector<std::string> words;
    for (const std::string& quote : quotes) {
        const std::string form = scoringForm(quote);
        for (size_t at = 0; at < form.size();) {
            const size_t end = std::min(form.find(' ', at), form.size());
            words.push_back(form.substr(at, end - at));
            at = end + 1;
        }
    }
    std::sort(words.begin(), words.end());
    return words;
}

// By where the joined quotes of the other side hold each; what they don't hold comes last.
std::vector<std::string> inOrderOf(const std::vector<std::string>& quotes, const std::vector<std::string>& other) {
    std::string whole;
    for (const std::string& quote : other)
        whole.append(scoringForm(quote)).append(" ");
    std::vector<std::pair<size_t, std::string>> placed;
    for (const std::string& quote : quotes)
        placed.emplace_back(whole.find(scoringForm(quote)), quote);
    std::sort(placed.begin(), placed.end());
    std::vector<std::string> out;
    for (auto& [place, quote] : placed)
        out.push_back(std::move(quote));
    return out;
}

} // namespace

std::optional<double> overlapOf(const std::vector<ByteRange>& a, const std::vector<ByteRange>& b) {
    if (!areKnown(a) || !areKnown(b))
        return std::nullopt;
    const std::vector<ByteRange> left = merged(a), right = merged(b);
    size_t both = 0;
    for (ByteRange l : left)
        for (ByteRange r : right)
            both += l.intersected(r).size();
    return static_cast<double>(both) / static_cast<double>(sizeOf(left) + sizeOf(right) - both);
}

std::optional<double> wordOverlapOf(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const std::vector<std::string> left = wordsOf(a), right = wordsOf(b);
    if (left.empty() || right.empty())
        return std::nullopt;
    std::vector<std::string> both;
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both));
    return static_cast<double>(both.size()) / static_cast<double>(left.size() + right.size() - both.size());
}

bool contradictsItsQuotes(const ClauseType& type, const Finding& finding) {
    const bool isStated = type.kind == ValueKind::Date || type.kind == ValueKind::Duration || type.kind == ValueKind::Money ||
                          type.kind == ValueKind::Number || type.kind == ValueKind::Enum;
    if (!isStated || !hasValue(finding.value))
        return false;
    std::string words;
    for (const std::string& quote : finding.quotes)
        words.append(words.empty() ? "" : " ").append(quote);
    const auto stated = valueFromEvidence(type, words, {});
    return stated && compareValues(type.kind, *stated, finding.value, Rules::Compat, {}) != ErrorKind::None;
}

std::vector<std::string> orderedQuotes(const std::vector<std::string>& quotes, const std::vector<ByteRange>& places,
                                       const std::vector<std::string>& other) {
    if (quotes.size() < 2)
        return quotes;
    if (places.size() != quotes.size() || !areKnown(places))
        return inOrderOf(quotes, other);
    std::vector<std::pair<ByteRange, std::string>> placed;
    for (size_t i = 0; i < quotes.size(); ++i)
        placed.emplace_back(places[i], quotes[i]);
    std::sort(placed.begin(), placed.end());
    std::vector<std::string> out = {placed.front().second};
    for (size_t i = 1; i < placed.size(); ++i) {
        const size_t before = placed[i - 1].first.end, begin = placed[i].first.begin;
        if (begin >= before && begin - before <= kSmallGap)
            out.back().append(" ").append(placed[i].second);
        else
            out.push_back(placed[i].second);
    }
    return out;
}

} // namespace cw
