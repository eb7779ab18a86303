// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The door between a recipe and the outside: lock, specification, dispatch, and the mark that tells how the run ended.
// Whatever a recipe throws ends here as one sentence. One thread.
#pragma once

#include "core/run/run_folder.h"

namespace cw {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitStopped = 5;

// Does the run of a folder and gives the process's exit code. A folder that is locked or has ended already is left
// untouched.
int runWorker(const RunFolder& folder, const Clock& clock);

} // namespace cw
