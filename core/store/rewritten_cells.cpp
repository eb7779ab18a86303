// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/rewritten_cells.h"

#include "core/store/cell_rows.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"

#include <nlohmann/json.hpp>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

Json jsonOf(const std::optional<StoredCell>& stored) {
    if (!stored)
        return nullptr;
    return {{"cell", Json::parse(recordJson(stored->cell))}, {"decided_at", stored->decidedAt}};
}

std::optional<StoredCell> storedOf(const Json& json, const std::string& clause) {
    if (!json.is_object())
        return std::nullopt;
    return StoredCell{cellFromRecordJson(clause, json["cell"].dump()), json.value("decided_at", "")};
}

std::string listOf(const std::set<std::string>& clauses) { return textsToJson({clauses.begin(), clauses.end()}); }

} // namespace

Result<StoredCells> readStoredCells(Database& database, const std::set<std::string>& clauses) {
    StoredCells out;
    CW_TRY_ASSIGN(rows, Statement::prepare(database, std::string("SELECT contracts.id, reading, decided_at, ") + kCellColumns +
                                                         " FROM cells JOIN contracts ON number = contract WHERE clause IN "
                                                         "(SELECT value FROM json_each(:clauses))"));
    rows.bind(":clauses", listOf(clauses));
    CW_TRY(rows.collect([&](const Statement& row) {
        Cell cell = readCell(row, 3);
        const std::string clause = cell.clause;
        out[{row.text(0), static_cast<Reading>(row.integer(1))}][clause] = {std::move(cell), row.text(2)};
        return 0;
    }));
    CW_TRY_ASSIGN(spans, Statement::prepare(database, "SELECT contracts.id, reading, clause, begin_byte, end_byte, quote "
                                                      "FROM spans JOIN contracts ON number = contract WHERE clause IN "
                                                      "(SELECT value FROM json_each(:clauses)) ORDER BY contract, reading, clause, place"));
    spans.bind(":clauses", listOf(clauses));
    CW_TRY(spans.collect([&](const Statement& row) {
        out[{row.text(0), static_cast<Reading>(row.integer(1))}][row.text(2)].cell.spans.push_back(readSpan(row, 3));
        return 0;
    }));
    return out;
}

std::string withCells(const std::string& changeJson, const std::vector<RewrittenCell>& cells) {
    Json json = Json::parse(changeJson);
    json["cells"] = Json::array();
    for (const RewrittenCell& cell : cells)
        json["cells"].push_back({{"contract", cell.contract.value},
                                 {"reading", static_cast<int>(cell.reading)},
                                 {"clause", cell.clause},
                                 {"before", jsonOf(cell.before)},
                                 {"after", jsonOf(cell.after)}});
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<RewrittenCell> cellsOf(std::string_view text) {
    std::vector<RewrittenCell> out;
    const Json json = Json::parse(text, nullptr, false);
    for (const Json& each : json.is_object() ? json.value("cells", Json::array()) : Json::array()) {
        const std::string clause = each.value("clause", "");
        out.push_back({ContractId(each.value("contract", "")), static_cast<Reading>(each.value("reading", 0)), clause,
                       storedOf(each.value("before", Json()), clause), storedOf(each.value("after", Json()), clause)});
    }
    return out;
}

} // namespace cw
