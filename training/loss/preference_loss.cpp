// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/loss/preference_loss.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/log_sigmoid.h>
#include <ATen/ops/relu.h>

namespace cw {

namespace {

at::Tensor chosenGain(const PreferenceLogProbs& pairs) {
    return pairs.chosen - pairs.referenceChosen;
}

at::Tensor rejectedGain(const PreferenceLogProbs& pairs) {
    return pairs.rejected - pairs.referenceRejected;
}

at::Tensor marginPerToken(const PreferenceLogProbs& pairs) {
    return chosenGain(pairs) / pairs.chosenTokens - rejectedGain(pairs) / pairs.rejectedTokens;
}

at::Tensor robust(const at::Tensor& scaledMargin, double flipped) {
    return ((flipped - 1) * at::log_sigmoid(scaledMargin) + flipped * at::log_sigmoid(-scaledMargin)) /
           (1 - 2 * flipped);
}

} // namespace

std::optional<PreferenceLoss> preferenceLossFromString(std::string_view name) {
    using Named = std::pair<std::string_view, PreferenceLoss>;
    for (const auto& [known, kind] :
         {Named{"sigmoid", PreferenceLoss::Sigmoid}, Named{"robust", PreferenceLoss::Robust},
          Named{"hinge", PreferenceLoss::Hinge}, Named{"ipo", PreferenceLoss::Ipo},
          Named{"sigmoid_norm", PreferenceLoss::SigmoidNorm}})
        if (known == name)
            return kind;
    return std::nullopt;
}

at::Tensor preferenceMargin(const PreferenceLogProbs& pairs) {
    return chosenGain(pairs) - rejectedGain(pairs);
}

at::Tensor preferenceLoss(PreferenceLoss kind, const PreferenceLogProbs& pairs, double beta, double flipped) {
    switch (kind) {
    case PreferenceLoss::Sigmoid:
        return -at::log_sigmoid(beta * preferenceMargin(pairs)).mean();
    case PreferenceLoss::Robust:
        return robust(beta * preferenceMargin(pairs), flipped).mean();
    case PreferenceLoss::Hinge:
        return at::relu(1 - beta * preferenceMargin(pairs)).mean();
    case PreferenceLoss::Ipo:
        return (marginPerToken(pairs) - 1 / (2 * beta)).square().mean();
    case PreferenceLoss::SigmoidNorm:
        break;
    }
    return -at::log_sigmoid(beta * marginPerToken(pairs)).mean();
}

at::Tensor likelihoodLoss(const PreferenceLogProbs& pairs, double tokens) {
    return -pairs.chosen.sum() / tokens;
}

} // namespace cw
