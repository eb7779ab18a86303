// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/bca.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace cw {

namespace {

double normalShare(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

// The inverse, for 0 < share < 1, by bisection.
double normalPoint(double share) {
    double low = -9, high = 9;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (normalShare(middle) < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

double meanOf(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Sums of the second and third powers of the distances from the mean.
struct Moments {
    double second = 0, third = 0;
};

Moments momentsOf(const std::vector<double>& values) {
    const double mean = values.empty() ? 0 : meanOf(values);
    Moments out;
    for (const double value : values) {
        const double distance = value - mean;
        out.second += distance * distance;
        out.third += distance * distance * distance;
    }
    return out;
}

// How fast the standard error changes with the statistic, from the jackknife.
double accelerationOf(const std::vector<double>& leftOut) {
    const Moments moments = momentsOf(leftOut);
    return moments.second <= 0 ? 0 : -moments.third / (6 * std::pow(moments.second, 1.5));
}

// The share of the values below the estimate, those that equal it by half.
double shareBelow(const std::vector<double>& values, double estimate) {
    const auto below = std::count_if(values.begin(), values.end(), [&](double value) { return value < estimate; });
    const auto equal = std::count(values.begin(), values.end(), estimate);
    return (static_cast<double>(below) + static_cast<double>(equal) / 2) / static_cast<double>(values.size());
}

} // namespace

double skewnessOf(const std::vector<double>& values) {
    const Moments moments = momentsOf(values);
    return moments.second <= 0 ? 0 : moments.third / std::pow(moments.second, 1.5) * std::sqrt(static_cast<double>(values.size()));
}

std::optional<Interval> bcaInterval(std::vector<double>& values, double estimate, const std::vector<double>& leftOut, double tail) {
    const double below = values.empty() ? 0 : shareBelow(values, estimate);
    if (below <= 0 || below >= 1)
        return std::nullopt;
    const double bias = normalPoint(below), acceleration = accelerationOf(leftOut);
    const auto corrected = [&](double z) {
        const double shifted = bias + z;
        if (acceleration * shifted >= 1)
            return shifted > 0 ? 1.0 : 0.0; // beyond what the correction is for: its limit
        return normalShare(bias + shifted / (1 - acceleration * shifted));
    };
    const double z = normalPoint(1 - tail), count = static_cast<double>(values.size());
    const auto valueOfRank = [&](double rank) {
        const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::clamp(rank, 0.0, count - 1));
        std::nth_element(values.begin(), at, values.end());
        return *at;
    };
    return Interval{valueOfRank(std::floor(corrected(-z) * count)), valueOfRank(count - 1 - std::floor((1 - corrected(z)) * count))};
}

std::optional<Interval> bootstrapInterval(std::vector<double>& values, double estimate, const LeftOut& leftOut) {
    if (std::abs(skewnessOf(values)) >= kFairlySymmetrical)
        if (const auto corrected = bcaInterval(values, estimate, leftOut()))
            return corrected;
    return middleOf(values);
}

} // namespace cw
