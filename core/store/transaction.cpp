// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/transaction.h"

#include "core/store/database.h"

#include <sqlite3.h>

namespace cw {

bool isInTransaction(Database& database) { return sqlite3_get_autocommit(database.handle()) == 0; }

Result<Transaction> Transaction::begin(Database& database) {
    if (database.viewOnly())
        return Error{ErrorCode::Locked, "The project " + database.file().parent_path().string() + " is open view-only.",
                     "Close it where it is being edited, then open it again."};
    CW_TRY(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::~Transaction() {
    // A failed write may have rolled back on its own.
    if (m_database && !sqlite3_get_autocommit(m_database->handle()))
        sqlite3_exec(m_database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Status Transaction::commit() {
    CW_TRY(m_database->execute("COMMIT")); // the destructor rolls back what could not be committed
    m_database = nullptr;
    return {};
}

} // namespace cw
