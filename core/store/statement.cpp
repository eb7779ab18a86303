// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/statement.h"

#include "core/store/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <cctype>

namespace cw {

namespace {

[[maybe_unused]] bool isBlank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isspace(c) || c == ';'; });
}

} // namespace

Result<Statement> Statement::prepare(Database& database, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code =
        sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()), 0, &statement, &rest);
    if (code != SQLITE_OK)
        return database.lastError();
    assert(statement && isBlank(sql.substr(static_cast<size_t>(rest - sql.data()))) && "exactly one statement");
    return Statement(database, statement);
}

Statement::~Statement() {
    sqlite3_finalize(m_statement);
}

int Statement::place(const char* name) const {
    const int index = sqlite3_bind_parameter_index(m_statement, name);
    assert(index > 0 && "the statement has no such parameter");
    return index;
}

Statement& Statement::bind(const char* name, std::string_view text) {
    // A null pointer would bind NULL.
    sqlite3_bind_text64(m_statement, place(name), text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(const char* name, double number) {
    sqlite3_bind_double(m_statement, place(name), number);
    return *this;
}

Statement& Statement::bindInteger(const char* name, std::int64_t number) {
    sqlite3_bind_int64(m_statement, place(name), number);
    return *this;
}

Statement& Statement::bindNull(const char* name) {
    sqlite3_bind_null(m_statement, place(name));
    return *this;
}

Result<bool> Statement::next() {
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE) {
        const Error error = m_database->lastError();
        sqlite3_reset(m_statement);
        return error;
    }
    sqlite3_reset(m_statement);
    return false;
}

Status Statement::run() {
    for (;;) {
        CW_TRY_ASSIGN(row, next());
        if (!row)
            return {};
    }
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(m_statement, column);
}

std::string_view Statement::view(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    return bytes ? std::string_view(bytes, static_cast<size_t>(sqlite3_column_bytes(m_statement, column))) : std::string_view();
}

std::string Statement::text(int column) const {
    return std::string(view(column));
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

} // namespace cw
