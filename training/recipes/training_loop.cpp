// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/training_loop.h"

#include <algorithm>
#include <cmath>

namespace cw {

LoopSettings loopSettings(const RunSpec& spec, std::int64_t rows) {
    LoopSettings settings;
    settings.rows = rows;
    settings.rowsPerStep = spec.microBatch * spec.accumulation;
    settings.steps = plannedSteps(rows, settings.rowsPerStep, spec.epochs, spec.maxSteps);
    settings.seed = static_cast<std::uint64_t>(spec.seed);
    settings.learningRate = spec.learningRate;
    settings.schedule = scheduleFromString(spec.schedule).value_or(Schedule::Cosine);
    settings.warmup = warmupSteps(spec.warmupShare, settings.steps);
    settings.weightDecay = spec.weightDecay;
    settings.maxGradNorm = spec.maxGradNorm;
    return settings;
}

namespace {

double tokensPerSecond(std::int64_t tokens, TimePoint begin, TimePoint end) {
    const auto milliseconds = std::max<std::int64_t>(1, (end - begin).count());
    return 1000.0 * static_cast<double>(tokens) / static_cast<double>(milliseconds);
}

Error notFinite(std::int64_t step) {
    return {ErrorCode::Failed,
            "The loss or its gradient is no longer a finite number at step " + std::to_string(step) + ".",
            "Lower the learning rate, or look for damaged rows in the data."};
}

} // namespace

Result<AfterStep> trainAdapter(const LoopSettings& settings, const Adapter& adapter, const Clock& clock,
                               const StepFunction& step, const ReportFunction& report) {
    const std::vector<at::Tensor> parameters = adapter.parameters();
    AdamW optimizer(parameters, {.weightDecay = settings.weightDecay});
    RowOrder order(settings.rows, settings.rowsPerStep, settings.order, settings.seed);
    for (std::int64_t done = 0; done < settings.steps; ++done) {
        const TimePoint begin = clock.now();
        StepReport current{.step = done + 1, .outcome = step(done, order.next())};
        clearFrozenGradients(adapter);
        current.gradNorm = clipGradients(parameters, settings.maxGradNorm);
        if (!std::isfinite(current.outcome.loss) || !std::isfinite(current.gradNorm))
            return notFinite(current.step);
        current.learningRate =
            settings.learningRate * scheduleFactor(settings.schedule, done, settings.warmup, settings.steps);
        optimizer.step(current.learningRate);
        current.tokensPerSecond = tokensPerSecond(current.outcome.tokens, begin, clock.now());
        CW_TRY_ASSIGN(next, report(current));
        if (next == AfterStep::Stop)
            return AfterStep::Stop;
    }
    return AfterStep::Continue;
}

} // namespace cw
