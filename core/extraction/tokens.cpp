// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/tokens.h"

#include "core/base/utf.h"

#include <algorithm>

namespace cw {

namespace {

bool isDigit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
bool isSpace(char32_t c) {
    return c <= 0x20 || c == 0xA0 || c == 0xAD || (c >= 0x2000 && c <= 0x200F) || c == 0x202F || c == 0xFEFF;
}

bool isLetter(char32_t c) {
    if (c < 0x80)
        return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    return c >= 0xC0 && !(c >= 0x2000 && c <= 0x2BFF) && c != 0xD7 && c != 0xF7 && c != 0xFFFD;
}

char32_t plain(char32_t c) {
    if (c == 0x2018 || c == 0x2019)
        return U'\'';
    if (c == 0x201C || c == 0x201D)
        return U'"';
    return c >= 0x2010 && c <= 0x2015 ? U'-' : c >= U'A' && c <= U'Z' ? c + 32 : c;
}

char32_t peek(std::string_view text, size_t offset) {
    return offset < text.size() ? decodeCodePoint(text, offset) : 0;
}

// The end of a run of characters of one class.
template <typename Belongs> size_t runEnd(std::string_view text, size_t offset, Belongs belongs) {
    while (offset < text.size() && belongs(peek(text, offset)))
        decodeCodePoint(text, offset);
    return offset;
}

// ",250" directly behind digits, and no fourth digit.
bool isThousands(std::string_view text, size_t offset) {
    return peek(text, offset) == U',' && runEnd(text, offset + 1, isDigit) == offset + 4;
}

Token numberAt(std::string_view text, size_t begin) {
    size_t end = runEnd(text, begin, isDigit);
    const bool mayHaveThousands = end - begin <= 3;
    while (mayHaveThousands && isThousands(text, end))
        end += 4;
    std::string digits(text.substr(begin, end - begin));
    digits.erase(std::remove(digits.begin(), digits.end(), ','), digits.end());
    return {TokenKind::Number, digits, digits, begin, end};
}

std::string lowered(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size();)
        appendCodePoint(out, plain(decodeCodePoint(text, i)));
    return out;
}

} // namespace

std::vector<Token> tokenize(std::string_view text) {
    std::vector<Token> out;
    for (size_t i = 0; i < text.size(); i = out.empty() ? i : std::max(i, out.back().end)) {
        const char32_t c = peek(text, i);
        if (isSpace(c)) {
            decodeCodePoint(text, i);
        } else if (isDigit(c)) {
            out.push_back(numberAt(text, i));
        } else {
            size_t end = i;
            if (isLetter(c))
                end = runEnd(text, i, isLetter);
            else
                decodeCodePoint(text, end);
            const auto word = text.substr(i, end - i);
            out.push_back({isLetter(c) ? TokenKind::Word : TokenKind::Mark, std::string(word), lowered(word), i, end});
        }
    }
    return out;
}

const Token& TokenView::at(size_t index) const {
    static const Token none;
    return index < m_tokens.size() ? m_tokens[index] : none;
}

bool TokenView::isOneOf(size_t index, std::initializer_list<std::string_view> words) const {
    return std::find(words.begin(), words.end(), at(index).lower) != words.end();
}

bool TokenView::startsWith(size_t index, std::initializer_list<std::string_view> words) const {
    for (std::string_view word : words)
        if (!is(index++, word))
            return false;
    return true;
}

size_t TokenView::skip(size_t index, std::initializer_list<std::string_view> words) const {
    while (index < size() && isOneOf(index, words))
        ++index;
    return index;
}

} // namespace cw
