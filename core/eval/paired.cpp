// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/paired.h"

#include "core/eval/bca.h"
#include "core/eval/detectable.h"
#include "core/eval/figures.h"
#include "core/eval/paired_tests.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace cw {

namespace {

double share(int part, int whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / whole;
}

using CellKey = std::pair<ContractId, std::string>;

std::map<CellKey, const ScoredCell*> cellsOf(const Evaluation& evaluation, const OfContract& of) {
    std::map<CellKey, const ScoredCell*> cells;
    for (const ScoredCell& cell : evaluation.cells)
        if (!of || of(cell.contract))
            cells[{cell.contract, cell.clause}] = &cell;
    return cells;
}

// The cells of both with the same gold, in the order of contract and clause; counts the others.
std::vector<PairedCell> pairsOf(const Evaluation& before, const Evaluation& after, const OfContract& of, PairedComparison& out) {
    std::map<CellKey, const ScoredCell*> later = cellsOf(after, of);
    std::vector<PairedCell> pairs;
    for (const auto& [key, cell] : cellsOf(before, of)) {
        const auto match = later.find(key);
        if (match == later.end()) {
            ++out.unpaired;
            continue;
        }
        if (hasSameGold(*cell, *match->second))
            pairs.push_back({cell, match->second});
        else
            ++out.regraded;
        later.erase(match);
    }
    out.unpaired += static_cast<int>(later.size());
    return pairs;
}

void add(PairedTally& tally, bool before, bool after) {
    ++tally.cells;
    tally.rightBefore += before;
    tally.fixed += !before && after;
    tally.broken += before && !after;
}

void addCells(PairedComparison& out, const std::vector<PairedCell>& pairs, Rules rules) {
    std::set<ContractId> contracts;
    std::map<std::string, std::set<ContractId>> ofClause;
    for (const PairedCell& pair : pairs) {
        const bool was = scoreOf(*pair.before, rules).right(), is = scoreOf(*pair.after, rules).right();
        add(out.total, was, is);
        add(out.byClause[pair.before->clause], was, is);
        contracts.insert(pair.before->contract);
        ofClause[pair.before->clause].insert(pair.before->contract);
        if (!is)
            (was ? out.broken : out.stillWrong).push_back(pair);
        else if (!was)
            out.fixed.push_back(pair);
    }
    out.total.contracts = static_cast<int>(contracts.size());
    for (auto& [clause, tally] : out.byClause)
        tally.contracts = static_cast<int>(ofClause[clause].size());
}

// The counts of one cluster on both sides.
struct Sides {
    CountRow before, after;
};

std::map<std::string, Sides> sidesOf(const std::vector<PairedCell>& pairs, const CountLayout& layout, Rules rules, const Clusters& clusters) {
    std::map<std::string, Sides> sides;
    for (const PairedCell& pair : pairs) {
        const ScoredCell& was = *pair.before;
        const auto [at, isNew] = sides.try_emplace(clusterOf(was.contract, clusters));
        if (isNew)
            at->second = {layout.emptyRow(), layout.emptyRow()};
        layout.add(at->second.before, was.clause, scoreOf(was, rules), !was.gold);
        layout.add(at->second.after, was.clause, scoreOf(*pair.after, rules), !pair.after->gold);
    }
    return sides;
}

constexpr std::array kPairedFigures = {Figure::Accuracy, Figure::MicroF1, Figure::MacroF1, Figure::Hallucination, Figure::Omission};
using PairedFigures = std::array<PairedFigure, kPairedFigures.size()>;

std::optional<double> changeOf(const CountLayout& layout, Figure figure, const CountRow& before, const CountRow& after) {
    const auto was = layout.value(figure, before), is = layout.value(figure, after);
    return was && is ? std::optional(*is - *was) : std::nullopt;
}

// Clusters drawn with replacement, both sides of each together.
void addIntervals(PairedFigures& figures, const std::map<std::string, Sides>& sides, const CountLayout& layout) {
    std::vector<CountRow> rows; // before and after one behind the other, so that one sum adds both
    for (const auto& [cluster, side] : sides) {
        rows.push_back(side.before);
        rows.back().insert(rows.back().end(), side.after.begin(), side.after.end());
    }
    std::array<std::vector<double>, kPairedFigures.size()> changes, leftOut;
    CountRow before = layout.emptyRow(), after = layout.emptyRow();
    const auto addTo = [&](std::array<std::vector<double>, kPairedFigures.size()>& to, const CountRow& sum) {
        const auto middle = sum.begin() + static_cast<std::ptrdiff_t>(before.size());
        std::copy(sum.begin(), middle, before.begin());
        std::copy(middle, sum.end(), after.begin());
        for (size_t i = 0; i < kPairedFigures.size(); ++i)
            if (const auto change = changeOf(layout, kPairedFigures[i], before, after))
                to[i].push_back(*change);
    };
    forEachDraw(rows, kResamples, Rng(kIntervalSeed, "paired_change"), [&](const CountRow& sum) { addTo(changes, sum); });
    forEachLeftOut(rows, [&](const CountRow& sum) { addTo(leftOut, sum); });
    for (size_t i = 0; i < kPairedFigures.size(); ++i)
        if (const auto estimate = figures[i].change())
            figures[i].interval = bootstrapInterval(changes[i], *estimate, [&] { return leftOut[i]; });
}

// The sides of each cluster swapped or not: their sum stays, their difference gets a sign.
void addTests(PairedFigures& figures, const std::map<std::string, Sides>& sides, const CountLayout& layout, const CountRow& sum) {
    std::vector<CountRow> differences;
    for (const auto& [cluster, side] : sides) {
        CountRow& row = differences.emplace_back(side.after);
        for (size_t i = 0; i < row.size(); ++i)
            row[i] -= side.before[i];
    }
    std::array<int, kPairedFigures.size()> asFar{};
    CountRow before = sum, after = sum;
    constexpr double kRounding = 1e-12; // two ways to add up the same mean are as far
    forEachSwap(differences, kResamples, Rng(kIntervalSeed, "paired_swaps"), [&](const CountRow& difference) {
        for (size_t i = 0; i < sum.size(); ++i) {
            after[i] = (sum[i] + difference[i]) / 2;
            before[i] = (sum[i] - difference[i]) / 2;
        }
        for (size_t i = 1; i < kPairedFigures.size(); ++i) // the accuracy is tested in whole cells
            if (const auto change = changeOf(layout, kPairedFigures[i], before, after); change && figures[i].change())
                asFar[i] += std::abs(*change) >= std::abs(*figures[i].change()) - kRounding ? 1 : 0;
    });
    for (size_t i = 0; i < kPairedFigures.size(); ++i)
        if (figures[i].change())
            figures[i].p = static_cast<double>(1 + asFar[i]) / (kResamples + 1);
}

PairedFigures figuresOf(const std::map<std::string, Sides>& sides, const CountLayout& layout) {
    PairedFigures figures;
    CountRow before = layout.emptyRow(), after = layout.emptyRow(), both = layout.emptyRow();
    for (const auto& [cluster, side] : sides)
        for (size_t i = 0; i < both.size(); ++i) {
            before[i] += side.before[i];
            after[i] += side.after[i];
            both[i] += side.before[i] + side.after[i];
        }
    for (size_t i = 0; i < kPairedFigures.size(); ++i) {
        figures[i].before = layout.value(kPairedFigures[i], before);
        figures[i].after = layout.value(kPairedFigures[i], after);
    }
    if (sides.size() < 2)
        return figures;
    addIntervals(figures, sides, layout);
    addTests(figures, sides, layout, both);
    return figures;
}

std::vector<ClusterShare> gainsOf(const std::map<std::string, Sides>& sides, const CountLayout& layout) {
    std::vector<ClusterShare> gains;
    for (const auto& [cluster, side] : sides) {
        const auto before = layout.share(Figure::Accuracy, side.before), after = layout.share(Figure::Accuracy, side.after);
        gains.push_back({after->part - before->part, after->whole});
    }
    return gains;
}

void addFigures(PairedComparison& out, const std::map<std::string, Sides>& sides, const CountLayout& layout) {
    const PairedFigures figures = figuresOf(sides, layout);
    out.interval = figures[0].interval;
    out.microF1 = figures[1];
    out.macroF1 = figures[2];
    out.hallucination = figures[3];
    out.omission = figures[4];
}

// The test of the accuracy, in whole cells; the design effect of its change, and what a comparison of this size finds at all.
void addTest(PairedComparison& out, const std::vector<ClusterShare>& gains) {
    std::vector<int> cells;
    for (const ClusterShare& gain : gains)
        cells.push_back(gain.part);
    out.tInterval = tInterval(gains);
    out.p = signFlip(cells, kResamples, "paired_signs");
    const int flips = out.total.fixed + out.total.broken;
    out.designEffect = designEffect(gains, flips);
    if (out.designEffect)
        out.detectable = detectableDifference(share(flips, out.total.cells), *out.designEffect, out.total.cells);
}

// By clause McNemar's test, one flip a cluster: of several contracts in one, the way in which most flipped.
void addClauseTests(PairedComparison& out, const std::vector<PairedCell>& pairs, Rules rules, const Clusters& clusters) {
    std::map<std::string, std::map<std::string, int>> gains;
    for (const PairedCell& pair : pairs)
        gains[pair.before->clause][clusterOf(pair.before->contract, clusters)] +=
            static_cast<int>(scoreOf(*pair.after, rules).right()) - static_cast<int>(scoreOf(*pair.before, rules).right());
    std::vector<double> p;
    for (const auto& [clause, ofCluster] : gains) {
        int fixed = 0, broken = 0;
        for (const auto& [cluster, gain] : ofCluster) {
            fixed += gain > 0 ? 1 : 0;
            broken += gain < 0 ? 1 : 0;
        }
        p.push_back(mcnemarExact(fixed, broken));
    }
    const std::vector<double> q = benjaminiHochberg(p);
    size_t at = 0;
    for (auto& [clause, tally] : out.byClause) { // both maps are in the order of the clauses
        tally.p = p[at];
        tally.q = q[at++];
    }
}

} // namespace

