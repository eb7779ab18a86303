// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The answer of a whole contract from the answers of its windows. Any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/extraction/canonical_json.h"
#include "core/prompt/conflicts.h"
#include "core/prompt/margin_rule.h"

#include <map>
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
    std::optional<float> margin = {};           // by the rule, of all windows: how sure the cell is
};

// When a cell is null.
struct NullRule {
    MarginRule rule = kMarginRule;
    std::map<std::string, double, std::less<>> biases = {}; // nats in favour of a value, by clause key
};

// A cell is null if every window says null; with a bias for its key also where its margin, by the rule, and the bias together are not above
// 0: what the windows found then stands in its alternatives. Its quotes are the union in document order, grounded in the windows' text; where two
// windows give overlapping ones, the longer stands if the shorter lies in it by half or more, else all that they cover together, as
// two quotes where one can't hold it. Its value is the one that rankValues() puts first; the others stay beside it as alternatives. Of more
// quotes than a cell can hold the first stand, and an alternative with the cell's value has the places of the others.
std::vector<MergedCell> mergeAnswers(std::string_view canonicalText, const Request& request, const std::vector<WindowAnswer>& windows,
                                     const NullRule& rule = {});

} // namespace cw
