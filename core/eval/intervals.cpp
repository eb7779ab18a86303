// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/intervals.h"

#include "core/base/rng.h"
#include "core/eval/bca.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cw {

namespace {

std::vector<double> resampledStatistics(const std::vector<Tally>& clusters, const Statistic& statistic, Rng rng) {
    std::vector<double> values;
    values.reserve(kResamples);
    for (int i = 0; i < kResamples; ++i) {
        Tally pooled;
        for (size_t draw = 0; draw < clusters.size(); ++draw)
            pooled += clusters[static_cast<size_t>(rng.below(clusters.size()))];
        if (const auto value = statistic(pooled))
            values.push_back(*value);
    }
    return values;
}

std::vector<double> leftOutStatistics(const std::vector<Tally>& clusters, const Statistic& statistic) {
    std::vector<double> values;
    for (size_t left = 0; left < clusters.size(); ++left) {
        Tally pooled;
        for (size_t i = 0; i < clusters.size(); ++i)
            if (i != left)
                pooled += clusters[i];
        if (const auto value = statistic(pooled))
            values.push_back(*value);
    }
    return values;
}

ClusterShare sumOf(const std::vector<ClusterShare>& clusters) {
    ClusterShare sum;
    for (const ClusterShare& cluster : clusters) {
        sum.part += cluster.part;
        sum.whole += cluster.whole;
    }
    return sum;
}

double valueOfRank(std::vector<double>& values, size_t rank) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

// The probability that |t| is at most `t`.
double studentInside(double t, int degrees) {
    const double theta = std::atan(t / std::sqrt(degrees)), sine = std::sin(theta), cosine = std::cos(theta);
    double term = degrees % 2 == 0 ? 1 : cosine, sum = term;
    for (int i = degrees % 2 == 0 ? 2 : 3; i < degrees - 1; i += 2) {
        term *= cosine * cosine * (i - 1) / i;
        sum += term;
    }
    if (degrees % 2 == 0)
        return sine * sum;
    return 2 / std::numbers::pi * (theta + (degrees == 1 ? 0 : sine * sum));
}

} // namespace

Interval wilson(int k, int n) { return n == 0 ? Interval{0, 1} : wilsonOf(static_cast<double>(k) / n, n); }

Interval wilsonOf(double share, int n) {
    constexpr double z = 1.959963984540054; // the normal distribution's 97.5 % point
    const double scale = 1 + z * z / n;
    const double middle = (share + z * z / (2 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
    return {share == 0 ? 0 : middle - half, share == 1 ? 1 : middle + half};
}

std::optional<Interval> middleOf(std::vector<double>& values) {
    if (values.empty())
        return std::nullopt;
    const size_t tail = values.size() / 40; // 2.5 %
    return Interval{valueOfRank(values, tail), valueOfRank(values, values.size() - 1 - tail)};
}

std::optional<Interval> bootstrap(const std::vector<Tally>& clusters, const Statistic& statistic, std::string_view purpose) {
    if (clusters.size() < 2)
        return std::nullopt;
    Tally all;
    for (const Tally& cluster : clusters)
        all += cluster;
    const std::optional<double> estimate = statistic(all);
    if (!estimate)
        return std::nullopt;
    std::vector<double> values = resampledStatistics(clusters, statistic, Rng(kIntervalSeed, purpose));
    return bootstrapInterval(values, *estimate, [&] { return leftOutStatistics(clusters, statistic); });
}

std::optional<double> clusteredError(const std::vector<ClusterShare>& clusters) {
    const ClusterShare sum = sumOf(clusters);
    if (clusters.size() < 2 || sum.whole == 0)
        return std::nullopt;
    const double rate = static_cast<double>(sum.part) / sum.whole, n = static_cast<double>(clusters.size());
    double squares = 0;
    for (const ClusterShare& cluster : clusters) {
        const double residual = cluster.part - rate * cluster.whole;
        squares += residual * residual;
    }
    return std::sqrt(n / (n - 1) * squares) / sum.whole;
}

std::optional<Interval> tInterval(const std::vector<ClusterShare>& clusters) {
    const auto error = clusteredError(clusters);
    if (!error)
        return std::nullopt;
    const ClusterShare sum = sumOf(clusters);
    const double rate = static_cast<double>(sum.part) / sum.whole, half = tPoint(static_cast<int>(clusters.size()) - 1) * *error;
    return Interval{rate - half, rate + half};
}

std::optional<double> designEffect(const std::vector<ClusterShare>& clusters, int squares) {
    const auto error = clusteredError(clusters);
    if (!error)
        return std::nullopt;
    const ClusterShare sum = sumOf(clusters);
    const double rate = static_cast<double>(sum.part) / sum.whole;
    const double independent = (static_cast<double>(squares) / sum.whole - rate * rate) / sum.whole;
    return independent <= 0 ? std::nullopt : std::optional(*error * *error / independent);
}

double tPoint(int degrees) {
    double low = 0, high = 13; // 12.71 for one degree
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (studentInside(middle, degrees) < 0.95 ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace cw
