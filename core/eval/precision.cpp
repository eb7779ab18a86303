// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/precision.h"

#include "core/base/rng.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr double kTwoSided = 1.959963984540054; // the normal distribution's 97.5 % point

// A contract's cells that both evaluations have, with the same gold.
struct Pair {
    int cells = 0, before = 0, after = 0; // before, after: right ones
};

std::map<ContractId, Pair> pairsOf(const Evaluation& before, const Evaluation& after, Rules rules) {
    std::map<std::pair<ContractId, std::string>, const ScoredCell*> later;
    for (const ScoredCell& cell : after.cells)
        later[{cell.contract, cell.clause}] = &cell;
    std::map<ContractId, Pair> pairs;
    for (const ScoredCell& cell : before.cells) {
        const auto match = later.find({cell.contract, cell.clause});
        if (match == later.end() || !hasSameGold(cell, *match->second))
            continue;
        Pair& pair = pairs[cell.contract];
        ++pair.cells;
        pair.before += scoreOf(cell, rules).right();
        pair.after += scoreOf(*match->second, rules).right();
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
    std::map<ContractId, ClusterShare> contracts;
    for (const ScoredCell& cell : evaluation.cells)
        if (!of || of(cell.contract)) {
            ClusterShare& share = contracts[cell.contract];
            ++share.whole;
            share.part += scoreOf(cell, rules).right();
        }
    std::vector<ClusterShare> shares;
    for (const auto& [contract, each] : contracts)
        shares.push_back(each);
    return {static_cast<int>(shares.size()), clusteredError(shares).value_or(0)};
}

std::optional<GapChange> gapChange(const Evaluation& before, const Evaluation& after, const FacetTable& facets, Rules rules,
                                   const FacetValue& first, const FacetValue& second) {
    std::vector<Pair> one, other;
    for (const auto& [contract, pair] : pairsOf(before, after, rules))
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
