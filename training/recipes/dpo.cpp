// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/dpo.h"

#include "training/recipes/dpo_step.h"
#include "training/recipes/training_run.h"

namespace cw {

Result<RunOutcome> runDpo(const Run& run) {
    CW_TRY_ASSIGN(loaded, loadModel(run));
    CW_TRY_ASSIGN(train, readPreferenceExamples(run.folder.train(), loaded.chat, loaded.maxLength));
    CW_TRY_ASSIGN(settings, planTraining(run, train.pairs.size(), train.leftOut));
    CW_TRY_ASSIGN(adapter, trainableAdapter(run, loaded));
    CW_TRY(writeStart(run, loaded, adapter, settings));

    const Transformer& model = loaded.transformer;
    const Adapter* start =
        loaded.adapter ? &*loaded.adapter : nullptr; // trainableAdapter() made a copy: this one stays as it is
    const auto progress = [&](size_t done) {
        (void)run.emit("progress",
                       {{"done", static_cast<double>(done)}, {"total", static_cast<double>(train.pairs.size())}},
                       {{"what", "reference pairs"}});
    };
    const ReferenceLogProbs reference = referenceLogProbs(model, start, train.pairs, run.spec.microBatch, progress);

    const auto step = [&](std::int64_t step, const std::vector<size_t>& rows) {
        return dpoStep(model, adapter, train.pairs, reference, rows, step, stepSettings(run.spec, adapter), run.spec.beta);
    };
    std::int64_t done = 0;
    const auto report = [&](const StepReport& current) -> Result<AfterStep> {
        done = current.step;
        CW_TRY(writeStep(run, current, settings.steps));
        return run.folder.stopRequested() ? AfterStep::Stop : AfterStep::Continue;
    };
    CW_TRY_ASSIGN(how, trainAdapter(settings, adapter, run.clock, step, report));
    return finishTraining(run, adapter, how, done);
}

} // namespace cw
