// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/score_history.h"

#include <algorithm>
#include <cmath>

namespace cw {

double valueOf(const ValidationScores& scores, const std::string& score) {
    if (score == "valid_json")
        return scores.validJson.value_or(0);
    if (score == "cell_accuracy")
        return scores.cellAccuracy.value_or(0);
    return score == "f1" ? scores.f1.value_or(0) : scores.loss;
}

bool ScoreHistory::add(const ValidationScores& scores) {
    m_validations.push_back(scores);
    return best() == &m_validations.back();
}

bool ScoreHistory::has(std::int64_t step) const {
    return std::any_of(m_validations.begin(), m_validations.end(),
                       [step](const ValidationScores& scores) { return scores.step == step; });
}

const ValidationScores* ScoreHistory::best(std::int64_t upToStep) const {
    const ValidationScores* best = nullptr;
    for (const ValidationScores& scores : m_validations) {
        const double value = valueOf(scores, m_score);
        if (scores.step > upToStep || !std::isfinite(value))
            continue;
        const double before = best ? valueOf(*best, m_score) : 0;
        if (!best || (m_score == "loss" ? value < before : value > before))
            best = &scores;
    }
    return best;
}

std::int64_t ScoreHistory::withoutGain() const {
    const ValidationScores* winner = best();
    return winner ? m_validations.data() + m_validations.size() - 1 - winner
                  : static_cast<std::int64_t>(m_validations.size());
}

} // namespace cw
