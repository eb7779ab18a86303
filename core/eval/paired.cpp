// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/paired.h"

#include "core/base/rng.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr int kResamples = 10000;
constexpr std::uint64_t kSeed = 20260101;

double share(int part, int whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / whole;
}

bool isRight(const ScoredCell& cell, Rules rules) {
    return (rules == Rules::Strict ? cell.strict : cell.compat).right();
}

using CellKey = std::pair<ContractId, std::string>;

std::map<CellKey, const ScoredCell*> cellsOf(const Evaluation& evaluation, const OfContract& of) {
    std::map<CellKey, const ScoredCell*> cells;
    for (const ScoredCell& cell : evaluation.cells)
        if (!of || of(cell.contract))
            cells[{cell.contract, cell.clause}] = &cell;
    return cells;
}

// What one contract adds to the pooled change.
struct Cluster {
    int cells = 0;
    int gain = 0; // fixed - broken
};

void add(PairedTally& tally, bool before, bool after) {
    ++tally.cells;
    tally.rightBefore += before;
    tally.fixed += !before && after;
    tally.broken += before && !after;
}

// Percentile interval of the change: contracts drawn with replacement.
std::array<double, 2> bootstrapChange(const std::vector<Cluster>& clusters) {
    Rng rng(kSeed, "paired_change");
    std::vector<double> changes;
    changes.reserve(kResamples);
    for (int i = 0; i < kResamples; ++i) {
        Cluster pooled;
        for (size_t draw = 0; draw < clusters.size(); ++draw) {
            const Cluster& drawn = clusters[static_cast<size_t>(rng.below(clusters.size()))];
            pooled.cells += drawn.cells;
            pooled.gain += drawn.gain;
        }
        changes.push_back(share(pooled.gain, pooled.cells));
    }
    std::sort(changes.begin(), changes.end());
    const size_t tail = changes.size() / 40; // 2.5 %
    return {changes[tail], changes[changes.size() - 1 - tail]};
}

// How often the gain is as far from 0 when each contract's sign is thrown anew; the gain as it is counts as one throw.
double signFlip(const std::vector<Cluster>& clusters) {
    int gain = 0;
    for (const Cluster& cluster : clusters)
        gain += cluster.gain;
    Rng rng(kSeed, "paired_signs");
    int asFar = 1;
    for (int i = 0; i < kResamples; ++i) {
        int thrown = 0;
        for (const Cluster& cluster : clusters)
            thrown += rng.below(2) == 0 ? cluster.gain : -cluster.gain;
        asFar += std::abs(thrown) >= std::abs(gain);
    }
    return static_cast<double>(asFar) / (kResamples + 1);
}

} // namespace

double PairedTally::before() const {
    return share(rightBefore, cells);
}

double PairedTally::after() const {
    return share(rightAfter(), cells);
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
    std::map<CellKey, const ScoredCell*> later = cellsOf(after, of);
    std::map<ContractId, Cluster> contracts;
    for (const auto& [key, cell] : cellsOf(before, of)) {
        const auto match = later.find(key);
        if (match == later.end()) {
            ++out.unpaired;
            continue;
        }
        const bool was = isRight(*cell, rules), is = isRight(*match->second, rules);
        add(out.total, was, is);
        add(out.byClause[key.second], was, is);
        Cluster& contract = contracts[key.first];
        ++contract.cells;
        contract.gain += static_cast<int>(is) - static_cast<int>(was);
        if (was && !is)
            out.broken.push_back({cell, match->second});
        later.erase(match);
    }
    out.unpaired += static_cast<int>(later.size());
    out.total.contracts = static_cast<int>(contracts.size());
    std::vector<Cluster> clusters;
    for (const auto& [contract, cluster] : contracts)
        clusters.push_back(cluster);
    if (clusters.size() >= 2) {
        out.interval = bootstrapChange(clusters);
        out.p = signFlip(clusters);
    }
    return out;
}

} // namespace cw
