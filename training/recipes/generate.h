// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Generation: a model answers every prompt of data/prompts.jsonl, greedily, free or held to the grammar, into outputs/predictions.jsonl.
// One thread.
#pragma once

#include "training/recipes/answering.h"

namespace cw {

// Answers are appended as they end, each with its prompt's meta, so a stopped run keeps what it has. A prompt that does not fit the
// model's context together with the answer's budget, or memory with it alone, or whose shortest answer does not fit the budget, is left out
// and reported; it is an error if that is true of all. Fails with the tag "not_finite" where the model computes no numbers.
Result<RunOutcome> runGenerate(const Run& run);
// The same where `memory` says how much there is.
Result<RunOutcome> runGenerateWithin(const Run& run, const MemoryOf& memory);

} // namespace cw
