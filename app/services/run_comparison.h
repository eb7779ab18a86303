// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Training runs side by side: what came out of them and which settings they differ in. A sweep stands for its trials. GUI thread or the
// command line's: it reads run folders, but no store.
#pragma once

#include "app/services/run_supervisor.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace cw {

// What came out of a training run, or of one trial of a sweep.
struct RunOutcomeFacts {
    RunId run;
    std::int64_t trial = 0; // from 1; 0: the run itself
    QString name;           // "second", "sweep, trial 3"
    RunState state = RunState::Waiting;
    std::optional<double> rank, rate; // what a trial tries
    std::optional<double> steps, loss, validationLoss;
    std::optional<double> score, bestStep; // the best, by scoreName
    std::string scoreName;                 // "loss", "f1", ...
    std::optional<double> seconds;
    std::optional<double> tokensPerSecond, labelledPerSecond; // the middle one of its steps
    std::optional<double> memoryBytes;                        // the most
    std::optional<double> adapterBytes;
    bool best = false; // the best trial of its sweep
    QString trouble;   // why a trial failed
};

// One for the run, or one a trial for a sweep that has some.
std::vector<RunOutcomeFacts> outcomeFacts(const RunView& run, const RunFolder& folder);

// The trials of a sweep that are over; none for another run.
std::vector<RunOutcomeFacts> trialFacts(const RunView& run);

// A run's best score and its step; of a sweep the best trial's, with the trial's number as the step.
std::optional<BestScore> bestScore(const RunView& run);

// A setting and what each run has for it, in the order of the runs.
struct ComparedSetting {
    QString title;
    std::vector<QString> values;
    bool differs = false;
};

// Every setting that one of the runs has, and the data; a run's name is none.
std::vector<ComparedSetting> comparedSettings(const std::vector<const RunView*>& runs);

// Whether a score is better when it is lower.
inline bool lowerIsBetter(const std::string& scoreName) { return scoreName == "loss"; }

} // namespace cw
