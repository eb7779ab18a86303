// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the evaluation page hands to its review screen: the scored runs and the cells to look at. Plain data.
#pragma once

#include "app/services/evaluation_service.h"

#include <string>
#include <vector>

namespace cw {

struct ReviewRequest {
    // Both outlive the review of them: call ReviewView::clear() before one of them goes.
    const ScoredRun* a = nullptr;
    const ScoredRun* b = nullptr; // the baseline that `a` is held against; null: none, and the review has two columns
    std::string mode = "free";    // of both: "free" or "constrained"
    Rules rules = Rules::Strict;
    std::vector<const ScoredCell*> examples; // cells of a's evaluation in `mode`, in the order of the list that they come from
    int row = 0;                             // the example to begin with
};

} // namespace cw
