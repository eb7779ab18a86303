// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The parts of a contract whose lines look like headings and open nothing: tables of contents and signature blocks. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

// From the line that says "Table of Contents" (or "Contents" alone) to the last of the entries behind it, whole lines. An entry is a block
// of lines that ends with a page's number. Nothing (empty) where there is no entry.
ByteRange findContentsTable(std::string_view text);

// From "IN WITNESS WHEREOF", or from the first of two lines such as "By:" and "Name:", to the last of the short blocks of lines behind it;
// in order, without overlap. A heading such as "Exhibit B" ends one.
std::vector<ByteRange> findSignatureBlocks(std::string_view text);

} // namespace cw
