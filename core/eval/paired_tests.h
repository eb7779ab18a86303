// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Tests of whether two runs differ (evaluation rule 2.10): sign flips over clusters, McNemar's exact test where a cluster has one cell, and
// the adjustment for many clauses. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace cw {

// How often the sum of `gains`, one a cluster, is as far from 0 when each one's sign is thrown anew; the gains as they are count as one
// throw. Two-sided. `throws` > 0; seeded by `purpose`.
double signFlip(const std::vector<int>& gains, int throws, std::string_view purpose);

inline constexpr int kLeastFlips = 6; // flips in one direction below which McNemar's exact test can't reach 0.05

// McNemar's exact test: two-sided binomial of `fixed` against `broken`. 1 without either. Valid only if each flip comes from a cluster of
// its own.
double mcnemarExact(int fixed, int broken);

// p values adjusted after Benjamini and Hochberg (1995): the least false discovery rate at which each is still a discovery, in the order of
// `p`.
std::vector<double> benjaminiHochberg(const std::vector<double>& p);

} // namespace cw
