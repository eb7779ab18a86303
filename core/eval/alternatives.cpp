// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/alternatives.h"

#include "core/eval/evidence.h"

namespace cw {

namespace {

// An alternative has no places: its quotes stand in the order in which the answer has them.
Finding inOrderOf(const PredictedCell& prediction, Finding alternative) {
    alternative.quotes = orderedQuotes(alternative.quotes, {}, prediction.finding->quotes);
    return alternative;
}

bool asksAlternatives(const CellScore& score) { return score.outcome == Outcome::Substitution; }

void accept(CellScore& score, const CellScore& alternative) {
    if (!asksAlternatives(score) || !alternative.right())
        return;
    score = alternative;
    score.byAlternative = true;
}

} // namespace

CellScore scoreCellOfAny(const ClauseType& type, const std::optional<Finding>& gold, const std::vector<Finding>& alternatives,
                         const PredictedCell& prediction, Rules rules, const std::vector<OtherGold>& others) {
    CellScore score = scoreCell(type, gold, prediction, rules, others);
    for (const Finding& alternative : alternatives)
        if (asksAlternatives(score))
            accept(score, scoreCell(type, inOrderOf(prediction, alternative), prediction, rules, others));
    return score;
}

BothScores scoreCellBothOfAny(const ClauseType& type, const std::optional<Finding>& gold, const std::vector<Finding>& alternatives,
                              const PredictedCell& prediction, const std::vector<OtherGold>& others) {
    BothScores scores = scoreCellBoth(type, gold, prediction, others);
    for (const Finding& alternative : alternatives)
        if (asksAlternatives(scores.strict) || asksAlternatives(scores.compat)) {
            const BothScores other = scoreCellBoth(type, inOrderOf(prediction, alternative), prediction, others);
            accept(scores.strict, other.strict);
            accept(scores.compat, other.compat);
        }
    return scores;
}

} // namespace cw
