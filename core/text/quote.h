// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Quotes: the normalised form of a span of contract text, and the way back from a quote to its places. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Each whitespace run becomes one space, leading and trailing whitespace goes, soft hyphens (U+00AD) and control characters go; nothing
// else changes.
std::string normalizeQuote(std::string_view text);

// A text in normalised form with the way back to its own bytes.
class NormalizedText {
public:
    explicit NormalizedText(std::string_view source);
    const std::string& text() const { return m_text; }
    // Byte range of the source for a range of the normalised text.
    ByteRange toSource(ByteRange normalized) const;
    // All places of a quote (normalised form) in the source, in order; overlapping places count once each.
    std::vector<ByteRange> findAll(std::string_view quote) const;

private:
    // A stretch of characters that stand one behind the other in both texts, or a space for a whitespace run of another length.
    struct Piece {
        size_t begin; // in the normalised text, where it ends with the next piece
        ByteRange source;
    };
    void append(std::string_view bytes, ByteRange source);
    ByteRange characterAt(size_t normalized) const; // in the source

    std::string m_text;
    std::vector<Piece> m_pieces; // in order
    size_t m_sourceSize;
};

// Where in `source` a list of quotes lies, in document order without overlap: each quote takes its first place behind the one before,
// else its first place anywhere that is still free. A quote without a place gives an empty range.
std::vector<ByteRange> groundQuotes(const NormalizedText& source, const std::vector<std::string>& quotes);

} // namespace cw
