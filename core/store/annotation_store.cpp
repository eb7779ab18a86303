// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/annotation_store.h"

#include "core/store/audit_store.h"
#include "core/store/cell_rows.h"
#include "core/store/cell_rules.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/model/names.h"
#include "core/store/reading_rows.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace cw {

namespace {

Cell untouchedCell(const std::string& clause) {
    Cell cell;
    cell.clause = clause;
    return cell;
}

Cell cellOf(const CellsByClause& cells, const std::string& clause) {
    const auto found = cells.find(clause);
    return found == cells.end() ? untouchedCell(clause) : found->second;
}

std::vector<Cell> inOrder(CellsByClause touched, const Taxonomy& taxonomy) {
    std::vector<Cell> cells;
    for (const ClauseType& type : taxonomy.types())
        if (const auto found = touched.find(type.key); found != touched.end())
            cells.push_back(std::move(found->second));
    return cells;
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

// A note is no decision: who decided and when stay as they were.
bool isOnlyNote(const Cell& before, const Cell& after) {
    Cell noted = before;
    noted.note = after.note;
    noted.annotator = after.annotator;
    return before.note != after.note && noted == after;
}

// A decision on a cell in which two readings differ settles it, whatever the decision is.
std::string_view auditWord(std::string_view action, const Cell& before, const Cell& after) {
    if (isOnlyNote(before, after) && action != "undo")
        return "note";
    const bool settles = before.flags.conflict && !after.flags.conflict && after.state != CellState::NotReviewed;
    return settles && action != "undo" && action != "import" ? "adjudicate" : action;
}

// Empty: nobody decided.
Result<std::string> decisionTime(Database& database, std::int64_t contract, Reading reading, const std::string& clause) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "SELECT decided_at FROM cells WHERE contract = :contract AND reading = :reading "
                                                    "AND clause = :clause"));
    row.bind(":contract", contract).bind(":reading", static_cast<int>(reading));
    CW_TRY_ASSIGN(found, row.bind(":clause", clause).next());
    return found ? row.text(0) : std::string();
}

// A finished reading has every cell decided: it is open again where one is not any more.
Status reopenIfCleared(Database& database, AuditStore& audit, std::int64_t number,
                       const std::optional<ReadingRecord>& finished, const std::vector<Cell>& written) {
    const bool cleared = std::any_of(written.begin(), written.end(),
                                     [](const Cell& cell) { return cell.state == CellState::NotReviewed; });
    if (!cleared || !finished || !finished->isFinished())
        return {};
    ReadingRecord open = *finished;
    open.finishedAt.clear();
    return writeReading(database, audit, number, finished, open, "reopen");
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
        if (std::vector<Cell> cells = inOrder(std::move(touched), m_taxonomy); !cells.empty())
            all[id] = std::move(cells);
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
        CW_TRY_ASSIGN(readings, contractReadings(m_database, contract, number));
        CW_TRY(checkMayWrite(readings, contract, reading, m_audit.person(), action));
        CW_TRY_ASSIGN(touched, readCells(m_database, number, reading));
        for (const Cell& wish : cells) {
            CW_TRY_ASSIGN(type, typeOf(wish.clause));
            CW_TRY_ASSIGN(after, checkedCell(wish, *type, text, contract.value));
            after.annotator = annotatorOf(wish, action, m_audit.person());
            const Cell before = cellOf(touched, wish.clause);
            const bool undecided = after.state == CellState::NotReviewed || after.flags.unsure;
            after.flags.conflict |= before.flags.conflict && undecided; // until somebody decides
            std::string time = m_audit.now();
            if (isOnlyNote(before, after)) {
                after.annotator = before.annotator;
                CW_TRY_ASSIGN(decidedAt, decisionTime(m_database, number, reading, wish.clause));
                time = decidedAt.empty() ? time : decidedAt;
            }
            CW_TRY(replaceCell(m_database, number, reading, after, time));
            CW_TRY(m_audit.append("cell", cellEntityId(contract, reading, wish.clause), auditWord(action, before, after),
                                  recordJson(before), recordJson(after)));
            touched[wish.clause] = std::move(after);
        }
        return reopenIfCleared(m_database, m_audit, number, readings.of(reading), cells);
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
