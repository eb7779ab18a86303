// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an evaluation's outputs cost: tokens, time, energy, money, and that for each contract and for each present clause that is right.
// What wasn't recorded is "no data", never 0. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"
#include "core/run/run_event.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cw {

// Gives each row the time that the run's "progress" events tell, one event an output in the order of both; leaves the rows alone where their
// numbers differ. `events` in the order of the file.
void addTimes(std::vector<OutputRow>& outputs, const std::vector<RunEvent>& events);

// In any currency; the results are in the same.
struct Prices {
    std::optional<double> perHour; // of the machine
    std::optional<double> perKwh;
    bool any() const { return perHour || perKwh; }
};

// What a run as a whole took, where its events tell it.
struct RunEffort {
    std::optional<double> seconds;   // at work
    std::optional<double> wattHours; // of the GPU
};

// The time at work, and the energy by the watts that events name ("gpu_watts"), each lasting until the next event of its session; nothing
// where no event names any. `events` in the order of the file.
RunEffort effortOf(const std::vector<RunEvent>& events);

struct Cost {
    int contracts = 0;                  // of the evaluation
    int correctPresent = 0;             // cells whose gold is present, right under the strict rules
    std::optional<long long> tokensIn;  // where every output has them
    std::optional<long long> tokensOut; // where every output has them
    std::optional<double> seconds;      // of the run, else the sum of the outputs'
    bool secondsOfRun = false;
    int timedContracts = 0;                 // those of which every output has its time
    std::optional<double> latencyP50, latencyP95; // seconds a contract, its windows one after the other; of the timed contracts
    std::optional<double> wattHours;
    std::optional<double> money; // what the given prices make of time and energy; nothing if one of them isn't known

    std::optional<double> perContract(const std::optional<double>& whole) const;
    std::optional<double> perCorrectPresent(const std::optional<double>& whole) const;
};

// `outputs` are the rows that the evaluation is of. `effort` must be of these outputs alone: leave it empty for a run that made others too.
Cost costOf(const Evaluation& evaluation, const std::vector<OutputRow>& outputs, const RunEffort& effort, const Prices& prices);

// The value at a share of sorted values by the nearest rank (the least value with at least that share at or below it); nothing of nothing.
std::optional<double> nearestRank(std::vector<double> values, double share);

// A line of the table that people see: "Tokens written", the whole, for each contract, for each present clause that is right.
struct CostLine {
    std::string name;
    std::string unit; // "", "s", "Wh"
    std::optional<double> whole, perContract, perCorrect;
    std::string definition;
    bool isPerContract = false; // a measure of one contract: there is no sum of it
};
std::vector<CostLine> costLines(const Cost& cost);

nlohmann::ordered_json costJson(const Cost& cost);

} // namespace cw
