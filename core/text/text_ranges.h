// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The steps that a selection takes through a contract's text: by word, by sentence, never within either. Positions are byte offsets in
// the canonical text. Immutable once made; any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

class TextRanges {
public:
    // Holds no reference to `text` after construction.
    explicit TextRanges(std::string_view text);

    // A word is a run of letters and digits (apostrophes and hyphens within it count), or one other mark that is not a space.
    ByteRange wordAt(size_t offset) const;     // the one that holds the offset, else the nearest one behind it, else the last
    // Likewise. A sentence begins behind its number ("A)", "(iv)", "12.3"): evidence holds no heading numbers.
    ByteRange sentenceAt(size_t offset) const;
    bool isEmpty() const { return m_words.empty(); }

    // Widened to whole words; empty if it touches none.
    ByteRange snapped(ByteRange range) const;

    // `head` moved to the next or previous word (sentence) edge: what an arrow key does to a caret or to a selection's moving end.
    size_t nextWord(size_t head) const;
    size_t previousWord(size_t head) const;
    size_t nextSentence(size_t head) const;
    size_t previousSentence(size_t head) const;

    // Without its first (last) word; the same range if only one is left.
    ByteRange withoutFirstWord(ByteRange range) const;
    ByteRange withoutLastWord(ByteRange range) const;

private:
    std::vector<ByteRange> m_words;
    std::vector<ByteRange> m_sentences;
};

} // namespace cw
