// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The lines of a text and the headings among them: what sections and sentences are both cut by. Any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/text/heading.h"

#include <string_view>
#include <vector>

namespace cw {

struct HeadingLine {
    ByteRange line; // of the text, without its line end
    Heading heading;
};

// Without those in `skipped` (in order, without overlap), whose lines are not read: they number nothing.
std::vector<HeadingLine> findHeadings(std::string_view text, const std::vector<ByteRange>& skipped = {});

// Without their line ends, in order.
std::vector<ByteRange> lineRanges(std::string_view text);

// `text` without white space at its ends: the range that is left of `range`.
ByteRange trimmedRange(std::string_view text, ByteRange range);

} // namespace cw
