// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One connection to a project's SQLite file, set up the one way that the store allows. One thread.
//
// A writing connection commits to a write-ahead log that is synced at each commit, checkpoints on its own and once more
// when it closes; there is never more than one (ProjectLock). A view-only connection can't write, never checkpoints,
// and works beside a living writer and in a folder that nobody may write to.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;

namespace cw {

class Database {
public:
    enum class Mode {
        Create,
        Write,
        View,
        Inspect // as View, for a first look: leaves no file beside it, but may miss what a living writer just committed
    };

    // Create: the file must not exist; it is made for its owner alone. Errors: NotFound, WriteFailed, Corrupt,
    // Unsupported.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Mode mode);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // Runs SQL without parameters, one statement or several.
    Status execute(std::string_view sql);
    // The first column of the first row of a query without parameters.
    Result<std::int64_t> queryInteger(std::string_view sql);
    Result<std::string> queryText(std::string_view sql);

    // Every page, every index against its table, every foreign key. Corrupt says what was found first.
    Status checkIntegrity();
    // A consistent copy, checked, at `file`, which must not exist; nothing is there unless all of it is.
    Status backupTo(const std::filesystem::path& file);

    bool viewOnly() const { return m_mode == Mode::View || m_mode == Mode::Inspect; }
    bool isInTransaction() const;
    const std::filesystem::path& file() const { return m_file; }
    sqlite3* handle() const { return m_handle; }
    // What the connection's last failure means to a person.
    Error lastError() const;

private:
    Database(std::filesystem::path file, Mode mode) : m_file(std::move(file)), m_mode(mode) {}
    Status connect();
    bool readAsImmutable() const;
    Status configure();

    std::filesystem::path m_file;
    Mode m_mode;
    sqlite3* m_handle = nullptr;
};

// True if a write-ahead log with something in it lies beside `file`: a writer lives, or one died.
bool hasWriteAheadLog(const std::filesystem::path& file);

} // namespace cw
