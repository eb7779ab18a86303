// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// scoringForm: the steps that take from a text what a reader wouldn't call a difference.
#include "core/base/ascii.h"
#include "core/base/utf.h"
#include "core/eval/similarity.h"
#include "core/text/unicode.h"

#include <algorithm>

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

// Below, a text is a string of code points: of char32_t, or of char if it is ASCII.

// The place behind "-\n" and the blanks around the break if a word goes on there, else `hyphen`.
template <typename Text> size_t behindBrokenWord(const Text& text, size_t hyphen) {
    if (hyphen == 0 || !isLower(text[hyphen - 1]))
        return hyphen;
    size_t next = hyphen + 1;
    bool lineBreak = false;
    for (; next < text.size() && isSpace(text[next]); ++next)
        lineBreak = lineBreak || text[next] == '\n';
    return lineBreak && next < text.size() && isLower(text[next]) ? next : hyphen;
}

template <typename Text> Text joinBrokenWords(Text text) {
    if (text.find('-') == text.npos)
        return text;
    Text out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '-') {
            const size_t next = behindBrokenWord(text, i);
            i = next; // `hyphen` itself if nothing is broken
        }
        out.push_back(text[i]);
    }
    return out;
}

template <typename Text> Text collapseSpaces(Text text) {
    size_t end = 0; // of what stays, at the begin of the text
    for (const auto c : text)
        if (!isSpace(c))
            text[end++] = c;
        else if (end > 0 && text[end - 1] != ' ')
            text[end++] = ' ';
    text.resize(end > 0 && text[end - 1] == ' ' ? end - 1 : end);
    return text;
}

template <typename View> size_t skipWhile(View text, size_t at, bool (*holds)(char32_t)) {
    while (at < text.size() && holds(text[at]))
        ++at;
    return at;
}

bool isBullet(char32_t c) { return c == 0x2022 || c == 0x25CF || c == 0x25AA || c == 0x00B7 || c == U'*' || c == U'-'; }
bool isCounterLetter(char32_t c) { return c >= U'a' && c <= U'z'; }

// The length of "(a) ", "b) ", "(iv) " at the begin, or 0.
template <typename View> size_t letterCounter(View text) {
    const size_t from = !text.empty() && text[0] == '(' ? 1 : 0;
    const size_t end = skipWhile(text, from, isCounterLetter);
    const bool closes =
        end > from && end - from <= 4 && end + 1 < text.size() && text[end] == ')' && text[end + 1] == ' ';
    return closes && (from == 1 || end - from == 1) ? end + 2 : 0;
}

// The length of "11.2 ", "4. ", "(3) " at the begin, or 0. A capital or an opening mark must follow, so that "30 days"
// and "7.5 per cent" keep their number.
template <typename View> size_t sectionNumber(View text) {
    size_t at = !text.empty() && text[0] == '(' ? 1 : 0;
    if (at >= text.size() || !isDigit(text[at]))
        return 0;
    bool marked = false;
    while (at < text.size() && (isDigit(text[at]) || text[at] == '.' || text[at] == ')')) {
        marked = marked || !isDigit(text[at]);
        ++at;
    }
    if (!marked || at + 1 >= text.size() || text[at] != ' ')
        return 0;
    const char32_t next = text[at + 1];
    return isUpper(next) || next == '(' || next == '"' || next == '\'' ? at + 1 : 0;
}

template <typename View> size_t leadingMark(View text) {
    if (text.size() > 2 && isBullet(text[0]) && text[1] == ' ')
        return 2;
    const size_t number = sectionNumber(text);
    return number ? number : letterCounter(text);
}

template <typename View> View withoutMarks(View text) {
    while (const size_t mark = leadingMark(text))
        text.remove_prefix(mark);
    constexpr std::u32string_view kTrailing = U".;:, ";
    while (!text.empty() && kTrailing.find(text.back()) != kTrailing.npos)
        text.remove_suffix(1);
    return text;
}

std::string utf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char32_t c : text)
        appendCodePoint(out, c);
    return out;
}

} // namespace

std::string scoringForm(std::string_view text) {
    if (isAscii(text)) {
        const std::string collapsed = collapseSpaces(joinBrokenWords(std::string(text)));
        return foldCase(withoutMarks(std::string_view(collapsed)));
    }
    const std::u32string collapsed = collapseSpaces(joinBrokenWords(plainCharacters(toNfc(text))));
    return foldCase(utf8(withoutMarks(std::u32string_view(collapsed))));
}

} // namespace cw
