// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/precision.h"

#include "core/base/rng.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr int kResamples = 10000;
constexpr std::uint64_t kSeed = 20260101;
constexpr double kTwoSided = 1.959963984540054; // the normal distribution's 97.5 % point
constexpr double kPower = 0.8416212335729143;   // its 80 % point

bool isRight(const ScoredCell& cell, Rules rules) {
    return (rules == Rules::Strict ? cell.strict : cell.compat).right();
}

// A contract's cells that both evaluations have.
struct Pair {
    int cells = 0, before = 0, after = 0; // before, after: right ones
};

std::map<ContractId, Pair> pairsOf(const Evaluation& before, const Evaluation& after, Rules rules, const OfContract& of) {
    std::map<std::pair<ContractId, std::string>, const ScoredCell*> later;
    for (const ScoredCell& cell : after.cells)
        later[{cell.contract, cell.clause}] = &cell;
    std::map<ContractId, Pair> pairs;
    for (const ScoredCell& cell : before.cells) {
        const auto match = later.find({cell.contract, cell.clause});
        if (match == later.end() || (of && !of(cell.contract)))
            continue;
        Pair& pair = pairs[cell.contract];
        ++pair.cells;
        pair.before += isRight(cell, rules);
        pair.after += isRight(*match->second, rules);
    }
    return pairs;
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

std::array<double, 2> middle95(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const size_t tail = values.size() / 40; // 2.5 %
    return {values[tail], values[values.size() - 1 - tail]};
}

void addIntervals(GapChange& gap, const std::vector<Pair>& first, const std::vector<Pair>& second) {
    Rng rng(kSeed, "gap_change");
    std::vector<double> before, after, change;
    for (int i = 0; i < kResamples; ++i) {
        const Pair a = drawn(first, rng), b = drawn(second, rng);
        before.push_back(share(a.before, a.cells) - share(b.before, b.cells));
        after.push_back(share(a.after, a.cells) - share(b.after, b.cells));
        change.push_back(after.back() - before.back());
    }
    gap.beforeInterval = middle95(std::move(before));
    gap.afterInterval = middle95(std::move(after));
    gap.changeInterval = middle95(std::move(change));
}

} // namespace

std::optional<double> Precision::halfWidth() const {
    return spread > 0 ? std::optional(kTwoSided * spread / std::sqrt(contracts)) : std::nullopt;
}

std::optional<double> Precision::detectable() const {
    return spread > 0 ? std::optional((kTwoSided + kPower) * spread / std::sqrt(contracts)) : std::nullopt;
}

std::optional<int> Precision::contractsFor(double wanted) const {
    if (spread <= 0 || wanted <= 0)
        return std::nullopt;
    const double root = kTwoSided * spread / wanted;
    return std::max(2, static_cast<int>(std::ceil(root * root - 1e-9)));
}

Precision precisionOf(const std::vector<RateCluster>& clusters) {
    Precision out;
    out.contracts = static_cast<int>(clusters.size());
    double sum = 0, cells = 0;
    for (const RateCluster& cluster : clusters) {
        sum += cluster.sum;
        cells += cluster.cells;
    }
    if (clusters.size() < 2 || cells == 0)
        return out;
    const double rate = sum / cells, meanCells = cells / out.contracts;
    double squares = 0;
    for (const RateCluster& cluster : clusters) {
        const double residual = cluster.sum - rate * cluster.cells;
        squares += residual * residual;
    }
    out.spread = std::sqrt(squares / (out.contracts - 1)) / meanCells;
    return out;
}

Precision accuracyPrecision(const Evaluation& evaluation, Rules rules, const OfContract& of) {
    std::map<ContractId, RateCluster> contracts;
    for (const ScoredCell& cell : evaluation.cells)
        if (!of || of(cell.contract)) {
            RateCluster& cluster = contracts[cell.contract];
            ++cluster.cells;
            cluster.sum += isRight(cell, rules);
        }
    std::vector<RateCluster> clusters;
    for (const auto& [contract, cluster] : contracts)
        clusters.push_back(cluster);
    return precisionOf(clusters);
}

Precision changePrecision(const Evaluation& before, const Evaluation& after, Rules rules, const OfContract& of) {
    std::vector<RateCluster> clusters;
    for (const auto& [contract, pair] : pairsOf(before, after, rules, of))
        clusters.push_back({static_cast<double>(pair.after - pair.before), pair.cells});
    return precisionOf(clusters);
}

std::optional<GapChange> gapChange(const Evaluation& before, const Evaluation& after, const FacetTable& facets, Rules rules,
                                   const FacetValue& first, const FacetValue& second) {
    std::vector<Pair> one, other;
    for (const auto& [contract, pair] : pairsOf(before, after, rules, {}))
        if (const auto at = facets.find(contract); at != facets.end()) {
            if (at->second.contains(first))
                one.push_back(pair);
            else if (at->second.contains(second))
                other.push_back(pair);
        }
    if (one.empty() || other.empty())
        return std::nullopt;
    const Pair a = sumOf(one), b = sumOf(other);
    GapChange gap;
    gap.first = first;
    gap.second = second;
    gap.firstContracts = static_cast<int>(one.size());
    gap.secondContracts = static_cast<int>(other.size());
    gap.before = share(a.before, a.cells) - share(b.before, b.cells);
    gap.after = share(a.after, a.cells) - share(b.after, b.cells);
    if (one.size() >= 2 && other.size() >= 2)
        addIntervals(gap, one, other);
    return gap;
}

} // namespace cw
