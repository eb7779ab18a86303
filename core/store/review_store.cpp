// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/review_store.h"

#include "core/model/names.h"
#include "core/store/audit_store.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

#include <optional>

namespace cw {

namespace {

constexpr const char* kSelect = "SELECT id, contract, clause, run, against, kind, verdict, text, proposed, state, person, made_at FROM review_notes ";

ReviewNote readNote(const Statement& row) {
    return {.id = row.text(0),
            .contract = ContractId(row.text(1)),
            .clause = row.text(2),
            .run = RunId(row.text(3)),
            .against = RunId(row.text(4)),
            .kind = fromName<ReviewNoteKind>(row.text(5)),
            .verdict = fromName<ReviewVerdict>(row.text(6)),
            .text = row.text(7),
            .proposed = row.text(8),
            .state = fromName<ReviewNoteState>(row.text(9)),
            .person = row.text(10),
            .madeAt = row.text(11)};
}

Result<std::optional<ReviewNote>> find(Database& database, const std::string& id) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, std::string(kSelect) + "WHERE id = :id"));
    CW_TRY_ASSIGN(found, row.bind(":id", id).next());
    return found ? std::optional(readNote(row)) : std::optional<ReviewNote>();
}

Status checkOneVerdict(Database& database, const ReviewNote& note) {
    if (note.kind != ReviewNoteKind::Verdict || note.state != ReviewNoteState::Open)
        return {};
    CW_TRY_ASSIGN(row, Statement::prepare(database, "SELECT 1 FROM review_notes WHERE contract = :contract AND clause = :clause AND run = :run AND "
                                                    "against = :against AND person = :person AND kind = 'verdict' AND state = 'open' AND id <> :id"));
    row.bind(":contract", note.contract.value).bind(":clause", note.clause).bind(":run", note.run.value).bind(":against", note.against.value);
    CW_TRY_ASSIGN(found, row.bind(":person", note.person).bind(":id", note.id).next());
    if (found)
        return Error{ErrorCode::BadUsage, note.person + " has given a verdict on this clause already.", "Change that one."};
    return {};
}

Status write(Database& database, const ReviewNote& note) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "INSERT OR REPLACE INTO review_notes VALUES (:id, :contract, :clause, :run, :against, :kind, "
                                                    ":verdict, :text, :proposed, :state, :person, :made)"));
    row.bind(":id", note.id).bind(":contract", note.contract.value).bind(":clause", note.clause);
    row.bind(":run", note.run.value).bind(":against", note.against.value).bind(":kind", nameOf(note.kind)).bind(":verdict", nameOf(note.verdict));
    row.bind(":text", note.text).bind(":proposed", note.proposed).bind(":state", nameOf(note.state));
    return row.bind(":person", note.person).bind(":made", note.madeAt).run();
}

} // namespace

ReviewNote ReviewStore::make(ReviewNoteKind kind) const {
    ReviewNote note;
    note.id = newUlid(m_audit.nowMilliseconds());
    note.kind = kind;
    note.person = m_audit.person();
    note.madeAt = m_audit.now();
    return note;
}

Status ReviewStore::put(const ReviewNote& note, std::string_view action) {
    if (note.id.empty() || note.contract.empty())
        return Error{ErrorCode::BadUsage, "A review note needs an id and a contract.", ""};
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(before, find(m_database, note.id));
        CW_TRY(checkOneVerdict(m_database, note));
        CW_TRY(write(m_database, note));
        return m_audit.append("review", note.contract.value + "/" + note.clause, action, before ? recordJson(*before) : "", recordJson(note));
    });
}

Result<ReviewNote> ReviewStore::get(const std::string& id) {
    CW_TRY_ASSIGN(note, find(m_database, id));
    if (!note)
        return Error{ErrorCode::NotFound, "There is no review note " + id + " in the project.", ""};
    return *note;
}

Result<std::vector<ReviewNote>> ReviewStore::ofClause(const ContractId& contract, const std::string& clause) {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string(kSelect) + "WHERE contract = :contract AND clause = :clause AND "
                                                                              "state <> 'withdrawn' ORDER BY made_at, id"));
    return rows.bind(":contract", contract.value).bind(":clause", clause).collect(readNote);
}

Result<std::vector<ReviewNote>> ReviewStore::open(ReviewNoteKind kind) {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string(kSelect) + "WHERE kind = :kind AND state = 'open' ORDER BY made_at, id"));
    return rows.bind(":kind", nameOf(kind)).collect(readNote);
}

Result<std::vector<ReviewNote>> ReviewStore::openDisputes() { return open(ReviewNoteKind::Dispute); }

Result<std::vector<ReviewNote>> ReviewStore::wanted() { return open(ReviewNoteKind::Wanted); }

} // namespace cw
