// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a training tells of itself while it runs (core/run/run_event.h). One thread.
#pragma once

#include "training/data/batch.h"
#include "training/data/row_names.h"
#include "training/plan/flops.h"
#include "training/recipes/recipe.h"
#include "training/recipes/training_loop.h"

namespace cw {

// A training's rows beside their tokens: one name and one workload each.
struct TrainingRows {
    std::vector<RowName> names;
    std::vector<Workload> work;
};

// Of one example.
Workload workOf(const Example& example, const ModelConfig& config);

// Memory of this process in bytes, the most that it has had at once so far and what it has now (VmHWM and VmRSS of
// /proc/self/status); 0 where it isn't told.
double peakMemoryBytes();
double presentMemoryBytes();

class TrainingEvents {
public:
    // The references must outlive it.
    TrainingEvents(const Run& run, const LoadedModel& loaded, const LoopSettings& settings, const TrainingRows& rows,
                   const Adapter& adapter);

    Status start();
    Status resume(std::int64_t step);
    // A "step" event, and an "outlier" one before it where the step is one. A note, once, where preference training makes the
    // chosen answers themselves less likely.
    Status step(const StepReport& report);
    Status validation(const ValidationScores& scores, bool isBest) const;
    // `path`: relative to the run folder.
    Status checkpoint(std::int64_t step, const std::filesystem::path& path) const;

private:
    Status outlier(const StepReport& report) const;
    Status fall(const StepReport& report);
    void addGpu(std::map<std::string, double>& numbers) const;
    double flopsOf(const std::vector<size_t>& rows) const;
    double secondsLeft(std::int64_t step);

    const Run& m_run;
    const LoadedModel& m_loaded;
    const LoopSettings& m_settings;
    const TrainingRows& m_rows;
    const Adapter& m_adapter;
    TimePoint m_before;           // when the last step was told of
    double m_secondsPerStep = 0;  // smoothed, with what lies between steps
    std::int64_t m_stepsTold = 0; // by this process
    bool m_hasToldOfFall = false;
};

} // namespace cw
