// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The `labels` annotation format (annotations.json of the shared contract collection): reading and mapping to the 47
// types. Pure.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"
#include "core/taxonomy/taxonomy.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct LabelSpan {
    ByteRange range;
    std::string text;
    size_t occurrences = 1; // how often the text occurs in the labels' contract; the first is marked
};

struct LabelClause {
    std::string category;
    std::vector<LabelSpan> spans;
    std::vector<std::string> values; // `values`, or `value` alone; empty: null
    bool absent = false;
    bool conflict = false; // label_conflict
};

struct LabelledContract {
    std::string contractFile;
    std::string contractType;
    std::string language;
    std::string governingLaw; // gold answer of the source, or empty
    std::string source;       // "CUAD v1", with licence
    std::string level;        // "span" or "value" (values without places: they become no cells)
    std::vector<LabelClause> clauses;
};

Result<std::vector<LabelledContract>> parseLabels(std::string_view json, std::string_view where);

// What became of one contract's labels.
struct LabelMapping {
    std::vector<Cell> cells;               // mapped; spans are ranges of `text`
    std::map<std::string, int> notMapped;  // categories without a type
    std::vector<std::string> merged;       // keys whose spans overlapped and were joined
    std::vector<std::string> notPlaced;    // "key: quote" that couldn't be found in the text
    std::vector<std::string> notEncodable; // keys with more than 64 quotes, or a quote that is too long
    int valuesToReview = 0;
};

// Maps the labels of one contract to cells. `offsetsHold` says that the text is the labels' own (.txt): offsets are
// checked and taken; otherwise each span is placed by its quote and context, and what can't be placed unambiguously is
// listed. Never guesses.
LabelMapping mapLabels(const LabelledContract& labels, std::string_view text, bool offsetsHold,
                       const Taxonomy& taxonomy);

} // namespace cw
