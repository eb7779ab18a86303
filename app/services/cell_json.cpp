// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/cell_json.h"

#include "core/extraction/canonical_json.h"
#include "core/model/names.h"

namespace cw {

nlohmann::ordered_json cellJson(const Cell& cell) {
    using Json = nlohmann::ordered_json;
    Json spans = Json::array();
    for (const Span& span : cell.spans)
        spans.push_back({{"start", span.range.begin}, {"end", span.range.end}, {"text", span.quote}});
    Json json = {{"clause", cell.clause},
                 {"state", nameOf(cell.state)},
                 {"flags", flagNames(cell.flags)},
                 {"spans", std::move(spans)},
                 {"value", valueJson(cell.value)},
                 {"annotator", cell.annotator}};
    if (!cell.note.empty())
        json["note"] = cell.note;
    for (const SearchEvidence& searched : cell.lookedFor)
        json["looked_for"].push_back({{"term", searched.term}, {"hits", searched.hits}});
    if (!cell.suggestion.empty())
        json["suggestion"] = cell.suggestion;
    if (cell.dwellMs > 0)
        json["dwell_ms"] = cell.dwellMs;
    return json;
}

nlohmann::ordered_json valueJson(const ClauseValue& value) {
    const std::string text = encodeValue(value);
    return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json::parse(text);
}

} // namespace cw
