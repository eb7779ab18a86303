// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/cost.h"

#include "core/run/run_history.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

Json orNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

std::optional<double> asNumber(const std::optional<long long>& count) {
    return count ? std::optional(static_cast<double>(*count)) : std::nullopt;
}

std::optional<double> share(const std::optional<double>& whole, int count) {
    return whole && count > 0 ? std::optional(*whole / count) : std::nullopt;
}

void addTokens(Cost& cost, const std::vector<OutputRow>& outputs) {
    long long in = 0, out = 0;
    bool allIn = !outputs.empty(), allOut = true;
    for (const OutputRow& row : outputs) {
        out += row.tokens;
        in += row.tokensIn.value_or(0);
        allIn = allIn && row.tokensIn;
        allOut = allOut && (row.tokens > 0 || row.output.empty()); // words without a token: nobody counted
    }
    if (allIn)
        cost.tokensIn = in;
    if (allOut && out > 0)
        cost.tokensOut = out;
}

// Sums in the order of the contracts, so that the order of the rows changes no digit.
void sumTimes(Cost& cost, const Evaluation& evaluation, const std::vector<OutputRow>& outputs) {
    std::map<ContractId, std::vector<double>> times;
    std::set<ContractId> untimed;
    for (const OutputRow& row : outputs) {
        times[row.meta.contract].push_back(row.seconds.value_or(0));
        if (!row.seconds)
            untimed.insert(row.meta.contract);
    }
    std::set<ContractId> scored;
    for (const ScoredCell& cell : evaluation.cells)
        scored.insert(cell.contract);
    std::vector<double> latencies;
    double sum = 0;
    for (auto& [contract, seconds] : times) {
        std::sort(seconds.begin(), seconds.end());
        double whole = 0;
        for (const double each : seconds)
            whole += each;
        sum += whole;
        if (!untimed.count(contract) && scored.count(contract))
            latencies.push_back(whole);
    }
    if (!times.empty() && untimed.empty())
        cost.seconds = sum;
    cost.timedContracts = static_cast<int>(latencies.size());
    cost.latencyP50 = nearestRank(latencies, 0.5);
    cost.latencyP95 = nearestRank(latencies, 0.95);
}

std::optional<double> moneyOf(const Cost& cost, const Prices& prices) {
    if (!prices.any() || (prices.perHour && !cost.seconds) || (prices.perKwh && !cost.wattHours))
        return std::nullopt;
    return prices.perHour.value_or(0) * cost.seconds.value_or(0) / 3600 + prices.perKwh.value_or(0) * cost.wattHours.value_or(0) / 1000;
}

} // namespace

void addTimes(std::vector<OutputRow>& outputs, const std::vector<RunEvent>& events) {
    std::vector<double> times; // since the run last began: its file of outputs began anew too
    for (const RunEvent& event : events)
        if (event.kind == "start")
            times.clear();
        else if (event.kind == "progress" && event.numbers.count("seconds") > 0)
            times.push_back(event.number("seconds"));
    if (times.size() != outputs.size())
        return;
    for (size_t i = 0; i < times.size(); ++i)
        outputs[i].seconds = times[i];
}

RunEffort effortOf(const std::vector<RunEvent>& events) {
    RunHistory history;
    RunEffort effort;
    std::optional<double> since;
    double watts = 0; // known from the first reading of a session on
    bool isKnown = false;
    for (const RunEvent& event : events) {
        const std::optional<double> now = unixSeconds(event.time);
        const bool begins = event.kind == "session";
        if (now && isKnown && since && !begins && *now > *since)
            effort.wattHours = effort.wattHours.value_or(0) + watts * (*now - *since) / 3600;
        if (now)
            since = now;
        const bool isReading = event.numbers.count("gpu_watts") > 0 && std::isfinite(event.number("gpu_watts"));
        isKnown = isReading || (isKnown && !begins);
        watts = isReading ? event.number("gpu_watts") : watts;
        history.take(event);
    }
    if (history.seconds() > 0)
        effort.seconds = history.seconds();
    return effort;
}

std::optional<double> nearestRank(std::vector<double> values, double share) {
    if (values.empty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<size_t>(rank, 1, values.size()) - 1];
}

std::optional<double> Cost::perContract(const std::optional<double>& whole) const { return share(whole, contracts); }
std::optional<double> Cost::perCorrectPresent(const std::optional<double>& whole) const { return share(whole, correctPresent); }

Cost costOf(const Evaluation& evaluation, const std::vector<OutputRow>& outputs, const RunEffort& effort, const Prices& prices) {
    Cost cost;
    cost.contracts = evaluation.contracts;
    cost.correctPresent = evaluation.strict.total.tp;
    addTokens(cost, outputs);
    sumTimes(cost, evaluation, outputs);
    cost.secondsOfRun = effort.seconds.has_value();
    if (effort.seconds)
        cost.seconds = effort.seconds;
    cost.wattHours = effort.wattHours;
    cost.money = moneyOf(cost, prices);
    return cost;
}

std::vector<CostLine> costLines(const Cost& cost) {
    const auto line = [&](const char* name, const char* unit, const std::optional<double>& whole, const std::string& definition) {
        return CostLine{name, unit, whole, cost.perContract(whole), cost.perCorrectPresent(whole), definition, false};
    };
    const std::string whose = cost.secondsOfRun ? "The run's time at work, loading the model included." : "The sum of the outputs' times.";
    std::vector<CostLine> lines = {line("Tokens read", "", asNumber(cost.tokensIn), "Tokens of all prompts, shared beginnings counted for each."),
                                   line("Tokens written", "", asNumber(cost.tokensOut), "Tokens of all outputs."),
                                   line("Time", "s", cost.seconds, whose),
                                   line("Energy", "Wh", cost.wattHours, "The GPU's power over time, where the run recorded it."),
                                   line("Money", "", cost.money, "Hours at the given price an hour, and kilowatt hours at theirs.")};
    const std::string timed = "Of " + std::to_string(cost.timedContracts) + " contracts whose outputs have times; windows one after the other; nearest rank.";
    lines.push_back({"Latency of a contract, p50", "s", std::nullopt, cost.latencyP50, std::nullopt, timed, true});
    lines.push_back({"Latency of a contract, p95", "s", std::nullopt, cost.latencyP95, std::nullopt, timed, true});
    return lines;
}

Json costJson(const Cost& cost) {
    const auto whole = [&](const std::optional<double>& value) {
        return Json{{"total", orNull(value)}, {"per_contract", orNull(cost.perContract(value))}, {"per_correct_present", orNull(cost.perCorrectPresent(value))}};
    };
    return {{"contracts", cost.contracts}, {"correct_present", cost.correctPresent}, {"tokens_in", whole(asNumber(cost.tokensIn))},
            {"tokens_out", whole(asNumber(cost.tokensOut))}, {"seconds", whole(cost.seconds)},
            {"latency", {{"contracts", cost.timedContracts}, {"p50", orNull(cost.latencyP50)}, {"p95", orNull(cost.latencyP95)}}},
            {"watt_hours", whole(cost.wattHours)}, {"money", whole(cost.money)}};
}

} // namespace cw
