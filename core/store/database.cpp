// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/database.h"

#include "core/store/file_system.h"
#include "core/store/sqlite_version.h"
#include "core/store/statement.h"

#include <sqlite3.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace cw {

namespace fs = std::filesystem;

namespace {

constexpr int kBusyMilliseconds = 250;   // one writer: only a checkpoint or a recovery of a viewer can be in the way
constexpr int kLargestValue = 256 << 20; // bytes of one text; keeps a damaged length from asking for gigabytes

constexpr const char* kSettings = "PRAGMA foreign_keys = ON;"
                                  "PRAGMA trusted_schema = OFF;"
                                  "PRAGMA cell_size_check = ON;"
                                  "PRAGMA temp_store = MEMORY;"
                                  "PRAGMA secure_delete = ON;";

// The empty file is made first, because SQLite would make it as the umask says; its log files take the modes of the
// file.
Status makePrivateFile(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error{ErrorCode::WriteFailed, "Couldn't make " + file.string() + ": " + std::strerror(errno) + ".",
                     "Choose another folder or check its permissions."};
    ::close(descriptor);
    return {};
}

// A name as SQLite's URI wants it, so that immutable=1 can be said.
std::string uriOf(const fs::path& file, bool immutable) {
    std::string uri = "file:";
    for (const char c : fs::absolute(file).string()) {
        if (c == '%' || c == '?' || c == '#') {
            static constexpr char kDigits[] = "0123456789ABCDEF";
            uri += {'%', kDigits[(c >> 4) & 15], kDigits[c & 15]};
        } else {
            uri += c;
        }
    }
    return immutable ? uri + "?immutable=1" : uri;
}

ErrorCode codeOf(int primary, int extended) {
    switch (primary) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::Corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::Locked;
    case SQLITE_IOERR:
        return extended == SQLITE_IOERR_READ || extended == SQLITE_IOERR_SHORT_READ ? ErrorCode::Corrupt
                                                                                    : ErrorCode::WriteFailed;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return ErrorCode::WriteFailed;
    default:
        return ErrorCode::Failed;
    }
}

std::string hintOf(ErrorCode code, int primary) {
    if (primary == SQLITE_FULL)
        return "Free some space and try again; nothing was changed.";
    switch (code) {
    case ErrorCode::WriteFailed:
        return "Check the disk and the folder's permissions; nothing was changed.";
    case ErrorCode::Locked:
        return "Try again in a moment.";
    case ErrorCode::Corrupt:
        return "Keep a copy of the whole folder and go back to the newest copy in backups.";
    default:
        return "";
    }
}

} // namespace

bool hasWriteAheadLog(const fs::path& file) {
    std::error_code error;
    const auto bytes = fs::file_size(file.string() + "-wal", error);
    return !error && bytes > 0;
}

Result<std::unique_ptr<Database>> Database::open(const fs::path& file, Mode mode) {
    if (sqliteVersionNumber() < kOldestSqlite)
        return Error{ErrorCode::Unsupported,
                     "This program needs SQLite 3.40 or newer, but " + sqliteVersion() + " is installed.",
                     "Update the package libsqlite3-0."};
    if (mode == Mode::Create)
        CW_TRY(makePrivateFile(file));
    else if (std::error_code error; !fs::is_regular_file(file, error))
        return Error{ErrorCode::NotFound, "There is no file " + file.string() + ".", "Check the path of the project."};
    std::unique_ptr<Database> database(new Database(file, mode));
    CW_TRY(database->connect());
    CW_TRY(database->configure());
    return database;
}

// SQLite then makes no file beside it and takes no lock: right where it could not, and where a log can't hold anything
// newer.
bool Database::readAsImmutable() const {
    if (!viewOnly() || hasWriteAheadLog(m_file))
        return false;
    const fs::path folder = m_file.parent_path();
    return m_mode == Mode::Inspect || ::access(folder.c_str(), W_OK) != 0 || networkFileSystem(folder);
}

Status Database::connect() {
    if (viewOnly() && hasWriteAheadLog(m_file) && networkFileSystem(m_file.parent_path()))
        return Error{ErrorCode::Unsupported,
                     m_file.string() + " lies on a network drive and was not closed properly, or is in use.",
                     "Close it where it is open, or copy the whole folder to this machine."};
    const int access = viewOnly() ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int flags = access | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (sqlite3_open_v2(uriOf(m_file, readAsImmutable()).c_str(), &m_handle, flags, nullptr) != SQLITE_OK)
        return lastError();
    sqlite3_busy_timeout(m_handle, kBusyMilliseconds);
    sqlite3_limit(m_handle, SQLITE_LIMIT_LENGTH, kLargestValue);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return {};
}

Status Database::configure() {
    CW_TRY(execute(kSettings));
    if (viewOnly()) {
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        CW_TRY(execute("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0;"));
        return execute("SELECT count(*) FROM sqlite_schema"); // the first read finds a file that is no database
    }
    CW_TRY_ASSIGN(mode, queryText("PRAGMA journal_mode = WAL"));
    if (mode != "wal")
        return Error{ErrorCode::Unsupported, "The drive of " + m_file.string() + " can't hold a write-ahead log.",
                     "Move the project to a local drive."};
    return execute("PRAGMA synchronous = FULL");
}

Database::~Database() {
    // What a living viewer still reads stays in the log; the next writer's close takes it over.
    if (m_handle && !viewOnly())
        sqlite3_wal_checkpoint_v2(m_handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    [[maybe_unused]] const int closed = sqlite3_close(m_handle);
    assert(closed == SQLITE_OK && "a statement outlives its connection");
}

Status Database::execute(std::string_view sql) {
    if (sqlite3_exec(m_handle, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return lastError();
    return {};
}

Result<std::int64_t> Database::queryInteger(std::string_view sql) {
    CW_TRY_ASSIGN(statement, Statement::prepare(*this, sql));
    CW_TRY_ASSIGN(row, statement.next());
    return row ? statement.integer(0) : 0;
}

bool Database::isInTransaction() const {
    return sqlite3_get_autocommit(m_handle) == 0;
}

Result<std::string> Database::queryText(std::string_view sql) {
    CW_TRY_ASSIGN(statement, Statement::prepare(*this, sql));
    CW_TRY_ASSIGN(row, statement.next());
    return row ? statement.text(0) : std::string();
}

Status Database::checkIntegrity() {
    const auto damaged = [&](const std::string& finding) {
        return Error{ErrorCode::Corrupt, m_file.string() + " is damaged: " + finding + ".",
                     hintOf(ErrorCode::Corrupt, SQLITE_CORRUPT)};
    };
    CW_TRY_ASSIGN(finding, queryText("PRAGMA integrity_check(1)"));
    if (finding != "ok")
        return damaged(finding);
    CW_TRY_ASSIGN(orphans, queryText("PRAGMA foreign_key_check"));
    return orphans.empty() ? Status() : damaged("a row of " + orphans + " belongs to nothing");
}

Error Database::lastError() const {
    const int extended = sqlite3_extended_errcode(m_handle);
    const int primary = extended & 0xff;
    const ErrorCode code = codeOf(primary, extended);
    const char* verb = viewOnly()                       ? "Couldn't read "
                       : code == ErrorCode::WriteFailed ? "Couldn't write "
                                                        : "Couldn't use ";
    return {code, verb + m_file.string() + ": " + sqlite3_errmsg(m_handle) + ".", hintOf(code, primary)};
}

} // namespace cw
