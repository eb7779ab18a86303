// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The headings of a contract that open its sections, without what only looks like one. Any thread.
#pragma once

#include "core/text/lines.h"

#include <string_view>
#include <vector>

namespace cw {

// findHeadings without the lines of the table of contents, of the signature blocks (of this text, in order) and of numbered lists: what a
// sentence announces ("these policies: 1. Motor liability"), with all the numbers that go on from its first, but for the contract's own
// sections ("agree as follows: 1. Term"). Numbers go on behind these as if they were not there.
std::vector<HeadingLine> findOutline(std::string_view text, const std::vector<ByteRange>& signatures);

// The last character of a text without closing quotes and brackets; of one that ends with "; and" the semicolon; a space of none.
char lastMark(std::string_view text);

} // namespace cw
