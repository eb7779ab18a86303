// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The passages that the corpus search looks into: a contract's text in pieces that end with a paragraph or a sentence. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

struct PassageSize {
    size_t least = 1000; // bytes; the last passage may be shorter
    size_t most = 2000;
};

// Follows each other without gap or overlap and covers the text; none for an empty one. A cut lies behind the last blank line that leaves
// a passage of the wanted size, else behind the last sentence, else behind the last white space, else between two code points.
std::vector<ByteRange> splitPassages(std::string_view text, PassageSize size = {});

} // namespace cw
