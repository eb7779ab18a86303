// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/advice.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cw {

namespace {

constexpr double kLargestScale = 8;
constexpr double kLargestWarmRate = 1e-4;

std::string scaleAdvice(const LoraSettings& lora) {
    auto largest = Projection::Query;
    double scale = 0;
    for (size_t p = 0; p < kProjections; ++p)
        if (const auto projection = static_cast<Projection>(p);
            lora.rankOf(projection) > 0 && lora.scaleOf(projection) > scale) {
            largest = projection;
            scale = lora.scaleOf(projection);
        }
    if (scale <= kLargestScale)
        return {};
    const auto own = lora.alphas.find(largest);
    const double alpha = own == lora.alphas.end() ? lora.alpha : own->second;
    return "Updates are multiplied by " + shortNumber(scale) + " (alpha " + shortNumber(alpha) +
           (lora.rankStabilised ? " by the square root of rank " : " by rank ") +
           std::to_string(lora.rankOf(largest)) + "); above " + shortNumber(kLargestScale) +
           " training often is unstable. An alpha of " + shortNumber(alpha * kLargestScale / scale) + " gives " +
           shortNumber(kLargestScale) + ".";
}

std::string warmStartAdvice(const RunSpec& spec) {
    if (spec.adapter.empty() || spec.learningRate <= kLargestWarmRate)
        return {};
    return "The run goes on from an adapter with a learning rate of " + shortNumber(spec.learningRate) +
           ", as a fresh one takes it, and may forget what the adapter knows. A third to a tenth of it is usual: " +
           shortNumber(spec.learningRate / 3) + " to " + shortNumber(spec.learningRate / 10) + ".";
}

std::string dropoutAdvice(const RunSpec& spec) {
    if (spec.kind != RunKind::Dpo || spec.loraDropout == 0)
        return {};
    return "A dropout of " + shortNumber(spec.loraDropout) +
           " makes the adapter differ from its reference by chance as well, so that the margins of steps are noise around what was "
           "learnt. Preference training usually has none.";
}

std::string betaAdvice(const RunSpec& spec) {
    if (spec.kind != RunKind::Dpo || spec.preferenceLoss != "sigmoid_norm" || spec.beta >= 1)
        return {};
    return "The loss sigmoid_norm counts by token, where a margin is a hundredth of a whole answer's: a beta of " + shortNumber(spec.beta) +
           " hardly teaches. From 2 to 10 is usual.";
}

} // namespace

std::string shortNumber(double value) {
    std::array<char, 40> buffer;
    std::snprintf(buffer.data(), buffer.size(), "%.3g", value);
    std::string text = buffer.data();
    if (const size_t zero = text.find("e-0"); zero != std::string::npos)
        text.erase(zero + 2, 1);
    return text;
}

std::vector<std::string> trainingAdvice(const RunSpec& spec, const LoraSettings& lora) {
    std::vector<std::string> advice = {scaleAdvice(lora), warmStartAdvice(spec), dropoutAdvice(spec), betaAdvice(spec)};
    std::erase(advice, std::string());
    return advice;
}

} // namespace cw
