// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/validity_claim.h"

#include <cmath>

namespace cw {

namespace {

constexpr double kLevel = 0.05;

// The probability of at least `valid` of `outputs` where each is valid with probability `share`.
double atLeast(int valid, int outputs, double share) {
    double sum = 0;
    for (int k = valid; k <= outputs; ++k)
        sum += std::exp(std::lgamma(outputs + 1.0) - std::lgamma(k + 1.0) - std::lgamma(outputs - k + 1.0) + k * std::log(share) +
                        (outputs - k) * std::log1p(-share));
    return sum;
}

} // namespace

double validAtLeast(int valid, int outputs) {
    if (valid == 0)
        return 0;
    if (valid == outputs)
        return std::pow(kLevel, 1.0 / outputs);
    double low = 0, high = 1;
    for (int i = 0; i < 50; ++i) {
        const double middle = (low + high) / 2;
        (atLeast(valid, outputs, middle) < kLevel ? low : high) = middle;
    }
    return low;
}

int outputsToClaim(double share) { return static_cast<int>(std::ceil(std::log(kLevel) / std::log(share))); }

} // namespace cw
