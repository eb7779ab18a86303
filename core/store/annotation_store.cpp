// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/annotation_store.h"

#include "core/store/audit_store.h"
#include "core/store/cell_rows.h"
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

Status replaceCell(Database& database, std::int64_t contract, Reading reading, const Cell& cell, const std::string& time) {
    CW_TRY(removeCell(database, contract, reading, cell.clause));
    if (cell == untouchedCell(cell.clause))
        return {};
    return insertCell(database, contract, reading, cell, time);
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
            CW_TRY(m_audit.append("cell", cellEntityId(contract, reading, wish.clause), action, recordJson(before),
                                  recordJson(after)));
            touched[wish.clause] = std::move(after);
        }
        return {};
    });
}

Result<const ClauseType*> AnnotationStore::typeOf(const std::string& clause) const {
    if (const ClauseType* type = m_taxonomy.find(clause))
        return type;
    if (const ClauseType* type = m_taxonomy.findRetired(clause))
        return Error{ErrorCode::NotFound, "The clause type " + type->title + " is retired, so its decisions rest.",
                     "They are kept; bring the type back in the taxonomy to go on."};
    return Error{ErrorCode::NotFound, "There is no clause type " + clause + " in the project's taxonomy.",
                 "List the taxonomy to see the clause types."};
}

} // namespace cw
