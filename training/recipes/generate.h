// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Generation: a model answers every prompt of data/prompts.jsonl, greedily, free or held to the grammar, into outputs/predictions.jsonl.
// One thread.
#pragma once

#include "training/recipes/recipe.h"

namespace cw {

// Answers are appended as they end, each with its prompt's meta, so a stopped run keeps what it has. A prompt that does not fit the
// model's context together with the answer's budget, or whose shortest answer does not fit the budget, is left out and reported.
Result<RunOutcome> runGenerate(const Run& run);

} // namespace cw
