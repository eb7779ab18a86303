// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Confidence intervals: Wilson's score interval for independent outputs, the cluster bootstrap for cells, which are not
// independent within a contract.
#include "core/base/rng.h"
#include "core/eval/evaluation.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr int kResamples = 10000;
constexpr std::uint64_t kSeed = 20260101;

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

} // namespace

std::array<double, 2> wilson(int k, int n) {
    if (n == 0)
        return {0, 1};
    constexpr double z = 1.959963984540054; // the normal distribution's 97.5 % point
    const double share = static_cast<double>(k) / n;
    const double scale = 1 + z * z / n;
    const double middle = (share + z * z / (2 * n)) / scale;
    const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
    return {k == 0 ? 0 : middle - half, k == n ? 1 : middle + half};
}

std::optional<std::array<double, 2>> bootstrap(const std::vector<Tally>& clusters, const Statistic& statistic,
                                               std::string_view purpose) {
    if (clusters.size() < 2)
        return std::nullopt;
    std::vector<double> values = resampledStatistics(clusters, statistic, Rng(kSeed, purpose));
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    const size_t tail = values.size() / 40; // 2.5 %
    return std::array<double, 2>{values[tail], values[values.size() - 1 - tail]};
}

} // namespace cw
