// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How sure the shares of valid outputs and of found quotes are. Windows of a contract, and quotes of one, fail together: only clusters of
// contracts are independent. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

namespace cw {

// Adds the intervals "valid" and, where the evaluation has texts and quotes, "quotes_found", and the bound validAtLeast.
//
// "valid" is Wilson's and the bound Clopper and Pearson's, each for as many outputs as there are clusters: as wide as if all windows of a
// cluster were valid or not together, and exact where each has one output. "quotes_found" is by cluster bootstrap; where all or none are
// found, or of one cluster, by Wilson in the same way.
void addOutputIntervals(Evaluation& evaluation, const Clusters& clusters);

} // namespace cw
