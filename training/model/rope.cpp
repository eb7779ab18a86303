// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/rope.h"

#include "training/model/model_config.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace cw {

namespace {

struct NamedKind {
    std::string_view name;
    RopeKind kind;
};

constexpr std::array<NamedKind, 5> kKinds{{{"default", RopeKind::Default},
                                           {"linear", RopeKind::Linear},
                                           {"dynamic", RopeKind::Dynamic},
                                           {"llama3", RopeKind::Llama3},
                                           {"yarn", RopeKind::Yarn}}};

constexpr double kTurn = 2 * std::numbers::pi;

// What is left of a frequency for a share of stretching from 0 (none) to 1 (divided by the factor).
double stretched(double radians, double factor, double share) {
    return radians * (1 - share) + radians / factor * share;
}

double llama3(double radians, const RopeSettings& rope) {
    const double turns = static_cast<double>(rope.originalContext) * radians / kTurn; // within the original context
    const double kept = (turns - rope.lowFactor) / (rope.highFactor - rope.lowFactor);
    return stretched(radians, rope.factor, 1 - std::clamp(kept, 0.0, 1.0));
}

// The pair, not a whole number, that turns `turns` times within the original context.
double pairOfTurns(double turns, const ModelConfig& config) {
    const auto width = static_cast<double>(config.headWidth);
    const auto context = static_cast<double>(config.rope.originalContext);
    return width * std::log(context / (turns * kTurn)) / (2 * std::log(config.rope.theta));
}

double yarn(double radians, size_t pair, const ModelConfig& config) {
    double first = pairOfTurns(config.rope.betaFast, config);
    double last = pairOfTurns(config.rope.betaSlow, config);
    if (config.rope.wholePairs) {
        first = std::floor(first);
        last = std::ceil(last);
    }
    first = std::max(first, 0.0);
    last = std::min(last, static_cast<double>(config.headWidth - 1));
    if (first == last)
        last += 0.001;
    const double share = std::clamp((static_cast<double>(pair) - first) / (last - first), 0.0, 1.0);
    return stretched(radians, config.rope.factor, share);
}

double frequency(size_t pair, const ModelConfig& config) {
    const RopeSettings& rope = config.rope;
    const double exponent = 2.0 * static_cast<double>(pair) / static_cast<double>(config.headWidth);
    double radians = std::pow(rope.theta, -exponent);
    if (pair < rope.divisors.size())
        radians /= rope.divisors[pair];
    switch (rope.kind) {
    case RopeKind::Linear:
        return radians / rope.factor;
    case RopeKind::Llama3:
        return llama3(radians, rope);
    case RopeKind::Yarn:
        return yarn(radians, pair, config);
    case RopeKind::Default:
    case RopeKind::Dynamic:
        break;
    }
    return radians;
}

} // namespace

std::optional<RopeKind> ropeKindFromString(std::string_view name) {
    const auto found = std::ranges::find(kKinds, name, &NamedKind::name);
    return found == kKinds.end() ? std::nullopt : std::optional(found->kind);
}

std::string_view toString(RopeKind kind) {
    return std::ranges::find(kKinds, kind, &NamedKind::kind)->name;
}

double yarnAttentionScale(double factor, double strength) {
    return factor <= 1 ? 1 : 0.1 * strength * std::log(factor) + 1;
}

RopeFrequencies ropeFrequencies(const ModelConfig& config) {
    RopeFrequencies frequencies{.radians = {}, .scale = config.rope.attentionScale};
    for (size_t pair = 0; pair < static_cast<size_t>(config.headWidth / 2); ++pair)
        frequencies.radians.push_back(frequency(pair, config));
    return frequencies;
}

} // namespace cw
