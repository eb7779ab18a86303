// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Durations from words: "three (3) years", "twelve months", "ten business days", and those that run from a date.
#include "core/extraction/derive.h"
#include "core/extraction/tokens.h"
#include "core/extraction/values.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cw {

namespace {

constexpr std::array<std::string_view, 20> kOnes = {
    "zero", "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
    "ten",  "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTens = {"",      "",      "twenty",  "thirty", "forty",
                                                    "fifty", "sixty", "seventy", "eighty", "ninety"};

struct Count {
    long long value = 0;
    size_t end = 0;        // the token behind it
    bool conflict = false; // words and figure differ
};

struct Found {
    Duration duration;
    bool isClear = true; // false: words and figure differ, or it is part of a range or a fraction
    size_t begin = 0, end = 0;
};

template <size_t size> int indexIn(const std::array<std::string_view, size>& words, std::string_view word) {
    const auto found = std::find(words.begin(), words.end(), word);
    return word.empty() || found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

// "thirty", "forty-five", "seven".
std::optional<Count> belowHundred(const TokenView& text, size_t i) {
    if (const int ones = indexIn(kOnes, text.at(i).lower); ones >= 0)
        return Count{ones, i + 1};
    const int tens = indexIn(kTens, text.at(i).lower);
    if (tens < 0)
        return std::nullopt;
    const size_t next = text.is(i + 1, "-") ? i + 2 : i + 1;
    const int ones = indexIn(kOnes, text.at(next).lower);
    return ones > 0 && ones < 10 ? Count{tens * 10 + ones, next + 1} : Count{tens * 10, i + 1};
}

// "one hundred and eighty".
std::optional<Count> inWords(const TokenView& text, size_t i) {
    auto count = belowHundred(text, i);
    if (!count || !text.is(count->end, "hundred"))
        return count;
    count->value *= 100;
    count->end += 1;
    const size_t rest = text.is(count->end, "and") ? count->end + 1 : count->end;
    if (const auto below = belowHundred(text, rest))
        return Count{count->value + below->value, below->end};
    return count;
}

std::optional<Count> inFigures(const TokenView& text, size_t i) {
    const std::string& digits = text.at(i).text;
    long long value = 0;
    if (!text.isNumber(i) || std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc())
        return std::nullopt;
    return Count{value, i + 1};
}

std::optional<Count> wordsOrFigures(const TokenView& text, size_t i) {
    const auto words = inWords(text, i);
    return words ? words : inFigures(text, i);
}

// "three (3)", "3 (three)", "(3)", "three", "3".
std::optional<Count> countAt(const TokenView& text, size_t i) {
    auto count = wordsOrFigures(text, text.is(i, "(") ? i + 1 : i);
    if (!count)
        return std::nullopt;
    if (text.is(count->end, ")"))
        return Count{count->value, count->end + 1};
    if (!text.is(count->end, "("))
        return count;
    const auto again = wordsOrFigures(text, count->end + 1);
    if (!again || !text.is(again->end, ")"))
        return count;
    return Count{count->value, again->end + 1, again->value != count->value};
}

std::optional<DurationUnit> unitOf(const std::string& word) {
    static constexpr std::array<std::pair<std::string_view, DurationUnit>, 5> kUnits = {{{"hour", DurationUnit::Hour},
                                                                                         {"day", DurationUnit::Day},
                                                                                         {"week", DurationUnit::Week},
                                                                                         {"month", DurationUnit::Month},
                                                                                         {"year", DurationUnit::Year}}};
    for (const auto& [name, unit] : kUnits)
        if (word == name || word == std::string(name) + "s")
            return unit;
    return std::nullopt;
}

// "2 1/2 years", "1.5 years", "30 to 60 days", "two or three years": the number before belongs to it.
bool followsANumber(const TokenView& text, size_t i) {
    if (i < 2)
        return false;
    const bool glued = text.isOneOf(i - 1, {"/", ".", ","}) && text.touchesPrevious(i) && text.touchesPrevious(i - 1);
    const bool range = text.isOneOf(i - 1, {"-", "to", "or"});
    const bool number =
        text.isNumber(i - 2) || indexIn(kOnes, text.at(i - 2).lower) >= 0 || indexIn(kTens, text.at(i - 2).lower) >= 2;
    const bool bracket = text.is(i - 2, ")") && i >= 3 && text.isNumber(i - 3);
    return (glued && text.isNumber(i - 2)) || (range && (number || bracket));
}

std::optional<Found> durationAt(const TokenView& text, size_t i) {
    const auto count = countAt(text, i);
    if (!count || count->value <= 0)
        return std::nullopt;
    size_t at = text.skip(count->end, {"-", "full", "consecutive", "additional", "calendar"});
    const bool business = text.isOneOf(at, {"business", "working"});
    const auto unit = unitOf(text.at(business ? at + 1 : at).lower);
    if (!unit || (business && *unit != DurationUnit::Day))
        return std::nullopt;
    return Found{{count->value, business ? DurationUnit::BusinessDay : *unit},
                 !count->conflict && !followsANumber(text, i),
                 i,
                 (business ? at + 1 : at) + 1};
}

std::vector<Found> durationsOf(const TokenView& text) {
    std::vector<Found> out;
    for (size_t i = 0; i < text.size();) {
        const auto found = durationAt(text, i);
        if (found)
            out.push_back(*found);
        i = found ? found->end : i + 1;
    }
    return out;
}

// The one duration that all of them are, if they are clear.
std::optional<Duration> onlyOne(const std::vector<Found>& found) {
    for (const Found& each : found)
        if (!each.isClear || each.duration != found.front().duration)
            return std::nullopt;
    return found.empty() ? std::nullopt : std::optional(found.front().duration);
}

std::string_view anchorAt(const TokenView& text, size_t i) {
    if (text.startsWith(i, {"effective", "date"}))
        return "effective_date";
    if (text.startsWith(i, {"date", "hereof"}) || text.startsWith(i, {"date", "of", "this", "agreement"}))
        return "agreement_date";
    return {};
}

// What a duration runs from: the words directly behind it say so ("from the Effective Date"), perhaps in words that are
// no known anchor.
struct Start {
    bool isStated = false;
    std::string_view anchor;
};

Start startBehind(const TokenView& text, size_t i) {
    i = text.skip(i, {"(", ")", ",", "\"", "period", "term", "initial", "the"});
    if (text.isOneOf(i, {"from", "after", "following", "of"}))
        return {true, anchorAt(text, text.skip(i + 1, {"and", "including", "the", "\""}))};
    if (text.isOneOf(i, {"commencing", "beginning", "starting"}))
        return {true, anchorAt(text, text.skip(i + 1, {"on", "upon", "from", "as", "with", "at", "of", "the", "\""}))};
    return {};
}

// "commence on the Effective Date and continue for ..." before a duration, in one sentence.
std::string_view anchorBefore(const TokenView& text, size_t duration) {
    constexpr size_t kNear = 8, kSentence = 30;
    const size_t from = duration > kSentence ? duration - kSentence : 0;
    bool hasFor = false;
    for (size_t i = duration; i-- > from && !text.isOneOf(i, {".", ";"});) {
        hasFor = hasFor || (text.is(i, "for") && duration - i <= kNear);
        const bool begins = text.isOneOf(i, {"commence", "commences", "commencing", "begin", "begins", "beginning",
                                             "start", "starts", "effective"}) &&
                            text.isOneOf(i + 1, {"on", "upon", "from", "as"});
        if (hasFor && begins)
            return anchorAt(text, text.skip(i + 2, {"of", "the", "\""}));
    }
    return {};
}

} // namespace

std::optional<std::string> durationFromText(std::string_view source) {
    const auto tokens = tokenize(source);
    const auto only = onlyOne(durationsOf(TokenView(tokens)));
    return only ? std::optional(formatDuration(*only)) : std::nullopt;
}

std::vector<std::string> durationsInText(std::string_view source) {
    const auto tokens = tokenize(source);
    std::vector<std::string> out;
    for (const Found& found : durationsOf(TokenView(tokens))) {
        const std::string text = formatDuration(found.duration);
        if (found.isClear && std::find(out.begin(), out.end(), text) == out.end())
            out.push_back(text);
    }
    return out;
}

std::optional<std::string> relativeDateFromText(std::string_view source) {
    const auto tokens = tokenize(source);
    const TokenView text(tokens);
    const auto found = durationsOf(text);
    const auto only = onlyOne(found);
    if (!only)
        return std::nullopt;
    std::string_view anchor;
    for (const Found& each : found) {
        const Start behind = startBehind(text, each.end);
        const auto here = behind.isStated ? behind.anchor : anchorBefore(text, each.begin);
        if (!anchor.empty() && !here.empty() && here != anchor)
            return std::nullopt;
        anchor = here.empty() ? anchor : here;
    }
    return anchor.empty() ? std::nullopt : std::optional(std::string(anchor) + "+" + formatDuration(*only));
}

} // namespace cw
