// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How a step's rows are cut into passes, and what the passes compute again, so that a training fits into memory. The
// steps themselves stay the same. Pure; any thread.
#pragma once

#include "core/run/run_spec.h"
#include "training/plan/flops.h"
#include "training/plan/memory_plan.h"
#include "training/plan/validation_load.h"

#include <optional>

namespace cw {

// What is to be trained, and on what.
struct TrainingLoad {
    MemoryRequest request; // its pass and checkpointing are chosen here
    std::vector<PassSize> rows;
    ValidationLoad validation; // measured between steps
    std::int64_t rowsPerStep = 1;
    std::int64_t steps = 1;
    std::uint64_t seed = 0;      // of the order of rows
    std::int64_t processes = 1;
    std::int64_t rowsPerPass = 1; // at most
    std::optional<Checkpointing> checkpointing; // nothing: the least that fits
    std::int64_t bytes = 0;       // that a process may take
};

struct MemoryChoice {
    Checkpointing checkpointing = Checkpointing::None;
    std::int64_t rowsPerPass = 1;
    PassSize largest; // the training pass with the most memory
    MemoryPlan plan;
    std::int64_t largestRowsPerPass = 0; // of the longest rows, that would fit
};

// The least that is computed again, with the most rows a pass that fit. Fewer rows come before computing again as long
// as a pass has 2,048 tokens: below, products no longer use the machine. An error tagged "out_of_memory", with numbers,
// where one row doesn't fit, or the answers to the validation windows.
Result<MemoryChoice> chooseMemory(const TrainingLoad& load);

// The passes that training will make, in the order of its rows, as far as they may be the largest: no other of the same
// place in its step has more tokens and more labels. The first pass of a step finds no gradients.
struct StepPasses {
    std::vector<PassSize> first;
    std::vector<PassSize> later;
};
StepPasses largestPasses(const TrainingLoad& load, std::int64_t rowsPerPass);

// The arithmetic of all steps, validation aside.
Workload workOf(const TrainingLoad& load);

// "21.3 GB", "640 MB".
std::string memoryText(std::int64_t bytes);

} // namespace cw
