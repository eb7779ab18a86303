// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/cell_json.h"

#include "core/extraction/canonical_json.h"
#include "core/model/names.h"

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

Json spansJson(const std::vector<Span>& spans) {
    Json out = Json::array();
    for (const Span& span : spans)
        out.push_back({{"start", span.range.begin}, {"end", span.range.end}, {"text", span.quote}});
    return out;
}

} // namespace

Json cellJson(const Cell& cell) {
    Json json = {{"clause", cell.clause},
                 {"state", nameOf(cell.state)},
                 {"flags", flagNames(cell.flags)},
                 {"spans", spansJson(cell.spans)},
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
    for (const AcceptedAnswer& answer : cell.alternatives)
        json["alternatives"].push_back({{"spans", spansJson(answer.spans)}, {"value", valueJson(answer.value)}});
    return json;
}

nlohmann::ordered_json valueJson(const ClauseValue& value) {
    const std::string text = encodeValue(value);
    return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json::parse(text);
}

} // namespace cw
