// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/answer_spelling.h"

namespace cw {

namespace {

bool isGraph(char byte) { return byte > ' ' && byte < 0x7F; }
bool isLetter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }

} // namespace

std::optional<TokenIds> AnswerSpelling::spell(std::string_view text, size_t decided) {
    auto tokens = spellBehindHead(text);
    if (tokens)
        moveHead(text, decided, *tokens);
    return tokens;
}

// Whether the tokens in front of `at` and those behind it don't depend on each other. Merges and pieces can't span two bytes that no
// token has side by side, and every known rule that cuts words cuts in front of a space behind a character, and between a letter and a
// comma, whatever stands around them.
bool AnswerSpelling::isBorder(std::string_view text, size_t at) const {
    const char before = text[at - 1], behind = text[at];
    const bool cutsWords = behind == ' ' ? isGraph(before) : behind == ',' && isLetter(before);
    return cutsWords && !m_trie.isWithinToken(static_cast<std::uint8_t>(before), static_cast<std::uint8_t>(behind));
}

std::optional<TokenIds> AnswerSpelling::spellBehindHead(std::string_view text) const {
    const std::string_view prefix = m_tokenizer.textPrefix();
    if (!text.starts_with(prefix))
        return std::nullopt;
    TokenIds tokens = m_head;
    size_t at = m_headBytes;
    // Behind the head the character in front of the border comes along, so that what the tokenizer puts in front of a text goes to it.
    const std::string_view rest = at == 0 ? text.substr(prefix.size()) : text.substr(at - 1);
    const TokenIds encoded = m_tokenizer.encode(rest);
    size_t skipped = at == 0 ? 0 : prefix.size() + 1;
    for (const std::int64_t token : encoded) {
        const std::string_view bytes = m_tokenizer.tokenBytes(token);
        if (skipped > 0) {
            if (bytes.size() > skipped)
                return std::nullopt;
            skipped -= bytes.size();
            continue;
        }
        if (!text.substr(at).starts_with(bytes))
            return std::nullopt;
        at += bytes.size();
        tokens.push_back(token);
    }
    return at == text.size() ? std::optional(std::move(tokens)) : std::nullopt;
}

void AnswerSpelling::moveHead(std::string_view text, size_t decided, const TokenIds& tokens) {
    size_t border = decided;
    do
        if (border-- <= m_headBytes + 1)
            return;
    while (!isBorder(text, border));
    size_t at = m_headBytes, count = m_head.size();
    while (at < border)
        at += m_tokenizer.tokenBytes(tokens[count++]).size();
    if (at != border)
        return;
    m_head.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(count));
    m_headBytes = border;
}

} // namespace cw
