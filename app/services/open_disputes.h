// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which disputes still ask for something: what a dispute wanted may have become the gold in other ways than by accepting it. GUI thread.
#pragma once

#include "app/services/evaluation_service.h"
#include "app/services/store_session.h"
#include "core/model/review_note.h"

#include <string>
#include <vector>

namespace cw {

// What was said of a clause, oldest first. An open dispute that proposes what the gold is by now is shown as accepted; that follows from the gold:
// where somebody changes it back, the dispute is open again.
Result<std::vector<ReviewNote>> notesAsTheyStand(StoreSession& session, const ContractId& contract, const std::string& clause);

// The open disputes of every contract whose proposal isn't the gold.
Result<std::vector<ReviewNote>> unmetDisputes(StoreSession& session);

// Of these, the ones about the contracts' texts that `run` was scored on: filed on the run itself, or on another with the same text. Words of a
// shifted contract propose nothing for the original.
Result<std::vector<ReviewNote>> unmetDisputes(StoreSession& session, const ScoredRun& run);

} // namespace cw
