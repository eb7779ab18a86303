// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/reading_rows.h"

#include "core/store/audit_store.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"

namespace cw {

namespace {

Error refused(const std::string& what, const std::string& hint) {
    return {ErrorCode::BadUsage, what, hint};
}

std::string entityId(const ReadingRecord& row) {
    return row.contract.value + "/reading-" + std::to_string(static_cast<int>(row.reading));
}

Status deleteRow(Database& database, std::int64_t number, Reading reading) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "DELETE FROM readings WHERE contract = :contract AND number = :number"));
    return row.bind(":contract", number).bind(":number", static_cast<int>(reading)).run();
}

Status replaceRow(Database& database, std::int64_t number, const ReadingRecord& reading) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "INSERT OR REPLACE INTO readings (contract, number, annotator, "
                                                    "assigned_by, assigned_at, finished_at) VALUES (:contract, :number, "
                                                    ":annotator, :by, :at, :finished)"));
    row.bind(":contract", number).bind(":number", static_cast<int>(reading.reading));
    row.bind(":annotator", reading.annotator).bind(":by", reading.assignedBy).bind(":at", reading.assignedAt);
    return row.bind(":finished", reading.finishedAt).run();
}

} // namespace

const std::optional<ReadingRecord>& ContractReadings::of(Reading reading) const {
    return reading == Reading::Record ? record : reading == Reading::First ? first : second;
}

Result<std::vector<ContractId>> blindContracts(Database& database, const std::string& person) {
    CW_TRY_ASSIGN(rows, Statement::prepare(database, "SELECT id FROM readings second JOIN contracts ON contracts.number = "
                                                     "contract WHERE second.number = 2 AND annotator = :person AND NOT "
                                                     "EXISTS (SELECT 1 FROM readings first WHERE first.contract = "
                                                     "second.contract AND first.number = 1)"));
    return rows.bind(":person", person).collect([](const Statement& row) { return ContractId(row.text(0)); });
}

Result<ContractReadings> contractReadings(Database& database, const ContractId& contract, std::int64_t number) {
    CW_TRY_ASSIGN(rows, Statement::prepare(database, "SELECT number, annotator, assigned_by, assigned_at, finished_at "
                                                     "FROM readings WHERE contract = :contract"));
    CW_TRY_ASSIGN(list, rows.bind(":contract", number).collect([&](const Statement& row) {
        return ReadingRecord{contract,    static_cast<Reading>(row.integer(0)), row.text(1), row.text(2), row.text(3),
                             row.text(4)};
    }));
    ContractReadings out;
    for (ReadingRecord& row : list)
        (row.reading == Reading::Record  ? out.record
         : row.reading == Reading::First ? out.first
                                         : out.second) = std::move(row);
    return out;
}

Status writeReading(Database& database, AuditStore& audit, std::int64_t number,
                    const std::optional<ReadingRecord>& before, const std::optional<ReadingRecord>& after,
                    std::string_view action) {
    CW_TRY(after ? replaceRow(database, number, *after) : deleteRow(database, number, before->reading));
    return audit.append("reading", entityId(after ? *after : *before), action, before ? recordJson(*before) : "",
                        after ? recordJson(*after) : "");
}

Status checkMayWrite(const ContractReadings& readings, const ContractId& contract, Reading reading,
                     const std::string& person, std::string_view action) {
    if (reading == Reading::First || (reading == Reading::Second && readings.compared()))
        return refused("The two readings of " + contract.value + " are finished and can't change any more.",
                       "Decide in the contract's record.");
    if (action == "import")
        return {};
    if (reading == Reading::Record && readings.isBlind(person))
        return refused(person + " reads " + contract.value + " blind, so can't decide in its record.",
                       "Decide in the second reading.");
    if (reading == Reading::Second && !readings.isBlind(person))
        return refused(person + " is not the second reader of " + contract.value + ".",
                       "Make them the second reader first.");
    return {};
}

} // namespace cw
