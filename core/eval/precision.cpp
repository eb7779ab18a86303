// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/precision.h"

#include "core/base/rng.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>

namespace cw {

namespace {

constexpr double kTwoSided = 1.959963984540054; // the normal distribution's 97.5 % point

// A cluster's cells that both evaluations have, with the same gold.
struct Pair {
    int cells = 0, before = 0, after = 0; // before, after: right ones
};

// One side of a gap.
struct PairedSlice {
    std::set<ContractId> contracts;
    std::map<std::string, Pair> byCluster;

    void add(const ContractId& contract, const std::string& cluster, bool before, bool after) {
        contracts.insert(contract);
        Pair& pair = byCluster[cluster];
        ++pair.cells;
        pair.before += before;
        pair.after += after;
    }
    std::vector<Pair> pairs() const {
        std::vector<Pair> out;
        for (const auto& [cluster, pair] : byCluster)
            out.push_back(pair);
        return out;
    }
};

// The cells of both, those of contracts with `first` and of the others with `second`.
std::array<PairedSlice, 2> slicesOf(const Evaluation& before, const Evaluation& after, const FacetTable& facets, Rules rules,
                                    const FacetValue& first, const FacetValue& second) {
    std::map<std::pair<ContractId, std::string>, const ScoredCell*> later;
    for (const ScoredCell& cell : after.cells)
        later[{cell.contract, cell.clause}] = &cell;
    const Clusters clusters = united(before.nearDuplicates, after.nearDuplicates);
    std::array<PairedSlice, 2> slices;
    for (const ScoredCell& cell : before.cells) {
        const auto match = later.find({cell.contract, cell.clause});
        const auto values = facets.find(cell.contract);
        if (match == later.end() || !hasSameGold(cell, *match->second) || values == facets.end())
            continue;
        const bool isFirst = values->second.contains(first);
        if (isFirst || values->second.contains(second))
            slices[isFirst ? 0 : 1].add(cell.contract, clusterOf(cell.contract, clusters), scoreOf(cell, rules).right(),
                                        scoreOf(*match->second, rules).right());
    }
    return slices;
}

Pair sumOf(const std::vector<Pair>& pairs) {
    Pair sum;
    for (const Pair& pair : pairs) {
        sum.cells += pair.cells;
        sum.before += pair.before;
        sum.after += pair.after;
    }
    return sum;
}

Pair drawn(const std::vector<Pair>& pairs, Rng& rng) {
    Pair sum;
    for (size_t draw = 0; draw < pairs.size(); ++draw) {
        const Pair& pair = pairs[static_cast<size_t>(rng.below(pairs.size()))];
        sum.cells += pair.cells;
        sum.before += pair.before;
        sum.after += pair.after;
    }
    return sum;
}

double share(int part, int whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / whole;
}

void addIntervals(GapChange& gap, const std::vector<Pair>& first, const std::vector<Pair>& second) {
    Rng rng(kIntervalSeed, "gap_change");
    std::vector<double> before, after, change;
    for (int i = 0; i < kResamples; ++i) {
        const Pair a = drawn(first, rng), b = drawn(second, rng);
        before.push_back(share(a.before, a.cells) - share(b.before, b.cells));
        after.push_back(share(a.after, a.cells) - share(b.after, b.cells));
        change.push_back(after.back() - before.back());
    }
    gap.beforeInterval = middleOf(before);
    gap.afterInterval = middleOf(after);
    gap.changeInterval = middleOf(change);
}

} // namespace

std::optional<double> Precision::halfWidth() const {
    return error > 0 ? std::optional(kTwoSided * error) : std::nullopt;
}

std::optional<int> Precision::contractsFor(double wanted) const {
    if (error <= 0 || wanted <= 0)
        return std::nullopt;
    const double times = kTwoSided * error / wanted; // the error falls with the root of the contracts
    return std::max(2, static_cast<int>(std::ceil(contracts * times * times - 1e-9)));
}

Precision accuracyPrecision(const Evaluation& evaluation, Rules rules, const OfContract& of) {
    std::set<ContractId> contracts;
    std::map<std::string, ClusterShare> clusters;
    for (const ScoredCell& cell : evaluation.cells)
        if (!of || of(cell.contract)) {
            contracts.insert(cell.contract);
            ClusterShare& share = clusters[clusterOf(cell.contract, evaluation.nearDuplicates)];
            ++share.whole;
            share.part += scoreOf(cell, rules).right();
        }
    std::vector<ClusterShare> shares;
    for (const auto& [cluster, each] : clusters)
        shares.push_back(each);
    return {static_cast<int>(contracts.size()), clusteredError(shares).value_or(0)};
}

std::optional<GapChange> gapChange(const Evaluation& before, const Evaluation& after, const FacetTable& facets, Rules rules,
                                   const FacetValue& first, const FacetValue& second) {
    const auto [slice, rest] = slicesOf(before, after, facets, rules, first, second);
    const std::vector<Pair> one = slice.pairs(), other = rest.pairs();
    if (one.empty() || other.empty())
        return std::nullopt;
    const Pair a = sumOf(one), b = sumOf(other);
    GapChange gap;
    gap.first = first;
    gap.second = second;
    gap.firstContracts = static_cast<int>(slice.contracts.size());
    gap.secondContracts = static_cast<int>(rest.contracts.size());
    gap.before = share(a.before, a.cells) - share(b.before, b.cells);
    gap.after = share(a.after, a.cells) - share(b.after, b.cells);
    if (one.size() >= 2 && other.size() >= 2)
        addIntervals(gap, one, other);
    return gap;
}

} // namespace cw
