// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The plan of a training: what its rows are, how they are cut into passes, the memory and the time that it takes. Made
// from a run folder before the start, or by the run itself when it starts. One thread.
#pragma once

#include "core/run/run_plan.h"
#include "training/plan/memory_choice.h"
#include "training/plan/preflight.h"
#include "training/plan/training_load.h"
#include "training/recipes/recipe.h"

namespace cw {

// Plans the training of a folder, whether it runs or not: takes no lock, loads no weights. Writes preflight.jsonl and
// plan.json, each atomically; of a training that can't work the report alone, and an older plan goes. Speed is measured
// with `clock`, in about a second.
Result<RunPlan> planRun(const RunFolder& folder, const Clock& clock);

// The plan that a training goes by, from the memory that is free now; tells it as a "plan" event and, unless it is a trial
// of a sweep, writes plan.json. A training that goes on from a checkpoint keeps how it cut its passes before, since the
// last bits of sums depend on it. Of several processes all do what the first one plans.
Result<RunPlan> planFor(const Run& run, const LoadedModel& loaded, const Adapter& adapter, LoadRows rows);

} // namespace cw
