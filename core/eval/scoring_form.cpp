// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// scoringForm: the steps that take from a text what a reader wouldn't call a difference.
#include "core/base/utf.h"
#include "core/eval/critical_words.h"
#include "core/eval/similarity.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <array>
#include <set>

namespace cw {

namespace {

bool isZeroWidth(char32_t c) { return c == 0x00AD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF; }
bool isSpace(char32_t c) { return c == U' ' || (c >= U'\t' && c <= U'\r'); }
bool isDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

char32_t toAscii(char32_t c) {
    if ((c >= 0x2018 && c <= 0x201B) || c == 0x2032)
        return U'\'';
    if ((c >= 0x201C && c <= 0x201F) || c == 0x2033)
        return U'"';
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        return U'-';
    if (c == 0x0085 || c == 0x2028 || c == 0x2029)
        return U'\n';
    if (c == 0x00A0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000)
        return U' ';
    return c;
}

// A soft hyphen in front of a line break is a hyphen that shows.
bool isShown(char32_t c, std::string_view behind) {
    constexpr char32_t kSoftHyphen = 0x00AD;
    return !isZeroWidth(c) || (c == kSoftHyphen && (behind.starts_with('\n') || behind.starts_with("\r\n")));
}

std::u32string plainCharacters(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size();)
        if (const char32_t c = decodeCodePoint(text, i); isShown(c, text.substr(i)))
            out.push_back(isZeroWidth(c) ? U'-' : toAscii(c));
    return out;
}

// The place behind "-\n" and the blanks around the break if a word goes on there, else `hyphen`.
size_t behindBrokenWord(const std::u32string& text, size_t hyphen) {
    if (hyphen == 0 || !isLower(text[hyphen - 1]))
        return hyphen;
    size_t next = hyphen + 1;
    bool lineBreak = false;
    for (; next < text.size() && isSpace(text[next]); ++next)
        lineBreak = lineBreak || text[next] == U'\n';
    return lineBreak && next < text.size() && isLower(text[next]) ? next : hyphen;
}

std::u32string joinBrokenWords(const std::u32string& text) {
    std::u32string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == U'-') {
            const size_t next = behindBrokenWord(text, i);
            i = next; // `hyphen` itself if nothing is broken
        }
        out.push_back(text[i]);
    }
    return out;
}

std::u32string collapseSpaces(const std::u32string& text) {
    std::u32string out;
    out.reserve(text.size());
    for (char32_t c : text)
        if (!isSpace(c))
            out.push_back(c);
        else if (!out.empty() && out.back() != U' ')
            out.push_back(U' ');
    if (!out.empty() && out.back() == U' ')
        out.pop_back();
    return out;
}

size_t skipWhile(std::u32string_view text, size_t at, bool (*holds)(char32_t)) {
    while (at < text.size() && holds(text[at]))
        ++at;
    return at;
}

bool isBullet(char32_t c) { return c == 0x2022 || c == 0x25CF || c == 0x25AA || c == 0x00B7 || c == U'*' || c == U'-'; }
bool isCounterLetter(char32_t c) { return c >= U'a' && c <= U'z'; }
bool isRomanCapital(char32_t c) { return c == U'I' || c == U'V' || c == U'X'; }

bool isRoman(std::u32string_view text) {
    return std::all_of(text.begin(), text.end(), [](char32_t c) { return c == U'i' || c == U'v' || c == U'x'; });
}

// The length of "(a) ", "b) ", "(iv) " at the begin, or 0.
size_t letterCounter(std::u32string_view text) {
    constexpr size_t kLongest = 5; // "xviii"
    const size_t from = !text.empty() && text[0] == U'(' ? 1 : 0;
    const size_t end = skipWhile(text, from, isCounterLetter);
    const bool closes =
        end > from && end - from <= kLongest && end + 1 < text.size() && text[end] == U')' && text[end + 1] == U' ';
    return closes && (from == 1 || end - from == 1 || isRoman(text.substr(0, end))) ? end + 2 : 0;
}

std::string utf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char32_t c : text)
        appendCodePoint(out, c);
    return out;
}

