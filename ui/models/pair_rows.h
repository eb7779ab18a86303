// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two outputs of one prompt as rows to compare: keys that are equal fold into one line, keys that differ show both cells with the words
// that differ marked. An output that is not JSON shows as its raw text. Pure; any thread.
#pragma once

#include "core/base/byte_range.h"
#include "core/extraction/canonical_json.h"

#include <string>
#include <vector>

namespace cw {

struct PairSide {
    std::string text;
    std::vector<ByteRange> marked; // what the other side doesn't have
};

struct PairRow {
    std::vector<std::string> folded; // the equal keys of a fold row; empty for a row that differs
    std::string key;                 // empty: the whole raw output
    PairSide left, right;
};

struct PairComparison {
    std::vector<PairRow> rows;
    int leftPresent = 0, rightPresent = 0; // requested clauses that an answer finds
    bool leftMalformed = false, rightMalformed = false;
};

// `showEqual` unfolds the equal keys.
PairComparison comparePair(const std::string& left, const std::string& right, const Request& request, const Taxonomy& taxonomy,
                           bool showEqual = false);

} // namespace cw
