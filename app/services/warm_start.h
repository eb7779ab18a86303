// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a warm start did to what was there before: a run that went on from an adapter, and the evaluations of that adapter and of its own on
// the same locked contracts. GUI thread, but for the comparison, which is for a job.
#pragma once

#include "app/services/evaluation_service.h"
#include "app/services/run_supervisor.h"
#include "core/eval/paired.h"
#include "core/eval/precision.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cw {

// The test side of one split, and the evaluations on it.
struct WarmStartSide {
    std::string split;
    std::optional<RunId> before, after; // done or alive
};

struct WarmStart {
    RunId run;
    std::string start;  // the adapter's folder that it went on from
    std::string result; // its own
    std::vector<WarmStartSide> sides; // that of the start's own run first, then that of this run's where it is another
};

// Nothing for a run that is no finished training from an adapter.
std::optional<WarmStart> warmStartOf(const RunSupervisor& runs, const RunId& id);

// The evaluations that are still to be made, each with the settings of its counterpart or with those of the run.
std::vector<RunRequest> missingEvaluations(const RunSupervisor& runs, const WarmStart& warmStart);

// One line of "before and after": a test side, or the contracts in one language of it.
struct BeforeAfterSlice {
    std::string split;
    std::string language; // empty: all
    PairedComparison cells; // strict rules
    Precision change = {};  // how exactly the change is known, and what change the slice would overlook
    Precision score = {};   // how exactly the score afterwards is known
};

// How far British contracts are from American ones on one test side, before and after.
struct BeforeAfterGap {
    std::string split;
    GapChange gap; // en-GB against en-US
};

struct BeforeAfter {
    std::string mode; // "free", "constrained": the decoding that both have
    std::vector<BeforeAfterSlice> slices;
    std::vector<BeforeAfterGap> gaps; // of the sides that have both
    std::vector<std::shared_ptr<const ScoredRun>> scored; // what the slices point into
};

// Half the width, as a share, to which a slice's score should be known before anything is said of it.
inline constexpr double kWantedHalfWidth = 0.025;

// What a slice can tell in one sentence: what change it would overlook, how exactly its score is known, and how many contracts would make
// that 2.5 points. Empty where its contracts are all alike.
std::string precisionNote(const BeforeAfterSlice& slice);

// Adds the slices of one side: all of it, and each language where there are several; and the gap between British and American contracts.
Status addSlices(BeforeAfter& out, const std::string& split, const RunFolder& before, const RunFolder& after);

} // namespace cw
