// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/dpo_step.h"

#include "training/engine/training_pass.h"
#include "training/loss/head_loss.h"
#include "training/loss/token_loss.h"
#include "training/recipes/failure.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <array>
#include <cstdio>
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

// A pass's part of its step.
struct StepShare {
    double pairs = 1;        // of the step's pairs
    double chosenTokens = 1; // of the whole step
};

StepShare shareOf(const StepPass& pass, const std::vector<PreferenceExample>& pairs, const std::vector<size_t>& rows) {
    std::int64_t tokens = 0;
    for (const size_t row : rows)
        tokens += pairs[row].chosen.labelCount();
    return {static_cast<double>(pass.rows.size()) / static_cast<double>(rows.size()), static_cast<double>(tokens)};
}

at::Tensor lossOf(const PreferenceLogProbs& pairs, const PreferenceSettings& preference, const StepShare& share) {
    const at::Tensor loss = preferenceLoss(preference.loss, pairs, preference.beta, preference.labelNoise) * share.pairs;
    return preference.likelihood > 0 ? loss + preference.likelihood * likelihoodLoss(pairs, share.chosenTokens) : loss;
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
                  const std::vector<size_t>& rows, const PreferenceSettings& preference, const StepShare& share) {
    const at::AutoGradMode withGradients(true);
    const at::Tensor leaf = logProbs.detach().requires_grad_(true);
    const AnswerSums sums = answerSums(leaf, batch);
    const PreferenceLogProbs pairs = preferenceOf(sums, reference, rows, leaf.device());
    const at::Tensor loss = lossOf(pairs, preference, share);
    loss.backward();
    return {loss.item<double>(), leaf.grad(), pairs, sums.tokens};
}

const std::map<std::string, double> kNoMeasures = {
    {"margin", 0}, {"accuracy", 0}, {"chosen_logp", 0}, {"rejected_logp", 0}, {"chosen_gain", 0}};

void addMeasures(StepOutcome& outcome, const PreferenceLogProbs& pairs, double beta, const StepShare& share) {
    const at::Tensor margin = preferenceMargin(pairs).detach();
    outcome.measures["margin"] += share.pairs * beta * margin.mean().item<double>();
    outcome.measures["accuracy"] += share.pairs * (margin > 0).to(at::kDouble).mean().item<double>();
    outcome.measures["chosen_logp"] += share.pairs * pairs.chosen.mean().item<double>();
    outcome.measures["rejected_logp"] += share.pairs * pairs.rejected.mean().item<double>();
    outcome.measures["chosen_gain"] += (pairs.chosen - pairs.referenceChosen).detach().sum().item<double>() / share.chosenTokens;
}

std::vector<size_t> allRows(const std::vector<PreferenceExample>& pairs) {
    std::vector<size_t> rows(pairs.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    return rows;
}

// By how much one token's log-probability of two passes may differ.
double tolerance(at::ScalarType dtype) {
    return dtype == at::kFloat ? 1e-4 : 2e-2;
}

std::string digits(double value, const char* format) {
    std::array<char, 40> text;
    std::snprintf(text.data(), text.size(), format, value);
    return text.data();
}

} // namespace

std::optional<ReferenceLogProbs> referenceLogProbs(const Transformer& model, const Adapter* adapter,
                                                   const std::vector<PreferenceExample>& pairs, std::int64_t rowsPerPass,
                                                   const GoesOn& goesOn) {
    const at::NoGradGuard noGradients;
    ReferenceLogProbs reference{std::vector<double>(pairs.size()), std::vector<double>(pairs.size())};
    size_t done = 0;
    for (const StepPass& pass : pairPasses(pairs, allRows(pairs), {.rowsPerPass = rowsPerPass})) {
        const AnswerSums sums = answerSums(model, adapter, batchOf(pairs, pass.rows, model.device()));
        const at::Tensor chosen = sums.chosen.cpu();
        const at::Tensor rejected = sums.rejected.cpu();
        for (size_t i = 0; i < pass.rows.size(); ++i) {
            reference.chosen[pass.rows[i]] = chosen.const_data_ptr<double>()[i];
            reference.rejected[pass.rows[i]] = rejected.const_data_ptr<double>()[i];
        }
        if (!goesOnAfter(pass, done, pairs.size(), goesOn))
            return std::nullopt;
    }
    return reference;
}

PreferenceSettings preferenceSettings(const RunSpec& spec) {
    return {preferenceLossFromString(spec.preferenceLoss).value_or(PreferenceLoss::Sigmoid), spec.beta, spec.labelNoise,
            spec.likelihoodWeight};
}

