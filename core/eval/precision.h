// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How much a set of contracts can tell: how exactly it knows a score or a change, what change it would overlook, and how many contracts
// of the same kind would do better. Contracts are what is drawn, not cells. Pure; any thread.
#pragma once

#include "core/eval/paired.h" // OfContract
#include "core/eval/slices.h"

#include <optional>
#include <set>
#include <vector>

namespace cw {

// What one contract adds to a pooled rate: `sum` of `cells`.
struct RateCluster {
    double sum = 0;
    int cells = 0;
};

struct Precision {
    int contracts = 0;
    double spread = 0; // standard deviation of one contract's part of the rate; 0: fewer than two contracts, or all alike
    // Half the width of the 95 % interval, 1.96 spread / sqrt(contracts); the least true change that such a comparison finds four times
    // of five, 2.8 spread / sqrt(contracts). Nothing where the spread isn't known.
    std::optional<double> halfWidth() const;
    std::optional<double> detectable() const;
    // How many contracts of the same spread give a half width of at most `wanted`, above 0; two at least.
    std::optional<int> contractsFor(double wanted) const;
};

// The pooled rate's spread by the linearised ratio estimator (W. Cochran, "Sampling Techniques", 3rd ed., section 6.3).
Precision precisionOf(const std::vector<RateCluster>& clusters);

// Of the accuracy of one evaluation, and of its change from one to another over the cells that both have.
Precision accuracyPrecision(const Evaluation& evaluation, Rules rules, const OfContract& of = {});
Precision changePrecision(const Evaluation& before, const Evaluation& after, Rules rules, const OfContract& of = {});

// How far two slices were apart before and after: accuracy of the first less that of the second.
struct GapChange {
    FacetValue first, second;
    int firstContracts = 0, secondContracts = 0;
    double before = 0, after = 0;
    double change() const { return after - before; }
    std::optional<std::array<double, 2>> beforeInterval, afterInterval, changeInterval; // 95 %, contracts drawn within each slice
};

// Over the cells that both evaluations have; nothing where a slice has none. Seeded.
std::optional<GapChange> gapChange(const Evaluation& before, const Evaluation& after, const FacetTable& facets, Rules rules,
                                   const FacetValue& first, const FacetValue& second);

} // namespace cw
