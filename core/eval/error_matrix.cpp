// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/error_matrix.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_map>

namespace cw {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::infinity();

size_t kindOf(const ScoredCell& cell, Rules rules) { return static_cast<size_t>(scoreOf(cell, rules).kind); }

// What the example is sorted by, the first the least.
double rankOf(const ScoredCell& cell, Rules rules, ExampleOrder order, const SurenessOf& sureness) {
    switch (order) {
    case ExampleOrder::LeastAlike:
        return cell.gold && cell.predicted ? scoreOf(cell, rules).textSimilarity : kUnknown;
    case ExampleOrder::LeastSure:
        return sureness ? sureness(cell).value_or(kUnknown) : kUnknown;
    case ExampleOrder::ByContract:
        break;
    }
    return 0;
}

} // namespace

std::vector<CellPair> pairCells(const Evaluation& shown, const Evaluation* other) {
    std::vector<CellPair> pairs;
    pairs.reserve(shown.cells.size());
    std::unordered_map<std::string_view, std::unordered_map<std::string_view, const ScoredCell*>> others;
    if (other)
        for (const ScoredCell& cell : other->cells)
            others[cell.contract.value].emplace(cell.clause, &cell);
    for (const ScoredCell& cell : shown.cells) {
        const ScoredCell* other = nullptr;
        if (const auto contract = others.find(cell.contract.value); contract != others.end())
            if (const auto found = contract->second.find(cell.clause); found != contract->second.end())
                other = found->second;
        const bool regraded = other && !hasSameGold(cell, *other);
        pairs.push_back({&cell, regraded ? nullptr : other, regraded});
    }
    return pairs;
}

ErrorCounts& ErrorCounts::operator+=(const ErrorCounts& more) {
    cells += more.cells;
    positives += more.positives;
    paired += more.paired;
    regraded += more.regraded;
    for (size_t kind = 0; kind < kErrorKinds; ++kind) {
        kinds[kind] += more.kinds[kind];
        pairedKinds[kind] += more.pairedKinds[kind];
        otherKinds[kind] += more.otherKinds[kind];
    }
    return *this;
}

std::map<std::string, ErrorCounts> countErrors(const std::vector<CellPair>& pairs, Rules rules, const CellFilter& filter) {
    std::map<std::string, ErrorCounts> counts;
    for (const CellPair& pair : pairs) {
        if (filter && !filter(*pair.shown))
            continue;
        ErrorCounts& clause = counts[pair.shown->clause];
        ++clause.cells;
        clause.positives += pair.shown->gold.has_value();
        ++clause.kinds[kindOf(*pair.shown, rules)];
        clause.regraded += pair.regraded;
        if (!pair.other)
            continue;
        ++clause.paired;
        ++clause.pairedKinds[kindOf(*pair.shown, rules)];
        ++clause.otherKinds[kindOf(*pair.other, rules)];
    }
    return counts;
}

FlipVerdict verdictOf(const CellPair& pair, Rules rules) {
    if (!pair.other)
        return FlipVerdict::None;
    if (scoreOf(*pair.other, rules).right())
        return FlipVerdict::Broken;
    // Two silences agree about nothing.
    const bool sameFinding = pair.shown->predicted && pair.shown->predicted == pair.other->predicted;
    return sameFinding ? FlipVerdict::SuspectGold : FlipVerdict::StillWrong;
}

std::vector<CellPair> examplesOf(const std::vector<CellPair>& pairs, Rules rules, const CellFilter& isIn, ExampleOrder order,
                                 const SurenessOf& sureness) {
    std::vector<std::pair<double, CellPair>> ranked;
    for (const CellPair& pair : pairs)
        if (!scoreOf(*pair.shown, rules).right() && isIn(*pair.shown))
            ranked.emplace_back(rankOf(*pair.shown, rules, order, sureness), pair);
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<CellPair> examples;
    examples.reserve(ranked.size());
    for (const auto& [rank, pair] : ranked)
        examples.push_back(pair);
    return examples;
}

} // namespace cw
