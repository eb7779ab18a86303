// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Finds the slices of an evaluation in which errors pile up: conjunctions of up to three values of the contracts' facets and of the
// cells' clause group and value kind. After S. Sagadeeva, M. Boehm, "SliceLine: Fast, Linear-Algebra-based Slice Finding for ML Model
// Debugging", 2021; what it finds is then tested against the rest, over contracts, of
// which near duplicates are one. Pure; any thread.
#pragma once

#include "core/eval/slices.h"

#include <compare>
#include <string>
#include <vector>

namespace cw {

// One condition on a cell: a facet's value of its contract, or the group or value kind of its clause.
struct CellCondition {
    enum class Of { Contract, ClauseGroup, ClauseKind };
    Of of = Of::Contract;
    Facet facet = Facet::ContractType; // of Contract
    std::string value;                 // "en-GB"; a group's key; a kind's name
    friend auto operator<=>(const CellCondition&, const CellCondition&) = default;
};

struct SliceSearch {
    int deepest = 2;        // conditions a slice may have, 1 to 3
    int leastContracts = 10; // in a slice; of one with a condition on contracts as many outside of it
    // SliceLine's weight of the error against the size, above 0, at most 1. A slice is of a part of the contracts and of a part of the
    // clauses, so it is small by nature: with 0.99 one of a hundredth of the cells must have twice the errors.
    double alpha = 0.99;
    double falseDiscovery = 0.05; // Benjamini-Hochberg over every candidate, those that are no worse than the rest too
    int most = 10;                // slices reported
    int permutations = 2000;      // a round; a candidate that is still in doubt gets up to `rounds` of them
    int rounds = 50;
};

struct FoundSlice {
    std::vector<CellCondition> conditions; // sorted
    int contracts = 0;
    int cells = 0, wrong = 0;
    // What it was compared with: the same clauses of the other contracts, or of a slice without a condition on contracts the other clauses
    // of all contracts.
    int otherCells = 0, otherWrong = 0;
    double score = 0;    // SliceLine's: above 0, worse than the whole by more than its size explains
    double p = 1;        // one-sided; which contracts are in the slice drawn anew, or without a condition on contracts, signs over contracts
    double adjusted = 1; // p, by Benjamini-Hochberg
    double errorRate() const { return cells == 0 ? 0 : static_cast<double>(wrong) / cells; }
    double otherRate() const { return otherCells == 0 ? 0 : static_cast<double>(otherWrong) / otherCells; }
};

struct SliceFindings {
    std::vector<FoundSlice> found; // the highest score first
    int tested = 0;                // candidates: what "5 % false discoveries" is of
};

// A slice that says no more than a slice with fewer conditions is left out: within that, it is no worse than the rest. So is one that is
// no worse any more without the cells of the slices found before it. Seeded; the order of the cells changes nothing.
SliceFindings findSlices(const Evaluation& evaluation, const FacetTable& facets, const Taxonomy& taxonomy, Rules rules,
                         const SliceSearch& search = {});

} // namespace cw
