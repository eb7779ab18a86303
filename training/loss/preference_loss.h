// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Losses of preference training as pure, differentiable functions of log-probabilities. Rafailov et al., "Direct
// Preference Optimization: Your Language Model is Secretly a Reward Model", 2023; each variant names its own source.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <string_view>

namespace cw {

enum class PreferenceLoss {
    Sigmoid,     // DPO itself: -log sigmoid(beta * margin)
    Robust,      // labels flipped with a known probability: Chowdhury et al., "Provably Robust DPO", 2024
    Hinge,       // max(0, 1 - beta * margin): Zhao et al., "SLiC-HF", 2023
    Ipo,         // squared distance of the margin per token from 1 / (2 beta): Azar et al., 2023
    SigmoidNorm  // sigmoid of the margin per token, against a bias towards long answers: Lambert et al., "Tulu 3", 2024
};

std::optional<PreferenceLoss> preferenceLossFromString(std::string_view name); // "sigmoid", "sigmoid_norm", ...

// Of n pairs: sums over the answer's tokens, f64 [n], and those tokens' numbers, f64 [n].
struct PreferenceLogProbs {
    at::Tensor chosen;
    at::Tensor rejected;
    at::Tensor referenceChosen; // of the frozen starting point
    at::Tensor referenceRejected;
    at::Tensor chosenTokens;
    at::Tensor rejectedTokens;
};

// How much more the policy prefers the chosen answer than the reference does, in nats, f64 [n]; beta times this is the
// reward margin.
at::Tensor preferenceMargin(const PreferenceLogProbs& pairs);

// The mean over the pairs, a f64 scalar. `flipped` is the share of labels that are believed to be wrong (Robust alone), below
// 0.5.
at::Tensor preferenceLoss(PreferenceLoss kind, const PreferenceLogProbs& pairs, double beta, double flipped = 0);

// What the chosen answers' own likelihood adds where a mix holds it up: the sum of their loss over `tokens`, a f64 scalar.
at::Tensor likelihoodLoss(const PreferenceLogProbs& pairs, double tokens);

} // namespace cw