double PairedTally::before() const {
    return share(rightBefore, cells);
}

double PairedTally::after() const {
    return share(rightAfter(), cells);
}

std::optional<double> PairedFigure::change() const {
    return before && after ? std::optional(*after - *before) : std::nullopt;
}

std::vector<std::pair<std::string, PairedTally>> PairedComparison::forgotten() const {
    std::vector<std::pair<std::string, PairedTally>> worse;
    for (const auto& [clause, tally] : byClause)
        if (tally.broken > tally.fixed)
            worse.emplace_back(clause, tally);
    std::stable_sort(worse.begin(), worse.end(), [](const auto& a, const auto& b) {
        return a.second.broken - a.second.fixed > b.second.broken - b.second.fixed;
    });
    return worse;
}

PairedComparison comparePaired(const Evaluation& before, const Evaluation& after, Rules rules, const OfContract& of) {
    PairedComparison out;
    const Clusters clusters = united(before.nearDuplicates, after.nearDuplicates);
    const std::vector<PairedCell> pairs = pairsOf(before, after, of, out);
    addCells(out, pairs, rules);
    std::vector<std::string> clauses;
    for (const auto& [clause, tally] : out.byClause)
        clauses.push_back(clause);
    const CountLayout layout(clauses);
    const std::map<std::string, Sides> sides = sidesOf(pairs, layout, rules, clusters);
    out.clusters = static_cast<int>(sides.size());
    addFigures(out, sides, layout);
    if (sides.size() >= 2)
        addTest(out, gainsOf(sides, layout));
    addClauseTests(out, pairs, rules, clusters);
    return out;
}

bool isAnotherAnswer(const PairedCell& cell) { return cell.before->predicted != cell.after->predicted; }

} // namespace cw
