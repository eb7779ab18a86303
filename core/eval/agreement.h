// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How far two people who read the same contract agree: cell by cell, then per clause type and in all. Pure; any thread.
#pragma once

#include "core/base/ids.h"
#include "core/model/annotation.h"
#include "core/taxonomy/taxonomy.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw {

// The first thing in which two readings of a cell differ.
enum class Difference { None, Presence, Value, Evidence };
std::string_view toString(Difference difference); // "none", "presence", "value", "evidence"

// Evidence differs where less than this share of the quoted characters is common to both (Jaccard's index).
inline constexpr double kLeastOverlap = 0.5;

// How far the spans of two cells cover the same characters; white space counts for nothing.
struct SpanOverlap {
    size_t common = 0, first = 0, second = 0; // characters
    double f1() const;                        // 2 common / (first + second); 1 where neither has any
    double jaccard() const;                   // common / (first + second - common); 1 where neither has any
    bool same() const { return common == first && common == second; }
};

SpanOverlap spanOverlap(const std::vector<Span>& first, const std::vector<Span>& second);

struct CellComparison {
    bool counted = false; // both decided; what a person is unsure of is decided too
    bool first = false, second = false; // present
    bool valued = false, valueEqual = false; // both present and one has a value at least
    SpanOverlap overlap;                     // of two present cells
    Difference difference = Difference::None;
};

// Compares two readings of one cell. A value equals another as the scorer sees it under its strict rules; `context` are
// the first reader's cells of the contract, which tell what a relative date hangs on.
CellComparison compareCells(const ClauseType& type, const Cell& first, const Cell& second,
                            const std::vector<Cell>& context = {});

// A contract's cells as two people decided them; cells that nobody touched may be missing.
struct ReadingPair {
    ContractId contract;
    std::vector<Cell> first, second;
    bool settled = false; // both readings are finished and will not change
};

// Agreement over a set of cells. Rates over nothing are empty.
//   raw       (a + d) / n
//   positive  2a / (2a + b + c), negative 2d / (2d + b + c): Cicchetti and Feinstein 1990, "High agreement but low
//             kappa: II", J. Clin. Epidemiol. 43. About two cells in three are absent, which alone makes raw agreement
//             look good
//   kappa     (raw - chance) / (1 - chance): Cohen 1960, "A coefficient of agreement for nominal scales". Undefined
//             where both readers gave every cell the same answer: nothing varies, so nothing can be told from chance
//   span F1   mean over the cells that both call present: Hripcsak and Rothschild 2005, "Agreement, the F-measure, and
//             reliability in information retrieval"
struct Agreement {
    int both = 0, firstOnly = 0, secondOnly = 0, neither = 0; // a, b, c, d: who calls it present
    int unreviewed = 0;                                       // left out: not decided in one reading or in both
    int valued = 0, valuesEqual = 0;
    int exactSpans = 0; // of `both`: the same characters but for white space
    double f1Sum = 0;
    std::optional<std::array<double, 2>> kappaInterval; // 95 %

    void add(const CellComparison& cell);
    int cells() const { return both + firstOnly + secondOnly + neither; }
    std::optional<double> raw() const;
    std::optional<double> positive() const;
    std::optional<double> negative() const;
    std::optional<double> kappa() const;
    std::optional<double> spanF1() const;
    std::optional<double> exactShare() const;
    std::optional<double> valueEquality() const;
};

// A cell in which the two readings of a contract differ.
struct CellConflict {
    ContractId contract;
    std::string clause;
    Difference difference = Difference::None;
    Cell first, second;
};

struct AgreementTable {
    std::vector<std::pair<std::string, Agreement>> perClause; // every type of the taxonomy, in its order
    Agreement total;
    std::vector<CellConflict> conflicts; // of settled pairs, in their order and the taxonomy's
    int contracts = 0;
};

// Intervals of kappa: per clause type each contract gives one cell, so the large-sample error of Fleiss, Cohen and
// Everitt 1969 ("Large sample standard errors of kappa and weighted kappa") holds; in all, cells of one contract are not
// independent, so contracts are drawn anew (cluster bootstrap, seeded). Empty for fewer than two contracts, and per type
// where the large-sample error is nothing: that tells of a small sample, not of certainty.
AgreementTable agreement(const std::vector<ReadingPair>& pairs, const Taxonomy& taxonomy);

} // namespace cw
