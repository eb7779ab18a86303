// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Preference pairs: mining them from a run's outputs. GUI thread, but for what says otherwise.
#pragma once

#include "app/services/run_answers.h"
#include "app/services/store_session.h"
#include "core/eval/evaluation.h"

#include <string>
#include <vector>

namespace cw {

// Preference pairs from a generate or evaluate run over training prompts: each malformed output (below V3) as rejected beside the gold
// answer of its window; `hallucinated` takes valid outputs that invent a clause. Never from a locked test contract.
struct MineOptions {
    bool malformed = true;
    bool hallucinated = false;
};

struct MineReport {
    int malformed = 0, hallucinated = 0; // found
    int added = 0;                       // new in the store
    int locked = 0;                      // left out: of a locked test contract
};

Result<MineReport> minePairs(StoreSession& session, const RunFolder& folder, const MineOptions& options);

// minePairs in two: what reads and judges the run, in a job with a view of the project; and the write.
struct MinedPairs {
    std::vector<PreferencePair> pairs;
    MineReport report; // but `added`
};
Result<MinedPairs> findPairs(StoreSession& reader, const RunFolder& folder, const MineOptions& options);
Result<MineReport> addPairs(StoreSession& session, const MinedPairs& mined);

// The pair of one wrong cell of an evaluation in `mode`: the gold's answer to a prompt as `first`, chosen by this person now, and the output
// that the run gave to it as `second`. Only a window whose output itself errs at the clause; of several the one that shows the cell's gold or
// the words that the output took for it. BadUsage for a contract of the locked test side, a right cell, and where no output errs at the
// clause. `answers` hold those of the cell's contract. Adds nothing to the store.
Result<PreferencePair> pairOfCell(StoreSession& session, const RunAnswers& answers, const std::string& mode, const ScoredCell& cell);

// True if the first output shall be shown on the left, for this pair and annotator: blind, seeded, reproducible, half and half.
bool showFirstLeft(const PairId& pair, const std::string& annotator);

} // namespace cw
