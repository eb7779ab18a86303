// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/reading_store.h"

#include "core/store/audit_store.h"
#include "core/store/cell_rows.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/store/reading_rows.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kNamedClauses = 5; // in a refusal

Error refused(const std::string& what, const std::string& hint = {}) {
    return {ErrorCode::BadUsage, what, hint};
}

Result<int> decidedCells(Database& database, std::int64_t number, Reading reading, const std::string& person = {}) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "SELECT count(*) FROM cells WHERE contract = :contract AND reading = "
                                                    ":reading AND (state <> 'not_reviewed' OR unsure) AND (:person = '' "
                                                    "OR annotator = :person)"));
    row.bind(":contract", number).bind(":reading", static_cast<int>(reading)).bind(":person", person);
    CW_TRY(row.next());
    return static_cast<int>(row.integer(0));
}

// May `person` become the second reader?
Status checkAssignable(Database& database, const ContractReadings& readings, const ContractId& contract,
                       std::int64_t number, const std::string& person) {
    CW_TRY_ASSIGN(own, decidedCells(database, number, Reading::Record, person));
    if (own > 0)
        return refused(person + " has decided in the record of " + contract.value + ", so can't read it blind.",
                       "Choose somebody else.");
    CW_TRY_ASSIGN(begun, decidedCells(database, number, Reading::Second));
    if (readings.second && (begun > 0 || readings.second->isFinished()))
        return refused(readings.second->annotator + " reads " + contract.value + " already and has begun.",
                       "Leave that contract out.");
    return {};
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (size_t i = 0; i < std::min(names.size(), kNamedClauses); ++i)
        out += (i == 0 ? "" : ", ") + names[i];
    return names.size() > kNamedClauses ? out + " and " + std::to_string(names.size() - kNamedClauses) + " more" : out;
}

Status copyRecordToFirst(Database& database, std::int64_t number) {
    for (const char* sql :
         {"INSERT INTO cells (contract, reading, clause, state, unsure, conflict, value_to_review, value, annotator, "
          "decided_at, note, looked_for, suggestion, dwell_ms, alternatives) SELECT contract, 1, clause, state, unsure, conflict, "
          "value_to_review, value, annotator, decided_at, note, looked_for, suggestion, dwell_ms, alternatives FROM cells WHERE "
          "contract = :contract AND reading = 0",
          "INSERT INTO spans (contract, reading, clause, place, begin_byte, end_byte, quote) SELECT contract, 1, clause, "
          "place, begin_byte, end_byte, quote FROM spans WHERE contract = :contract AND reading = 0"}) {
        CW_TRY_ASSIGN(row, Statement::prepare(database, sql));
        CW_TRY(row.bind(":contract", number).run());
    }
    return {};
}

Status flagConflict(Database& database, AuditStore& audit, std::int64_t number, const ContractId& contract,
                    const Cell& before) {
    Cell after = before;
    after.flags.conflict = true;
    CW_TRY_ASSIGN(row, Statement::prepare(database, "UPDATE cells SET conflict = 1 WHERE contract = :contract AND "
                                                    "reading = 0 AND clause = :clause"));
    CW_TRY(row.bind(":contract", number).bind(":clause", before.clause).run());
    return audit.append("cell", contract.value + "/" + before.clause, "compare", recordJson(before), recordJson(after));
}

DoubleState stateOf(const DoubleStatus& status, bool compared, bool finished) {
    if (compared)
        return status.conflicts > 0 ? DoubleState::ToAdjudicate : DoubleState::Done;
    if (finished)
        return DoubleState::Waiting;
    return status.decided > 0 ? DoubleState::InProgress : DoubleState::Assigned;
}

} // namespace

