// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Optimal one-to-one assignment between two lists (spans, parties). Any thread.
#pragma once

#include <utility>
#include <vector>

namespace cw {

// The pairs (row, column) of the assignment with the greatest sum of weights, in the order of the rows. `weights` is a
// matrix of rows of one length, none negative; a pair of weight 0 counts as no pair and is left out. The Hungarian
// method with potentials (Kuhn 1955, Munkres 1957), O(rows * longer side^2): the shorter side is best the rows.
std::vector<std::pair<int, int>> assign(const std::vector<std::vector<long long>>& weights);

} // namespace cw
