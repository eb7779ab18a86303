// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/evaluate.h"

#include "training/recipes/generate.h"

namespace cw {

Result<RunOutcome> runEvaluate(const Run& run) {
    std::error_code ignored;
    if (!std::filesystem::exists(run.folder.gold(), ignored))
        return Error{ErrorCode::NotFound, "There is no " + run.folder.gold().string() + " to score the answers against.",
                     "Launch the evaluation on reviewed contracts, or a run of kind \"generate\" on others."};
    return runGenerate(run);
}

} // namespace cw
