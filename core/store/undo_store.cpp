// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/undo_store.h"

#include "core/store/audit_store.h"
#include "core/store/database.h"
#include "core/store/statement.h"

namespace cw {

Result<std::vector<UndoStep>> UndoStore::steps(std::string_view subject) {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT step, label, before, after, undone FROM undo_steps WHERE subject = :subject "
                                                       "AND person = :person ORDER BY undone, step"));
    return rows.bind(":subject", subject).bind(":person", m_audit.person()).collect([](const Statement& row) {
        return UndoStep{row.integer(0), row.text(1), row.text(2), row.text(3), row.integer(4) != 0};
    });
}

Result<std::int64_t> UndoStore::push(std::string_view subject, const UndoStep& step) {
    CW_TRY_ASSIGN(gone, Statement::prepare(m_database, "DELETE FROM undo_steps WHERE subject = :subject AND person = :person AND undone"));
    CW_TRY(gone.bind(":subject", subject).bind(":person", m_audit.person()).run());
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, "INSERT INTO undo_steps (subject, person, label, before, after, undone) "
                                                      "VALUES (:subject, :person, :label, :before, :after, 0)"));
    row.bind(":subject", subject).bind(":person", m_audit.person()).bind(":label", step.label);
    CW_TRY(row.bind(":before", step.before).bind(":after", step.after).run());
    return m_database.queryInteger("SELECT last_insert_rowid()");
}

Status UndoStore::remove(std::int64_t step) {
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, "DELETE FROM undo_steps WHERE step = :step"));
    return row.bind(":step", step).run();
}

Status UndoStore::setUndone(std::int64_t step, bool undone) {
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, "UPDATE undo_steps SET undone = :undone WHERE step = :step"));
    return row.bind(":undone", undone).bind(":step", step).run();
}

} // namespace cw
