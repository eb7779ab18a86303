// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What differs between two sequences of tokens. Equal tokens have equal ids; what a token is, the caller knows. Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

namespace cw {

struct DiffSequence {
    std::vector<std::uint32_t> ids; // below 2^31
    std::vector<bool> changed;      // one a token: what markChanges says of it
};

enum class DiffEffort {
    Shortest, // Myers alone: the shortest difference for sequences with up to some hundred edits
    Anchored, // runs that each side has once are anchors, Myers works between them: linear in practice, and a moved block costs nothing
    Coarse    // the anchors alone: whatever lies between two of them counts as changed on both sides
};

// Sets `changed` on both sides; the tokens that stay unchanged pair up one to one, in order.
// Sources: E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), the linear-space form; anchors as in patience difference
// (B. Cohen), with runs of 8, 4 and 2 tokens before single ones, since a long text has few words that it uses only once.
void markChanges(DiffSequence& a, DiffSequence& b, DiffEffort effort);

} // namespace cw
