// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/margin_rule.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr double kFarAway = 30; // nats from which on log(1 + e^x) and log(e^x - 1) are x to the last digit

double softplus(double x) {
    return x > kFarAway ? x : std::log1p(std::exp(x));
}

// log(e^x - 1) for x > 0.
double inverseSoftplus(double x) {
    return x > kFarAway ? x : std::log(std::expm1(x));
}

} // namespace

std::string_view nameOf(MarginRule rule) {
    return rule == MarginRule::Largest ? "largest" : "null_sum";
}

std::optional<double> contractMargin(MarginRule rule, const std::vector<float>& margins) {
    if (margins.empty())
        return std::nullopt;
    const auto largest = static_cast<double>(*std::max_element(margins.begin(), margins.end()));
    if (rule == MarginRule::Largest || margins.size() == 1)
        return largest;
    std::vector<double> terms; // smallest first: the order of the windows changes no digit
    for (const float margin : margins)
        terms.push_back(softplus(static_cast<double>(margin)));
    std::sort(terms.begin(), terms.end());
    double sum = 0;
    for (const double term : terms)
        sum += term;
    return std::max(largest, inverseSoftplus(sum)); // the sum is no less than its largest term, but for rounding
}

} // namespace cw
