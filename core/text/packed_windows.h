// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Windows by dynamic programming over what each cut costs. Any thread.
#pragma once

#include "core/text/pieces.h"

#include <vector>

namespace cw {

// The windows that cost least together: each cut costs by its kind (section 0, subsection 1, paragraph 4, sentence 16, anything else 64),
// each window costs something by itself, and a full one a
// little more than two that are half full. A window begins with the last whole leaf of the one before if that has at most overlapBytes,
// else with its last paragraphs or sentences that do; a cut without any of these costs half as much again. No range has more than
// maxBytes if no piece has; together they hold every piece.
std::vector<ByteRange> packedWindows(const std::vector<Piece>& pieces, size_t maxBytes, size_t overlapBytes);

} // namespace cw
