// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What `score` prints: the scores, then what became of the lines of the predictions, the papers' numbers and the cost. One thread.
#pragma once

#include "app/cli/score_input.h"
#include "core/eval/cost.h"
#include "core/eval/evaluation.h"
#include "core/eval/papers/papers.h"

namespace cw::cli {

struct ScoreOutput {
    Evaluation evaluation;
    Cost cost;
    std::optional<PaperScores> papers; // where they were asked for
};

// The options with which every command takes prices, and their values.
extern const Option kPricePerHour;
extern const Option kPricePerKwh;
Result<Prices> readPrices(const Arguments& arguments);

void printScore(const ScoreOutput& output, const ScoreInput& input);
// scoreJson's object with the members "input", "cost" and "papers" behind it.
void printScoreJson(const ScoreOutput& output, const ScoreInput& input);

// What of the file could not be used, and what it doesn't have; nothing where it is whole.
void printInput(const InputReport& report);
// The first fault of the file and how many there are, to stderr; true if there is one.
bool sayFaults(const InputReport& report);

// The tables alone, for other commands.
QString costTable(const Cost& cost);

} // namespace cw::cli
