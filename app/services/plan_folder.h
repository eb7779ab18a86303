// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Planning a run before it starts: a run folder of its own, which the worker plans and which is gone afterwards. It lies in the project,
// since it holds the words of contracts. Any thread, but for what takes a session.
#pragma once

#include "app/services/run_launch.h"
#include "core/run/run_plan.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace cw {

// What a plan says.
struct PlannedRun {
    RunPlan plan;
    std::vector<PreflightRow> preflight; // a row a contract
};

class PlanFolder {
public:
    // Checks what can be checked and makes the folder, without data yet. A view-only session is enough.
    static Result<std::shared_ptr<PlanFolder>> make(StoreSession& session, const RunRequest& request);
    ~PlanFolder();
    PlanFolder(const PlanFolder&) = delete;
    PlanFolder& operator=(const PlanFolder&) = delete;

    const BegunRun& run() const { return m_run; } // freezeRun writes its data
    // Another request for the same data.
    Status setRequest(StoreSession& session, const RunRequest& request);

    QStringList workerArguments() const;
    // What the worker wrote: into the folder, or on stdout why it can't be planned; `words` is what stands on stderr.
    Result<PlannedRun> result(int exitCode, const QByteArray& printed, const QByteArray& words) const;

private:
    explicit PlanFolder(BegunRun run) : m_run(std::move(run)) {}
    BegunRun m_run;
};

// Only training can be planned: says so for the other kinds.
Status checkPlannable(RunKind kind);

// Plans and waits for it, for the command line. `cancelled` is asked ten times a second.
Result<PlannedRun> planNow(StoreSession& session, const RunRequest& request, const std::function<bool()>& cancelled);

} // namespace cw
