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

// Runs `work`, which gives a Status, in a transaction of its own.
template <typename Work> Status inTransaction(Database& database, Work work) {
    CW_TRY_ASSIGN(transaction, Transaction::begin(database));
    CW_TRY(work());
    return transaction.commit();
}

} // namespace cw
