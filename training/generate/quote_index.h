// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which quotes a text has, byte for byte: an index over the text in JSON-escaped form that follows a quote as it is written and knows
// every place where it could stand. It is a sparse suffix array; works on bytes, not on tokens, because the same words are cut into other
// tokens behind a quotation mark than within the contract. Immutable; any thread.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// A quote that is being written: the suffixes that begin with its bytes.
struct QuoteCursor {
    std::uint32_t low = 0; // [low, high) of the suffix array
    std::uint32_t high = 0;
    std::uint32_t depth = 0;      // bytes so far
    std::uint16_t codePoints = 0; // whole ones so far
    std::uint8_t openBytes = 0;   // of a code point that is not whole yet
    bool afterBackslash = false;
    bool endsWithSpace = false;

    // A quote holds whole characters, at least one, and doesn't end with a space.
    bool canClose() const { return codePoints > 0 && openBytes == 0 && !afterBackslash && !endsWithSpace; }
};

class QuoteIndex {
public:
    // `text` is in normalised form (normalizeQuote). A quote can't hold bytes outside `spellable`, nor begin or end with a space.
    QuoteIndex(std::string_view text, const std::bitset<256>& spellable);

    // An index over texts that were taken from another index (slice): a quote lies within one of them.
    explicit QuoteIndex(const std::vector<std::string_view>& escapedParts);

    // A quote's first byte is still to come. Positions are bytes of the escaped text.
    QuoteCursor begin() const;
    // True if a quote may begin at or behind `floor`.
    bool hasQuoteBehind(std::uint32_t floor) const { return m_hasStart && m_lastStart >= floor; }

    // Takes one more byte, if some place at or behind `floor` has it and the quote stays within 3,500 code points; else leaves the
    // cursor as it is and gives false.
    bool step(QuoteCursor& cursor, std::uint8_t byte, std::uint32_t floor) const;

    // Bytes until the quote can be closed: 0 if it can be now. There is always a way: each byte of it makes this number smaller by one.
    std::uint32_t bytesToClose(const QuoteCursor& cursor) const;

    // The ways on, one for each byte that some place has next:
    //   for (Branch branch = firstBranch(cursor); nextBranch(cursor, floor, branch);)
    struct Branch {
        std::uint32_t end; // of its suffixes
        std::uint8_t byte = 0;
        QuoteCursor cursor = {}; // behind the byte
    };
    Branch firstBranch(const QuoteCursor& cursor) const { return {cursor.low}; }
    bool nextBranch(const QuoteCursor& cursor, std::uint32_t floor, Branch& branch) const;

    // Walks a tree of bytes (VocabularyTrie) together with the text: calls visit(child, cursor) for each child of `tree` whose byte some
    // place has next. Goes by the tree's bytes or by the text's, whichever are fewer.
    template <typename Tree, typename Visit>
    void forEachStep(const Tree& trie, std::uint32_t tree, const QuoteCursor& cursor, std::uint32_t floor, Visit visit) const {
        constexpr std::uint32_t kFew = 2;
        const auto& node = trie.node(tree);
        if (node.childCount <= kFew) {
            for (std::uint32_t i = 0; i < node.childCount; ++i)
                if (QuoteCursor next = cursor; step(next, trie.node(node.firstChild + i).byte, floor))
                    visit(node.firstChild + i, next);
            return;
        }
        for (Branch branch = firstBranch(cursor); nextBranch(cursor, floor, branch);)
            if (const std::uint32_t child = trie.child(tree, branch.byte); child != Tree::kRoot)
                visit(child, branch.cursor);
    }

    // The quote's last place in the text. The cursor has one always.
    std::uint32_t lastPlace(const QuoteCursor& cursor) const;

    // What stands behind the quote's first place at or behind `floor`, `most` bytes at most; a view into the index. Where there are more
    // than 64 places it looks no further and gives nothing.
    std::string_view ahead(const QuoteCursor& cursor, std::uint32_t floor, size_t most) const;

    // Behind the quote's first place at or behind `floor`: the next quote of the cell may begin there.
    std::uint32_t firstEnd(const QuoteCursor& cursor, std::uint32_t floor) const;

    // The quote's bytes, escaped. A view into the index.
    std::string_view slice(const QuoteCursor& cursor) const;

private:
    void build();
    int byteAt(std::uint32_t position) const;
    int byteOf(std::uint32_t suffix, std::uint32_t depth) const;
    std::uint32_t bound(const QuoteCursor& cursor, int byte) const;
    std::uint32_t groupEnd(std::uint32_t low, std::uint32_t high, std::uint32_t depth) const;
    std::uint32_t firstPlace(const QuoteCursor& cursor, std::uint32_t floor) const;

    std::string m_text;                   // escaped; a zero byte parts what no quote may span
    std::vector<std::uint32_t> m_suffixes; // begins of quotes, by the text behind them
    std::vector<std::uint64_t> m_heads;    // their first eight bytes, side by side: most searches end there
    std::vector<std::uint32_t> m_tree;     // segment tree of the largest begin, for lastPlace
    std::uint32_t m_lastStart = 0;
    bool m_hasStart = false;
};

} // namespace cw
