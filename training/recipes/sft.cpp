// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/sft.h"

#include "training/recipes/sft_step.h"
#include "training/recipes/training_run.h"

namespace cw {

namespace {

constexpr std::int64_t kValidations = 10; // in a run, beside that of the last step

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
    const auto step = [&](std::int64_t step, const std::vector<size_t>& rows) {
        return sftStep(model, adapter, train.examples, rows, step, stepSettings(run.spec, adapter));
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

} // namespace cw
