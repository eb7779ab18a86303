// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The tokens of a growing answer as its tokenizer writes them: what stands in front of a border that no token can span is encoded once.
// One thread.
#pragma once

#include "training/generate/vocabulary_trie.h"

#include <optional>

namespace cw {

class AnswerSpelling {
public:
    // The references must outlive the spelling.
    AnswerSpelling(const Tokenizer& tokenizer, const VocabularyTrie& trie) : m_tokenizer(tokenizer), m_trie(trie) {}

    // The tokens of `text`, which begins with the tokenizer's text prefix and whose first `decided` bytes never change between calls.
    // Nothing where the tokenizer spells other bytes than these: it may normalise characters, or lack some.
    std::optional<TokenIds> spell(std::string_view text, size_t decided);

private:
    bool isBorder(std::string_view text, size_t at) const;
    std::optional<TokenIds> spellBehindHead(std::string_view text) const;
    void moveHead(std::string_view text, size_t decided, const TokenIds& tokens);

    const Tokenizer& m_tokenizer;
    const VocabularyTrie& m_trie;
    size_t m_headBytes = 0; // of the text, in front of the last border
    TokenIds m_head;        // their tokens
};

} // namespace cw
