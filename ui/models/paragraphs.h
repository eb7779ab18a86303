// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which lines of a canonical text belong to one paragraph: the text view shows them as one, wrapped to the window. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

// Ranges that cover every line, in order, each without the line feed behind it. A line goes on in the next one where that begins in
// lower case, or where the line is full (as long as most of this text's long lines) and ends without a stop.
std::vector<ByteRange> paragraphRanges(std::string_view text);

} // namespace cw
