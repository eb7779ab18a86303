// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/verify_service.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/utf.h"
#include "core/store/database.h"
#include "core/store/record_json.h"

#include <map>

namespace cw {

namespace {

void note(VerifyReport& report, const Status& status) {
    if (!status)
        report.faults.push_back(status.error().detail);
}

Status checkDatabase(ProjectStore& store) {
    CW_TRY_ASSIGN(database, Database::open(store.folder() / "project.sqlite", Database::Mode::View));
    return database->checkIntegrity();
}

Status checkOriginal(ProjectStore& store, const Contract& contract) {
    CW_TRY_ASSIGN(bytes, readFile(store.documentsFolder() / contract.documentSha256));
    if (sha256Hex(bytes) == contract.documentSha256)
        return {};
    return Error{ErrorCode::Corrupt, "The original of " + contract.id.value + " is not what was imported.", ""};
}

Status checkText(ProjectStore& store, const Contract& contract) {
    CW_TRY_ASSIGN(text, store.contracts().text(contract.id));
    if (sha256Hex(text) != contract.textSha256)
        return Error{ErrorCode::Corrupt, "The text of " + contract.id.value + " is not what was imported.", ""};
    CW_TRY_ASSIGN(lines, store.contracts().lines(contract.id));
    for (const LineBox& line : lines)
        if (line.range.end > text.size() || !isCodePointBoundary(text, line.range.begin) || !isCodePointBoundary(text, line.range.end))
            return Error{ErrorCode::Corrupt, "A line box of " + contract.id.value + " lies outside its text.", ""};
    return {};
}

// Each cell must be what the last audit entry about it says. An entry whose words were erased can't be compared.
Status checkAgainstAudit(ProjectStore& store, const Contract& contract, const std::vector<Cell>& cells, const std::string& place) {
    CW_TRY_ASSIGN(entries, store.audit().entries(contract.id.value));
    std::map<std::string, std::string> last; // by entity id
    for (const AuditEntry& entry : entries)
        if (entry.entity == "cell")
            last[entry.entityId] = entry.after;
    for (const Cell& cell : cells) {
        const auto told = last.find(contract.id.value + place + cell.clause);
        const bool touched = cell.state != CellState::NotReviewed || cell.flags.any();
        if (told == last.end() ? touched : !told->second.empty() && told->second != recordJson(cell))
            return Error{ErrorCode::Corrupt, "What is decided on " + cell.clause + " of " + contract.id.value + " is not what the audit says.", ""};
    }
    return {};
}

// Reading the cells checks each span's quote against the text.
Status checkCells(ProjectStore& store, const Contract& contract, VerifyReport& report) {
    CW_TRY_ASSIGN(cells, store.annotations().cells(contract.id));
    CW_TRY(checkAgainstAudit(store, contract, cells, "/"));
    CW_TRY_ASSIGN(second, store.annotations().cells(contract.id, Reading::Second));
    CW_TRY(checkAgainstAudit(store, contract, second, "/reading-2/"));
    CW_TRY_ASSIGN(first, store.annotations().cells(contract.id, Reading::First)); // a copy of the record: its quotes alone
    cells.insert(cells.end(), second.begin(), second.end());
    cells.insert(cells.end(), first.begin(), first.end());
    for (const Cell& cell : cells) {
        report.cells += cell.state != CellState::NotReviewed;
        report.spans += static_cast<int>(cell.spans.size());
    }
    return {};
}

} // namespace

VerifyReport verifyProject(StoreSession& session) {
    ProjectStore& store = session.store();
    VerifyReport report;
    note(report, checkDatabase(store));
    const auto contracts = store.contracts().all();
    if (!contracts) {
        report.faults.push_back(contracts.error().detail);
        return report;
    }
    for (const Contract& contract : *contracts) {
        ++report.contracts;
        note(report, checkOriginal(store, contract));
        note(report, checkText(store, contract));
        note(report, checkCells(store, contract, report));
    }
    const auto chain = store.audit().verify();
    if (chain)
        report.auditEntries = *chain;
    else
        report.faults.push_back(chain.error().detail);
    return report;
}

} // namespace cw
