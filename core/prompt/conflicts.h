// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the windows of a contract say of one clause's value, ranked; nothing is dropped. Any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/model/clause_value.h"

#include <optional>
#include <vector>

namespace cw {

// The value that one window gave.
struct WindowValue {
    ClauseValue value;
    std::vector<ByteRange> ranges; // of its quotes in the contract; empty range: not found there
    size_t window = 0;             // its place among the windows, from 0
    std::optional<float> margin;   // nats by which a value beat null
    double prior = 0;              // nats that the window's place in the contract adds (core/prompt/window_priors.h)
};

// A value that lost against another one.
struct Alternative {
    ClauseValue value;
    std::vector<ByteRange> ranges; // of the quotes of all windows that gave it, in order, once each
    size_t window = 0;             // the window that stands for it best
    std::optional<float> margin;   // of that window
    friend bool operator==(const Alternative&, const Alternative&) = default;
};

struct RankedValues {
    ClauseValue value;
    std::vector<Alternative> alternatives; // best first
};

// The value of the window with the largest margin and prior together wins, the earlier one at a tie; without margins (of one window is
// enough) that of the window with the most quotes. The names of party lists add up in the order of the windows, and a list that gives a
// name another role is an alternative. `values`: in the order of the windows, not empty.
RankedValues rankValues(std::vector<WindowValue> values);

// All of them as alternatives, in the same order, equal values once: where none of them won.
std::vector<Alternative> rankAll(std::vector<WindowValue> values);

} // namespace cw