Status ReadingStore::assign(const std::vector<ContractId>& contracts, const std::string& person) {
    if (person.empty())
        return refused("A second reader needs a name.", "Choose a person.");
    return inTransaction(m_database, [&]() -> Status {
        for (const ContractId& contract : contracts) {
            CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
            CW_TRY_ASSIGN(readings, contractReadings(m_database, contract, number));
            if (readings.second && readings.second->annotator == person)
                continue;
            CW_TRY(checkAssignable(m_database, readings, contract, number, person));
            const ReadingRecord after{contract, Reading::Second, person, m_audit.person(), m_audit.now(), ""};
            CW_TRY(writeReading(m_database, m_audit, number, readings.second, after, "assign"));
        }
        return {};
    });
}

Status ReadingStore::withdraw(const std::vector<ContractId>& contracts) {
    return inTransaction(m_database, [&]() -> Status {
        for (const ContractId& contract : contracts) {
            CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
            CW_TRY_ASSIGN(readings, contractReadings(m_database, contract, number));
            if (!readings.second)
                continue;
            CW_TRY_ASSIGN(decided, decidedCells(m_database, number, Reading::Second));
            if (decided > 0)
                return refused(readings.second->annotator + " has decided " + std::to_string(decided) + " clauses of " +
                                   contract.value + " in the second reading, so it stays.",
                               "Nothing was changed; leave that contract out.");
            CW_TRY(writeReading(m_database, m_audit, number, readings.second, std::nullopt, "withdraw"));
        }
        return {};
    });
}

Result<std::vector<ReadingRecord>> ReadingStore::of(const ContractId& contract) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
    CW_TRY_ASSIGN(readings, contractReadings(m_database, contract, number));
    std::vector<ReadingRecord> out;
    for (const auto& reading : {readings.record, readings.first, readings.second})
        if (reading)
            out.push_back(*reading);
    return out;
}

Result<std::vector<ReadingRecord>> ReadingStore::all() {
    CW_TRY_ASSIGN(rows,
                  Statement::prepare(m_database, "SELECT id, readings.number, annotator, assigned_by, assigned_at, "
                                                 "finished_at FROM readings JOIN contracts ON contracts.number = contract "
                                                 "ORDER BY id, readings.number"));
    return rows.collect([](const Statement& row) {
        return ReadingRecord{ContractId(row.text(0)), static_cast<Reading>(row.integer(1)), row.text(2), row.text(3),
                             row.text(4),             row.text(5)};
    });
}

Result<std::map<ContractId, DoubleStatus>> ReadingStore::states() {
    CW_TRY_ASSIGN(rows,
                  Statement::prepare(
                      m_database,
                      "SELECT id, second.annotator, second.finished_at <> '', first.contract IS NOT NULL, "
                      "coalesce(record.finished_at, '') <> '', "
                      "(SELECT count(*) FROM cells WHERE contract = contracts.number AND reading = 2 AND (state <> "
                      "'not_reviewed' OR unsure)), "
                      "(SELECT count(*) FROM cells WHERE contract = contracts.number AND reading = 0 AND conflict AND " +
                          std::string(kClauseInUse) +
                          ") "
                      "FROM contracts LEFT JOIN readings second ON second.contract = contracts.number AND second.number "
                      "= 2 LEFT JOIN readings first ON first.contract = contracts.number AND first.number = 1 LEFT JOIN "
                      "readings record ON record.contract = contracts.number AND record.number = 0"));
    std::map<ContractId, DoubleStatus> out;
    for (;;) {
        CW_TRY_ASSIGN(row, rows.next());
        if (!row)
            return out;
        DoubleStatus status{DoubleState::None, rows.text(1), static_cast<int>(rows.integer(5)),
                            static_cast<int>(rows.integer(6)), rows.integer(4) != 0};
        if (!rows.isNull(1))
            status.state = stateOf(status, rows.integer(3) != 0, rows.integer(2) != 0);
        out.emplace(rows.text(0), std::move(status));
    }
}

