// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a review says of open disputes: the scores of its runs before, and after, if the gold became what they propose. No widgets; any thread.
#pragma once

#include "app/services/evaluation_service.h"
#include "core/eval/disputes.h"

#include <QString>

#include <string>
#include <vector>

namespace cw {

// "Accuracy if 1 dispute is accepted: A 66.7 → 75.0, B 41.7 → 50.0; constrained: A 70.0 → 70.0". Both decodings have the same gold, so the
// other one than `mode` follows where a run has it. `b` may be null. Empty where no dispute is about a cell of A.
QString disputedScores(const ScoredRun& a, const ScoredRun* b, const std::string& mode, Rules rules, const std::vector<Dispute>& disputes);

} // namespace cw
