// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/dpo.h"

#include "training/plan/run_plan.h"
#include "training/recipes/dpo_step.h"
#include "training/recipes/kept_reference.h"
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

// Of several processes the first alone sees a wish to stop: the others end with it.
Result<std::optional<ReferenceLogProbs>> referenceOf(const Run& run, const LoadedModel& loaded, const PreferenceExamples& train,
                                                     std::int64_t rowsPerPass) {
    const auto goesOn = [&](size_t done) {
        (void)run.emit("progress",
                       {{"done", static_cast<double>(done)}, {"total", static_cast<double>(train.pairs.size())}},
                       {{"what", "reference pairs"}});
        return !run.isLeader() || !run.folder.stopRequested();
    };
    return keptReference(run, loaded, train.pairs, rowsPerPass, goesOn);
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
    CW_TRY_ASSIGN(reference, referenceOf(run, loaded, train, plan.rowsPerPass));
    if (!reference)
        return RunOutcome::Stopped; // before its first step: it begins anew
    CW_TRY_ASSIGN(start, checkStart(loaded.transformer, adapter, train.pairs, *reference, plan.rowsPerPass, run.spec.beta));
    CW_TRY(run.note(start));

    const TrainingRows rows = rowsOf(train, loaded.transformer.config());
    const StepSettings settings = stepSettings(run, adapter, plan);
    const PreferenceSettings preference = preferenceSettings(run.spec);
    const auto step = [&](std::int64_t number, const std::vector<size_t>& picked) {
        return dpoStep(loaded.transformer, adapter, train.pairs, *reference, picked, number, settings, preference);
    };
    TrainingSession session(run, loaded, adapter, rows, validation ? &*validation : nullptr, settings);
    CW_TRY_ASSIGN(trained, session.perform(step));
    return trained.outcome;
}

} // namespace cw
