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

#include <algorithm>
#include <functional>
#include <map>

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

// What the forward and backward passes of one optimiser step give.
struct StepOutcome {
    double loss = 0;
    std::int64_t tokens = 0;                // without padding
    std::map<std::string, double> measures; // of the recipe: "margin", ...
};

struct StepReport {
    std::int64_t step = 0; // 1-based: of so many done
    double learningRate = 0;
    double gradNorm = 0; // before clipping
    double tokensPerSecond = 0;
    StepOutcome outcome;
};

enum class AfterStep { Continue, Stop };

// Computes the loss of these rows and leaves its gradients in the adapter.
using StepFunction = std::function<StepOutcome(const std::vector<size_t>& rows)>;
// Called after each update.
using ReportFunction = std::function<Result<AfterStep>(const StepReport& report)>;

// Trains the adapter's tensors in place. Gives Stop where the report function asked for it. A loss or gradient that
// isn't finite is an error: the weights would be lost with the next update.
Result<AfterStep> trainAdapter(const LoopSettings& settings, const Adapter& adapter, const Clock& clock,
                               const StepFunction& step, const ReportFunction& report);

// Cuts the rows of a step into micro-batches; rows of similar length go together, so that little padding is computed.
template <typename LengthOf>
std::vector<std::vector<size_t>> microBatches(std::vector<size_t> rows, std::int64_t size, LengthOf lengthOf) {
    std::stable_sort(rows.begin(), rows.end(), [&](size_t a, size_t b) { return lengthOf(a) > lengthOf(b); });
    std::vector<std::vector<size_t>> batches;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (i % static_cast<size_t>(size) == 0)
            batches.emplace_back();
        batches.back().push_back(rows[i]);
    }
    return batches;
}

} // namespace cw