Result<Reading> ReadingStore::readingFor(const ContractId& contract, const std::string& person) {
    CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
    CW_TRY_ASSIGN(readings, contractReadings(m_database, contract, number));
    return readings.isBlind(person) ? Reading::Second : Reading::Record;
}

Result<std::set<ContractId>> ReadingStore::blindContracts(const std::string& person) {
    CW_TRY_ASSIGN(ids, cw::blindContracts(m_database, person));
    return std::set<ContractId>(ids.begin(), ids.end());
}

Result<std::vector<std::string>> ReadingStore::finish(const ContractId& contract, Reading reading) {
    std::vector<std::string> conflicts;
    const Status written = inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
        CW_TRY_ASSIGN(readings, contractReadings(m_database, contract, number));
        CW_TRY(checkMayWrite(readings, contract, reading, m_audit.person(), "finish"));
        CW_TRY(checkComplete(contract, number, reading));
        ReadingRecord after = readings.of(reading).value_or(ReadingRecord{contract, reading, "", "", "", ""});
        if (reading == Reading::Record)
            after.annotator = m_audit.person();
        after.finishedAt = m_audit.now();
        CW_TRY(writeReading(m_database, m_audit, number, readings.of(reading), after, "finish"));
        const auto& other = reading == Reading::Record ? readings.second : readings.record;
        const bool both = other && other->isFinished() && !readings.compared();
        return both ? compare(contract, number, conflicts) : Status();
    });
    CW_TRY(written);
    return conflicts;
}

Status ReadingStore::reopen(const ContractId& contract, Reading reading) {
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(number, contractNumber(m_database, contract));
        CW_TRY_ASSIGN(readings, contractReadings(m_database, contract, number));
        CW_TRY(checkMayWrite(readings, contract, reading, m_audit.person(), "reopen"));
        const auto& before = readings.of(reading);
        if (!before || !before->isFinished())
            return Status();
        ReadingRecord after = *before;
        after.finishedAt.clear();
        return writeReading(m_database, m_audit, number, before, after, "reopen");
    });
}

Status ReadingStore::checkComplete(const ContractId& contract, std::int64_t number, Reading reading) {
    CW_TRY_ASSIGN(cells, readCells(m_database, number, reading));
    std::vector<std::string> open;
    for (const ClauseType& type : m_taxonomy.types())
        if (const auto found = cells.find(type.key); found == cells.end() || found->second.state == CellState::NotReviewed)
            open.push_back(type.title);
    if (open.empty())
        return {};
    return refused(contract.value + " can't be finished yet: " + std::to_string(open.size()) +
                       (open.size() == 1 ? " clause is" : " clauses are") + " not decided (" + joined(open) + ").",
                   "Decide each, as absent where the contract doesn't have it.");
}

// Both readings are finished, and neither was compared before.
Status ReadingStore::compare(const ContractId& contract, std::int64_t number, std::vector<std::string>& conflicts) {
    CW_TRY_ASSIGN(readings, contractReadings(m_database, contract, number));
    CW_TRY(copyRecordToFirst(m_database, number));
    ReadingRecord first = *readings.record;
    first.reading = Reading::First;
    CW_TRY(writeReading(m_database, m_audit, number, std::nullopt, first, "compare"));
    CW_TRY_ASSIGN(record, readCells(m_database, number, Reading::Record));
    CW_TRY_ASSIGN(second, readCells(m_database, number, Reading::Second));
    std::vector<Cell> context;
    for (const auto& [clause, cell] : record)
        context.push_back(cell);
    for (const ClauseType& type : m_taxonomy.types()) {
        // A type that is younger than the other's finishing has one answer, and nothing to differ from.
        const auto one = record.find(type.key), other = second.find(type.key);
        if (one == record.end() || other == second.end() ||
            compareCells(type, one->second, other->second, context).difference == Difference::None)
            continue;
        CW_TRY(flagConflict(m_database, m_audit, number, contract, one->second));
        conflicts.push_back(type.key);
    }
    return {};
}

} // namespace cw
