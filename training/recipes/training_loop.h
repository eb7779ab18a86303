// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The loop that supervised and preference training share: rows of a step, gradients, clipping, update, report. What a
// step computes is the recipe's. One thread.
#pragma once

#include "core/base/clock.h"
#include "core/run/run_spec.h"
#include "training/data/row_order.h"
#include "training/model/lora.h"
#include "training/optim/adamw.h"
#include "training/optim/schedule.h"
#include "training/recipes/step.h"

#include <functional>

namespace cw {

struct LoopSettings {
    std::int64_t rows = 0;
    std::int64_t rowsPerStep = 1; // micro-batch times accumulation
    std::int64_t steps = 1;
    RowOrder::Kind order = RowOrder::Kind::Shuffled;
    std::uint64_t seed = 0;
    double learningRate = 0;
    Schedule schedule = Schedule::Constant;
    std::int64_t warmup = 0; // steps
    double weightDecay = 0;
    double maxGradNorm = 0; // 0: no clipping
};

LoopSettings loopSettings(const RunSpec& spec, std::int64_t rows);

struct StepReport {
    std::int64_t step = 0; // 1-based: of so many done
    double learningRate = 0;
    double gradNorm = 0; // before clipping
    double tokensPerSecond = 0;
    StepOutcome outcome;
};

enum class AfterStep { Continue, Stop };

// Computes the loss of these rows and leaves its gradients in the adapter; `step` is 0-based.
using StepFunction = std::function<StepOutcome(std::int64_t step, const std::vector<size_t>& rows)>;
// Called after each update.
using ReportFunction = std::function<Result<AfterStep>(const StepReport& report)>;

// Trains the adapter's tensors in place. Gives Stop where the report function asked for it. A loss or gradient that
// isn't finite is an error: the weights would be lost with the next update.
Result<AfterStep> trainAdapter(const LoopSettings& settings, const Adapter& adapter, const Clock& clock,
                               const StepFunction& step, const ReportFunction& report);

} // namespace cw
