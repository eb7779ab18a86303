// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/evidence.h"

#include "core/eval/similarity.h"
#include "core/eval/value_compare.h"
#include "core/extraction/derive.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <string_view>
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

struct Word {
    std::string_view text;
    long long at = 0; // byte
};

std::vector<Word> placedWords(std::string_view form) {
    std::vector<Word> words;
    for (size_t at = 0; at < form.size();) {
        const size_t end = std::min(form.find(' ', at), form.size());
        words.push_back({form.substr(at, end - at), static_cast<long long>(at)});
        at = end + 1;
    }
    return words;
}

std::vector<std::string> wordsOf(const std::vector<std::string>& quotes) {
    std::vector<std::string> words;
    for (const std::string& quote : quotes) {
        const std::string form = scoringForm(quote);
        for (const Word& word : placedWords(form))
            words.emplace_back(word.text);
    }
    std::sort(words.begin(), words.end());
    return words;
}

constexpr long long kNowhere = std::numeric_limits<long long>::max();

// Where `whole` would hold a quote that it has with other words: so that their longest common run of words lies upon itself.
long long likelyPlace(std::string_view form, const std::vector<Word>& whole) {
    long long place = kNowhere;
    size_t longest = 0;
    std::vector<size_t> runs(whole.size() + 1, 0); // words of the run that ends before this word of `whole` and the current one
    for (const Word& word : placedWords(form))
        for (size_t i = whole.size(); i > 0; --i) {
            runs[i] = word.text == whole[i - 1].text ? runs[i - 1] + 1 : 0;
            if (runs[i] < longest || runs[i] == 0)
                continue;
            const long long here = whole[i - 1].at - word.at;
            place = runs[i] > longest ? here : std::min(place, here);
            longest = runs[i];
        }
    return place;
}

// By where the quotes of the other side hold each, word for word or nearly so; what has no word of theirs comes last, in its own order. Quotes
// that lie within one of the other side are neighbours in whatever order that side is joined: by its letters, as its list may have any.
std::vector<std::string> inOrderOf(const std::vector<std::string>& quotes, const std::vector<std::string>& other) {
    std::vector<std::string> forms;
    for (const std::string& quote : other)
        forms.push_back(scoringForm(quote));
    std::sort(forms.begin(), forms.end());
    std::string whole;
    for (const std::string& form : forms)
        whole.append(form).append(" ");
    const std::vector<Word> words = placedWords(whole);
    std::vector<std::pair<long long, std::string>> placed;
    for (const std::string& quote : quotes) {
        const std::string form = scoringForm(quote);
        const size_t found = whole.find(form);
        placed.emplace_back(found == std::string::npos ? likelyPlace(form, words) : static_cast<long long>(found), quote);
    }
    std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : a.first != kNowhere && a.second < b.second;
    });
    std::vector<std::string> out;
    for (auto& [place, quote] : placed)
        out.push_back(std::move(quote));
    return out;
}

// What the words state, where a bare "$" ("XXX") is the dollar that the value names: whose it is the document says, not the quote.
ClauseValue withDollarsOf(ClauseValue stated, const ClauseValue& value) {
    constexpr std::string_view kUnknown = "XXX";
    constexpr std::array<std::string_view, 8> kDollars = {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"};
    auto* text = std::get_if<std::string>(&stated);
    const auto* named = std::get_if<std::string>(&value);
    const auto isNamed = [&](std::string_view dollar) { return named && named->find(dollar) != std::string::npos; };
    const auto dollar = std::find_if(kDollars.begin(), kDollars.end(), isNamed);
    if (!text || dollar == kDollars.end())
        return stated;
    for (size_t at = text->find(kUnknown); at != std::string::npos; at = text->find(kUnknown, at))
        text->replace(at, kUnknown.size(), *dollar);
    return stated;
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
    return stated && compareValues(type.kind, withDollarsOf(*stated, finding.value), finding.value, Rules::Compat, {}) != ErrorKind::None;
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
