// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where a training is, beside its adapter and the optimiser's moments. Plain data; one thread.
#pragma once

#include "training/optim/outlier_guard.h"
#include "training/recipes/score_history.h"

namespace cw {

struct TrainingState {
    std::int64_t step = 0; // so many are done
    double loss = 0;       // of the last one
    double seconds = 0;    // that the steps took, validation and checkpoints not counted
    OutlierGuard guard;
    ScoreHistory scores;
    friend bool operator==(const TrainingState&, const TrainingState&) = default;
};

} // namespace cw
