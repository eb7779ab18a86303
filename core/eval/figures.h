// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The figures of a run as functions of rows of counts, one row a cluster: drawing, swapping and adding clusters is then a sum of rows. Pure;
// any thread.
#pragma once

#include "core/base/rng.h"
#include "core/eval/intervals.h"
#include "core/eval/row_sums.h"
#include "core/eval/scorer.h"

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

enum class Figure { Accuracy, MicroF1, MacroF1, PresenceF1, PresentAccuracy, Hallucination, Omission };

inline constexpr std::array kAllFigures = {Figure::Accuracy,        Figure::MicroF1,       Figure::MacroF1, Figure::PresenceF1,
                                           Figure::PresentAccuracy, Figure::Hallucination, Figure::Omission};

std::string_view toString(Figure figure); // the names of Evaluation::intervals: "accuracy", "micro_f1", ...

// What stands where in a row of counts: two a clause, then those of all cells.
class CountLayout {
public:
    explicit CountLayout(const std::vector<std::string>& clauses); // any order, repeats are fine

    CountRow emptyRow() const { return CountRow(m_width, 0); }
    void add(CountRow& row, const std::string& clause, const CellScore& score, bool goldAbsent) const; // a clause of the layout
    // Nothing where there is no data for it.
    std::optional<double> value(Figure figure, const CountRow& row) const;
    // Of the figures that are a share of cells: the two counts. Nothing for F1.
    std::optional<ClusterShare> share(Figure figure, const CountRow& row) const;

private:
    std::optional<double> macroF1(const CountRow& row) const;
    std::map<std::string, size_t> m_clauses;
    size_t m_width;
};

// Calls `visit` with the sum of as many rows, drawn with replacement, as there are; `times` times.
void forEachDraw(const std::vector<CountRow>& rows, int times, Rng rng, const std::function<void(const CountRow&)>& visit);

// Calls `visit` with the sum of all rows but one, for each in turn.
void forEachLeftOut(const std::vector<CountRow>& rows, const std::function<void(const CountRow&)>& visit);

// Calls `visit` with the sum of the rows, each under a sign thrown anew; `times` times.
void forEachSwap(const std::vector<CountRow>& rows, int times, Rng rng, const std::function<void(const CountRow&)>& visit);

} // namespace cw
