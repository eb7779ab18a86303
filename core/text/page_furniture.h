// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Lines of pages that are no text of the contract: running heads, footers and page numbers, which a clause over a page break must not
// hold. Pure.
#pragma once

#include "core/model/contract.h"

#include <string_view>
#include <vector>

namespace cw {

// The ranges of such lines, in the order of the text. A line is one if it stands at the head or foot of its page and is a page number, or
// stands there, but for its digits, on three pages or more (two, of a contract that has no more than three). A line with a number that
// begins or ends the text of as many pages is one too, wherever that is: pages may have been made from another program's pages.
std::vector<ByteRange> pageFurniture(std::string_view text, const std::vector<LineBox>& lines);

// The parts of `range` between them, without white space at their ends. A range on one page stays whole, and so does one that holds nothing
// else: somebody wants just that line.
std::vector<ByteRange> withoutFurniture(std::string_view text, const std::vector<LineBox>& lines, const std::vector<ByteRange>& furniture,
                                        ByteRange range);

} // namespace cw
