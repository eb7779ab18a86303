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

std::vector<Party> partiesOf(const Json& array) {
    std::vector<Party> parties;
    for (const Json& party : array)
        if (party.is_object())
            parties.push_back({party.value("n", ""), party.value("r", "")});
    return parties;
}

} // namespace

std::string recordJson(const Cell& cell) {
    return dump({{"state", nameOf(cell.state)},
                 {"flags", flagNames(cell.flags)},
                 {"spans", jsonOf(cell.spans)},
                 {"value", jsonOf(cell.value)},
                 {"annotator", cell.annotator}});
}

std::string recordJson(const Contract& contract) {
    return dump({{"title", contract.title},
                 {"type", contract.type},
                 {"language", contract.language},
                 {"source", contract.source},
                 {"file_name", contract.fileName},
                 {"media_type", contract.mediaType},
                 {"document_sha256", contract.documentSha256},
                 {"text_sha256", contract.textSha256},
                 {"reader", contract.reader},
                 {"text_bytes", contract.textBytes},
                 {"pages", contract.pages}});
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
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_boolean())
        return json.get<bool>();
    if (json.is_string())
        return json.get<std::string>();
    if (json.is_array())
        return partiesOf(json);
    return {};
}

} // namespace cw
