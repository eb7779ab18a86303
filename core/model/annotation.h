// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What is known of one clause type in one contract. Plain data.
#pragma once

#include "core/base/byte_range.h"
#include "core/base/ids.h"
#include "core/model/clause_value.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cw {

enum class CellState { NotReviewed, Absent, Present };

// Flags on top of a state. A flagged cell counts as not reviewed in export, training and scoring until a person clears the flag.
struct CellFlags {
    bool unsure = false;
    bool conflict = false;
    bool valueToReview = false;
    bool any() const { return unsure || conflict || valueToReview; }
    friend bool operator==(const CellFlags&, const CellFlags&) = default;
};

struct Span {
    ByteRange range;   // in the canonical text
    std::string quote; // the canonical text's bytes there, kept to be checked at every opening
    friend bool operator==(const Span&, const Span&) = default;
};

// Which of a contract's cells are meant. Record: what exports, training and scores see. Second: the blind second reading of a double
// annotation. First: the record as it stood when both readings were finished.
enum class Reading { Record = 0, First = 1, Second = 2 };

// A term that the page searched before a decision, and how often the contract has it.
struct SearchEvidence {
    std::string term;
    int hits = 0;
    friend bool operator==(const SearchEvidence&, const SearchEvidence&) = default;
};

// An answer to a present clause that is as right as the cell's own, in the same terms.
struct AcceptedAnswer {
    std::vector<Span> spans;
    ClauseValue value;
    friend bool operator==(const AcceptedAnswer&, const AcceptedAnswer&) = default;
};

inline constexpr std::size_t kMaxAlternatives = 16; // a cell

// (contract, clause type): the annotator's decision. An absent or unreviewed cell has no spans, no value and no alternatives.
struct Cell {
    std::string clause; // a ClauseType's key
    CellState state = CellState::NotReviewed;
    CellFlags flags;
    std::vector<Span> spans; // in document order, not overlapping
    ClauseValue value;
    std::string annotator; // who decided last, empty if nobody did
    std::string note;
    std::vector<SearchEvidence> lookedFor; // before the decision
    std::string suggestion; // origin of the suggestion that was shown, empty: none was
    int dwellMs = 0;        // from showing the clause to deciding
    std::vector<AcceptedAnswer> alternatives; // what a score takes for right too; no model is trained to say it

    bool isReviewed() const { return state != CellState::NotReviewed && !flags.any(); }
    friend bool operator==(const Cell&, const Cell&) = default;
};

} // namespace cw
