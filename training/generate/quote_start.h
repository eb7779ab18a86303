// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The tokens with which a quote of a text may begin, found once a text: the widest walk that a mask takes. One thread.
#pragma once

#include "training/generate/quote_index.h"
#include "training/generate/token_mask.h"
#include "training/generate/vocabulary_trie.h"

#include <vector>

namespace cw {

class QuoteStart {
public:
    // A place in the vocabulary in front of a closing mark: the quote so far can be closed within the token.
    struct Closing {
        VocabularyTrie::NodeId tree;
        QuoteCursor cursor;
    };

    // The references must outlive the object.
    QuoteStart(const QuoteIndex& index, const VocabularyTrie& trie);

    // Adds the tokens that lie within a quote which begins at or behind `floor`.
    void fill(TokenMask& mask, std::uint32_t floor);

    const std::vector<Closing>& closings() const { return m_closings; }

private:
    struct Inside {
        std::int32_t token;
        std::uint32_t low, high; // its suffixes
    };
    void walk(VocabularyTrie::NodeId tree, const QuoteCursor& cursor);
    void visit(VocabularyTrie::NodeId tree, const QuoteCursor& cursor);

    const QuoteIndex& m_index;
    const VocabularyTrie& m_trie;
    TokenMask m_anywhere;
    std::vector<Inside> m_inside;
    std::vector<std::uint32_t> m_lastPlaces; // by token of m_inside; empty until a second quote begins
    std::vector<Closing> m_closings;
};

} // namespace cw
