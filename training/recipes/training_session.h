// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One training of an adapter, from its start or from a checkpoint to the adapter that it leaves: the loop with all that
// happens around its steps. One thread; of several processes, the first alone validates and writes.
#pragma once

#include "training/recipes/checkpoint.h"
#include "training/recipes/training_events.h"
#include "training/recipes/validation.h"

namespace cw {

// How a training ended.
struct Trained {
    RunOutcome outcome = RunOutcome::Done;
    TrainingState state;
    std::int64_t keptStep = 0; // of the adapter that it leaves
};

class TrainingSession {
public:
    // Trains the adapter's tensors in place. `validation` null: there is none. The references must outlive it.
    TrainingSession(const Run& run, const LoadedModel& loaded, const Adapter& adapter, const TrainingRows& rows,
                    Validation* validation, const StepSettings& passes);

    Result<Trained> perform(const StepFunction& step);

private:
    Status begin();
    Status checkSameStep();
    Result<AfterStep> afterStep(const StepReport& report);
    Result<AfterStep> validateIfDue();
    Result<bool> validate();
    Status noteEarlyEnd();
    Status checkpointIfDue(bool isStopping);
    Result<Trained> finish(AfterStep how);
    Result<std::int64_t> keepBest();

    bool isDue(std::int64_t every) const;
    bool isOutOfPatience() const;
    bool stopsHere() const { return m_run.folder.stopRequested(); }
    AdapterWriter adapterWriter() const;
    TrainingState& state() { return m_loop.state(); }

    const Run& m_run;
    const LoadedModel& m_loaded;
    const Adapter& m_adapter;
    const TrainingRows& m_rows;
    Validation* m_validation;
    LoopSettings m_settings;
    TrainingLoop m_loop;
    TrainingEvents m_events;
    CheckpointFolder m_checkpoints;
    RunIdentity m_identity;
    Circumstances m_circumstances;
};

} // namespace cw
