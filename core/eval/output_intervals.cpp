// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/output_intervals.h"

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

// One tally a cluster that has quotes, so that the bootstrap of scores serves: found quotes are right ones.
std::vector<Tally> quoteTallies(const Evaluation& evaluation, const Clusters& clusters) {
    std::map<std::string, Tally> tallies;
    for (const ScoredCell& cell : evaluation.cells)
        for (const ByteRange& range : cell.predictedRanges)
            tallies[clusterOf(cell.contract, clusters)].add(range.empty() ? Outcome::Substitution : Outcome::TruePositive, false);
    std::vector<Tally> out;
    for (const auto& [cluster, tally] : tallies)
        out.push_back(tally);
    return out;
}

std::optional<Interval> quotesInterval(const Evaluation& evaluation, const Clusters& clusters) {
    const std::vector<Tally> tallies = quoteTallies(evaluation, clusters);
    if (tallies.empty())
        return std::nullopt;
    const double share = static_cast<double>(evaluation.groundedQuotes) / evaluation.quotes;
    if (tallies.size() < 2 || share == 0 || share == 1)
        return wilsonOf(share, static_cast<int>(tallies.size()));
    return bootstrap(tallies, [](const Tally& tally) { return std::optional(tally.accuracy()); }, "quotes_found");
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
