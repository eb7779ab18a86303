// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/record_json.h"

#include "core/model/names.h"

#include <nlohmann/json.hpp>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json jsonOf(const ClauseValue& value) {
    if (const auto* truth = std::get_if<bool>(&value))
        return *truth;
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    const auto* parties = std::get_if<std::vector<Party>>(&value);
    if (!parties)
        return nullptr;
    Json array = Json::array();
    for (const Party& party : *parties)
        array.push_back({{"n", party.name}, {"r", party.role}});
    return array;
}

Json jsonOf(const std::vector<Span>& spans) {
    Json array = Json::array();
    for (const Span& span : spans)
        array.push_back({{"begin", span.range.begin}, {"end", span.range.end}, {"quote", span.quote}});
    return array;
}

Json jsonOf(const std::vector<SearchEvidence>& evidence) {
    Json array = Json::array();
    for (const SearchEvidence& searched : evidence)
        array.push_back({{"term", searched.term}, {"hits", searched.hits}});
    return array;
}

std::vector<SearchEvidence> searchEvidenceOf(const Json& array) {
    std::vector<SearchEvidence> evidence;
    for (const Json& item : array)
        if (item.is_object())
            evidence.push_back({item.value("term", ""), item.value("hits", 0)});
    return evidence;
}

std::vector<Span> spansOf(const Json& array) {
    std::vector<Span> spans;
    for (const Json& span : array)
        if (span.is_object())
            spans.push_back({{span.value("begin", size_t{0}), span.value("end", size_t{0})}, span.value("quote", "")});
    return spans;
}

std::vector<Party> partiesOf(const Json& array) {
    std::vector<Party> parties;
    for (const Json& party : array)
        if (party.is_object())
            parties.push_back({party.value("n", ""), party.value("r", "")});
    return parties;
}

ClauseValue valueOf(const Json& json) {
    if (json.is_boolean())
        return json.get<bool>();
    if (json.is_string())
        return json.get<std::string>();
    if (json.is_array())
        return partiesOf(json);
    return {};
}

Json jsonOf(const std::vector<AcceptedAnswer>& alternatives) {
    Json array = Json::array();
    for (const AcceptedAnswer& answer : alternatives)
        array.push_back({{"spans", jsonOf(answer.spans)}, {"value", jsonOf(answer.value)}});
    return array;
}

std::vector<AcceptedAnswer> alternativesOf(const Json& array) {
    std::vector<AcceptedAnswer> alternatives;
    for (const Json& answer : array)
        if (answer.is_object())
            alternatives.push_back({spansOf(answer.value("spans", Json::array())), valueOf(answer.value("value", Json()))});
    return alternatives;
}

Json jsonOf(const Cell& cell) {
    Json json = {{"state", nameOf(cell.state)},
                 {"flags", flagNames(cell.flags)},
                 {"spans", jsonOf(cell.spans)},
                 {"value", jsonOf(cell.value)},
                 {"annotator", cell.annotator}};
    if (!cell.note.empty())
        json["note"] = cell.note;
    if (!cell.lookedFor.empty())
        json["looked_for"] = jsonOf(cell.lookedFor);
    if (!cell.suggestion.empty())
        json["suggestion"] = cell.suggestion;
    if (cell.dwellMs != 0)
        json["dwell_ms"] = cell.dwellMs;
    if (!cell.alternatives.empty())
        json["alternatives"] = jsonOf(cell.alternatives);
    return json;
}

Cell cellOf(std::string clause, const Json& json) {
    Cell cell;
    cell.clause = std::move(clause);
    if (!json.is_object())
        return cell;
    cell.state = fromName<CellState>(json.value("state", ""));
    const Json flags = json.value("flags", Json::array());
    for (const Json& flag : flags) {
        cell.flags.unsure |= flag == "unsure";
        cell.flags.conflict |= flag == "conflict";
        cell.flags.valueToReview |= flag == "value_to_review";
    }
    cell.spans = spansOf(json.value("spans", Json::array()));
    cell.value = valueOf(json.value("value", Json()));
    cell.annotator = json.value("annotator", "");
    cell.note = json.value("note", "");
    cell.lookedFor = searchEvidenceOf(json.value("looked_for", Json::array()));
    cell.suggestion = json.value("suggestion", "");
    cell.dwellMs = json.value("dwell_ms", 0);
    cell.alternatives = alternativesOf(json.value("alternatives", Json::array()));
    return cell;
}

} // namespace

std::string recordJson(const Cell& cell) { return dump(jsonOf(cell)); }

Cell cellFromRecordJson(std::string clause, std::string_view text) {
    return cellOf(std::move(clause), Json::parse(text, nullptr, false));
}

std::string cellsToJson(const std::vector<Cell>& cells) {
    Json array = Json::array();
    for (const Cell& cell : cells)
        array.push_back({{"clause", cell.clause}, {"cell", jsonOf(cell)}});
    return dump(array);
}

std::vector<Cell> cellsFromJson(std::string_view text) {
    std::vector<Cell> cells;
    const Json array = Json::parse(text, nullptr, false);
    for (const Json& item : array.is_array() ? array : Json::array())
        if (item.is_object())
            cells.push_back(cellOf(item.value("clause", ""), item.value("cell", Json())));
    return cells;
}

