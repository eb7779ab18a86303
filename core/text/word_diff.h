// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Word difference of two texts, as the side-by-side views paint it. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

enum class DiffKind { Equal, Deleted, Inserted };

// A run of words: its range in the left text (Equal, Deleted) and in the right one (Equal, Inserted).
struct DiffRun {
    DiffKind kind = DiffKind::Equal;
    ByteRange left;
    ByteRange right;
    friend bool operator==(const DiffRun&, const DiffRun&) = default;
};

// Myers' O(ND) difference over words, whitespace runs and single punctuation marks (E. Myers, "An O(ND) Difference Algorithm and Its
// Variations", 1986). The runs cover both texts whole, in order.
std::vector<DiffRun> diffWords(std::string_view left, std::string_view right);

} // namespace cw
