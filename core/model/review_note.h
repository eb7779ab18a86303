// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a person says of a run's answer to one clause of one contract. Plain data.
#pragma once

#include "core/base/ids.h"

#include <string>

namespace cw {

enum class ReviewNoteKind {
    Verdict, // which of the two runs is right
    Comment,
    Dispute, // the gold is wrong
    Wanted   // contracts like this one are wanted for training: the contract itself has to stay where it is
};

enum class ReviewVerdict { None, ARight, BRight, BothWrong };

enum class ReviewNoteState {
    Open,
    Accepted, // of a dispute: the gold was changed as it proposed
    Withdrawn
};

struct ReviewNote {
    std::string id; // a ULID
    ContractId contract;
    std::string clause;
    RunId run;     // A
    RunId against; // B, or empty
    ReviewNoteKind kind = ReviewNoteKind::Comment;
    ReviewVerdict verdict = ReviewVerdict::None;
    std::string text;
    std::string proposed = "null"; // canonical JSON of a finding, of a dispute: what the gold should be
    ReviewNoteState state = ReviewNoteState::Open;
    std::string person; // who made it
    std::string madeAt; // UTC
    friend bool operator==(const ReviewNote&, const ReviewNote&) = default;
};

} // namespace cw
