// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/quote_start.h"

namespace cw {

QuoteStart::QuoteStart(const QuoteIndex& index, const VocabularyTrie& trie) : m_anywhere(trie.vocabSize()) {
    walk(index, trie, VocabularyTrie::kRoot, index.begin());
    for (const Inside& inside : m_inside)
        m_anywhere.set(inside.token);
}

void QuoteStart::fill(TokenMask& mask, std::uint32_t floor) const {
    if (floor == 0) {
        mask.add(m_anywhere);
        return;
    }
    for (const Inside& inside : m_inside)
        if (inside.lastPlace >= floor)
            mask.set(inside.token);
}

// By the bytes that the text has, not by those that tokens have: the text has fewer.
void QuoteStart::walk(const QuoteIndex& index, const VocabularyTrie& trie, VocabularyTrie::NodeId tree, const QuoteCursor& cursor) {
    if (trie.node(tree).childCount == 0)
        return;
    for (QuoteIndex::Branch branch = index.firstBranch(cursor); index.nextBranch(cursor, 0, branch);)
        if (const VocabularyTrie::NodeId child = trie.child(tree, branch.byte); child != VocabularyTrie::kRoot)
            visit(index, trie, child, branch.cursor);
}

void QuoteStart::visit(const QuoteIndex& index, const VocabularyTrie& trie, VocabularyTrie::NodeId tree, const QuoteCursor& cursor) {
    const bool closes = cursor.canClose() && trie.child(tree, '"') != VocabularyTrie::kRoot;
    if (closes || trie.node(tree).tokenCount > 0) {
        const std::uint32_t place = index.lastPlace(cursor);
        for (const std::int32_t token : trie.tokens(tree))
            m_inside.push_back({token, place});
        if (closes)
            m_closings.push_back({tree, cursor, place});
    }
    walk(index, trie, tree, cursor);
}

} // namespace cw
