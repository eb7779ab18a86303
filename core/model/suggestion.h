// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What rules or a model suppose about a cell. Plain data. Never a decision: it stays as it was made, and what became of it follows from
// the cell beside it (core/suggest/outcome.h).
#pragma once

#include "core/model/annotation.h"

#include <string>
#include <vector>

namespace cw {

struct Suggestion {
    std::string clause;
    std::string origin;                   // "rules 1", or a run's id
    CellState state = CellState::Absent;  // Absent or Present
    std::vector<Span> spans;              // in document order; none if absent
    ClauseValue value;
    double score = 0; // 0..1: how sure its maker is
    friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

} // namespace cw
