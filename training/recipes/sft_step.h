// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The arithmetic of supervised fine-tuning. One thread.
#pragma once

#include "training/data/batch.h"
#include "training/recipes/step.h"

#include <optional>

namespace cw {

// Forward and backward passes of one optimiser step: gradients are added to the adapter's tensors. The loss is the sum
// over the trained tokens of all passes divided once by their number (over all processes), so it doesn't depend on how
// the rows are cut. `step` is 0-based: it names the dropout masks.
StepOutcome sftStep(const Transformer& model, const Adapter& adapter, const std::vector<Example>& examples,
                    const std::vector<size_t>& rows, std::int64_t step, const StepSettings& settings);

// The mean loss over the trained tokens of all examples, without gradients or dropout. `adapter` null: the base alone. Nothing
// where `goesOn` says no before the last example.
std::optional<double> sftLoss(const Transformer& model, const Adapter* adapter, const std::vector<Example>& examples,
                              std::int64_t rowsPerPass, const GoesOn& goesOn = {});

} // namespace cw
