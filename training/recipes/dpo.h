// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Direct preference optimisation: an adapter learns to prefer the chosen answers of data/train.jsonl. The reference is
// where the run starts: the base, or the base with the adapter that the run starts from. One thread.
#pragma once

#include "training/recipes/recipe.h"

namespace cw {

Result<RunOutcome> runDpo(const Run& run);

} // namespace cw
