// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/training_loop.h"

#include "training/recipes/advice.h"
#include "training/recipes/failure.h"

#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>

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
    settings.loraPlus = spec.loraPlus;
    settings.schedule = scheduleFromString(spec.schedule).value_or(Schedule::Cosine);
    settings.warmup = warmupSteps(spec.warmupShare, settings.steps);
    settings.weightDecay = spec.weightDecay;
    settings.maxGradNorm = spec.maxGradNorm;
    settings.outliers = outlierActionFromString(spec.outliers).value_or(OutlierAction::Warn);
    return settings;
}

std::int64_t everyOrTenTimes(std::int64_t every, std::int64_t steps) {
    constexpr std::int64_t kTimesARun = 10;
    return every > 0 ? every : std::max<std::int64_t>(1, steps / kTimesARun);
}

std::int64_t validationCount(const RunSpec& spec, std::int64_t steps) {
    const std::int64_t every = everyOrTenTimes(spec.validateEvery, steps);
    return (steps + every - 1) / every + (spec.adapter.empty() ? 0 : 1);
}

namespace {

// One for each of Adapter::parameters().
std::vector<double> rateFactors(const Adapter& adapter, double loraPlus) {
    std::vector<double> factors;
    for (const auto& layer : adapter.layers)
        for (const LoraPair& pair : layer)
            if (pair.isPresent())
                factors.insert(factors.end(), {1, loraPlus});
    return factors;
}

Error notFinite(const StepReport& report, const LoopCalls& calls) {
    const std::string names = calls.names ? calls.names(report.rows) : std::string();
    return tagged(failure::kNotFinite,
                  {ErrorCode::Failed,
                   "The loss or its gradient is no longer a finite number at step " + std::to_string(report.step) + ".",
                   "Lower the learning rate, which was " + shortNumber(report.learningRate) +
                       ", or look for damaged rows" + (names.empty() ? " in the data." : " in " + names + ".")});
}

// A process whose share of a step is no pass at all has no gradients yet.
std::vector<at::Tensor> gradientsOf(const std::vector<at::Tensor>& parameters) {
    std::vector<at::Tensor> gradients;
    for (at::Tensor parameter : parameters) {
        if (!parameter.grad().defined())
            parameter.mutable_grad() = at::zeros_like(parameter.detach());
        gradients.push_back(parameter.grad());
    }
    return gradients;
}

} // namespace

TrainingLoop::TrainingLoop(const LoopSettings& settings, const Adapter& adapter, const Clock& clock,
                           GradientExchange* exchange)
    : m_settings(settings), m_adapter(adapter), m_clock(clock), m_exchange(exchange),
      m_parameters(adapter.parameters()),
      m_optimizer(m_parameters, {.weightDecay = settings.weightDecay}, rateFactors(adapter, settings.loraPlus)) {}

Result<AfterStep> TrainingLoop::run(const LoopCalls& calls) {
    RowOrder order(m_settings.rows, m_settings.rowsPerStep, m_settings.order, m_settings.seed);
    order.skip(m_state.step);
    while (m_state.step < m_settings.steps) {
        CW_TRY_ASSIGN(report, takeStep(order.next(), calls));
        CW_TRY_ASSIGN(wish, calls.report(report));
        CW_TRY_ASSIGN(next, agreeOn(wish));
        if (next != AfterStep::Continue)
            return next;
    }
    return AfterStep::Continue;
}

Result<StepReport> TrainingLoop::takeStep(const std::vector<size_t>& rows, const LoopCalls& calls) {
    const TimePoint begin = m_clock.now();
    StepReport report{.step = m_state.step + 1, .rows = rows, .outcome = calls.step(m_state.step, rows)};
    report.learningRate = m_settings.learningRate * scheduleFactor(m_settings.schedule, m_state.step,
                                                                   m_settings.warmup, m_settings.steps);
    CW_TRY(checkTrainsTheAdapter());
    CW_TRY(addUp(report.outcome));
    clearFrozenGradients(m_adapter);
    report.gradNorm = clipGradients(m_parameters, m_settings.maxGradNorm);
    if (!std::isfinite(report.outcome.loss) || !std::isfinite(report.gradNorm))
        return notFinite(report, calls);
    update(report);
    report.seconds = std::chrono::duration<double>(m_clock.now() - begin).count();
    m_state.step = report.step;
    m_state.loss = report.outcome.loss;
    m_state.seconds += report.seconds;
    return report;
}

// An adapter that was moved to another device, or read anew, after the loop was made has other tensors: their gradients would never
// be looked at, and the run would end with an adapter that has learnt nothing.
Status TrainingLoop::checkTrainsTheAdapter() const {
    const auto isSame = [](const at::Tensor& a, const at::Tensor& b) { return a.is_same(b); };
    if (std::ranges::equal(m_adapter.parameters(), m_parameters, isSame))
        return {};
    return Error{ErrorCode::Failed, "The adapter's tensors are no longer those that its optimiser trains.",
                 "Please report this with the run folder."};
}

// Gradients and figures of all processes, the figures packed into one tensor beside the gradients.
Status TrainingLoop::addUp(StepOutcome& outcome) const {
    if (!m_exchange)
        return {};
    std::vector<double> figures = {outcome.loss, static_cast<double>(outcome.tokens),
                                   static_cast<double>(outcome.labelled)};
    for (const auto& [name, value] : outcome.measures)
        figures.push_back(value);
    std::vector<at::Tensor> tensors = gradientsOf(m_parameters);
    tensors.push_back(at::tensor(figures, at::kDouble).to(m_parameters.front().device()));
    CW_TRY(m_exchange->sum(tensors));
    const at::Tensor sums = tensors.back().cpu();
    const double* sum = sums.const_data_ptr<double>();
    outcome.loss = sum[0];
    outcome.tokens = std::llround(sum[1]);
    outcome.labelled = std::llround(sum[2]);
    size_t at = 3;
    for (auto& [name, value] : outcome.measures)
        value = sum[at++];
    return {};
}

// A skipped step leaves Adam's moments alone as well: they would carry the outlier on into the next updates.
void TrainingLoop::update(StepReport& report) {
    if (m_settings.outliers != OutlierAction::Off)
        report.outlier = m_state.guard.judge(report.outcome.loss, report.gradNorm);
    report.isSkipped = report.outlier && m_settings.outliers == OutlierAction::Skip;
    if (!report.isSkipped)
        return m_optimizer.step(report.learningRate);
    for (at::Tensor& parameter : m_parameters)
        parameter.mutable_grad() = at::Tensor();
}

Result<AfterStep> TrainingLoop::agreeOn(AfterStep wish) const {
    if (!m_exchange)
        return wish;
    CW_TRY_ASSIGN(shared, m_exchange->share({static_cast<double>(wish)}));
    return static_cast<AfterStep>(static_cast<int>(shared.front()));
}

} // namespace cw
