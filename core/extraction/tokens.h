// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A text as words, numbers and marks, for the readers of dates, durations and laws. Pure; any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

enum class TokenKind { Word, Number, Mark };

struct Token {
    TokenKind kind = TokenKind::Mark;
    std::string text;  // as written; a number without its thousands separators
    std::string lower; // in lower case (ASCII), curly quotes and dashes as ' " and -
    size_t begin = 0;  // bytes in the text
    size_t end = 0;
    bool isCapital() const { return kind == TokenKind::Word && text[0] >= 'A' && text[0] <= 'Z'; }
};

// Words are runs of letters, numbers runs of digits (with separators of thousands), every other visible character is a
// mark. Spaces and soft hyphens separate.
std::vector<Token> tokenize(std::string_view text);

// The tokens with an end that answers every question with "no": `at` beyond the end gives an empty mark.
class TokenView {
public:
    explicit TokenView(const std::vector<Token>& tokens) : m_tokens(tokens) {}
    size_t size() const { return m_tokens.size(); }
    const Token& at(size_t index) const;
    bool is(size_t index, std::string_view lower) const { return at(index).lower == lower; }
    bool isOneOf(size_t index, std::initializer_list<std::string_view> words) const;
    bool isNumber(size_t index) const { return at(index).kind == TokenKind::Number; }
    // The words stand there one after the other.
    bool startsWith(size_t index, std::initializer_list<std::string_view> words) const;
    // `index`, moved over the words of a list.
    size_t skip(size_t index, std::initializer_list<std::string_view> words) const;
    // No space between this token and the one before.
    bool touchesPrevious(size_t index) const {
        return index > 0 && index < size() && m_tokens[index - 1].end == m_tokens[index].begin;
    }

private:
    const std::vector<Token>& m_tokens;
};

} // namespace cw
