// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two evaluations of the same contracts, cell by cell: what became right, what became wrong, and how sure the difference is. Evaluation
// rule 2.10: clusters of contracts are drawn and their sides swapped, not the cells, which depend on each other. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cw {

// Of the cells that both evaluations have, with the same gold.
struct PairedTally {
    int contracts = 0;
    int cells = 0;
    int rightBefore = 0;
    int fixed = 0;  // wrong before, right after
    int broken = 0; // right before, wrong after
    // Of one clause alone: McNemar's exact test (paired_tests.h), and its p adjusted over the clauses by Benjamini and Hochberg.
    std::optional<double> p;
    std::optional<double> q;

    int rightAfter() const { return rightBefore + fixed - broken; }
    double before() const; // accuracy, 0..1; 0 of nothing
    double after() const;
    double change() const { return after() - before(); }
};

struct PairedCell { // of the two evaluations, which must outlive it
    const ScoredCell* before = nullptr;
    const ScoredCell* after = nullptr;
};

// One figure of both runs.
struct PairedFigure {
    std::optional<double> before; // nothing: no data
    std::optional<double> after;
    std::optional<std::array<double, 2>> interval; // 95 % of the change: paired cluster bootstrap, from two clusters on
    std::optional<double> p;                       // two-sided: the sides of clusters swapped at random
    std::optional<double> change() const;
};

struct PairedComparison {
    PairedTally total;
    int clusters = 0;
    std::optional<std::array<double, 2>> interval;  // 95 % of the change, from two clusters on
    std::optional<std::array<double, 2>> tInterval; // the same by t over clusters: the better one for few of them
    std::optional<double> p;                       // two-sided, sign-flip over clusters; from two clusters on
    std::optional<double> designEffect;            // of the change
    std::optional<double> detectable;              // the least change that 80 % of such comparisons would find (detectable.h)
    PairedFigure microF1, macroF1, hallucination, omission;
    std::map<std::string, PairedTally> byClause;
    std::vector<PairedCell> fixed;
    std::vector<PairedCell> broken;
    std::vector<PairedCell> stillWrong; // on both sides, the same answer or another one
    int unpaired = 0; // cells that only one of the two has
    int regraded = 0; // cells of both that are left out, since their gold differs

    // Clauses that got worse, the worst first: what was forgotten.
    std::vector<std::pair<std::string, PairedTally>> forgotten() const;
};

using OfContract = std::function<bool(const ContractId&)>; // empty: every contract

// Seeded, 10,000 resamples and as many swaps. Clusters are the near duplicates of either evaluation.
PairedComparison comparePaired(const Evaluation& before, const Evaluation& after, Rules rules, const OfContract& of = {});

// The two answers differ in value or quotes.
bool isAnotherAnswer(const PairedCell& cell);

} // namespace cw
