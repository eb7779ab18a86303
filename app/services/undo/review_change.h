// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One step of a review, whatever it touches: notes, the gold of a clause, a preference pair, a side of a split. Plain data, and the one place
// that writes it to the store, forwards or backwards. GUI thread.
#pragma once

#include "app/services/store_session.h"
#include "core/model/review_note.h"
#include "core/model/split.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct ReviewChange {
    // The gold: cells of the contract's record as they shall be. `cellsBefore` is filled in when the change is written.
    ContractId contract;
    std::vector<Cell> cellsBefore, cellsAfter;
    // Notes with the same ids before and after. A new one is, before, the same note withdrawn.
    std::vector<ReviewNote> notesBefore, notesAfter;
    std::optional<PreferencePair> pair;           // to add
    std::optional<Split> splitBefore, splitAfter; // both or none
};

std::string toJson(const ReviewChange& change);
ReviewChange reviewChangeFromJson(std::string_view json); // an empty one for anything else

enum class ReviewDirection { First, Undo, Redo };

// Writes the change in one transaction, with `also` at its end, and tells the session's listeners. First reads what is there into
// `cellsBefore`, and what the store made of the cells into `cellsAfter`, before `also` runs. Undo and Redo refuse with BadUsage where
// somebody changed a part of it since.
Status writeReview(StoreSession& session, ReviewChange& change, ReviewDirection direction, const StoreSession::Also& also);

} // namespace cw
