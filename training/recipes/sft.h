// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Supervised fine-tuning: an adapter learns the answers of data/train.jsonl. One thread.
#pragma once

#include "training/recipes/recipe.h"

namespace cw {

Result<RunOutcome> runSft(const Run& run);

} // namespace cw
