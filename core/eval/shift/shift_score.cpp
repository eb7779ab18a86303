// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/shift/shift_score.h"

#include "core/text/quote.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

using CellsOfOne = std::map<std::string, const ScoredCell*>; // by clause

std::map<ContractId, CellsOfOne> cellsOf(const Evaluation& evaluation) {
    std::map<ContractId, CellsOfOne> cells;
    for (const ScoredCell& cell : evaluation.cells)
        cells[cell.contract][cell.clause] = &cell;
    return cells;
}

bool isUnusable(const ScoredCell& cell) {
    return cell.strict.outcome == Outcome::Invalid;
}

// What the answer to the old text is worth in the new one: each quote as the edits leave it. A quote that stood nowhere stays as it is.
std::optional<Finding> carried(const ScoredCell& cell, const EditedText& edited) {
    std::optional<Finding> finding = cell.predicted;
    if (!finding)
        return finding;
    for (size_t i = 0; i < finding->quotes.size() && i < cell.predictedRanges.size(); ++i)
        if (const ByteRange range = cell.predictedRanges[i]; !range.empty()) {
            const ByteRange now = edited.carry(range);
            finding->quotes[i] = normalizeQuote(std::string_view(edited.text()).substr(now.begin, now.size()));
        }
    return finding;
}

std::vector<OtherGold> othersThan(const std::string& key, const Answer& answer) {
    std::vector<OtherGold> others;
    for (const AnswerCell& cell : answer.cells)
        if (cell.key != key && cell.finding)
            others.push_back({cell.key, &*cell.finding});
    return others;
}

// Counts as tallies, one a contract, so that the bootstrap of scores serves: kept cells are right ones.
class RateCounter {
public:
    void add(const ContractId& contract, bool kept) { m_tallies[contract].add(kept ? Outcome::TruePositive : Outcome::Substitution, false); }

    ShiftRate rate(std::string_view purpose, const Clusters& nearDuplicates) const {
        std::map<std::string, Tally> byCluster;
        Tally all;
        for (const auto& [contract, tally] : m_tallies) {
            byCluster[clusterOf(contract, nearDuplicates)] += tally;
            all += tally;
        }
        std::vector<Tally> clusters;
        for (const auto& [cluster, tally] : byCluster)
            clusters.push_back(tally);
        return {all.tp, all.cells(), bootstrap(clusters, [](const Tally& tally) { return tally.cells() == 0 ? std::nullopt : std::optional(tally.accuracy()); }, purpose)};
    }

    int contracts() const { return static_cast<int>(m_tallies.size()); }
    int wholeContracts() const {
        return static_cast<int>(std::count_if(m_tallies.begin(), m_tallies.end(), [](const auto& each) { return each.second.sub == 0; }));
    }

private:
    std::map<ContractId, Tally> m_tallies;
};

class OutcomeCounter {
public:
    OutcomeCounter(const Taxonomy& taxonomy, Clusters nearDuplicates) : m_taxonomy(taxonomy), m_nearDuplicates(std::move(nearDuplicates)) {}

    void addContract(const ShiftedContract& contract, const EditedText& edited, const CellsOfOne& before, const CellsOfOne& after) {
        ++m_out.contracts;
        for (const AnswerCell& gold : contract.gold.answer.cells) {
            const auto from = before.find(gold.key), to = after.find(gold.key);
            const ClauseType* type = m_taxonomy.find(gold.key);
            if (!type || from == before.end() || to == after.end())
                continue;
            if (std::find(contract.directed.begin(), contract.directed.end(), gold.key) != contract.directed.end())
                addDirected(gold, *from->second, *to->second);
            else if (isUnusable(*from->second) && isUnusable(*to->second))
                ++m_out.unusable;
            else
                addInvariant(*type, carried(*from->second, edited), *from->second, *to->second, othersThan(gold.key, contract.gold.answer));
        }
    }

    ShiftOutcome take() {
        m_out.invariant = m_invariant.rate("shift_invariant", m_nearDuplicates);
        m_out.directed = m_directed.rate("shift_directed", m_nearDuplicates);
        m_out.directedRightBefore = m_rightBefore.rate("shift_right_before", m_nearDuplicates);
        m_out.contractsKept = m_invariant.wholeContracts();
        m_out.contractsJudged = m_invariant.contracts();
        m_out.contractsInterval = wilson(m_out.contractsKept, m_out.contractsJudged);
        return std::move(m_out);
    }

private:
    void addDirected(const AnswerCell& gold, const ScoredCell& earlier, const ScoredCell& later) {
        const bool kept = later.strict.right();
        m_directed.add(later.contract, kept);
        if (earlier.strict.right())
            m_rightBefore.add(later.contract, kept);
        if (!kept)
            m_out.faults.push_back({later.contract, gold.key, true, gold.finding, later.predicted});
    }

    void addInvariant(const ClauseType& type, std::optional<Finding> expected, const ScoredCell& earlier, const ScoredCell& later,
                      const std::vector<OtherGold>& others) {
        const PredictedCell answer{false, false, later.predicted, {}};
        const bool usable = !isUnusable(earlier) && !isUnusable(later);
        const bool kept = usable && scoreCell(type, expected, answer, Rules::Strict, others).right();
        m_invariant.add(later.contract, kept);
        if (!kept)
            m_out.faults.push_back({later.contract, type.key, false, std::move(expected), later.predicted});
    }

    const Taxonomy& m_taxonomy;
    Clusters m_nearDuplicates;
    ShiftOutcome m_out;
    RateCounter m_invariant, m_directed, m_rightBefore;
};

} // namespace

ShiftOutcome scoreShift(const Evaluation& before, const Evaluation& after, const std::vector<ShiftedContract>& shifted, const TextOf& textOf,
                        const Taxonomy& taxonomy) {
    const std::map<ContractId, CellsOfOne> was = cellsOf(before), is = cellsOf(after);
    std::map<ContractId, const ShiftedContract*> contracts;
    for (const ShiftedContract& contract : shifted)
        contracts[contract.gold.contract] = &contract;
    OutcomeCounter counter(taxonomy, united(before.nearDuplicates, after.nearDuplicates));
    for (const auto& [id, contract] : contracts) {
        const std::string* text = textOf(id);
        const auto old = was.find(id), now = is.find(id);
        if (text && old != was.end() && now != is.end())
            counter.addContract(*contract, EditedText(*text, contract->edits), old->second, now->second);
    }
    return counter.take();
}

} // namespace cw
