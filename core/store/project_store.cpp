// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/project_store.h"

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/store/annotation_store.h"
#include "core/store/audit_store.h"
#include "core/store/contract_store.h"
#include "core/store/database.h"
#include "core/store/migrations.h"
#include "core/store/preference_store.h"
#include "core/store/project_lock.h"
#include "core/store/reading_store.h"
#include "core/store/review_store.h"
#include "core/store/run_store.h"
#include "core/store/search_store.h"
#include "core/store/split_store.h"
#include "core/store/statement.h"
#include "core/store/suggestion_store.h"
#include "core/store/taxonomy_store.h"
#include "core/store/transaction.h"
#include "core/store/undo_store.h"

#include <cassert>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace cw {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFolderEnding = ".clausewright";

fs::path storeFile(const fs::path& folder) {
    return folder / "project.sqlite";
}

std::int64_t newestVersion() {
    return static_cast<std::int64_t>(schemaFiles().size());
}

// Absolute and without a slash at its end, so that it has a name.
fs::path cleanPath(const fs::path& folder) {
    const fs::path path = fs::absolute(folder).lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

Status checkEmpty(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error) || (fs::is_directory(folder, error) && fs::is_empty(folder, error)))
        return {};
    return Error{ErrorCode::BadUsage, folder.string() + " is there already and is not an empty folder.",
                 "Choose another folder for the new project."};
}

// For the owner alone, also where the folder was there and was open to others.
Status makeProjectFolder(const fs::path& folder) {
    CW_TRY(makeFolder(folder));
    if (::chmod(folder.c_str(), 0700) != 0)
        return Error{ErrorCode::WriteFailed,
                     "Couldn't close " + folder.string() + " to others: " + std::strerror(errno) + ".",
                     "Choose a folder that is yours."};
    for (const char* name : {"documents", "runs", "models", "exports", "backups"})
        CW_TRY(makeFolder(folder / name));
    return {};
}

// What a failed create leaves, in a folder that was missing or empty before.
void removeLeftovers(const fs::path& folder, bool wasThere) {
    std::error_code ignored;
    if (!wasThere) {
        fs::remove_all(folder, ignored);
        return;
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
        fs::remove_all(entry.path(), ignored);
}

Status insertProject(Database& database, AuditStore& audit, const Taxonomy& taxonomy) {
    return inTransaction(database, [&]() -> Status {
        CW_TRY_ASSIGN(row, Statement::prepare(
                               database, "INSERT INTO project (id, project_id, created_at, taxonomy, taxonomy_version) "
                                         "VALUES (1, :project, :created, :taxonomy, :version)"));
        const std::string id = newUlid(audit.nowMilliseconds());
        row.bind(":project", id).bind(":created", audit.now()).bind(":taxonomy", taxonomy.toJson());
        CW_TRY(row.bind(":version", taxonomy.version()).run());
        return audit.append("project", id, "create", "",
                            "{\"taxonomy_version\":" + std::to_string(taxonomy.version()) + "}");
    });
}

Result<Taxonomy> readTaxonomy(Database& database) {
    CW_TRY_ASSIGN(json, database.queryText("SELECT taxonomy FROM project"));
    if (json.empty())
        return Error{ErrorCode::Corrupt, database.file().string() + " is a project that was never finished.",
                     "Delete its folder and make the project again."};
    return Taxonomy::fromJson(json, database.file().string());
}

Status checkIsProject(const fs::path& folder) {
    std::error_code error;
    if (fs::is_regular_file(storeFile(folder), error))
        return {};
    return Error{ErrorCode::NotFound, "There is no project in " + folder.string() + ".",
                 "Check the path, or make a project there first."};
}

// A viewer can't bring an old store up to date.
Status checkVersion(const fs::path& file, bool viewOnly) {
    CW_TRY_ASSIGN(version, storeVersion(file));
    CW_TRY(checkNotNewer(file, version, newestVersion()));
    if (viewOnly && version < newestVersion())
        return Error{ErrorCode::Unsupported, file.string() + " was written by an older Clausewright.",
                     "Open it once for editing, which brings it up to date."};
    return {};
}

} // namespace

ProjectStore::ProjectStore(fs::path folder, OpenMode mode, Identity identity, const Clock& clock)
    : m_folder(std::move(folder)), m_mode(mode), m_identity(std::move(identity)), m_clock(clock) {}

