// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which calibration turns a run's margins into probabilities. It is used only where it was fitted to the weights that answered. Any thread:
// it touches no store.
#pragma once

#include "core/eval/calibration.h"
#include "core/run/run_folder.h"

#include <filesystem>
#include <string>

namespace cw {

struct RunCalibration {
    Calibration clauses; // empty: the margins as they are
    Calibration held;    // by whose biases the run decided
    std::string note;    // a sentence: why there is none though one lies there, or what it is too good for; else empty
};

// The one that the run decided by, as its folder has it; of a run that had none the one beside its adapter.
RunCalibration calibrationOf(const RunFolder& folder, const RunSpec& spec);

// Where the run's adapter lies; empty for a run without one.
std::filesystem::path adapterOf(const RunFolder& folder, const RunSpec& spec);

} // namespace cw
