// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The smallest parts of a contract that a window never cuts, each with the kind of border in front of it. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

// What lies between a piece and the one before, best place to cut first. Other: within a list's item or a sentence, behind a heading's line,
// within a signature block.
enum class Cut { Section, Subsection, Paragraph, Sentence, Other };

struct Piece {
    ByteRange range; // trimmed
    Cut before = Cut::Section;
    friend bool operator==(const Piece&, const Piece&) = default;
};

// A numbered clause begins at each piece behind a section's or subsection's border: a leaf of the contract's tree.
inline bool opensLeaf(const Piece& piece) { return piece.before <= Cut::Subsection; }

// The sentences of a contract in order; one of more than maxBytes (4 or more) in words, a longer word in runs of code points. Tables of
// contents, signature blocks and numbered lists open no section.
std::vector<Piece> piecesOf(std::string_view text, size_t maxBytes);

// Where the words of a text begin (what white space parts).
std::vector<size_t> wordStarts(std::string_view text, ByteRange range);

} // namespace cw
