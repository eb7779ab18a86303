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

// Whose split a side is of, where the start adapter and the run have different ones.
enum class SideOrigin { Only, Old, New };

// The test side of one split, and the evaluations on it.
struct WarmStartSide {
    std::string split;
    SideOrigin origin = SideOrigin::Only;
    std::optional<RunId> before, after; // done or alive
};

struct WarmStart {
    RunId run;
    std::string start;  // the adapter's folder that it went on from
    std::string result; // its own
    std::vector<WarmStartSide> sides; // that of the start's own run first, then that of this run's where it is another
    std::vector<RunId> learners;      // this run, the run that made its start, and so on back to the first
    bool isFromElsewhere = false;     // the first of them started from an adapter that no run of this project made
};

// Nothing for a run that is no finished training from an adapter.
std::optional<WarmStart> warmStartOf(const RunSupervisor& runs, const RunId& id);

// The evaluations that are still to be made, each with the settings of its counterpart or with those of the run.
std::vector<RunRequest> missingEvaluations(const RunSupervisor& runs, const WarmStart& warmStart);

// One line of "before and after": a test side, or the contracts in one language of it.
struct BeforeAfterSlice {
    std::string split;
    SideOrigin origin = SideOrigin::Only;
    std::string language; // empty: all
    PairedComparison cells; // strict rules
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
    std::vector<std::string> notes;   // sentences: what was left out, and why
    std::vector<std::shared_ptr<const ScoredRun>> scored; // what the slices point into
};

// Half the width, as a share, to which a slice's score should be known before anything is said of it.
inline constexpr double kWantedHalfWidth = 0.025;

// What a slice can tell in one sentence: what change it would overlook, how exactly its score is known, and how many contracts would make
// that 2.5 points. Empty where its contracts are all alike.
std::string precisionNote(const BeforeAfterSlice& slice);

// What is compared of a side. A contract that one of the learners was trained or validated on says nothing of either adapter:
// it is left out, with a note.
struct SideToCompare {
    std::string split;
    SideOrigin origin = SideOrigin::Only;
    std::vector<RunFolder> learners = {};
    bool hasUnknownLearner = false; // an adapter of unknown origin came first: a note says so
};

SideToCompare sideToCompare(const RunSupervisor& runs, const WarmStart& warmStart, const WarmStartSide& side);

// Adds the slices of one side: all of it, and each language where there are several; the gap between British and American contracts; a
// note alone where nothing of the side is left.
Status addSlices(BeforeAfter& out, const SideToCompare& side, const RunFolder& before, const RunFolder& after);
Status addSlices(BeforeAfter& out, const SideToCompare& side, std::shared_ptr<const ScoredRun> before, std::shared_ptr<const ScoredRun> after);

} // namespace cw
