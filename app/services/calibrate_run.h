// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Fits a model's null decisions to what people decided, from an evaluation of its validation side. GUI thread or a background
// job: it touches no store, but a project's adapters are its writer's to change.
#pragma once

#include "core/eval/calibration.h"
#include "core/run/run_folder.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cw {

struct ClauseCalibration {
    std::string key;
    NullCalibration fitted;
    double f1Before = 0, f1After = 0;       // of "present", over the rows that it was fitted to
    double errorBefore = 0, errorAfter = 0; // expected calibration error
};

struct CalibratedRun {
    std::vector<ClauseCalibration> clauses; // with rows enough to fit; in the taxonomy's order
    int leftAlone = 0;                      // clauses with too few
    std::filesystem::path file;             // calibration.json beside the adapter
};

// Writes calibration.json beside the adapter that the run answered with; later runs with these weights follow it. Fitted anew
// from margins without bias, so doing it twice changes nothing. The error says why a run can't serve: no adapter, no margins,
// not done, another side than validation, or an adapter that isn't the one any more.
Result<CalibratedRun> calibrateFrom(const RunFolder& folder);

} // namespace cw
