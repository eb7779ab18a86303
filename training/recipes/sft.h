// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Supervised fine-tuning: an adapter learns the answers of data/train.jsonl. One thread.
#pragma once

#include "training/recipes/training_session.h"

namespace cw {

Result<RunOutcome> runSft(const Run& run);

// The two halves of it, for runs that train several adapters on the same data.
struct SftData {
    std::vector<Example> examples;
    TrainingRows rows;
    std::optional<Validation> validation;
};
Result<SftData> readSftData(const Run& run, const LoadedModel& loaded);
Result<Trained> trainSft(const Run& run, const LoadedModel& loaded, SftData& data);

} // namespace cw
