// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/disputes.h"

#include "core/eval/cell_scoring.h"
#include "core/eval/error_matrix.h"

#include <map>
#include <utility>

namespace cw {

namespace {

using CellKey = std::pair<ContractId, std::string>;

// What the run had said, as the scorer takes it; of a cell with a valid answer.
PredictedCell predictionOf(const ScoredCell& cell, bool hasTexts) {
    PredictedCell prediction;
    prediction.finding = cell.predicted;
    if (hasTexts)
        for (const ByteRange& range : cell.predictedRanges)
            prediction.quoteFound.push_back(!range.empty());
    return prediction;
}

// The proposed gold in the cell's place. Where other quotes stand isn't known.
void propose(ScoredCell& cell, const std::optional<Finding>& proposed) {
    if (!cell.gold || !proposed || cell.gold->quotes != proposed->quotes) {
        cell.goldRanges.clear();
        cell.goldIsOutOfReach = cell.goldIsCut = false;
    }
    cell.gold = proposed;
}

} // namespace

DisputedScores scoresIfAccepted(const Evaluation& evaluation, Rules rules, const std::vector<Dispute>& disputes, const Taxonomy& taxonomy) {
    std::map<CellKey, const Dispute*> wanted;
    for (const Dispute& dispute : disputes)
        wanted[{dispute.contract, dispute.clause}] = &dispute;
    DisputedScores scores;
    scores.before = rules == Rules::Strict ? evaluation.strict : evaluation.compat;
    std::vector<ScoredCell> cells = evaluation.cells;
    std::map<ContractId, std::vector<ScoredCell*>> ofContract; // of the contracts with a dispute
    for (const auto& [key, dispute] : wanted)
        ofContract[key.first];
    std::vector<ScoredCell*> disputed;
    for (ScoredCell& cell : cells) {
        const auto contract = ofContract.find(cell.contract);
        if (contract == ofContract.end())
            continue;
        contract->second.push_back(&cell);
        const auto found = wanted.find({cell.contract, cell.clause});
        if (found == wanted.end() || !taxonomy.find(cell.clause))
            continue;
        propose(cell, found->second->proposed);
        if (!cell.gold)
            cell.alternatives.clear();
        disputed.push_back(&cell);
    }
    scores.applied = static_cast<int>(disputed.size());
    for (ScoredCell* cell : disputed) {
        if (cell->strict.outcome == Outcome::Invalid)
            continue; // wrong whatever the gold is
        std::vector<OtherGold> others;
        for (const ScoredCell* other : ofContract[cell->contract])
            if (other != cell && other->gold)
                others.push_back({other->clause, &*other->gold});
        const Outcome before = scoreOf(*cell, rules).outcome;
        scoreCellOf(*cell, *taxonomy.find(cell->clause), predictionOf(*cell, evaluation.hasTexts), {}, others);
        scores.changed += scoreOf(*cell, rules).outcome != before;
    }
    scores.after = disputed.empty() ? scores.before : breakdown(cells, rules);
    return scores;
}

} // namespace cw
