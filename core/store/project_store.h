// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A project's store: its folder, its lock, its SQLite database, and one store per aggregate. One thread an object.
//
//   <name>.clausewright/  project.sqlite (WAL) · lock.json · documents/<sha256> · runs/ · models/ · exports/ · backups/
//
// One process may write: it holds the lock and the one connection that writes and checkpoints. Everyone else opens the project
// view-only, with a connection that is query-only. Every write is one IMMEDIATE transaction with its audit row in it.
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/taxonomy/taxonomy.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace cw {

class AnnotationStore;
class AuditStore;
class ContractStore;
class Database;
class ModelStore;
class PreferenceStore;
class ProjectLock;
class ReadingStore;
class ReviewStore;
class RunStore;
class SearchStore;
class SplitStore;
class SuggestionStore;
class UndoStore;
class TaxonomyStore;

// Who writes: on every audit row.
struct Identity {
    std::string person; // the chosen name
    std::string osUser; // the operating system's user id
    std::string device; // a random id of this installation
};

enum class OpenMode { ReadWrite, ViewOnly };

class ProjectStore {
public:
    // A new project in `folder`, which must not exist or be empty.
    static Result<std::unique_ptr<ProjectStore>> create(const std::filesystem::path& folder, const Taxonomy& taxonomy,
                                                        const Identity& identity, const Clock& clock);

    // Errors: NotFound (no project there), Locked (ReadWrite while another process holds the lock: who and since when), NewerVersion,
    // Corrupt. A migration copies the database to backups/ first.
    static Result<std::unique_ptr<ProjectStore>> open(const std::filesystem::path& folder, OpenMode mode, const Identity& identity,
                                                      const Clock& clock);
    ~ProjectStore();

    const std::filesystem::path& folder() const { return m_folder; }
    std::string name() const; // the folder's name without its ending
    bool viewOnly() const { return m_mode == OpenMode::ViewOnly; }
    const Taxonomy& taxonomy() const { return m_taxonomy; } // the same object for good; TaxonomyStore changes what it holds
    const Identity& identity() const { return m_identity; }
    const Clock& clock() const { return m_clock; }
    // Who writes from now on. Not within a transaction: what one of them writes is one person's.
    void setPerson(const std::string& person);

    ContractStore& contracts() { return *m_contracts; }
    AnnotationStore& annotations() { return *m_annotations; }
    ReadingStore& readings() { return *m_readings; }
    SplitStore& splits() { return *m_splits; }
    PreferenceStore& preferences() { return *m_preferences; }
    RunStore& runs() { return *m_runs; }
    ModelStore& models() { return *m_models; }
    SuggestionStore& suggestions() { return *m_suggestions; }
    ReviewStore& reviews() { return *m_reviews; }
    UndoStore& undoSteps() { return *m_undoSteps; }
    SearchStore& search() { return *m_search; }
    AuditStore& audit() { return *m_audit; }
    TaxonomyStore& taxonomies() { return *m_taxonomies; }

    // Several writes, of any of the stores, that are kept together or not at all.
    Status atomically(const std::function<Status()>& writes);

    std::filesystem::path documentsFolder() const { return m_folder / "documents"; }
    std::filesystem::path runsFolder() const { return m_folder / "runs"; }
    std::filesystem::path modelsFolder() const { return m_folder / "models"; }
    std::filesystem::path exportsFolder() const { return m_folder / "exports"; }
    std::filesystem::path backupsFolder() const { return m_folder / "backups"; }

private:
    ProjectStore(std::filesystem::path folder, OpenMode mode, Identity identity, const Clock& clock);
    Status attach(bool creating, const Taxonomy* taxonomy);
    Status openDatabase(bool creating);

    std::filesystem::path m_folder;
    OpenMode m_mode;
    Identity m_identity;
    const Clock& m_clock;
    Taxonomy m_taxonomy;
    std::unique_ptr<ProjectLock> m_lock;
    std::unique_ptr<Database> m_database; // declared before the stores that use it
    std::unique_ptr<AuditStore> m_audit;
    std::unique_ptr<ContractStore> m_contracts;
    std::unique_ptr<AnnotationStore> m_annotations;
    std::unique_ptr<ReadingStore> m_readings;
    std::unique_ptr<SplitStore> m_splits;
    std::unique_ptr<PreferenceStore> m_preferences;
    std::unique_ptr<RunStore> m_runs;
    std::unique_ptr<ModelStore> m_models;
    std::unique_ptr<SuggestionStore> m_suggestions;
    std::unique_ptr<ReviewStore> m_reviews;
    std::unique_ptr<UndoStore> m_undoSteps;
    std::unique_ptr<SearchStore> m_search;
    std::unique_ptr<TaxonomyStore> m_taxonomies;
};

} // namespace cw
