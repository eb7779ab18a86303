// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/cell_rows.h"

#include "core/model/names.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"

namespace cw {

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

} // namespace cw