// The first words of a text, case folded, without the marks at their ends.
std::vector<std::string> firstWords(std::u32string_view text, size_t count) {
    std::vector<std::string> words;
    for (size_t at = 0; at < text.size() && words.size() < count;) {
        const size_t end = std::min(text.find(U' ', at), text.size());
        size_t last = end;
        while (last > at && std::u32string_view(U"'\",.;:)").find(text[last - 1]) != std::u32string_view::npos)
            --last;
        words.push_back(foldCase(utf8(text.substr(at, last - at))));
        at = end + 1;
    }
    return words;
}

// "USD", "Per Cent", "Million": the number before it is a quantity. So is one in brackets before "Business Days" or "Units", which without
// brackets begin headings: "7.5 Orders".
bool countsNumber(std::u32string_view text, bool inBrackets) {
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
bool opensText(std::u32string_view text, size_t at) {
    if (at + 1 >= text.size() || text[at] != U' ')
        return false;
    const char32_t next = text[at + 1];
    return isUpper(next) || next == U'(' || next == U'"' || next == U'\'';
}

// "4", "11.2", "14.1(b)", "IV" with the marks behind it: the end, or `at`.
size_t counterEnd(std::u32string_view text, size_t at) {
    size_t end = skipWhile(text, at, isDigit);
    if (end == at)
        end = skipWhile(text, at, isRomanCapital);
    for (size_t before = at; end > at && before != end;) {
        before = end;
        while (end < text.size() && (isDigit(text[end]) || text[end] == U'.' || text[end] == U')' || text[end] == U':'))
            ++end;
        const size_t close = end < text.size() && text[end] == U'(' ? text.find(U')', end) : text.npos;
        if (close != text.npos && close - end <= 4)
            end = close + 1;
    }
    return end;
}

// The length of "11.2 ", "4. ", "(3) ", "14.1(b) " at the begin, or 0. A capital or an opening mark must follow, so that "30 days" and
// "7.5 per cent" keep their number; "7.5 USD" and "(30) Business Days" do by what is counted.
size_t sectionNumber(std::u32string_view text) {
    const size_t from = !text.empty() && text[0] == U'(' ? 1 : 0;
    if (from >= text.size() || !isDigit(text[from]))
        return 0;
    const size_t end = counterEnd(text, from);
    const bool marked = std::any_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.begin() + static_cast<std::ptrdiff_t>(end),
                                    [](char32_t c) { return !isDigit(c); });
    if (!marked || !opensText(text, end))
        return 0;
    return text[end - 1] != U'.' && countsNumber(text.substr(end + 1), text[0] == U'(') ? 0 : end + 1;
}

// The length of "Section 9.3. ", "ARTICLE IV: ", "§ 4.1 " at the begin, or 0: a heading's number with its word.
size_t namedNumber(std::u32string_view text) {
    const size_t blank = std::min(text.find(U' '), text.size());
    std::u32string word(text.substr(0, blank));
    for (char32_t& c : word)
        c = c >= U'A' && c <= U'Z' ? c + 32 : c;
    static const std::set<std::u32string_view> words = {U"section", U"sec.", U"article", U"art.", U"clause", U"paragraph", U"\u00A7"};
    if (words.count(word) == 0)
        return 0;
    const size_t end = counterEnd(text, blank + 1);
    return end > blank + 1 && opensText(text, end) ? end + 1 : 0;
}

size_t leadingMark(std::u32string_view text) {
    if (text.size() > 2 && isBullet(text[0]) && text[1] == U' ')
        return 2;
    for (const auto length : {sectionNumber, namedNumber, letterCounter})
        if (const size_t mark = length(text))
            return mark;
    return 0;
}

std::u32string_view withoutMarks(std::u32string_view text) {
    while (const size_t mark = leadingMark(text))
        text.remove_prefix(mark);
    constexpr std::u32string_view kTrailing = U".;:, ";
    while (!text.empty() && kTrailing.find(text.back()) != kTrailing.npos)
        text.remove_suffix(1);
    return text;
}

} // namespace

std::string scoringForm(std::string_view text) {
    const std::u32string collapsed = collapseSpaces(joinBrokenWords(plainCharacters(toNfc(text))));
    return foldCase(utf8(withoutMarks(collapsed)));
}

} // namespace cw
