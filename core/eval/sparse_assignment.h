// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Optimal one-to-one assignment between two long lists of which few pairs come into question: spans that overlap. Any thread.
#pragma once

#include <utility>
#include <vector>

namespace cw {

struct WeightedPair {
    int row = 0;
    int column = 0;
    long long weight = 0; // above 0
};

// The pairs (row, column) of the assignment with the greatest sum of weights, in the order of the rows: as assign() gives it for a matrix
// that is 0 where `pairs` names none. Each pair stands once. Rows enter one at a time by the shortest augmenting path (as in Jonker and
// Volgenant, "A shortest augmenting path algorithm", 1987), found by Dijkstra's algorithm over the pairs alone: O(rows * pairs * log pairs)
// at worst, and where pairs hang together in small groups no more than these.
std::vector<std::pair<int, int>> assignSparse(int rows, int columns, const std::vector<WeightedPair>& pairs);

} // namespace cw
