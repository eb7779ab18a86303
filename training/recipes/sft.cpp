// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/sft.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include <numeric>

namespace cw {

namespace {

constexpr std::int64_t kValidations = 10; // in a run, beside that of the last step

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

Result<ChatExamples> readValidation(const Run& run, const LoadedModel& loaded) {
    std::error_code ignored;
    if (!std::filesystem::exists(run.folder.validation(), ignored))
        return ChatExamples{};
    return readChatExamples(run.folder.validation(), loaded.chat, loaded.maxLength);
}

} // namespace

Result<RunOutcome> runSft(const Run& run) {
    CW_TRY_ASSIGN(loaded, loadModel(run));
    CW_TRY_ASSIGN(train, readChatExamples(run.folder.train(), loaded.chat, loaded.maxLength));
    CW_TRY_ASSIGN(validation, readValidation(run, loaded));
    CW_TRY_ASSIGN(settings, planTraining(run, train.examples.size(), train.leftOut));
    CW_TRY_ASSIGN(adapter, trainableAdapter(run, loaded));
    CW_TRY(writeStart(run, loaded, adapter, settings));

    const Transformer& model = loaded.transformer;
    const auto step = [&](const std::vector<size_t>& rows) {
        return sftStep(model, adapter, train.examples, rows, run.spec.microBatch, adapter.settings.dropout);
    };
    const std::int64_t every = std::max<std::int64_t>(1, settings.steps / kValidations);
    std::int64_t done = 0;
    const auto report = [&](const StepReport& current) -> Result<AfterStep> {
        done = current.step;
        CW_TRY(writeStep(run, current, settings.steps));
        const bool stops = run.folder.stopRequested();
        if (!validation.examples.empty() && !stops && (done % every == 0 || done == settings.steps)) {
            const double loss = sftLoss(model, &adapter, validation.examples, run.spec.microBatch);
            CW_TRY(run.emit("validation", {{"step", static_cast<double>(done)}, {"loss", loss}}));
        }
        return stops ? AfterStep::Stop : AfterStep::Continue;
    };
    CW_TRY_ASSIGN(how, trainAdapter(settings, adapter, run.clock, step, report));
    return finishTraining(run, adapter, how, done);
}

StepOutcome sftStep(const Transformer& model, const Adapter& adapter, const std::vector<Example>& examples,
                    const std::vector<size_t>& rows, std::int64_t microBatch, double dropout) {
    const auto labels = static_cast<double>(labelCount(examples, rows));
    const auto lengthOf = [&](size_t row) { return examples[row].ids.size(); };
    StepOutcome outcome;
    for (const auto& micro : microBatches(rows, microBatch, lengthOf)) {
        const Batch batch = makeBatch(pick(examples, micro), model.device());
        const at::Tensor loss = -labelLogProbs(model, &adapter, dropout, batch).sum() / labels;
        loss.backward();
        outcome.loss += loss.item<double>();
        outcome.tokens += batch.tokenCount;
    }
    return outcome;
}

double sftLoss(const Transformer& model, const Adapter* adapter, const std::vector<Example>& examples,
               std::int64_t microBatch) {
    const at::NoGradGuard noGradients;
    std::vector<size_t> rows(examples.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    double sum = 0;
    for (const auto& micro : microBatches(rows, microBatch, [&](size_t row) { return examples[row].ids.size(); }))
        sum -= labelLogProbs(model, adapter, 0, makeBatch(pick(examples, micro), model.device())).sum().item<double>();
    return sum / static_cast<double>(labelCount(examples, rows));
}

} // namespace cw
