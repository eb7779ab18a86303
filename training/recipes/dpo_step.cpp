// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/dpo_step.h"

#include "training/engine/training_pass.h"
#include "training/loss/head_loss.h"
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

AnswerSums answerSums(const at::Tensor& logProbs, const Batch& batch) {
    const std::int64_t count = batch.size() / 2;
    const at::Tensor sums = sumBySequence(logProbs, batch.sequenceOf, batch.size());
    const at::Tensor tokens = sumBySequence(at::ones_like(logProbs), batch.sequenceOf, batch.size());
    return {sums.narrow(0, 0, count), sums.narrow(0, count, count), tokens.narrow(0, 0, count),
            tokens.narrow(0, count, count), batch.tokenCount()};
}

// Without gradients or dropout.
AnswerSums answerSums(const Transformer& model, const Adapter* adapter, const Batch& batch) {
    const at::Tensor hidden = labelledHidden(model, adapter, batch);
    return answerSums(headLogProbs(hidden, model.head(), batch.targets), batch);
}

at::Tensor take(const std::vector<double>& values, const std::vector<size_t>& rows, at::Device device) {
    std::vector<double> taken;
    for (const size_t row : rows)
        taken.push_back(values[row]);
    return at::tensor(taken, at::kDouble).to(device);
}

size_t lengthOf(const PreferenceExample& pair) {
    return std::max(pair.chosen.ids.size(), pair.rejected.ids.size());
}

std::vector<StepPass> pairPasses(const std::vector<PreferenceExample>& pairs, const std::vector<size_t>& rows,
                                 const StepSettings& settings) {
    return stepPasses(rows, settings, [&](size_t row) { return lengthOf(pairs[row]); });
}

PreferenceLogProbs preferenceOf(const AnswerSums& sums, const ReferenceLogProbs& reference,
                                const std::vector<size_t>& rows, at::Device device) {
    return {.chosen = sums.chosen,
            .rejected = sums.rejected,
            .referenceChosen = take(reference.chosen, rows, device),
            .referenceRejected = take(reference.rejected, rows, device),
            .chosenTokens = sums.chosenTokens,
            .rejectedTokens = sums.rejectedTokens};
}

// The loss of a pass and its derivative by every token's log-prob: the only part that autograd records, over a handful
// of numbers.
struct PairLoss {
    double loss = 0;
    at::Tensor weights; // f32 [R]
    PreferenceLogProbs logProbs;
    std::int64_t tokens = 0;
};

PairLoss pairLoss(const at::Tensor& logProbs, const Batch& batch, const ReferenceLogProbs& reference,
                  const std::vector<size_t>& rows, double beta, double share) {
    const at::AutoGradMode withGradients(true);
    const at::Tensor leaf = logProbs.detach().requires_grad_(true);
    const AnswerSums sums = answerSums(leaf, batch);
    const PreferenceLogProbs pairs = preferenceOf(sums, reference, rows, leaf.device());
    const at::Tensor loss = preferenceLoss(PreferenceLoss::Sigmoid, pairs, beta) * share;
    loss.backward();
    return {loss.item<double>(), leaf.grad(), pairs, sums.tokens};
}

void addMeasures(StepOutcome& outcome, const PreferenceLogProbs& pairs, double beta, double share) {
    const at::Tensor margin = preferenceMargin(pairs).detach();
    outcome.measures["margin"] += share * beta * margin.mean().item<double>();
    outcome.measures["accuracy"] += share * (margin > 0).to(at::kDouble).mean().item<double>();
    outcome.measures["chosen_logp"] += share * pairs.chosen.mean().item<double>();
    outcome.measures["rejected_logp"] += share * pairs.rejected.mean().item<double>();
}

} // namespace

ReferenceLogProbs referenceLogProbs(const Transformer& model, const Adapter* adapter,
                                    const std::vector<PreferenceExample>& pairs, std::int64_t rowsPerPass,
                                    const std::function<void(size_t done)>& progress) {
    const at::NoGradGuard noGradients;
    std::vector<size_t> rows(pairs.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    ReferenceLogProbs reference{std::vector<double>(pairs.size()), std::vector<double>(pairs.size())};
    size_t done = 0;
    for (const StepPass& pass : pairPasses(pairs, rows, {.rowsPerPass = rowsPerPass})) {
        const AnswerSums sums = answerSums(model, adapter, batchOf(pairs, pass.rows, model.device()));
        const at::Tensor chosen = sums.chosen.cpu();
        const at::Tensor rejected = sums.rejected.cpu();
        for (size_t i = 0; i < pass.rows.size(); ++i) {
            reference.chosen[pass.rows[i]] = chosen.const_data_ptr<double>()[i];
            reference.rejected[pass.rows[i]] = rejected.const_data_ptr<double>()[i];
        }
        done += pass.rows.size();
        if (progress)
            progress(done);
    }
    return reference;
}

// The head runs twice: the derivative of the loss by a log-prob is known only when all log-probs of the pair are.
StepOutcome dpoStep(const Transformer& model, const Adapter& adapter, const std::vector<PreferenceExample>& pairs,
                    const ReferenceLogProbs& reference, const std::vector<size_t>& rows, std::int64_t step,
                    const StepSettings& settings, double beta) {
    const at::NoGradGuard noGradients;
    StepOutcome outcome{.measures = {{"margin", 0}, {"accuracy", 0}, {"chosen_logp", 0}, {"rejected_logp", 0}}};
    for (const StepPass& part : pairPasses(pairs, rows, settings)) {
        const double share = static_cast<double>(part.rows.size()) / static_cast<double>(rows.size());
        const Batch batch = batchOf(pairs, part.rows, model.device());
        TrainingPass pass(model, adapter, settings.passSettings(step, part.number));
        const at::Tensor hidden = pass.forward(batch);
        const at::Tensor logProbs = headLogProbs(hidden, model.head(), batch.targets);
        const PairLoss loss = pairLoss(logProbs, batch, reference, part.rows, beta, share);
        pass.backward(headLoss(hidden, model.head(), batch.targets, loss.weights).gradHidden);
        outcome.loss += loss.loss;
        outcome.tokens += loss.tokens;
        outcome.labelled += batch.labelCount();
        addMeasures(outcome, loss.logProbs, beta, share);
    }
    return outcome;
}

} // namespace cw