ProjectStore::~ProjectStore() = default;

std::string ProjectStore::name() const {
    const std::string name = m_folder.filename().string();
    return m_folder.extension() == kFolderEnding ? m_folder.stem().string() : name;
}

void ProjectStore::setPerson(const std::string& person) {
    assert(!m_database->isInTransaction());
    m_identity.person = person; // the audit reads it from here
    if (m_lock)
        m_lock->setPerson(person, m_clock);
}

Result<std::unique_ptr<ProjectStore>> ProjectStore::create(const fs::path& where, const Taxonomy& taxonomy,
                                                           const Identity& identity, const Clock& clock) {
    const fs::path folder = cleanPath(where);
    CW_TRY(checkEmpty(folder));
    std::error_code error;
    const bool wasThere = fs::exists(folder, error);
    std::unique_ptr<ProjectStore> store(new ProjectStore(folder, OpenMode::ReadWrite, identity, clock));
    Status status = makeProjectFolder(folder);
    if (status.ok())
        status = store->attach(true, &taxonomy);
    if (status.ok())
        return store;
    store.reset();
    removeLeftovers(folder, wasThere);
    return status.error();
}

Result<std::unique_ptr<ProjectStore>> ProjectStore::open(const fs::path& where, OpenMode mode, const Identity& identity,
                                                         const Clock& clock) {
    const fs::path folder = cleanPath(where);
    CW_TRY(checkIsProject(folder));
    std::unique_ptr<ProjectStore> store(new ProjectStore(folder, mode, identity, clock));
    CW_TRY(store->attach(false, nullptr));
    return store;
}

Status ProjectStore::attach(bool creating, const Taxonomy* taxonomy) {
    if (!viewOnly()) {
        CW_TRY_ASSIGN(lock, ProjectLock::acquire(m_folder, m_identity.person, m_clock));
        m_lock = std::move(lock);
    }
    CW_TRY(openDatabase(creating));
    m_audit = std::make_unique<AuditStore>(*m_database, m_identity, m_clock);
    if (creating)
        CW_TRY(insertProject(*m_database, *m_audit, *taxonomy));
    CW_TRY_ASSIGN(stored, readTaxonomy(*m_database));
    m_taxonomy = std::move(stored);
    m_contracts = std::make_unique<ContractStore>(*m_database, *m_audit);
    m_annotations = std::make_unique<AnnotationStore>(*m_database, *m_audit, m_taxonomy);
    m_readings = std::make_unique<ReadingStore>(*m_database, *m_audit, m_taxonomy);
    m_splits = std::make_unique<SplitStore>(*m_database, *m_audit);
    m_preferences = std::make_unique<PreferenceStore>(*m_database, *m_audit);
    m_runs = std::make_unique<RunStore>(*m_database, *m_audit);
    m_models = std::make_unique<ModelStore>(*m_database, *m_audit);
    m_suggestions = std::make_unique<SuggestionStore>(*m_database, *m_audit);
    m_reviews = std::make_unique<ReviewStore>(*m_database, *m_audit);
    m_undoSteps = std::make_unique<UndoStore>(*m_database, *m_audit);
    m_search = std::make_unique<SearchStore>(*m_database, *m_audit);
    m_taxonomies = std::make_unique<TaxonomyStore>(*m_database, *m_audit, m_taxonomy);
    return {};
}

Status ProjectStore::atomically(const std::function<Status()>& writes) { return inTransaction(*m_database, writes); }

Status ProjectStore::openDatabase(bool creating) {
    const fs::path file = storeFile(m_folder);
    if (!creating)
        CW_TRY(checkVersion(file, viewOnly()));
    // The last writer's close empties the log: one with something in it was left by a crash.
    const bool crashed = !creating && !viewOnly() && hasWriteAheadLog(file);
    const auto mode = creating ? Database::Mode::Create : viewOnly() ? Database::Mode::View : Database::Mode::Write;
    CW_TRY_ASSIGN(database, Database::open(file, mode));
    m_database = std::move(database);
    if (crashed)
        CW_TRY(m_database->checkIntegrity());
    return viewOnly() ? Status() : migrate(*m_database, schemaFiles(), backupsFolder(), m_clock);
}

} // namespace cw
