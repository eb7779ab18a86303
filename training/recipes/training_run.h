// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What supervised and preference runs write alike: their events, the rows left out, and the adapter at the end. One
// thread.
#pragma once

#include "training/data/row_files.h"
#include "training/recipes/recipe.h"
#include "training/recipes/training_loop.h"

namespace cw {

// The adapter to train: the one that the run starts from, else a fresh one from the specification and its seed. A start
// adapter keeps its rank and alpha, which a note says where the specification differs.
Result<Adapter> trainableAdapter(const Run& run, const LoadedModel& loaded);

// The loop's settings for `rows` usable rows. No usable row is an error that says how many were left out.
Result<LoopSettings> planTraining(const Run& run, size_t rows, const std::vector<LeftOutRow>& leftOut);

// How a step's rows are cut into passes.
StepSettings stepSettings(const RunSpec& spec, const Adapter& adapter);

Status writeStart(const Run& run, const LoadedModel& loaded, const Adapter& adapter, const LoopSettings& settings);
Status writeStep(const Run& run, const StepReport& report, std::int64_t steps);

// Saves the adapter as the run's output and turns how the loop ended into how the run did.
Result<RunOutcome> finishTraining(const Run& run, const Adapter& adapter, AfterStep how, std::int64_t stepsDone);

} // namespace cw
