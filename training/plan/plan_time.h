// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How long a training will take, from its arithmetic and a measured speed. Pure; any thread.
#pragma once

#include "training/plan/memory_choice.h"
#include "training/plan/speed.h"

namespace cw {

// Seconds.
struct PlanTime {
    double training = 0;   // all steps, shared by the processes
    double validation = 0; // all looks at the validation side, by one process
    double reference = 0;  // of preference training: the pass over all pairs before the first step
    double all() const { return training + validation + reference; }
};

// Of one training of an adapter of so many parameters. Answers are taken to be as long as the right ones. The speed is known.
PlanTime timeOf(const TrainingLoad& load, const RunSpec& spec, std::int64_t loraParameters, const Speed& speed);

} // namespace cw
