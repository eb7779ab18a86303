// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What must be the same, and what should be, when a training goes on from a checkpoint. Any thread.
#pragma once

#include "training/recipes/recipe.h"
#include "training/recipes/step.h"

#include <map>
#include <string>

namespace cw {

// What must be the same: other data or another recipe would be another training.
struct RunIdentity {
    std::string spec; // hash of what the specification says of the result
    std::string data; // hash of the files in data/ that training reads, and of their manifest
    std::int64_t rows = 0;
    std::string start = {}; // hash of the base, its tokenizer and template, and of the adapter that training starts from
    friend bool operator==(const RunIdentity&, const RunIdentity&) = default;
};

// RunIdentity::start of a run whose model and adapter are those of `origin`.
Result<std::string> startHash(const Run& run, const AdapterOrigin& origin);

// Of the specification all but what only says how the same sums are computed: its name, threads, memory, how many rows a pass
// has as long as a step has as many, processes, and how often checkpoints are written. So a run that was out of memory can
// go on with half the rows at once.
Result<RunIdentity> identityOf(const Run& run, std::int64_t rows, const AdapterOrigin& origin);

// Why a training can't go on from what was made under `before`, as an error with a next step. `what` names that: "its last
// checkpoint", "trial 2".
Status checkIdentity(const RunIdentity& now, const RunIdentity& before, const std::string& what);

// What should be the same, since the last bits of a sum depend on it: name -> value.
using Circumstances = std::map<std::string, std::string>;
Circumstances circumstancesOf(const Run& run, const Compute& compute, const StepSettings& settings);

// A sentence about what differs, or nothing.
std::string differenceText(const Circumstances& now, const Circumstances& before);

} // namespace cw
