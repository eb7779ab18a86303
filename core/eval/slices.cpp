// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/slices.h"

#include "core/base/rng.h"

#include <algorithm>
#include <tuple>

namespace cw {

namespace {

std::map<ContractId, Tally> talliesOf(const Evaluation& evaluation, Rules rules) {
    std::map<ContractId, Tally> tallies;
    for (const ScoredCell& cell : evaluation.cells)
        tallies[cell.contract].add(scoreOf(cell, rules).outcome, !cell.gold);
    return tallies;
}

SliceRate rateOf(const std::vector<Tally>& clusters, int of, const Statistic& statistic, const Tally& pooled, std::string_view purpose) {
    SliceRate out;
    out.of = of;
    if (of == 0)
        return out;
    out.rate = statistic(pooled);
    out.interval = bootstrap(clusters, statistic, purpose);
    return out;
}

// A resample may hold no cell of the denominator: it has no rate then.
Statistic whereThereIsOne(int (Tally::*of)() const, double (Tally::*rate)() const) {
    return [of, rate](const Tally& tally) { return (tally.*of)() == 0 ? std::nullopt : std::optional((tally.*rate)()); };
}

// A slice's contracts, near duplicates added up.
struct Drawable {
    int contracts = 0;
    std::vector<Tally> clusters;
};

SliceScore scoreClusters(const FacetValue& slice, const Drawable& drawable) {
    SliceScore out;
    out.slice = slice;
    out.contracts = drawable.contracts;
    const std::vector<Tally>& clusters = drawable.clusters;
    for (const Tally& tally : clusters)
        out.tally += tally;
    const Tally& all = out.tally;
    const int claimed = all.predicted() + all.goldPresent() - all.tp - all.sub; // gold or the answer says something
    out.accuracy = rateOf(clusters, all.cells(), whereThereIsOne(&Tally::cells, &Tally::accuracy), all, "slice_accuracy");
    out.f1 = rateOf(clusters, claimed, [](const Tally& tally) { return tally.f1(); }, all, "slice_f1");
    out.presentAccuracy =
        rateOf(clusters, all.goldPresent(), whereThereIsOne(&Tally::goldPresent, &Tally::presentAccuracy), all, "slice_present");
    out.hallucination =
        rateOf(clusters, all.goldAbsent(), whereThereIsOne(&Tally::goldAbsent, &Tally::hallucinationRate), all, "slice_hallucination");
    return out;
}

Drawable drawableOf(const std::map<ContractId, Tally>& tallies, const std::set<ContractId>& contracts, const Clusters& clusters) {
    Drawable out;
    std::map<std::string, Tally> byCluster;
    for (const auto& [contract, tally] : tallies)
        if (contracts.contains(contract)) {
            ++out.contracts;
            byCluster[clusterOf(contract, clusters)] += tally;
        }
    for (const auto& [cluster, tally] : byCluster)
        out.clusters.push_back(tally);
    return out;
}

bool isBefore(const FacetValue& a, const FacetValue& b) {
    return std::tuple(a.facet, rankOf(a), a.value) < std::tuple(b.facet, rankOf(b), b.value);
}

std::map<FacetValue, std::set<ContractId>> members(const std::map<ContractId, Tally>& tallies, const FacetTable& facets) {
    std::map<FacetValue, std::set<ContractId>> out;
    for (const auto& [contract, values] : facets)
        if (tallies.contains(contract))
            for (const FacetValue& value : values)
                out[value].insert(contract);
    std::erase_if(out, [](const auto& slice) { return slice.first.facet == Facet::Party && slice.second.size() == 1; });
    std::map<Facet, int> values;
    for (const auto& [slice, contracts] : out)
        ++values[slice.facet];
    std::erase_if(out, [&](const auto& slice) { return slice.first.facet != Facet::Party && values[slice.first.facet] == 1; });
    return out;
}

std::optional<double> drawnAccuracy(const std::vector<Tally>& clusters, Rng& rng) {
    Tally pooled;
    for (size_t draw = 0; draw < clusters.size(); ++draw)
        pooled += clusters[static_cast<size_t>(rng.below(clusters.size()))];
    return pooled.cells() == 0 ? std::nullopt : std::optional(pooled.accuracy());
}

std::optional<std::array<double, 2>> gapInterval(const std::vector<Tally>& first, const std::vector<Tally>& second) {
    if (first.size() < 2 || second.size() < 2)
        return std::nullopt;
    Rng rng(kIntervalSeed, "slice_gap");
    std::vector<double> gaps;
    for (int i = 0; i < kResamples; ++i) {
        const auto a = drawnAccuracy(first, rng), b = drawnAccuracy(second, rng);
        if (a && b)
            gaps.push_back(*a - *b);
    }
    return middleOf(gaps);
}

} // namespace

SliceScore scoreSlice(const Evaluation& evaluation, Rules rules, const FacetValue& slice, const std::set<ContractId>& contracts) {
    return scoreClusters(slice, drawableOf(talliesOf(evaluation, rules), contracts, evaluation.nearDuplicates));
}

std::vector<SliceScore> sliceScores(const Evaluation& evaluation, const FacetTable& facets, Rules rules) {
    const std::map<ContractId, Tally> tallies = talliesOf(evaluation, rules);
    std::vector<SliceScore> out;
    for (const auto& [slice, contracts] : members(tallies, facets))
        out.push_back(scoreClusters(slice, drawableOf(tallies, contracts, evaluation.nearDuplicates)));
    std::sort(out.begin(), out.end(), [](const SliceScore& a, const SliceScore& b) { return isBefore(a.slice, b.slice); });
    return out;
}

std::set<ContractId> contractsOf(const Evaluation& evaluation, const FacetTable& facets, const FacetValue& value) {
    std::set<ContractId> out;
    for (const ScoredCell& cell : evaluation.cells)
        if (const auto at = facets.find(cell.contract); at != facets.end() && at->second.contains(value))
            out.insert(cell.contract);
    return out;
}

std::optional<SliceGap> sliceGap(const Evaluation& evaluation, const FacetTable& facets, Rules rules, const FacetValue& first,
                                 const FacetValue& second) {
    const std::map<ContractId, Tally> tallies = talliesOf(evaluation, rules);
    const Drawable one = drawableOf(tallies, contractsOf(evaluation, facets, first), evaluation.nearDuplicates);
    const Drawable other = drawableOf(tallies, contractsOf(evaluation, facets, second), evaluation.nearDuplicates);
    if (one.contracts == 0 || other.contracts == 0)
        return std::nullopt;
    SliceGap out{scoreClusters(first, one), scoreClusters(second, other), 0, gapInterval(one.clusters, other.clusters)};
    out.gap = out.first.tally.accuracy() - out.second.tally.accuracy();
    return out;
}

} // namespace cw
