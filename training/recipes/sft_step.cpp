// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/sft_step.h"

#include "training/engine/training_pass.h"
#include "training/loss/head_loss.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/full.h>

#include <numeric>

namespace cw {

namespace {

std::vector<const Example*> pick(const std::vector<Example>& examples, const std::vector<size_t>& rows) {
    std::vector<const Example*> picked;
    for (const size_t row : rows)
        picked.push_back(&examples[row]);
    return picked;
}

std::int64_t labelCount(const std::vector<Example>& examples, const std::vector<size_t>& rows) {
    return std::accumulate(rows.begin(), rows.end(), std::int64_t{0},
                           [&](std::int64_t sum, size_t row) { return sum + examples[row].labelCount(); });
}

std::vector<StepPass> passesOf(const std::vector<Example>& examples, const std::vector<size_t>& rows,
                               const StepSettings& settings) {
    return stepPasses(rows, settings, [&](size_t row) { return examples[row].ids.size(); });
}

} // namespace

StepOutcome sftStep(const Transformer& model, const Adapter& adapter, const std::vector<Example>& examples,
                    const std::vector<size_t>& rows, std::int64_t step, const StepSettings& settings) {
    const at::NoGradGuard noGradients;
    const auto labels = static_cast<double>(labelCount(examples, rows));
    StepOutcome outcome;
    for (const StepPass& part : passesOf(examples, rows, settings)) {
        const Batch batch = makeBatch(pick(examples, part.rows), model.device());
        TrainingPass pass(model, adapter, settings.passSettings(step, part.number));
        const at::Tensor hidden = pass.forward(batch);
        const at::Tensor weights = at::full({batch.labelCount()}, -1 / labels, hidden.options().dtype(at::kFloat));
        const HeadLoss head = headLoss(hidden, model.head(), batch.targets, weights);
        pass.backward(head.gradHidden);
        outcome.loss -= head.logProbs.sum(at::kDouble).item<double>() / labels;
        outcome.tokens += batch.tokenCount();
        outcome.labelled += batch.labelCount();
    }
    return outcome;
}

std::optional<double> sftLoss(const Transformer& model, const Adapter* adapter, const std::vector<Example>& examples,
                              std::int64_t rowsPerPass, const GoesOn& goesOn) {
    const at::NoGradGuard noGradients;
    std::vector<size_t> rows(examples.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    double sum = 0;
    size_t done = 0;
    for (const StepPass& part : passesOf(examples, rows, {.rowsPerPass = rowsPerPass})) {
        const Batch batch = makeBatch(pick(examples, part.rows), model.device());
        const at::Tensor hidden = labelledHidden(model, adapter, batch);
        sum -= headLogProbs(hidden, model.head(), batch.targets).sum(at::kDouble).item<double>();
        if (!goesOnAfter(part, done, rows.size(), goesOn))
            return std::nullopt;
    }
    return sum / static_cast<double>(labelCount(examples, rows));
}

} // namespace cw
