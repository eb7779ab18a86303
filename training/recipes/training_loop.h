// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The loop that supervised and preference training share: rows of a step, gradients, their sum over all processes,
// clipping, the outlier guard, update, report. What a step computes is the recipe's. One thread a process.
#pragma once

#include "core/base/clock.h"
#include "core/run/run_spec.h"
#include "training/data/row_order.h"
#include "training/distributed/gradient_exchange.h"
#include "training/model/lora.h"
#include "training/optim/adamw.h"
#include "training/optim/schedule.h"
#include "training/recipes/step.h"
#include "training/recipes/training_state.h"

#include <functional>

namespace cw {

struct LoopSettings {
    std::int64_t rows = 0;
    std::int64_t rowsPerStep = 1; // micro-batch times accumulation
    std::int64_t steps = 1;
    RowOrder::Kind order = RowOrder::Kind::Shuffled;
    std::uint64_t seed = 0;
    double learningRate = 0;
    double loraPlus = 1; // learning rate of every B as a multiple of that of its A
    Schedule schedule = Schedule::Constant;
    std::int64_t warmup = 0; // steps
    double weightDecay = 0;
    double maxGradNorm = 0; // 0: no clipping
    OutlierAction outliers = OutlierAction::Off;
};

LoopSettings loopSettings(const RunSpec& spec, std::int64_t rows);

// Steps between two validations or checkpoints: `every`, or ten times a run where the specification doesn't say.
std::int64_t everyOrTenTimes(std::int64_t every, std::int64_t steps);

// How often a training looks at its validation side: after every so many steps and after the last, and before the first where
// it goes on from an adapter.
std::int64_t validationCount(const RunSpec& spec, std::int64_t steps);

struct StepReport {
    std::int64_t step = 0; // 1-based: of so many done
    std::vector<size_t> rows;
    double learningRate = 0;
    double gradNorm = 0; // before clipping
    double seconds = 0;
    StepOutcome outcome = {}; // of all processes together
    std::optional<Outlier> outlier = {};
    bool isSkipped = false; // no update, since it is an outlier
};

enum class AfterStep {
    Continue,
    Stop,  // a person asked for it: the training can go on later
    Finish // it has what it wanted
};

// Computes the loss of these rows and adds its gradients to the adapter's; `step` is 0-based.
using StepFunction = std::function<StepOutcome(std::int64_t step, const std::vector<size_t>& rows)>;
// Called after each update.
using ReportFunction = std::function<Result<AfterStep>(const StepReport& report)>;

struct LoopCalls {
    StepFunction step;
    ReportFunction report;
    // Names rows for a person; empty: they have no names.
    std::function<std::string(const std::vector<size_t>& rows)> names = {};
};

// Trains an adapter's tensors in place: those that it has when the loop is made, already on their device. The references must outlive
// it; an adapter that has other tensors at a step is an error.
class TrainingLoop {
public:
    // `exchange` null: one process alone.
    TrainingLoop(const LoopSettings& settings, const Adapter& adapter, const Clock& clock,
                 GradientExchange* exchange = nullptr);

    // Where it is: to be kept in a checkpoint, or set from one before run().
    TrainingState& state() { return m_state; }
    const TrainingState& state() const { return m_state; }
    AdamW& optimizer() { return m_optimizer; }

    // Takes the steps that are left; then, or as soon as the report function of process 0 says so, gives its last word. A
    // loss or gradient that isn't finite is an error (tag "not_finite"): the weights would be lost with the next update.
    Result<AfterStep> run(const LoopCalls& calls);

    // What process 0 wishes, for everyone.
    Result<AfterStep> agreeOn(AfterStep wish) const;

private:
    Result<StepReport> takeStep(const std::vector<size_t>& rows, const LoopCalls& calls);
    Status checkTrainsTheAdapter() const;
    Status addUp(StepOutcome& outcome) const;
    void update(StepReport& report);

    LoopSettings m_settings;
    const Adapter& m_adapter;
    const Clock& m_clock;
    GradientExchange* m_exchange;
    std::vector<at::Tensor> m_parameters;
    AdamW m_optimizer;
    TrainingState m_state;
};

} // namespace cw
