// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clausewright-worker --plan: the plan as a program's output. One thread.
#pragma once

#include "core/run/run_folder.h"

namespace cw {

// Plans the training of a folder (planRun) and prints plan.json. Where it can't work, prints {"error":...,"hint":...} and
// the sentence to the error output. Gives the exit code: 0 or 1.
int planWorker(const RunFolder& folder, const Clock& clock);

} // namespace cw
