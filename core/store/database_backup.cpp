// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The online backup: SQLite's own page copy, so that a write-ahead log is taken along.
#include "core/store/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace cw {

namespace fs = std::filesystem;

namespace {

Error backupError(const fs::path& file, const std::string& why) {
    return {ErrorCode::WriteFailed, "Couldn't write the backup " + file.string() + ": " + why + ".",
            "Free some space or check the folder's permissions; the project itself is untouched."};
}

Status copyPages(sqlite3* from, sqlite3* to, const fs::path& file) {
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return backupError(file, sqlite3_errmsg(to));
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    return code == SQLITE_OK ? Status() : backupError(file, sqlite3_errstr(code));
}

Status syncFolderOf(const fs::path& file) {
    const int descriptor = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int cause = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    return synced ? Status() : backupError(file, std::strerror(cause));
}

} // namespace

Status Database::backupTo(const fs::path& file) {
    fs::path partial = file;
    partial += ".partial";
    const auto copyAndCheck = [&]() -> Status {
        CW_TRY_ASSIGN(copy, open(partial, Mode::Create));
        CW_TRY(copyPages(m_handle, copy->handle(), file));
        return copy->checkIntegrity();
    };
    Status status = copyAndCheck(); // closes the copy, which folds its log into the file
    if (status.ok() && ::rename(partial.c_str(), file.c_str()) != 0)
        status = backupError(file, std::strerror(errno));
    if (status.ok())
        return syncFolderOf(file);
    for (const char* ending : {"", "-wal", "-shm"})
        ::unlink((partial.string() + ending).c_str());
    return status;
}

} // namespace cw
