// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The reference's log-probs of preference training, kept beside the checkpoints: a run that goes on compares with the very
// numbers that it began with, and doesn't compute them a second time. One thread; of several processes the first one writes.
//
//   checkpoints/reference-<hash>/log_probs.safetensors   f64 [pairs]: chosen, rejected
//   checkpoints/reference-<hash>/manifest.json           its SHA-256
#pragma once

#include "training/recipes/dpo_step.h"
#include "training/recipes/recipe.h"

namespace cw {

// Those of the adapter that the run starts from, or of its base. The hash is of the pairs' tokens, of that model, and of dtype and
// device; the rows of a pass and the threads, which move the last bits, aren't in it. Kept ones that are damaged are computed
// anew. Nothing where `goesOn` says no before the last pair.
Result<std::optional<ReferenceLogProbs>> keptReference(const Run& run, const LoadedModel& loaded,
                                                       const std::vector<PreferenceExample>& pairs, std::int64_t rowsPerPass,
                                                       const GoesOn& goesOn);

} // namespace cw