// The head runs twice: the derivative of the loss by a log-prob is known only when all log-probs of the pair are.
StepOutcome dpoStep(const Transformer& model, const Adapter& adapter, const std::vector<PreferenceExample>& pairs,
                    const ReferenceLogProbs& reference, const std::vector<size_t>& rows, std::int64_t step,
                    const StepSettings& settings, const PreferenceSettings& preference) {
    const at::NoGradGuard noGradients;
    StepOutcome outcome{.measures = kNoMeasures};
    for (const StepPass& part : pairPasses(pairs, rows, settings)) {
        const StepShare share = shareOf(part, pairs, rows);
        const Batch batch = batchOf(pairs, part.rows, model.device());
        TrainingPass pass(model, adapter, settings.passSettings(step, part.number));
        const at::Tensor hidden = pass.forward(batch);
        const at::Tensor logProbs = headLogProbs(hidden, model.head(), batch.targets);
        const PairLoss loss = pairLoss(logProbs, batch, reference, part.rows, preference, share);
        pass.backward(headLoss(hidden, model.head(), batch.targets, loss.weights).gradHidden);
        outcome.loss += loss.loss;
        outcome.tokens += loss.tokens;
        outcome.labelled += batch.labelCount();
        addMeasures(outcome, loss.logProbs, preference.beta, share);
    }
    return outcome;
}

std::optional<StepOutcome> dpoScores(const Transformer& model, const Adapter& adapter, const std::vector<PreferenceExample>& pairs,
                                     const ReferenceLogProbs& reference, std::int64_t rowsPerPass,
                                     const PreferenceSettings& preference, const GoesOn& goesOn) {
    const at::NoGradGuard noGradients;
    StepOutcome outcome{.measures = kNoMeasures};
    const std::vector<size_t> rows = allRows(pairs);
    size_t done = 0;
    for (const StepPass& part : pairPasses(pairs, rows, {.rowsPerPass = rowsPerPass})) {
        const StepShare share = shareOf(part, pairs, rows);
        const Batch batch = batchOf(pairs, part.rows, model.device());
        const AnswerSums sums = answerSums(model, &adapter, batch);
        const PreferenceLogProbs logProbs = preferenceOf(sums, reference, part.rows, model.device());
        outcome.loss += lossOf(logProbs, preference, share).item<double>();
        outcome.tokens += sums.tokens;
        outcome.labelled += batch.labelCount();
        addMeasures(outcome, logProbs, preference.beta, share);
        if (!goesOnAfter(part, done, rows.size(), goesOn))
            return std::nullopt;
    }
    return outcome;
}

// The last pass of the reference: the same batch, so that both take the same kernels, and the shortest pairs, so that a tape
// takes least memory.
Result<std::string> checkStart(const Transformer& model, const Adapter& policy, const std::vector<PreferenceExample>& pairs,
                               const ReferenceLogProbs& reference, std::int64_t rowsPerPass, double beta) {
    const at::NoGradGuard noGradients;
    const std::vector<size_t> rows = pairPasses(pairs, allRows(pairs), {.rowsPerPass = rowsPerPass}).back().rows;
    const Batch batch = batchOf(pairs, rows, model.device());
    TrainingPass pass(model, policy, {.checkpointing = Checkpointing::Full});
    const AnswerSums sums = answerSums(headLogProbs(pass.forward(batch), model.head(), batch.targets), batch);
    const PreferenceLogProbs logProbs = preferenceOf(sums, reference, rows, model.device());
    const auto aToken = [](const at::Tensor& now, const at::Tensor& before, const at::Tensor& tokens) {
        return ((now - before) / tokens).abs().max().item<double>();
    };
    const double most = std::max(aToken(logProbs.chosen, logProbs.referenceChosen, logProbs.chosenTokens),
                                 aToken(logProbs.rejected, logProbs.referenceRejected, logProbs.rejectedTokens));
    const double margin = beta * preferenceMargin(logProbs).abs().max().item<double>();
    const double loss = preferenceLoss(PreferenceLoss::Sigmoid, logProbs, beta).item<double>();
    const std::string found = "the loss of DPO is " + digits(loss, "%.4f") + " (ln 2 = 0.6931) and the largest margin " + digits(margin, "%.2g");
    if (most <= tolerance(model.dtype())) // false for what is no number
        return "Before the first step " + found + ": training begins where its reference stands.";
    return tagged(failure::kWrongReference,
                  {ErrorCode::BadInput,
                   "Before the first step " + found + ": a token's log-probability differs by " + digits(most, "%.2g") +
                       " nats from the reference's, so the model to train isn't the one that it is compared with.",
                   "Check that the adapter, its base and their chat template belong together, or start from another adapter."});
}

} // namespace cw
