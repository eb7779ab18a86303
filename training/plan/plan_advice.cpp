// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/plan_advice.h"

#include "training/optim/schedule.h"
#include "training/recipes/advice.h"

namespace cw {

namespace {

constexpr std::int64_t kLeastWarmup = 2; // steps

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string rowsText(std::int64_t count, const std::string& one, const std::string& many) {
    return number(count) + (count == 1 ? " row " + one : " rows " + many);
}

std::string leftOut(const PlanFacts& facts) {
    if (facts.plan.leftOut == 0)
        return {};
    return rowsText(facts.plan.leftOut, "is", "are") + " left out of " + number(facts.plan.rows + facts.plan.leftOut) +
           ": the report by contract says why.";
}

std::string duplicates(const PlanFacts& facts) {
    if (facts.duplicates == 0)
        return {};
    return rowsText(facts.duplicates, "is", "are") + " the same as an earlier one, and " +
           (facts.duplicates == 1 ? "is" : "are") + " learned twice as often as others.";
}

std::string notJson(const PlanFacts& facts) {
    if (facts.notJson == 0)
        return {};
    return rowsText(facts.notJson, "has", "have") + " an answer that is not JSON.";
}

std::string validation(const PlanFacts& facts) {
    return facts.hasValidation ? std::string()
                               : "There are no validation rows, so nothing will show when the adapter learns the training "
                                 "rows by heart.";
}

std::string warmup(const PlanFacts& facts) {
    if (warmupSteps(facts.spec.warmupShare, facts.stepsOfOne) >= kLeastWarmup)
        return {};
    const std::int64_t all = facts.stepsOfOne;
    return "The warm-up has no step of " + number(all) +
           (all == 1 ? std::string(".")
                     : ", so that training begins with the highest learning rate. A share of " +
                           shortNumber(static_cast<double>(kLeastWarmup) / static_cast<double>(all)) + " gives 2 steps.");
}

std::string window(const PlanFacts& facts) {
    if (facts.config.slidingWindow == 0 || facts.plan.longest <= facts.config.slidingWindow)
        return {};
    return "Rows have up to " + number(facts.plan.longest) + " tokens, but a token of this model sees the last " +
           number(facts.config.slidingWindow) + " alone: a clause far from the question may be out of its sight.";
}

std::string passes(const PlanFacts& facts) {
    if (facts.plan.rowsPerPass < facts.rowsPerPassAsked && facts.spec.processes == 1)
        return "A pass takes " + number(facts.plan.rowsPerPass) + " instead of " + number(facts.rowsPerPassAsked) +
               " rows, since more don't fit into memory; the steps stay the same.";
    return {};
}

std::string again(const PlanFacts& facts) {
    if (facts.plan.checkpointing == "none" || facts.plan.checkpointing == "cheap")
        return {};
    return "Most of each pass is computed twice to save memory, which takes about a third longer than with enough of it.";
}

} // namespace

std::vector<std::string> planAdvice(const PlanFacts& facts) {
    std::vector<std::string> advice = {leftOut(facts), duplicates(facts), notJson(facts), validation(facts), warmup(facts)};
    const std::vector<std::string> settings = trainingAdvice(facts.spec, facts.lora);
    advice.insert(advice.end(), settings.begin(), settings.end());
    for (std::string sentence : {window(facts), facts.computeNote, passes(facts), again(facts)})
        advice.push_back(std::move(sentence));
    std::erase(advice, std::string());
    return advice;
}

} // namespace cw
