// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two evaluations of the same contracts, cell by cell: what became right, what became wrong, and how sure the difference is. Evaluation
// rule 2.10: the contracts are drawn and their signs flipped, not the cells, which depend on each other. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cw {

// Of the cells that both evaluations have.
struct PairedTally {
    int contracts = 0;
    int cells = 0;
    int rightBefore = 0;
    int fixed = 0;  // wrong before, right after
    int broken = 0; // right before, wrong after

    int rightAfter() const { return rightBefore + fixed - broken; }
    double before() const; // accuracy, 0..1; 0 of nothing
    double after() const;
    double change() const { return after() - before(); }
};

struct PairedCell { // of the two evaluations, which must outlive it
    const ScoredCell* before = nullptr;
    const ScoredCell* after = nullptr;
};

struct PairedComparison {
    PairedTally total;
    std::optional<std::array<double, 2>> interval; // 95 % of the change, from two contracts on
    std::optional<double> p;                       // two-sided, sign-flip over contracts; from two contracts on
    std::map<std::string, PairedTally> byClause;
    std::vector<PairedCell> broken;
    int unpaired = 0; // cells that only one of the two has

    // Clauses that got worse, the worst first: what was forgotten.
    std::vector<std::pair<std::string, PairedTally>> forgotten() const;
};

using OfContract = std::function<bool(const ContractId&)>; // empty: every contract

// Seeded, 10,000 resamples.
PairedComparison comparePaired(const Evaluation& before, const Evaluation& after, Rules rules, const OfContract& of = {});

} // namespace cw
