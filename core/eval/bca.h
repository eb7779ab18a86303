// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Bootstrap intervals of statistics whose resamples lean to one side (evaluation rule 2.10: percentile, BCa when skewed). Pure; any thread.
#pragma once

#include "core/eval/intervals.h"

#include <functional>
#include <optional>
#include <vector>

namespace cw {

// "A distribution whose skewness is less than 1/2 in either direction is fairly symmetrical" (M. G. Bulmer, "Principles of Statistics", 1979,
// chapter 4). Beyond it the resamples count as skewed.
inline constexpr double kFairlySymmetrical = 0.5;

// The third standardised moment; 0 where nothing varies.
double skewnessOf(const std::vector<double>& values);

// The bias-corrected and accelerated interval (B. Efron, "Better Bootstrap Confidence Intervals", JASA 82, 1987; the formulas of Efron and
// Tibshirani, "An Introduction to the Bootstrap", 1993, 14.3). `values` are the statistic's of the resamples, `estimate` that of all clusters,
// `leftOut` those without one cluster each. `tail`: the share on either side. Nothing where every value lies on one side of the estimate:
// then there is no correction. Changes the order of `values`.
std::optional<Interval> bcaInterval(std::vector<double>& values, double estimate, const std::vector<double>& leftOut, double tail = 0.025);

// 95 %: the middle of the values; where these are skewed, the corrected interval if there is one. Nothing for none. Changes their order.
// `leftOut` is asked for where it is needed.
using LeftOut = std::function<std::vector<double>()>;
std::optional<Interval> bootstrapInterval(std::vector<double>& values, double estimate, const LeftOut& leftOut);

} // namespace cw
