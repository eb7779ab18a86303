// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One IMMEDIATE transaction: everything between begin and commit is kept, or nothing. Rolls back unless committed. One
// thread.
#pragma once

#include "core/base/result.h"

#include <utility>

namespace cw {

class Database;

class Transaction {
public:
    // Locked if the connection is view-only.
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    // On an error nothing of the transaction is left.
    Status commit();

private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database; // null once it has ended
};

// Whether a transaction is open on this connection.
bool isInTransaction(Database& database);

// Runs `work`, which gives a Status, in a transaction of its own, or as a part of the one that is open: whoever opened that one must give
// up on an error, so that nothing of it stays.
template <typename Work> Status inTransaction(Database& database, Work work) {
    if (isInTransaction(database))
        return work();
    CW_TRY_ASSIGN(transaction, Transaction::begin(database));
    CW_TRY(work());
    return transaction.commit();
}

} // namespace cw
