// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/cell_rows.h"

#include "core/model/names.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"

namespace cw {

namespace {

Status insertSpans(Database& database, std::int64_t contract, Reading reading, const Cell& cell) {
    CW_TRY_ASSIGN(row,
                  Statement::prepare(database,
                                     "INSERT INTO spans (contract, reading, clause, place, begin_byte, end_byte, quote) "
                                     "VALUES (:contract, :reading, :clause, :place, :begin, :end, :quote)"));
    for (size_t i = 0; i < cell.spans.size(); ++i) {
        row.bind(":contract", contract).bind(":reading", static_cast<int>(reading));
        row.bind(":clause", cell.clause).bind(":place", i);
        row.bind(":begin", cell.spans[i].range.begin)
            .bind(":end", cell.spans[i].range.end)
            .bind(":quote", cell.spans[i].quote);
        CW_TRY(row.run());
    }
    return {};
}

} // namespace

Cell readCell(const Statement& row, int at) {
    Cell cell;
    cell.clause = row.text(at);
    cell.state = fromName<CellState>(row.text(at + 1));
    cell.flags = {row.integer(at + 2) != 0, row.integer(at + 3) != 0, row.integer(at + 4) != 0};
    cell.value = row.isNull(at + 5) ? ClauseValue() : valueFromJson(row.text(at + 5));
    cell.annotator = row.text(at + 6);
    cell.note = row.text(at + 7);
    cell.lookedFor = searchEvidenceFromJson(row.text(at + 8));
    cell.suggestion = row.text(at + 9);
    cell.dwellMs = static_cast<int>(row.integer(at + 10));
    cell.alternatives = alternativesFromJson(row.text(at + 11));
    return cell;
}

Span readSpan(const Statement& row, int at) {
    return {{static_cast<size_t>(row.integer(at)), static_cast<size_t>(row.integer(at + 1))}, row.text(at + 2)};
}

Result<CellsByClause> readCells(Database& database, std::int64_t contract, Reading reading) {
    CW_TRY_ASSIGN(rows, Statement::prepare(database, std::string("SELECT ") + kCellColumns +
                                                         " FROM cells WHERE contract = :contract AND reading = :reading"));
    rows.bind(":contract", contract).bind(":reading", static_cast<int>(reading));
    CW_TRY_ASSIGN(cells, rows.collect([](const Statement& row) { return readCell(row, 0); }));
    CW_TRY_ASSIGN(spanRows,
                  Statement::prepare(database, "SELECT clause, begin_byte, end_byte, quote FROM spans "
                                               "WHERE contract = :contract AND reading = :reading ORDER BY clause, place"));
    spanRows.bind(":contract", contract).bind(":reading", static_cast<int>(reading));
    CW_TRY_ASSIGN(spans, spanRows.collect([](const Statement& row) { return std::pair(row.text(0), readSpan(row, 1)); }));
    CellsByClause byClause;
    for (Cell& cell : cells)
        byClause.emplace(cell.clause, std::move(cell));
    for (auto& [clause, span] : spans)
        byClause[clause].spans.push_back(std::move(span));
    return byClause;
}

Status removeCell(Database& database, std::int64_t contract, Reading reading, const std::string& clause) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "DELETE FROM cells WHERE contract = :contract AND reading = :reading "
                                                    "AND clause = :clause"));
    return row.bind(":contract", contract).bind(":reading", static_cast<int>(reading)).bind(":clause", clause).run();
}

Status insertCell(Database& database, std::int64_t contract, Reading reading, const Cell& cell,
                  const std::string& decidedAt) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, std::string("INSERT INTO cells (contract, reading, decided_at, ") +
                                                        kCellColumns +
                                                        ") VALUES (:contract, :reading, :time, :clause, :state, :unsure, "
                                                        ":conflict, :review, :value, :annotator, :note, :looked_for, "
                                                        ":suggestion, :dwell, :alternatives)"));
    row.bind(":contract", contract).bind(":reading", static_cast<int>(reading));
    row.bind(":clause", cell.clause).bind(":state", nameOf(cell.state));
    row.bind(":note", cell.note).bind(":looked_for", searchEvidenceToJson(cell.lookedFor));
    row.bind(":suggestion", cell.suggestion).bind(":dwell", cell.dwellMs);
    row.bind(":alternatives", alternativesToJson(cell.alternatives));
    row.bind(":unsure", cell.flags.unsure)
        .bind(":conflict", cell.flags.conflict)
        .bind(":review", cell.flags.valueToReview);
    hasValue(cell.value) ? row.bind(":value", valueToJson(cell.value)) : row.bindNull(":value");
    CW_TRY(row.bind(":annotator", cell.annotator).bind(":time", decidedAt).run());
    return insertSpans(database, contract, reading, cell);
}

std::string cellEntityId(const ContractId& contract, Reading reading, const std::string& clause) {
    const std::string of =
        reading == Reading::Record ? "/" : "/reading-" + std::to_string(static_cast<int>(reading)) + "/";
    return contract.value + of + clause;
}

} // namespace cw
