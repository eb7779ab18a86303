// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// GoldRow's line: the canonical answer with each quote's place.
#include "core/base/closest_name.h"
#include "core/dataset/json_fields.h"
#include "core/dataset/rows.h"

#include <algorithm>
#include <cassert>

namespace cw {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;

std::string quoted(const std::string& text) {
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string placesText(const std::vector<ByteRange>& places) {
    std::string out;
    for (const ByteRange& place : places)
        out += (out.empty() ? "[" : ",[") + std::to_string(place.begin) + "," + std::to_string(place.end) + "]";
    return "[" + out + "]";
}

std::string findingsText(const std::vector<Finding>& findings) {
    std::string out;
    for (const Finding& finding : findings)
        out += (out.empty() ? "" : ",") + encodeFinding(finding);
    return "[" + out + "]";
}

std::string cellText(const AnswerCell& cell, const std::vector<ByteRange>& places, const std::vector<Finding>& alternatives) {
    if (!cell.finding)
        return "null";
    std::string text = encodeFinding(*cell.finding);
    text.pop_back(); // the brace
    if (!places.empty())
        text += ",\"s\":" + placesText(places);
    if (!alternatives.empty())
        text += ",\"alt\":" + findingsText(alternatives);
    return text + "}";
}

std::string documentText(const DocumentFacts& facts) {
    return Json({{"media_type", facts.mediaType},
                 {"text_bytes", facts.textBytes},
                 {"pages", facts.pages},
                 {"recognised_pages", facts.recognisedPages}})
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

DocumentFacts readDocument(JsonFields fields) {
    DocumentFacts facts;
    facts.mediaType = fields.text("media_type");
    facts.textBytes = fields.whole("text_bytes");
    facts.pages = static_cast<int>(fields.whole("pages"));
    facts.recognisedPages = static_cast<int>(fields.whole("recognised_pages"));
    return facts;
}

ClauseValue readValue(JsonFields& cell) {
    const Json& json = cell.json();
    if (!json.contains("v"))
        return std::monostate();
    const Json& value = json["v"];
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_string())
        return value.get<std::string>();
    std::vector<Party> parties;
    for (JsonFields& party : cell.objects("v"))
        parties.push_back({party.text("n"), party.text("r")});
    return parties;
}

// An alternative is a finding and nothing else: what a misspelt member was meant to say would be lost.
Finding readAlternative(JsonFields& fields) {
    for (const auto& [member, value] : fields.json().items())
        if (member != "q" && member != "v")
            fields.fail(member, "left out: an alternative has q and v alone");
    Finding finding{fields.texts("q"), {}};
    finding.value = readValue(fields);
    return finding;
}

std::vector<Finding> readAlternatives(JsonFields& cell) {
    std::vector<Finding> alternatives;
    for (JsonFields& fields : cell.objects("alt"))
        alternatives.push_back(readAlternative(fields));
    if (alternatives.size() > kMaxAlternatives)
        cell.fail("alt", "at most " + std::to_string(kMaxAlternatives) + " findings");
    return alternatives;
}

Status checkAlternatives(const GoldRow& row, const Taxonomy& taxonomy, std::string_view where) {
    for (const auto& [key, alternatives] : row.alternatives)
        for (const Finding& alternative : alternatives)
            if (const Status legal = checkFinding(*taxonomy.find(key), alternative); !legal)
                return badRow(where, "An alternative: " + legal.error().detail, legal.error().hint);
    return {};
}

// Puts a cell of the file where the row's cell of that type is.
void readCell(JsonFields& clauses, const std::string& key, GoldRow& row) {
    AnswerCell cell{key, std::nullopt};
    std::vector<ByteRange> places;
    if (!clauses.json()[key].is_null()) {
        JsonFields fields = clauses.object(key.c_str());
        if (!fields.status().ok())
            return;
        cell.finding = Finding{fields.texts("q"), readValue(fields)};
        if (fields.has("s"))
            places = fields.ranges("s");
        if (!places.empty() && places.size() != cell.finding->quotes.size())
            fields.fail("s", "one range a quote");
        if (fields.has("alt"))
            if (std::vector<Finding> alternatives = readAlternatives(fields); !alternatives.empty())
                row.alternatives.emplace(key, std::move(alternatives));
    }
    row.request.keys.push_back(key);
    row.answer.cells.push_back(std::move(cell));
    row.ranges.push_back(std::move(places));
}

Status checkKeys(const Json& clauses, const Taxonomy& taxonomy, std::string_view where) {
    for (const auto& [key, value] : clauses.items()) {
        if (taxonomy.find(key))
            continue;
        const std::string near = closestName(key, taxonomy.keys());
        return badRow(where, "\"clauses." + key + "\" is not a clause type of the taxonomy.",
                      near.empty() ? "" : "Did you mean " + near + "?");
    }
    return {};
}

} // namespace

std::string toLine(const GoldRow& row) {
    assert(row.ranges.size() == row.answer.cells.size());
    std::string line = "{\"v\":" + std::to_string(kVersion) + ",\"contract\":" + quoted(row.contract.value) + ",\"type\":" + quoted(row.type) +
                       ",\"title\":" + quoted(row.title) + ",\"language\":" + quoted(row.language) + ",\"clauses\":{";
    for (size_t i = 0; i < row.answer.cells.size(); ++i) {
        const AnswerCell& cell = row.answer.cells[i];
        const auto accepted = row.alternatives.find(cell.key);
        line += (i == 0 ? "" : ",") + quoted(cell.key) + ":" +
                cellText(cell, row.ranges[i], accepted == row.alternatives.end() ? std::vector<Finding>() : accepted->second);
    }
    line += "},\"unreviewed\":" + Json(row.unreviewed).dump();
    if (!row.origin.empty())
        line += ",\"origin\":" + quoted(row.origin);
    if (row.document)
        line += ",\"document\":" + documentText(*row.document);
    return line + "}";
}

Result<GoldRow> goldRowFromLine(std::string_view line, std::string_view where, const Taxonomy& taxonomy) {
    CW_TRY_ASSIGN(json, parseRow(line, where));
    JsonFields fields(json, std::string(where));
    if (fields.wholeOr("v", kVersion) > kVersion)
        return Error{ErrorCode::NewerVersion, std::string(where) + " was made by a newer Clausewright.",
                     "Update Clausewright."};
    GoldRow row;
    row.contract = ContractId(fields.text("contract"));
    row.type = fields.textOr("type", "");
    row.title = fields.textOr("title", "");
    row.language = fields.textOr("language", "");
    row.origin = fields.textOr("origin", "");
    if (fields.has("document"))
        row.document = readDocument(fields.object("document"));
    JsonFields clauses = fields.object("clauses");
    CW_TRY(fields.status());
    CW_TRY(checkKeys(clauses.json(), taxonomy, where));
    const auto listed = fields.has("unreviewed") ? std::optional(fields.texts("unreviewed")) : std::nullopt;
    for (const std::string& key : taxonomy.keys()) {
        const bool isGold = clauses.has(key.c_str());
        const bool isUnreviewed = listed ? std::find(listed->begin(), listed->end(), key) != listed->end() : !isGold;
        if (isGold && isUnreviewed)
            fields.fail("unreviewed", "free of " + key + ", which is among the clauses");
        if (isUnreviewed)
            row.unreviewed.push_back(key);
        else if (isGold)
            readCell(clauses, key, row);
    }
    CW_TRY(fields.status());
    if (const Status encodable = checkEncodable(row.answer, row.request, taxonomy); !encodable)
        return badRow(where, encodable.error().detail, encodable.error().hint);
    CW_TRY(checkAlternatives(row, taxonomy, where));
    return row;
}

} // namespace cw
