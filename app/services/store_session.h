// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The open project in this process: the store, and a signal for everything that changes in it. GUI thread (or the command line's only
// thread). All writes of the window go through an undo command or a service that calls these.
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/store/annotation_store.h"
#include "core/store/audit_store.h"
#include "core/store/contract_store.h"
#include "core/store/preference_store.h"
#include "core/store/project_store.h"
#include "core/store/reading_store.h"
#include "core/store/run_store.h"
#include "core/store/split_store.h"
#include "core/store/suggestion_store.h"
#include "core/store/taxonomy_store.h"
#include "core/store/undo_store.h"

#include <QDateTime>
#include <QObject>

#include <functional>
#include <memory>

namespace cw {

// This person on this device, from the settings and the system.
Identity currentIdentity(const QString& annotator = {});

class StoreSession : public QObject {
    Q_OBJECT

public:
    // What to do when the project can't be written here: another process holds its lock, the drive is read-only or a network's.
    enum class Fallback { None, ViewOnly };

    // With the default taxonomy.
    static Result<std::unique_ptr<StoreSession>> create(const QString& folder, const Identity& identity, const Clock& clock);
    static Result<std::unique_ptr<StoreSession>> open(const QString& folder, OpenMode mode, Fallback fallback, const Identity& identity,
                                                      const Clock& clock);
    ~StoreSession() override;

    ProjectStore& store() { return *m_store; }
    const Taxonomy& taxonomy() const { return m_store->taxonomy(); }
    bool viewOnly() const { return m_store->viewOnly(); }
    QString name() const;
    // Why the project is view-only though it was asked for to write (who holds it, since when), empty otherwise.
    const Error& lockReason() const { return m_lockReason; }

    // One decision: writes the cell, then tells. The only way in which the window changes a cell.
    Status setCell(const ContractId& contract, const Cell& cell, std::string_view action, Reading reading = Reading::Record);
    // `also` writes in the same transaction, after the cells: the undo step.
    using Also = std::function<Status()>;
    Status setCells(const ContractId& contract, const std::vector<Cell>& cells, std::string_view action, Reading reading = Reading::Record,
                    const Also& also = {});
    Status vote(const PairId& pair, Verdict verdict, const std::vector<std::string>& reasons, std::string_view action = "vote",
                const Also& also = {});

    // Who sits here now: every write from now on carries this name, and what may be seen is theirs.
    void setPerson(const QString& person);
    QString person() const;
    // In which reading of a contract this person works; the record where that can't be read.
    Reading readingOf(const ContractId& contract);

    // Double annotation, as ReadingStore does it.
    Status assignSecondReader(const std::vector<ContractId>& contracts, const QString& person);
    Status withdrawSecondReader(const std::vector<ContractId>& contracts);
    // The reading that this person works in. Gives the clauses that two finished readings differ in.
    Result<std::vector<std::string>> finish(const ContractId& contract);
    Status reopen(const ContractId& contract);

    // A change of the clause types, and the undo of the latest one. After either, whatever was taken from taxonomy() is to be read anew:
    // `taxonomyChanged` says so before anything else does.
    Result<ChangeCounts> changeTaxonomy(const TaxonomyChange& change);
    // `version`: the one to take back. BadUsage if a newer one was made since: that one would have to go first.
    Result<int> undoTaxonomy(int version);

    // Services that write through store() call these after the commit.
    void notifyContracts();
    void notifySplits();
    void notifyPairs();
    void notifyRuns();
    void notifySuggestions();
    void notifyReviews();

Q_SIGNALS:
    void contractsChanged();
    void taxonomyChanged();
    void cellChanged(const cw::ContractId& contract, const QString& clause);
    void readingsChanged(); // who reads what, or which reading is finished
    void personChanged(const QString& person);
    void splitsChanged();
    void pairsChanged();
    void pairVoted(const cw::PairId& pair);
    void runsChanged();
    void suggestionsChanged();
    void reviewsChanged(); // verdicts, comments, disputes
    void saved(const QDateTime& at); // from the commit itself

private:
    explicit StoreSession(std::unique_ptr<ProjectStore> store);
    void tellSaved();
    void tellReadings();
    std::unique_ptr<ProjectStore> m_store;
    Error m_lockReason;
};

} // namespace cw
