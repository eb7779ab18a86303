// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One prepared SQL statement. Values are bound by name, columns are read by their place from 0. One thread.
#pragma once

#include "core/base/result.h"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct sqlite3_stmt;

namespace cw {

class Database;

class Statement {
public:
    // `sql` is exactly one statement, and right: a mistake in it is a bug. The database must outlive it.
    static Result<Statement> prepare(Database& database, std::string_view sql);
    Statement(Statement&& other) noexcept
        : m_database(other.m_database), m_statement(std::exchange(other.m_statement, nullptr)) {}
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // `name` with its colon, as the SQL has it. Texts are copied; an empty text is not NULL.
    Statement& bind(const char* name, std::string_view text);
    Statement& bind(const char* name, double number);
    Statement& bind(const char* name, std::integral auto number) {
        return bindInteger(name, static_cast<std::int64_t>(number));
    }
    Statement& bindNull(const char* name);

    // Steps to the next row: false behind the last, and the statement is ready for other values.
    Result<bool> next();
    // Steps to the end.
    Status run();

    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const; // empty for NULL
    std::string_view view(int column) const; // the same without a copy: until the next step
    bool isNull(int column) const;

    // Every row, as `read` makes it from the statement.
    template <typename Read> auto collect(Read read) -> Result<std::vector<decltype(read(*this))>> {
        std::vector<decltype(read(*this))> rows;
        for (;;) {
            CW_TRY_ASSIGN(row, next());
            if (!row)
                return rows;
            rows.push_back(read(*this));
        }
    }

private:
    Statement(Database& database, sqlite3_stmt* statement) : m_database(&database), m_statement(statement) {}
    Statement& bindInteger(const char* name, std::int64_t number);
    int place(const char* name) const;

    Database* m_database;
    sqlite3_stmt* m_statement;
};

} // namespace cw
