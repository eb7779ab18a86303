// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The files in which a sweep keeps what its trials came to. Any thread.
#pragma once

#include "training/recipes/run_identity.h"
#include "training/recipes/sweep.h"

namespace cw {

// Of trials/<n>/result.json; nothing where there is none of that very trial. An error where the trial was done with other data,
// another start or other settings than `identity`: its result can't be compared with those to come.
Result<std::optional<TrialResult>> readTrialResult(const RunFolder& folder, const Trial& trial, const RunIdentity& identity);
Status writeTrialResult(const RunFolder& folder, const TrialResult& result, const RunIdentity& identity);

// outputs/trials.json: {"version":1,"score":name,"best":n,"trials":[...]}.
Status writeTrialTable(const RunFolder& folder, const std::vector<TrialResult>& results, const std::string& score,
                       std::optional<size_t> best);

} // namespace cw
