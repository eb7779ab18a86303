// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Supervised fine-tuning: an adapter learns the answers of data/train.jsonl. One thread.
#pragma once

#include "training/recipes/training_run.h"

namespace cw {

Result<RunOutcome> runSft(const Run& run);

// Forward and backward passes of one optimiser step. The loss is the sum over the trained tokens of all its
// micro-batches divided once by their number, so it doesn't depend on how the rows are cut into micro-batches.
StepOutcome sftStep(const Transformer& model, const Adapter& adapter, const std::vector<Example>& examples,
                    const std::vector<size_t>& rows, std::int64_t microBatch, double dropout);

// The mean loss over the trained tokens of all examples, without gradients or dropout.
double sftLoss(const Transformer& model, const Adapter* adapter, const std::vector<Example>& examples,
               std::int64_t microBatch);

} // namespace cw
