// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// scoringForm: the steps that take from a text what a reader wouldn't call a difference.
#include "core/base/utf.h"
#include "core/eval/critical_words.h"
#include "core/eval/similarity.h"
#include "core/text/unicode.h"

#include <algorithm>
#include <array>

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
    if (c == 0x00A0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000)
        return U' ';
    return c;
}

std::u32string plainCharacters(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size();)
        if (const char32_t c = decodeCodePoint(text, i); !isZeroWidth(c))
            out.push_back(toAscii(c));
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

// The length of "(a) ", "b) ", "(iv) " at the begin, or 0.
size_t letterCounter(std::u32string_view text) {
    const size_t from = !text.empty() && text[0] == U'(' ? 1 : 0;
    const size_t end = skipWhile(text, from, isCounterLetter);
    const bool closes =
        end > from && end - from <= 4 && end + 1 < text.size() && text[end] == U')' && text[end + 1] == U' ';
    return closes && (from == 1 || end - from == 1) ? end + 2 : 0;
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
                      (inBrackets && token->kind == CriticalClass::TimeUnit && phrase.back() == 's')))
            return true;
    }
    return false;
}

// The length of "11.2 ", "4. ", "(3) " at the begin, or 0. A capital or an opening mark must follow, so that "30 days" and "7.5 per cent"
// keep their number; "7.5 USD" and "(30) Business Days" do by what is counted.
size_t sectionNumber(std::u32string_view text) {
    size_t at = !text.empty() && text[0] == U'(' ? 1 : 0;
    if (at >= text.size() || !isDigit(text[at]))
        return 0;
    bool marked = false;
    while (at < text.size() && (isDigit(text[at]) || text[at] == U'.' || text[at] == U')')) {
        marked = marked || !isDigit(text[at]);
        ++at;
    }
    if (!marked || at + 1 >= text.size() || text[at] != U' ')
        return 0;
    if (text[at - 1] != U'.' && countsNumber(text.substr(at + 1), text[0] == U'('))
        return 0;
    const char32_t next = text[at + 1];
    return isUpper(next) || next == U'(' || next == U'"' || next == U'\'' ? at + 1 : 0;
}

size_t leadingMark(std::u32string_view text) {
    if (text.size() > 2 && isBullet(text[0]) && text[1] == U' ')
        return 2;
    const size_t number = sectionNumber(text);
    return number ? number : letterCounter(text);
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
