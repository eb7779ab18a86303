// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a person should know about a plan before the training starts. Pure; any thread.
#pragma once

#include "core/run/run_plan.h"
#include "core/run/run_spec.h"
#include "training/model/lora.h"

namespace cw {

struct PlanFacts {
    const RunSpec& spec;
    const ModelConfig& config;
    const LoraSettings& lora;
    const RunPlan& plan;
    std::int64_t stepsOfOne = 0; // of one training, where the plan is of a sweep
    std::int64_t rowsPerPassAsked = 0;
    bool hasValidation = false;
    std::int64_t duplicates = 0;
    std::int64_t notJson = 0;
    std::string computeNote = {}; // of the machine, or empty
};

// Sentences, the most important first: rows that are left out or look wrong, no validation, a warm-up that is none, the
// settings' own (trainingAdvice), the machine, and how passes were chosen.
std::vector<std::string> planAdvice(const PlanFacts& facts);

} // namespace cw
