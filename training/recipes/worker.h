// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The door between a recipe and the outside: lock, specification, dispatch, and the mark that tells how the run ended.
// Whatever a recipe throws ends here as one sentence. One thread.
#pragma once

#include "training/distributed/membership.h"
#include "training/recipes/recipe.h"

namespace cw {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitStopped = 5;

// Does the run of a folder, as one of several processes if there is an exchange between them: lock and end mark are the
// caller's. A failure tells how to go on.
Result<RunOutcome> performRun(const RunFolder& folder, const Clock& clock, EventLog& events,
                              GradientExchange* exchange = nullptr);

// Does the run of a folder and gives the process's exit code. A folder that is locked or has ended already is left
// untouched; one with checkpoints and no end mark is gone on with.
// Starts the further processes that the specification asks for, and ends with them.
int runWorker(const RunFolder& folder, const Clock& clock);

// Takes part in a run as another process than the first, and gives the exit code. Writes nothing into the run folder but
// why it failed.
int runMember(const Membership& membership, const Clock& clock);

} // namespace cw
