// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What trainings of all kinds begin and end with alike: their rows, their adapter and its files. One thread.
#pragma once

#include "core/run/run_plan.h"
#include "training/data/row_files.h"
#include "training/recipes/recipe.h"
#include "training/recipes/step.h"

namespace cw {

// Tells of the rows left out and of the quotes that no window holds. An error where no row is left, or where the specification
// (long_rows) refuses one that doesn't fit (tag "rows_too_long") or has no answer (tag "no_labels").
Status checkRows(const Run& run, size_t rows, const std::vector<LeftOutRow>& leftOut);
// The errors alone. `file` names the rows.
Status checkRows(const RunSpec& spec, const std::string& file, size_t rows, const std::vector<LeftOutRow>& leftOut);

// One BOS where the template has one, and an end token that is learned: anything else is a template or a tokenizer that
// belongs to another model.
Status checkEnds(const Example& example, const LoadedModel& loaded);

// The adapter to train: the one that the run starts from, else a fresh one from the specification and its seed. A start
// adapter keeps its rank and alpha, which a note says where the specification differs. Notes give advice.
Result<Adapter> trainableAdapter(const Run& run, const LoadedModel& loaded);

// Numbers that its training changes: those of a frozen part (LoraPair::frozenRank) don't count.
std::int64_t trainedParameters(const Adapter& adapter);

// How a step's rows are cut into passes.
StepSettings stepSettings(const Run& run, const Adapter& adapter, const RunPlan& plan);

// In PEFT form.
Status saveAdapter(const Run& run, const LoadedModel& loaded, const Adapter& adapter, const std::filesystem::path& folder);
// The files of a saved adapter, its configuration last: a folder that has one holds a whole adapter.
Status copyAdapter(const std::filesystem::path& from, const std::filesystem::path& to);

} // namespace cw
