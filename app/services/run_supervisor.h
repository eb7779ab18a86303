// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs: launching workers, attaching to those that live, following their events. GUI thread; never blocks it.
#pragma once

#include "app/services/dataset_service.h"
#include "app/services/store_session.h"
#include "core/run/run_folder.h"
#include "core/run/run_history.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace cw {

// What a run needs from the project beside its spec.
struct RunRequest {
    RunSpec spec;
    DatasetOptions data;
    Side side = Side::Test; // of generate and evaluate
    bool useMined = true;   // of dpo
    // Of generate and evaluate: a folder of prompts, gold and texts as `shift` writes it, instead of a side of a split; absolute. Empty: none.
    std::string folder = {};
};

// A run as the window and the command line see it.
struct RunView {
    RunRecord record;
    RunState state = RunState::Waiting;
    RunSpec spec;
    RunHistory history; // of all events so far
    QString mark;       // what the FAILED mark says, while there is one

    const RunEvent* last(std::string_view kind) const { return history.last(kind); }
    // Why it didn't end well: what happened, and what to do about it. Nothing for a run that lives, is done or was stopped.
    std::optional<Error> trouble() const;
    QString failure() const; // the same as one line; empty for none
    bool canResume() const;  // training that was stopped, failed or was lost
};

// A run from its folder alone, as it is now.
RunView readRun(const RunRecord& record, const RunFolder& folder, const Clock& clock);

struct PreparedRun;

class RunSupervisor : public QObject {
    Q_OBJECT

public:
    RunSupervisor(StoreSession& session, QObject* parent = nullptr);
    ~RunSupervisor() override;

    // Validates, freezes the data into a new run folder, indexes it, starts the worker detached. The worker outlives this process.
    Result<RunId> launch(const RunRequest& request);
    // The same with the data frozen in a job, for the window; `done` hears the outcome on the GUI thread.
    void launchLater(const RunRequest& request, std::function<void(Result<RunId>)> done);
    Status stop(const RunId& id);
    // Starts a worker that goes on with a run which was stopped, failed or was lost, from its last checkpoint or from the beginning.
    Status resume(const RunId& id);

    const std::vector<RunId>& runs() const { return m_order; } // newest first
    const RunView* view(const RunId& id) const;
    RunFolder folder(const RunView& run) const { return folderOf(run.record); }
    // Reads every run folder again: at start, and when the store's index changed.
    void refresh();

Q_SIGNALS:
    void runAdded(const cw::RunId& id);
    void runUpdated(const cw::RunId& id); // new events or a new state; at most 4 times a second
    void runEnded(const cw::RunId& id);

private:
    struct Followed;
    Result<RunId> start(const PreparedRun& run);
    void poll();
    bool isDue(const Followed& run) const;
    void read(Followed& run, bool tell);
    void follow(const RunRecord& record);
    RunFolder folderOf(const RunRecord& record) const;

    StoreSession& m_session;
    QTimer m_timer;
    int m_polls = 0;
    std::map<RunId, std::unique_ptr<Followed>> m_followed;
    std::vector<RunId> m_order;
};

// Where the worker's executable lies: CLAUSEWRIGHT_WORKER, else beside this program.
QString workerProgram();

} // namespace cw
