// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What rules or a model suppose about a cell. Plain data. Never a decision: it stays as it was made, and what became of it follows from
// the cell beside it (core/suggest/outcome.h).
#pragma once

#include "core/model/annotation.h"

#include <optional>
#include <string>
#include <vector>

namespace cw {

// Another value that a part of the contract gave, and why it was not the one suggested.
struct OtherReading {
    ClauseValue value;
    std::vector<Span> spans;      // in document order; none where its quotes were not found
    int window = 0;               // the part of the contract that stands for it, from 1
    std::optional<double> margin; // nats by which it was likelier there than null
    friend bool operator==(const OtherReading&, const OtherReading&) = default;
};

struct Suggestion {
    std::string clause;
    std::string origin;                   // "rules 1", or a run's id
    CellState state = CellState::Absent;  // Absent or Present
    std::vector<Span> spans;              // in document order; none if absent
    ClauseValue value;
    double score = 0; // 0..1: how sure its maker is
    std::optional<double> margin = {};       // nats by which a value was likelier than null in the contract; rules have none
    std::vector<OtherReading> others = {};   // best first
    friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

} // namespace cw
