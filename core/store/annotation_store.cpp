// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/annotation_store.h"

#include "core/store/audit_store.h"
#include "core/store/cell_rules.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/model/names.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

#include <algorithm>
#include <unordered_map>

namespace cw {

namespace {

using CellsByClause = std::unordered_map<std::string, Cell>;

constexpr const char* kCellColumns =
    "clause, state, unsure, conflict, value_to_review, value, annotator, note, looked_for, suggestion, dwell_ms";

// kCellColumns from `at`.
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

// Columns from `at`: begin_byte, end_byte, quote.
Span readSpan(const Statement& row, int at) {
    return {{static_cast<size_t>(row.integer(at)), static_cast<size_t>(row.integer(at + 1))}, row.text(at + 2)};
}

// The touched cells of one contract.
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

Cell untouchedCell(const std::string& clause) {
    Cell cell;
    cell.clause = clause;
    return cell;
}

Cell cellOf(const CellsByClause& cells, const std::string& clause) {
    const auto found = cells.find(clause);
    return found == cells.end() ? untouchedCell(clause) : found->second;
}

// Takes the spans along.
Status removeCell(Database& database, std::int64_t contract, Reading reading, const std::string& clause) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "DELETE FROM cells WHERE contract = :contract AND reading = :reading "
                                                    "AND clause = :clause"));
    return row.bind(":contract", contract).bind(":reading", static_cast<int>(reading)).bind(":clause", clause).run();
}

Status insertCell(Database& database, std::int64_t contract, Reading reading, const Cell& cell, const std::string& time) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, std::string("INSERT INTO cells (contract, reading, decided_at, ") +
                                                        kCellColumns +
                                                        ") VALUES (:contract, :reading, :time, :clause, :state, :unsure, "
                                                        ":conflict, :review, :value, :annotator, :note, :looked_for, "
                                                        ":suggestion, :dwell)"));
    row.bind(":contract", contract).bind(":reading", static_cast<int>(reading));
    row.bind(":clause", cell.clause).bind(":state", nameOf(cell.state));
    row.bind(":note", cell.note).bind(":looked_for", searchEvidenceToJson(cell.lookedFor));
    row.bind(":suggestion", cell.suggestion).bind(":dwell", cell.dwellMs);
    row.bind(":unsure", cell.flags.unsure)
        .bind(":conflict", cell.flags.conflict)
        .bind(":review", cell.flags.valueToReview);
    hasValue(cell.value) ? row.bind(":value", valueToJson(cell.value)) : row.bindNull(":value");
    return row.bind(":annotator", cell.annotator).bind(":time", time).run();
}

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

Status replaceCell(Database& database, std::int64_t contract, Reading reading, const Cell& cell, const std::string& time) {
    CW_TRY(removeCell(database, contract, reading, cell.clause));
    if (cell == untouchedCell(cell.clause))
        return {};
    CW_TRY(insertCell(database, contract, reading, cell, time));
    return insertSpans(database, contract, reading, cell);
}

// The audit of a reading never shows among the record's own entries: a blind reading stays blind.
std::string entityId(const ContractId& contract, Reading reading, const std::string& clause) {
    const std::string of =
        reading == Reading::Record ? "/" : "/reading-" + std::to_string(static_cast<int>(reading)) + "/";
    return contract.value + of + clause;
}

// An undo restores whoever decided before, an import keeps the author that it names; everything else is decided by who
// writes.
std::string annotatorOf(const Cell& cell, std::string_view action, const std::string& person) {
    const bool keeps = action == "undo" || (action == "import" && !cell.annotator.empty());
    return keeps ? cell.annotator : person;
}

} // namespace

Result<std::vector<Cell>> AnnotationStore::cells(const ContractId& contract, Reading reading) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
    CW_TRY_ASSIGN(text, contractText(m_database, number));
    CW_TRY_ASSIGN(touched, readCells(m_database, number, reading));
    std::vector<Cell> cells;
    for (const ClauseType& type : m_taxonomy.types()) {
        cells.push_back(cellOf(touched, type.key));
        CW_TRY(checkQuotes(cells.back(), text, contract.value));
    }
    return cells;
}

Result<Cell> AnnotationStore::cell(const ContractId& contract, const std::string& clause, Reading reading) {
    CW_TRY_ASSIGN(type, typeOf(clause));
    CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
    CW_TRY_ASSIGN(text, contractText(m_database, number));
    CW_TRY_ASSIGN(touched, readCells(m_database, number, reading));
    const Cell cell = cellOf(touched, type->key);
    CW_TRY(checkQuotes(cell, text, contract.value));
    return cell;
}

Result<std::map<ContractId, std::vector<Cell>>> AnnotationStore::touchedCells(Reading reading) {
    CW_TRY_ASSIGN(rows,
                  Statement::prepare(m_database,
                                     "SELECT number, id FROM contracts WHERE number IN (SELECT contract FROM cells)"));
    CW_TRY_ASSIGN(contracts, rows.collect([](const Statement& row) {
        return std::pair(row.integer(0), ContractId(row.text(1)));
    }));
    std::map<ContractId, std::vector<Cell>> all;
    for (const auto& [number, id] : contracts) {
        CW_TRY_ASSIGN(touched, readCells(m_database, number, reading));
        for (const ClauseType& type : m_taxonomy.types())
            if (const auto found = touched.find(type.key); found != touched.end())
                all[id].push_back(std::move(found->second));
    }
    return all;
}

Status AnnotationStore::set(const ContractId& contract, const Cell& cell, std::string_view action, Reading reading) {
    return setAll(contract, {cell}, action, reading);
}

Status AnnotationStore::setAll(const ContractId& contract, const std::vector<Cell>& cells, std::string_view action,
                               Reading reading) {
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
        CW_TRY_ASSIGN(text, contractText(m_database, number));
        CW_TRY_ASSIGN(touched, readCells(m_database, number, reading));
        for (const Cell& wish : cells) {
            CW_TRY_ASSIGN(type, typeOf(wish.clause));
            CW_TRY_ASSIGN(after, checkedCell(wish, *type, text, contract.value));
            after.annotator = annotatorOf(wish, action, m_audit.person());
            const Cell before = cellOf(touched, wish.clause);
            CW_TRY(replaceCell(m_database, number, reading, after, m_audit.now()));
            CW_TRY(m_audit.append("cell", entityId(contract, reading, wish.clause), action, recordJson(before),
                                  recordJson(after)));
            touched[wish.clause] = std::move(after);
        }
        return {};
    });
}

Result<const ClauseType*> AnnotationStore::typeOf(const std::string& clause) const {
    if (const ClauseType* type = m_taxonomy.find(clause))
        return type;
    return Error{ErrorCode::NotFound, "There is no clause type " + clause + " in the project's taxonomy.",
                 "List the taxonomy to see the clause types."};
}

} // namespace cw
