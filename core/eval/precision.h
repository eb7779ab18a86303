// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How much a set of contracts can tell: how exactly it knows a score, how many contracts of the same kind would do better, and what became
// of the gap between two of its slices. Contracts are what is drawn, not cells, and near duplicates are one. Pure; any thread.
#pragma once

#include "core/eval/paired.h" // OfContract
#include "core/eval/slices.h"

#include <optional>
#include <set>
#include <vector>

namespace cw {

// How exactly the accuracy of these contracts is known.
struct Precision {
    int contracts = 0;
    double error = 0; // standard error of the rate, over clusters; 0: fewer than two, or all alike
    // Half the width of the 95 % interval; nothing where the error isn't known.
    std::optional<double> halfWidth() const;
    // How many contracts that differ as these do give a half width of at most `wanted`, above 0; two at least.
    std::optional<int> contractsFor(double wanted) const;
};

Precision accuracyPrecision(const Evaluation& evaluation, Rules rules, const OfContract& of = {});

// How far two slices were apart before and after: accuracy of the first less that of the second.
struct GapChange {
    FacetValue first, second;
    int firstContracts = 0, secondContracts = 0;
    double before = 0, after = 0;
    double change() const { return after - before; }
    std::optional<std::array<double, 2>> beforeInterval, afterInterval, changeInterval; // 95 %, clusters drawn within each slice
};

// Over the cells that both evaluations have; nothing where a slice has none. Seeded.
std::optional<GapChange> gapChange(const Evaluation& before, const Evaluation& after, const FacetTable& facets, Rules rules,
                                   const FacetValue& first, const FacetValue& second);

} // namespace cw
