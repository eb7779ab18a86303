// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Intervals at 95 % (evaluation rule 2.10): Wilson's for independent outputs; for cells, which are not independent within a cluster, the
// cluster bootstrap, and t over clusters where these are few. A cluster is a near-duplicate group or a contract. Pure; any thread.
#pragma once

#include "core/eval/tally.h"

#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace cw {

using Interval = std::array<double, 2>;

inline constexpr int kResamples = 10000;
inline constexpr std::uint64_t kIntervalSeed = 20260101;
inline constexpr int kFewClusters = 30; // below it the t interval is the better one

// Wilson's interval for k of n; [0, 1] for n = 0.
Interval wilson(int k, int n);
// The same of a share (0..1) that n > 0 independent ones have.
Interval wilsonOf(double share, int n);

// Bootstrap interval (bca.h) of a statistic of pooled tallies: clusters drawn with replacement, 10,000 times, seeded. Nothing for fewer than two
// clusters. The statistic may be undefined for a resample, which is then left out.
using Statistic = std::function<std::optional<double>(const Tally&)>;
std::optional<Interval> bootstrap(const std::vector<Tally>& clusters, const Statistic& statistic, std::string_view purpose);

// The middle 95 % of these values; nothing for none. Changes their order.
std::optional<Interval> middleOf(std::vector<double>& values);

// What one cluster has of a rate: `part` of `whole` cells. `part` may be negative (a difference of two runs).
struct ClusterShare {
    int part = 0;
    int whole = 0;
};

// The standard error of sum(part) / sum(whole) between clusters (linearised ratio estimator: Cochran, "Sampling Techniques", 1977, 6.4).
// Nothing for fewer than two clusters or without cells.
std::optional<double> clusteredError(const std::vector<ClusterShare>& clusters);

// The rate +- t(clusters - 1) standard errors; not cut to [0, 1], so that a bound outside shows how little is known.
std::optional<Interval> tInterval(const std::vector<ClusterShare>& clusters);

// How many times the variance between clusters is that of as many independent cells; `square` is the sum of the cells' squares, i.e. the
// sum of `part` for a rate and of the discordant cells for a difference. Nothing where nothing varies.
std::optional<double> designEffect(const std::vector<ClusterShare>& clusters, int squares);

// The 97.5 % point of Student's t; degrees >= 1. By bisection of its closed form (Abramowitz and Stegun 26.7.3 and 26.7.4).
double tPoint(int degrees);

} // namespace cw
