// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/leading_mark.h"

#include "core/base/utf.h"
#include "core/eval/critical_words.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace cw {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isCounterLetter(char c) { return c >= 'a' && c <= 'z'; }
bool isRomanCapital(char c) { return c == 'I' || c == 'V' || c == 'X'; }
bool isBullet(char32_t c) { return c == 0x2022 || c == 0x25CF || c == 0x25AA || c == 0x00B7 || c == U'*' || c == U'-'; }

bool isRoman(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == 'i' || c == 'v' || c == 'x'; });
}

size_t skipWhile(std::string_view text, size_t at, bool (*holds)(char)) {
    while (at < text.size() && holds(text[at]))
        ++at;
    return at;
}

size_t bullet(std::string_view text) {
    size_t end = 0;
    return !text.empty() && isBullet(decodeCodePoint(text, end)) && end + 1 < text.size() && text[end] == ' ' ? end + 1 : 0;
}

// "(a) ", "b) ", "(iv) ".
size_t letterCounter(std::string_view text) {
    constexpr size_t kLongest = 5; // "xviii"
    const size_t from = !text.empty() && text[0] == '(' ? 1 : 0;
    const size_t end = skipWhile(text, from, isCounterLetter);
    const bool closes = end > from && end - from <= kLongest && end + 1 < text.size() && text[end] == ')' && text[end + 1] == ' ';
    return closes && (from == 1 || end - from == 1 || isRoman(text.substr(0, end))) ? end + 2 : 0;
}

// The first words of a text, case folded, without the marks at their ends.
std::vector<std::string> firstWords(std::string_view text, size_t count) {
    std::vector<std::string> words;
    for (size_t at = 0; at < text.size() && words.size() < count;) {
        const size_t end = std::min(text.find(' ', at), text.size());
        size_t last = end;
        while (last > at && std::string_view("'\",.;:)").find(text[last - 1]) != std::string_view::npos)
            --last;
        words.push_back(foldCase(text.substr(at, last - at)));
        at = end + 1;
    }
    return words;
}

// "USD", "Per Cent", "Million": the number before it is a quantity. So is one in brackets before "Business Days" or "Units", which without
// brackets begin headings: "7.5 Orders".
bool countsNumber(std::string_view text, bool inBrackets) {
    constexpr std::array<std::string_view, 6> kCounted = {"units", "users", "orders", "tonnes", "copies", "shares"};
    const std::vector<std::string> words = firstWords(text, kMaxPhraseWords);
    if (words.empty())
        return false;
    const auto scale = numberWord(words.front());
    if ((scale && scale->multiplies) || words.front().ends_with('$') ||
        (inBrackets && std::find(kCounted.begin(), kCounted.end(), words.front()) != kCounted.end()))
        return true;
    std::string phrase;
    for (const std::string& word : words) {
        phrase.append(phrase.empty() ? "" : " ").append(word);
        const auto token = criticalPhrase(phrase);
        if (token && (token->kind == CriticalClass::Currency || token->kind == CriticalClass::Percent ||
                      (inBrackets && token->kind == CriticalClass::Unit && phrase.back() == 's')))
            return true;
    }
    return false;
}

// What follows a heading's number: a blank, then a capital or an opening mark.
bool opensText(std::string_view text, size_t at) {
    if (at + 1 >= text.size() || text[at] != ' ')
        return false;
    const char32_t next = decodeCodePoint(text, ++at);
    return isUpper(next) || next == U'(' || next == U'"' || next == U'\'';
}

// "4", "11.2", "14.1(b)", "IV" with the marks behind it: the end, or `at`.
size_t counterEnd(std::string_view text, size_t at) {
    size_t end = skipWhile(text, at, isDigit);
    if (end == at)
        end = skipWhile(text, at, isRomanCapital);
    for (size_t before = at; end > at && before != end;) {
        before = end;
        while (end < text.size() && (isDigit(text[end]) || text[end] == '.' || text[end] == ')' || text[end] == ':'))
            ++end;
        const size_t close = end < text.size() && text[end] == '(' ? text.find(')', end) : text.npos;
        if (close != text.npos && close - end <= 4)
            end = close + 1;
    }
    return end;
}

// "11.2 ", "4. ", "(3) ", "14.1(b) ".
size_t sectionNumber(std::string_view text) {
    const size_t from = !text.empty() && text[0] == '(' ? 1 : 0;
    if (from >= text.size() || !isDigit(text[from]))
        return 0;
    const size_t end = counterEnd(text, from);
    const std::string_view number = text.substr(from, end - from);
    if (std::all_of(number.begin(), number.end(), isDigit) || !opensText(text, end))
        return 0;
    return text[end - 1] != '.' && countsNumber(text.substr(end + 1), text[0] == '(') ? 0 : end + 1;
}

// "Section 9.3. ", "ARTICLE IV: ", "§ 4.1 ": a heading's number with its word.
size_t namedNumber(std::string_view text) {
    static constexpr std::array<std::string_view, 7> kWords = {"section", "sec.", "article", "art.", "clause", "paragraph", "\u00A7"};
    constexpr size_t kLongest = 9; // "paragraph"
    const size_t blank = text.substr(0, kLongest + 1).find(' ');
    if (blank == text.npos || std::find(kWords.begin(), kWords.end(), foldCase(text.substr(0, blank))) == kWords.end())
        return 0;
    const size_t end = counterEnd(text, blank + 1);
    return end > blank + 1 && opensText(text, end) ? end + 1 : 0;
}

} // namespace

size_t leadingMark(std::string_view text) {
    for (const auto length : {bullet, sectionNumber, namedNumber, letterCounter})
        if (const size_t mark = length(text))
            return mark;
    return 0;
}

} // namespace cw
