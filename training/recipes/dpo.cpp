// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/dpo.h"

#include "training/loss/token_loss.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <numeric>

namespace cw {

namespace {

struct AnswerSums { // by pair, f64
    at::Tensor chosen, rejected, chosenTokens, rejectedTokens;
    std::int64_t tokens = 0;
};

// All chosen answers, then all rejected ones: one batch, so that both sides of a pair take the same kernels.
Batch batchOf(const std::vector<PreferenceExample>& pairs, const std::vector<size_t>& rows, at::Device device) {
    std::vector<const Example*> examples;
    for (const size_t row : rows)
        examples.push_back(&pairs[row].chosen);
    for (const size_t row : rows)
        examples.push_back(&pairs[row].rejected);
    return makeBatch(examples, device);
}

AnswerSums answerSums(const Transformer& model, const Adapter* adapter, double dropout, const Batch& batch) {
    const std::int64_t count = batch.size() / 2;
    const at::Tensor logProbs = labelLogProbs(model, adapter, dropout, batch);
    const at::Tensor sums = sumBySequence(logProbs, batch.sequenceOf, batch.size());
    const at::Tensor tokens = sumBySequence(at::ones_like(logProbs.detach()), batch.sequenceOf, batch.size());
    return {sums.narrow(0, 0, count), sums.narrow(0, count, count), tokens.narrow(0, 0, count),
            tokens.narrow(0, count, count), batch.tokenCount};
}

at::Tensor take(const std::vector<double>& values, const std::vector<size_t>& rows, at::Device device) {
    std::vector<double> taken;
    for (const size_t row : rows)
        taken.push_back(values[row]);
    return at::tensor(taken, at::kDouble).to(device);
}

std::vector<std::vector<size_t>> pairBatches(const std::vector<PreferenceExample>& pairs,
                                             const std::vector<size_t>& rows, std::int64_t microBatch) {
    return microBatches(rows, microBatch, [&](size_t row) {
        return std::max(pairs[row].chosen.ids.size(), pairs[row].rejected.ids.size());
    });
}

} // namespace

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

    const auto step = [&](const std::vector<size_t>& rows) {
        return dpoStep(model, adapter, train.pairs, reference, rows, run.spec.microBatch, run.spec.beta,
                       adapter.settings.dropout);
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

ReferenceLogProbs referenceLogProbs(const Transformer& model, const Adapter* adapter,
                                    const std::vector<PreferenceExample>& pairs, std::int64_t microBatch,
                                    const std::function<void(size_t done)>& progress) {
    const at::NoGradGuard noGradients;
    std::vector<size_t> rows(pairs.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    ReferenceLogProbs reference{std::vector<double>(pairs.size()), std::vector<double>(pairs.size())};
    size_t done = 0;
    for (const auto& micro : pairBatches(pairs, rows, microBatch)) {
        const AnswerSums sums = answerSums(model, adapter, 0, batchOf(pairs, micro, model.device()));
        const at::Tensor chosen = sums.chosen.cpu();
        const at::Tensor rejected = sums.rejected.cpu();
        for (size_t i = 0; i < micro.size(); ++i) {
            reference.chosen[micro[i]] = chosen.const_data_ptr<double>()[i];
            reference.rejected[micro[i]] = rejected.const_data_ptr<double>()[i];
        }
        done += micro.size();
        if (progress)
            progress(done);
    }
    return reference;
}

PairBatch pairLogProbs(const Transformer& model, const Adapter* adapter, double dropout,
                       const std::vector<PreferenceExample>& pairs, const ReferenceLogProbs& reference,
                       const std::vector<size_t>& rows) {
    const AnswerSums sums = answerSums(model, adapter, dropout, batchOf(pairs, rows, model.device()));
    return {{.chosen = sums.chosen,
             .rejected = sums.rejected,
             .referenceChosen = take(reference.chosen, rows, model.device()),
             .referenceRejected = take(reference.rejected, rows, model.device()),
             .chosenTokens = sums.chosenTokens,
             .rejectedTokens = sums.rejectedTokens},
            sums.tokens};
}

StepOutcome dpoStep(const Transformer& model, const Adapter& adapter, const std::vector<PreferenceExample>& pairs,
                    const ReferenceLogProbs& reference, const std::vector<size_t>& rows, std::int64_t microBatch,
                    double beta, double dropout) {
    StepOutcome outcome{.measures = {{"margin", 0}, {"accuracy", 0}, {"chosen_logp", 0}, {"rejected_logp", 0}}};
    for (const auto& micro : pairBatches(pairs, rows, microBatch)) {
        const double share = static_cast<double>(micro.size()) / static_cast<double>(rows.size());
        const PairBatch batch = pairLogProbs(model, &adapter, dropout, pairs, reference, micro);
        const at::Tensor loss = preferenceLoss(PreferenceLoss::Sigmoid, batch.logProbs, beta) * share;
        loss.backward();
        const at::Tensor margin = preferenceMargin(batch.logProbs).detach();
        outcome.loss += loss.item<double>();
        outcome.tokens += batch.tokens;
        outcome.measures["margin"] += share * beta * margin.mean().item<double>();
        outcome.measures["accuracy"] += share * (margin > 0).to(at::kDouble).mean().item<double>();
        outcome.measures["chosen_logp"] += share * batch.logProbs.chosen.mean().item<double>();
        outcome.measures["rejected_logp"] += share * batch.logProbs.rejected.mean().item<double>();
    }
    return outcome;
}

} // namespace cw
