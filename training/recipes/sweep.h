// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A sweep: one supervised training for each pair of a rank and a learning rate, on one loaded model and the same rows, and
// a table of what they came to. One thread.
//
//   trials/<n>/adapter        PEFT form                    outputs/adapter      that of the best trial
//   trials/<n>/checkpoints    while it trains              outputs/trials.json  TrialResult of each, and which is the best
//   trials/<n>/result.json    TrialResult: it has ended; with the hashes of what it was trained with and on
#pragma once

#include "training/recipes/recipe.h"

namespace cw {

struct Trial {
    std::int64_t number = 1;
    std::int64_t rank = 0;
    double alpha = 0; // twice the rank, so that ranks compare at the same scale of the updates
    double learningRate = 0;
    friend bool operator==(const Trial&, const Trial&) = default;
};

// In the order of the ranks and, within one, of the learning rates.
Result<std::vector<Trial>> trialsOf(const RunSpec& spec);

struct TrialResult {
    Trial trial;
    double score = 0; // of the adapter that it left, by the specification's score; NaN where training failed
    double loss = 0;  // of the last step
    double seconds = 0;
    std::int64_t bytes = 0; // of the adapter's weights
    std::string error;      // why training failed, or empty
    friend bool operator==(const TrialResult&, const TrialResult&) = default;
};

// The index of the best: by the lowest score for "loss", by the highest else; of equals the first. Nothing if all failed.
std::optional<size_t> bestOf(const std::vector<TrialResult>& results, const std::string& score);

// Started again, it keeps the trials that have ended and goes on with the one that hasn't; it is refused where the data, the
// base or the settings aren't those of the ended ones. Ranks and rates may be added. Without validation rows a trial's
// score is its last training loss. A trial whose loss is no longer finite has failed; the sweep goes on.
Result<RunOutcome> runSweep(const Run& run);

} // namespace cw