std::string recordJson(const Contract& contract) {
    Json json = {{"title", contract.title},
                 {"type", contract.type},
                 {"language", contract.language},
                 {"source", contract.source},
                 {"file_name", contract.fileName},
                 {"media_type", contract.mediaType},
                 {"document_sha256", contract.documentSha256},
                 {"text_sha256", contract.textSha256},
                 {"reader", contract.reader},
                 {"text_bytes", contract.textBytes},
                 {"pages", contract.pages}};
    if (!contract.guessed.empty())
        json["guessed"] = contract.guessed;
    return dump(json);
}

std::string recordJson(const Split& split) {
    Json sides = Json::object();
    for (const auto& [contract, side] : split.sides)
        sides[contract.value] = nameOf(side);
    return dump({{"seed", split.seed}, {"by", split.by}, {"frozen", split.frozen}, {"sides", sides}});
}

std::string recordJson(const PreferencePair& pair) {
    return dump({{"contract", pair.contract.value},
                 {"origin", nameOf(pair.origin)},
                 {"run", pair.run.value},
                 {"verdict", nameOf(pair.verdict)},
                 {"first_shown_left", pair.firstShownLeft},
                 {"reasons", pair.reasons},
                 {"annotator", pair.annotator},
                 {"voted_at", pair.votedAt}});
}

std::string recordJson(const ReviewNote& note) {
    return dump({{"id", note.id},
                 {"contract", note.contract.value},
                 {"clause", note.clause},
                 {"run", note.run.value},
                 {"against", note.against.value},
                 {"kind", nameOf(note.kind)},
                 {"verdict", nameOf(note.verdict)},
                 {"text", note.text},
                 {"proposed", note.proposed},
                 {"state", nameOf(note.state)},
                 {"person", note.person},
                 {"made_at", note.madeAt}});
}

ReviewNote noteFromRecordJson(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return {};
    ReviewNote note;
    note.id = json.value("id", "");
    note.contract = ContractId(json.value("contract", ""));
    note.clause = json.value("clause", "");
    note.run = RunId(json.value("run", ""));
    note.against = RunId(json.value("against", ""));
    note.kind = fromName<ReviewNoteKind>(json.value("kind", ""));
    note.verdict = fromName<ReviewVerdict>(json.value("verdict", ""));
    note.text = json.value("text", "");
    note.proposed = json.value("proposed", "null");
    note.state = fromName<ReviewNoteState>(json.value("state", ""));
    note.person = json.value("person", "");
    note.madeAt = json.value("made_at", "");
    return note;
}

std::string recordJson(const ReadingRecord& reading) {
    return dump({{"annotator", reading.annotator},
                 {"assigned_by", reading.assignedBy},
                 {"assigned_at", reading.assignedAt},
                 {"finished_at", reading.finishedAt}});
}

std::string recordJson(const RunRecord& run) {
    return dump({{"kind", run.kind},
                 {"name", run.name},
                 {"folder", run.folder},
                 {"split", run.split},
                 {"dataset_hash", run.datasetHash},
                 {"started_at", run.startedAt},
                 {"started_by", run.startedBy}});
}

std::string recordJson(const ModelRecord& model) {
    return dump({{"folder", model.folder},
                 {"kind", model.kind},
                 {"base", model.base},
                 {"run", model.run},
                 {"added_at", model.addedAt}});
}

std::string textsToJson(const std::vector<std::string>& texts) {
    return dump(texts);
}

std::vector<std::string> textsFromJson(std::string_view text) {
    std::vector<std::string> texts;
    const Json array = Json::parse(text, nullptr, false);
    for (const Json& item : array.is_array() ? array : Json::array())
        if (item.is_string())
            texts.push_back(item.get<std::string>());
    return texts;
}

std::string valueToJson(const ClauseValue& value) {
    return dump(jsonOf(value));
}

ClauseValue valueFromJson(std::string_view text) {
    return valueOf(Json::parse(text, nullptr, false));
}

std::string searchEvidenceToJson(const std::vector<SearchEvidence>& evidence) { return dump(jsonOf(evidence)); }

std::vector<SearchEvidence> searchEvidenceFromJson(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    return json.is_array() ? searchEvidenceOf(json) : std::vector<SearchEvidence>();
}

std::string spansToJson(const std::vector<Span>& spans) { return dump(jsonOf(spans)); }

std::string alternativesToJson(const std::vector<AcceptedAnswer>& alternatives) { return dump(jsonOf(alternatives)); }

std::vector<AcceptedAnswer> alternativesFromJson(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    return json.is_array() ? alternativesOf(json) : std::vector<AcceptedAnswer>();
}

std::vector<Span> spansFromJson(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    return json.is_array() ? spansOf(json) : std::vector<Span>();
}

std::string otherReadingsToJson(const std::vector<OtherReading>& readings) {
    Json array = Json::array();
    for (const OtherReading& each : readings) {
        array.push_back({{"value", jsonOf(each.value)}, {"spans", jsonOf(each.spans)}, {"window", each.window}});
        if (each.margin)
            array.back()["margin"] = *each.margin;
    }
    return dump(array);
}

std::vector<OtherReading> otherReadingsFromJson(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    std::vector<OtherReading> readings;
    for (const Json& each : json.is_array() ? json : Json::array()) {
        if (!each.is_object())
            continue;
        OtherReading reading{valueOf(each.value("value", Json())), spansOf(each.value("spans", Json::array())), each.value("window", 0), {}};
        if (each.contains("margin"))
            reading.margin = each.value("margin", 0.0);
        readings.push_back(std::move(reading));
    }
    return readings;
}

} // namespace cw
