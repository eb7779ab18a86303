// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/output_intervals.h"

#include "core/eval/figures.h"
#include "core/eval/intervals.h"
#include "core/eval/validity_claim.h"

#include <cmath>
#include <set>

namespace cw {

namespace {

int clustersOf(const std::vector<ScoredOutput>& outputs, const Clusters& clusters) {
    std::set<std::string> names;
    for (const ScoredOutput& output : outputs)
        names.insert(clusterOf(output.contract, clusters));
    return static_cast<int>(names.size());
}

// One row a cluster that has quotes: how many are found, of how many.
std::vector<CountRow> quoteRows(const Evaluation& evaluation, const Clusters& clusters) {
    std::map<std::string, CountRow> rows;
    for (const ScoredCell& cell : evaluation.cells)
        for (const ByteRange& range : cell.predictedRanges) {
            CountRow& row = rows.try_emplace(clusterOf(cell.contract, clusters), CountRow{0, 0}).first->second;
            row[0] += range.empty() ? 0 : 1;
            ++row[1];
        }
    std::vector<CountRow> out;
    for (auto& [cluster, row] : rows)
        out.push_back(std::move(row));
    return out;
}

std::optional<Interval> quotesInterval(const Evaluation& evaluation, const Clusters& clusters) {
    const std::vector<CountRow> rows = quoteRows(evaluation, clusters);
    if (rows.empty())
        return std::nullopt;
    const double share = static_cast<double>(evaluation.groundedQuotes) / evaluation.quotes;
    if (rows.size() < 2 || share == 0 || share == 1)
        return wilsonOf(share, static_cast<int>(rows.size()));
    std::vector<double> drawn;
    forEachDraw(rows, kResamples, Rng(kIntervalSeed, "quotes_found"), [&](const CountRow& sum) { drawn.push_back(static_cast<double>(sum[0]) / sum[1]); });
    return middleOf(drawn);
}

} // namespace

void addOutputIntervals(Evaluation& evaluation, const Clusters& clusters) {
    if (const auto found = evaluation.hasTexts ? quotesInterval(evaluation, clusters) : std::nullopt)
        evaluation.intervals["quotes_found"] = *found;
    const int independent = clustersOf(evaluation.outputs, clusters);
    if (independent == 0)
        return;
    const double valid = evaluation.validRate();
    evaluation.intervals["valid"] = wilsonOf(valid, independent);
    constexpr double kRounding = 1e-9; // of a whole number of outputs
    evaluation.validAtLeast = validAtLeast(static_cast<int>(std::floor(valid * independent + kRounding)), independent);
}

} // namespace cw
