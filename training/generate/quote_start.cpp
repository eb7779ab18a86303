// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/quote_start.h"

namespace cw {

QuoteStart::QuoteStart(const QuoteIndex& index, const VocabularyTrie& trie) : m_index(index), m_trie(trie), m_anywhere(trie.vocabSize()) {
    walk(VocabularyTrie::kRoot, index.begin());
    for (const Inside& inside : m_inside)
        m_anywhere.set(inside.token);
}

void QuoteStart::fill(TokenMask& mask, std::uint32_t floor) {
    if (floor == 0) {
        mask.add(m_anywhere);
        return;
    }
    if (m_lastPlaces.empty())
        for (const Inside& inside : m_inside) {
            QuoteCursor cursor;
            cursor.low = inside.low;
            cursor.high = inside.high;
            m_lastPlaces.push_back(m_index.lastPlace(cursor));
        }
    for (size_t i = 0; i < m_inside.size(); ++i)
        if (m_lastPlaces[i] >= floor)
            mask.set(m_inside[i].token);
}

void QuoteStart::walk(VocabularyTrie::NodeId tree, const QuoteCursor& cursor) {
    m_index.forEachStep(m_trie, tree, cursor, 0, [this](VocabularyTrie::NodeId child, const QuoteCursor& next) { visit(child, next); });
}

void QuoteStart::visit(VocabularyTrie::NodeId tree, const QuoteCursor& cursor) {
    for (const std::int32_t token : m_trie.tokens(tree))
        m_inside.push_back({token, cursor.low, cursor.high});
    if (cursor.canClose() && m_trie.child(tree, '"') != VocabularyTrie::kRoot)
        m_closings.push_back({tree, cursor});
    walk(tree, cursor);
}

} // namespace cw
