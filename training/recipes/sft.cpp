// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/sft.h"

#include "training/plan/run_plan.h"
#include "training/recipes/sft_step.h"
#include "training/recipes/training_run.h"

namespace cw {

Result<SftData> readSftData(const Run& run, const LoadedModel& loaded) {
    CW_TRY_ASSIGN(train, readChatExamples(run.folder.train(), loaded.chat, loaded.maxLength));
    CW_TRY(checkRows(run, train.examples.size(), train.leftOut));
    CW_TRY_ASSIGN(validation, Validation::read(run, loaded));
    SftData data{std::move(train.examples), {std::move(train.names), {}}, std::move(validation)};
    for (const Example& example : data.examples) {
        CW_TRY(checkEnds(example, loaded));
        data.rows.work.push_back(workOf(example, loaded.transformer.config()));
    }
    return data;
}

Result<Trained> trainSft(const Run& run, const LoadedModel& loaded, SftData& data) {
    CW_TRY_ASSIGN(adapter, trainableAdapter(run, loaded));
    CW_TRY_ASSIGN(plan, planFor(run, loaded, adapter, {passSizes(data.examples), data.validation ? data.validation->load() : ValidationLoad{}}));
    const StepSettings settings = stepSettings(run, adapter, plan);
    const auto step = [&](std::int64_t number, const std::vector<size_t>& rows) {
        return sftStep(loaded.transformer, adapter, data.examples, rows, number, settings);
    };
    TrainingSession session(run, loaded, adapter, data.rows, data.validation ? &*data.validation : nullptr, settings);
    return session.perform(step);
}

Result<RunOutcome> runSft(const Run& run) {
    CW_TRY_ASSIGN(loaded, loadModel(run));
    CW_TRY_ASSIGN(data, readSftData(run, loaded));
    CW_TRY_ASSIGN(trained, trainSft(run, loaded, data));
    return trained.outcome;
}

} // namespace cw
