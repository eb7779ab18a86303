// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/dpo.h"

#include "training/plan/run_plan.h"
#include "training/recipes/dpo_step.h"
#include "training/recipes/training_run.h"
#include "training/recipes/training_session.h"

namespace cw {

namespace {

TrainingRows rowsOf(const PreferenceExamples& train, const ModelConfig& config) {
    TrainingRows rows{train.names, {}};
    for (const PreferenceExample& pair : train.pairs) {
        rows.work.push_back(workOf(pair.chosen, config));
        rows.work.back() += workOf(pair.rejected, config);
    }
    return rows;
}

ReferenceLogProbs readReference(const Run& run, const LoadedModel& loaded, const PreferenceExamples& train,
                                std::int64_t rowsPerPass) {
    const auto progress = [&](size_t done) {
        (void)run.emit("progress",
                       {{"done", static_cast<double>(done)}, {"total", static_cast<double>(train.pairs.size())}},
                       {{"what", "reference pairs"}});
    };
    const Adapter* start = loaded.adapter ? &*loaded.adapter : nullptr; // training has a copy of its own
    return referenceLogProbs(loaded.transformer, start, train.pairs, rowsPerPass, progress);
}

} // namespace

Result<RunOutcome> runDpo(const Run& run) {
    CW_TRY_ASSIGN(loaded, loadModel(run));
    CW_TRY_ASSIGN(train, readPreferenceExamples(run.folder.train(), loaded.chat, loaded.maxLength));
    CW_TRY(checkRows(run, train.pairs.size(), train.leftOut));
    for (const PreferenceExample& pair : train.pairs)
        for (const Example* example : {&pair.chosen, &pair.rejected})
            CW_TRY(checkEnds(*example, loaded));
    CW_TRY_ASSIGN(validation, Validation::read(run, loaded));
    CW_TRY_ASSIGN(adapter, trainableAdapter(run, loaded));
    CW_TRY_ASSIGN(plan, planFor(run, loaded, adapter, {passSizes(train.pairs), validation ? validation->load() : ValidationLoad{}}));
    const ReferenceLogProbs reference = readReference(run, loaded, train, plan.rowsPerPass);
    CW_TRY_ASSIGN(start, checkStart(loaded.transformer, adapter, train.pairs, reference, plan.rowsPerPass, run.spec.beta));
    CW_TRY(run.note(start));

    const TrainingRows rows = rowsOf(train, loaded.transformer.config());
    const StepSettings settings = stepSettings(run, adapter, plan);
    const PreferenceSettings preference = preferenceSettings(run.spec);
    const auto step = [&](std::int64_t number, const std::vector<size_t>& picked) {
        return dpoStep(loaded.transformer, adapter, train.pairs, reference, picked, number, settings, preference);
    };
    TrainingSession session(run, loaded, adapter, rows, validation ? &*validation : nullptr, settings);
    CW_TRY_ASSIGN(trained, session.perform(step));
    return trained.outcome;
}

} // namespace cw
