// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The arithmetic of direct preference optimisation. One thread.
#pragma once

#include "core/run/run_spec.h"
#include "training/data/row_files.h"
#include "training/loss/preference_loss.h"
#include "training/recipes/step.h"

#include <optional>

namespace cw {

// Log-probs of the two answers under the reference, by pair.
struct ReferenceLogProbs {
    std::vector<double> chosen;
    std::vector<double> rejected;
};

// `adapter` null: the base alone. Without gradients or dropout. Nothing where `goesOn` says no before the last pair.
std::optional<ReferenceLogProbs> referenceLogProbs(const Transformer& model, const Adapter* adapter,
                                                   const std::vector<PreferenceExample>& pairs, std::int64_t rowsPerPass,
                                                   const GoesOn& goesOn = {});

// What a pair's loss is.
struct PreferenceSettings {
    PreferenceLoss loss = PreferenceLoss::Sigmoid;
    double beta = 0.1;
    double labelNoise = 0; // of the loss Robust
    double likelihood = 0; // weight of the chosen answers' mean loss a token
};
PreferenceSettings preferenceSettings(const RunSpec& spec);

// Forward and backward passes of one optimiser step over these pairs; the loss is the mean over them, and the weighted
// likelihood of the chosen answers added to it. Measures: "margin" (beta times the policy's gain over the reference, mean),
// "accuracy" (share of pairs with a margin above 0), "chosen_logp", "rejected_logp" (mean sums over an answer's tokens),
// "chosen_gain" (the mean of what a chosen answer's token gained in log-probability over the reference).
StepOutcome dpoStep(const Transformer& model, const Adapter& adapter, const std::vector<PreferenceExample>& pairs,
                    const ReferenceLogProbs& reference, const std::vector<size_t>& rows, std::int64_t step,
                    const StepSettings& settings, const PreferenceSettings& preference);

// The same figures of all pairs, without gradients or dropout. Nothing where `goesOn` says no before the last pair.
std::optional<StepOutcome> dpoScores(const Transformer& model, const Adapter& adapter, const std::vector<PreferenceExample>& pairs,
                                     const ReferenceLogProbs& reference, std::int64_t rowsPerPass,
                                     const PreferenceSettings& preference, const GoesOn& goesOn = {});

// Before the first step policy and reference are the same model, so every margin is 0 and the loss of DPO is ln 2. Passes some
// of the pairs through the policy, as training does but without dropout, and compares: an error tagged "wrong_reference" where a
// token's log-probability differs by more than the number format explains. Else the loss and the largest margin in a sentence.
Result<std::string> checkStart(const Transformer& model, const Adapter& policy, const std::vector<PreferenceExample>& pairs,
                               const ReferenceLogProbs& reference, std::int64_t rowsPerPass, double beta);

} // namespace cw
