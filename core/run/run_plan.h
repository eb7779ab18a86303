// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a training run will take, known before it starts: steps, tokens, memory by part, time. The worker makes it, the
// window and the command line show it. Plain data; any thread.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// The parts of a run's memory in the order in which a bar shows them.
struct MemoryPart {
    std::string name; // "weights", "adapter", "gradients", "optimiser", "activations", "head", "working", "allocator"
    std::int64_t bytes = 0;
    friend bool operator==(const MemoryPart&, const MemoryPart&) = default;
};

struct RunPlan {
    int version = 1;
    std::int64_t rows = 0;
    std::int64_t leftOut = 0; // rows that don't fit or have no answer
    std::int64_t steps = 0;
    std::int64_t tokens = 0;   // of one epoch
    std::int64_t labelled = 0; // of them
    std::int64_t longest = 0;  // tokens of the longest row
    std::int64_t rowsPerPass = 0;
    std::int64_t tokensPerPass = 0;    // of the largest pass
    std::int64_t largestRowsPerPass = 0; // that would fit, of the longest rows
    std::string checkpointing;         // "none", "cheap", "attention", "full"
    std::vector<MemoryPart> parts;
    std::int64_t peakBytes = 0;      // at once, of all parts
    std::int64_t memoryBytes = 0;    // that the run may take
    double seconds = 0;              // of training, validation and a reference; 0: not known
    double tokensPerSecond = 0;      // of training alone, that the time is reckoned with
    std::string device;              // "cpu", "cuda"
    std::string dtype;               // "f32", "bf16"
    std::vector<std::string> advice; // sentences: learning rate, effective scale, ...
    friend bool operator==(const RunPlan&, const RunPlan&) = default;
};

std::string toJson(const RunPlan& plan);
Result<RunPlan> runPlanFromJson(std::string_view json, std::string_view where);

// What training will see of one contract: a line of preflight.jsonl.
struct PreflightRow {
    std::string contract;
    std::int64_t windows = 0;  // rows that are trained on
    std::int64_t tokens = 0;   // of them
    std::int64_t labelled = 0; // tokens that are learned
    std::int64_t cut = 0;      // tokens of rows that are left out, since they don't fit
    std::string note;          // why rows are left out, or empty
    friend bool operator==(const PreflightRow&, const PreflightRow&) = default;
};

std::string toLine(const PreflightRow& row);
Result<PreflightRow> preflightRowFromLine(std::string_view line, std::string_view where);

} // namespace cw
