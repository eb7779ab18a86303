// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/migrations.h"

#include "core/base/file.h"
#include "core/store/database.h"
#include "core/store/transaction.h"

namespace cw {

namespace fs = std::filesystem;

namespace {

Status backUp(Database& database, std::int64_t version, const fs::path& backups, const Clock& clock) {
    CW_TRY(makeFolder(backups));
    const std::string time = std::to_string(unixMilliseconds(clock.now()));
    return database.backupTo(backups / ("project-v" + std::to_string(version) + "-" + time + ".sqlite"));
}

Status apply(Database& database, const SchemaFile& file, std::int64_t version) {
    return inTransaction(database, [&]() -> Status {
        CW_TRY(database.execute(file.sql));
        return database.execute("PRAGMA user_version = " + std::to_string(version));
    });
}

} // namespace

Result<std::int64_t> storeVersion(const fs::path& file) {
    CW_TRY_ASSIGN(database, Database::open(file, Database::Mode::Inspect));
    CW_TRY_ASSIGN(application, database->queryInteger("PRAGMA application_id"));
    if (application != kApplicationId)
        return Error{ErrorCode::Corrupt, file.string() + " is not the store of a project.",
                     "Choose the folder of a project, whose name ends in .clausewright."};
    return database->queryInteger("PRAGMA user_version");
}

Status checkNotNewer(const fs::path& file, std::int64_t version, std::int64_t newest) {
    if (version <= newest)
        return {};
    return Error{ErrorCode::NewerVersion,
                 file.string() + " was written by a newer Clausewright: it has version " + std::to_string(version) +
                     ", this program knows versions up to " + std::to_string(newest) + ".",
                 "Update Clausewright to open it; nothing was changed."};
}

Status migrate(Database& database, const std::vector<SchemaFile>& files, const fs::path& backups, const Clock& clock) {
    CW_TRY_ASSIGN(version, database.queryInteger("PRAGMA user_version"));
    const auto newest = static_cast<std::int64_t>(files.size());
    CW_TRY(checkNotNewer(database.file(), version, newest));
    if (version > 0 && version < newest)
        CW_TRY(backUp(database, version, backups, clock));
    for (std::int64_t next = version + 1; next <= newest; ++next)
        CW_TRY(apply(database, files[static_cast<size_t>(next - 1)], next));
    return {};
}

} // namespace cw
