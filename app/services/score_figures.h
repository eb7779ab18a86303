// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The headline scores of an evaluation with what they are of, and how they changed from another evaluation of the same contracts.
// Pure; any thread. With another evaluation it takes up to seconds: call it in a job.
#pragma once

#include "core/eval/error_matrix.h"
#include "core/eval/non_inferiority.h"
#include "core/eval/paired.h"

#include <array>
#include <optional>
#include <vector>

namespace cw {

enum class ScoreOf { Accuracy, MicroF1, MacroF1, PresentAccuracy, Invented, Valid, Quotes };

bool isLowerBetter(ScoreOf score); // of what is invented
bool isShare(ScoreOf score);       // "part of whole"; F1 is none

struct ScoreChange {
    double change = 0;                             // 0..1; positive: a higher rate
    std::optional<std::array<double, 2>> interval; // 95 %
    std::optional<double> p;                       // two-sided; nothing where no test fits
    std::optional<double> detectable;              // the least change that such a comparison finds in 80 % of cases
    bool isClear() const { return p && *p < 0.05; }
    bool isTooSmallToTell() const; // not clear, and smaller than what could be found
};

struct ScoreFigure {
    ScoreOf of = ScoreOf::Accuracy;
    std::optional<double> rate; // 0..1; nothing: no data
    std::optional<std::array<double, 2>> interval;
    std::optional<double> null; // the score of answering null everywhere
    int part = 0, whole = 0;    // "part of whole": cells, outputs, quotes; part is 0 where the score is no share
    std::optional<double> other; // the other evaluation's, over the cells that both have
    std::optional<ScoreChange> change;
};

struct ScoreFigures {
    std::vector<ScoreFigure> scores;     // in the order of ScoreOf, all of them
    std::optional<PairedComparison> pair; // of the cells, without its lists: these would point into the evaluations
    std::optional<NonInferiority> shipping;
    const ScoreFigure& of(ScoreOf score) const { return scores[static_cast<size_t>(score)]; }
};

// The scores alone, fast enough for the window's thread: without intervals by the compatible rules.
ScoreFigures ratesOf(const Evaluation& shown, Rules rules);

// `other` may be null. Intervals of the compatible rules are drawn here; those of the strict rules are the evaluation's own.
ScoreFigures scoreFigures(const Evaluation& shown, Rules rules, const Evaluation* other);

} // namespace cw
