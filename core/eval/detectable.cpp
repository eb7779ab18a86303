// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/detectable.h"

#include <cmath>

namespace cw {

namespace {

constexpr double kPower = 2.8; // 1.96 for 5 % on two sides + 0.84 for 80 % power

} // namespace

std::optional<double> detectableDifference(double discordance, double designEffect, int cells) {
    return cells <= 0 ? std::nullopt : std::optional(kPower * std::sqrt(discordance * designEffect / cells));
}

int cellsToDetect(double difference, double discordance, double designEffect) {
    const double ratio = kPower / difference;
    return static_cast<int>(std::ceil(ratio * ratio * discordance * designEffect));
}

} // namespace cw
