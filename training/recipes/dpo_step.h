// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The arithmetic of direct preference optimisation. One thread.
#pragma once

#include "training/loss/preference_loss.h"
#include "training/data/row_files.h"
#include "training/recipes/step.h"

#include <functional>

namespace cw {

// Log-probs of the two answers under the reference, by pair.
struct ReferenceLogProbs {
    std::vector<double> chosen;
    std::vector<double> rejected;
};

// Computed once, before the first step; `adapter` null: the base alone. Without gradients or dropout. `progress` is
// told how many pairs are done.
ReferenceLogProbs referenceLogProbs(const Transformer& model, const Adapter* adapter,
                                    const std::vector<PreferenceExample>& pairs, std::int64_t rowsPerPass,
                                    const std::function<void(size_t done)>& progress = {});

// Forward and backward passes of one optimiser step over these pairs; the loss is the mean over them. Measures:
// "margin" (beta times the policy's gain over the reference, mean), "accuracy" (share of pairs with a margin above 0),
// "chosen_logp", "rejected_logp" (mean sums over an answer's tokens).
StepOutcome dpoStep(const Transformer& model, const Adapter& adapter, const std::vector<PreferenceExample>& pairs,
                    const ReferenceLogProbs& reference, const std::vector<size_t>& rows, std::int64_t step,
                    const StepSettings& settings, double beta);

} // namespace cw
