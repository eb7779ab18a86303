// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The answer of a whole contract from the answers of its windows. Any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/extraction/canonical_json.h"
#include "core/prompt/conflicts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct WindowAnswer {
    ByteRange range;
    Answer answer;
    std::vector<std::optional<float>> margins = {}; // one a cell of the answer, or none at all: nats by which a value beat null
};

// One clause of a contract.
struct MergedCell {
    std::string key;
    std::optional<Finding> finding;
    std::vector<ByteRange> ranges;              // one a quote; empty range: not found in the text
    std::vector<Alternative> alternatives = {}; // values that other windows gave, best first
    std::optional<float> margin = {};           // the largest of a window: how sure the cell is
};

// A cell is null only if every window says null. Its quotes are the union in document order, grounded in the windows' text; where two
// windows give overlapping ones, the longer stands if the shorter lies in it by half or more, else all that they cover together. Its
// value is the one that rankValues() puts first; the others stay beside it as alternatives.
std::vector<MergedCell> mergeAnswers(std::string_view canonicalText, const Request& request, const std::vector<WindowAnswer>& windows);

} // namespace cw
