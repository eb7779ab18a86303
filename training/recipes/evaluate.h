// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Evaluation: generation on contracts whose gold answers are frozen beside the prompts. The scores are the core's, from the files, so
// that they are the same for any run and for outputs from elsewhere. One thread.
#pragma once

#include "training/recipes/recipe.h"

namespace cw {

// runGenerate, once it is sure that data/gold.jsonl is there to be scored against.
Result<RunOutcome> runEvaluate(const Run& run);

} // namespace cw
