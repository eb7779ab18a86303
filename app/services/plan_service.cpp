// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/plan_service.h"

#include "app/services/background.h"
#include "app/services/result_qt.h"
#include "app/services/run_dataset.h"
#include "app/services/store_view.h"

#include <QProcess>

namespace cw {

namespace {

// The rows of a sweep are those of sft. Which pairs are held out follows from the share and the seed.
std::string choiceOf(const RunRequest& request) {
    if (request.spec.kind != RunKind::Dpo)
        return "rows " + datasetChoice(request);
    return "pairs " + std::to_string(request.spec.holdOut) + " " + std::to_string(request.spec.seed) + " " + datasetChoice(request);
}

} // namespace

PlanService::~PlanService() {
    cancel();
}

void PlanService::plan(const RunRequest& request) {
    cancel();
    m_busy = true;
    if (const Status prepared = prepare(request); !prepared)
        return finish(prepared.error());
    if (m_frozen)
        startWorker();
    else if (!m_freezing)
        freeze();
}

Status PlanService::prepare(const RunRequest& request) {
    const std::string choice = choiceOf(request);
    if (m_folder && choice == m_choice)
        return m_folder->setRequest(m_session, request);
    m_folder.reset(); // a job that still writes to it takes it away at its end
    m_frozen = m_freezing = false;
    CW_TRY_ASSIGN(folder, PlanFolder::make(m_session, request));
    m_folder = std::move(folder);
    m_choice = choice;
    return {};
}

// The folder goes along with the job and with the worker, and is taken away by whoever is the last to hold it.
void PlanService::freeze() {
    m_freezing = true;
    const QString project = toQString(m_session.store().folder().string());
    inBackground(
        this,
        [project, identity = m_session.store().identity(), folder = m_folder, run = m_folder->run()] {
            return withView(project, identity, [&](StoreSession& view) { return freezeRun(view, run); });
        },
        [this, folder = m_folder](const Result<FrozenData>& frozen) {
            if (folder != m_folder)
                return; // other data is asked for meanwhile
            m_freezing = false;
            m_frozen = frozen.ok();
            if (!frozen)
                m_folder.reset();
            if (m_busy)
                frozen ? startWorker() : finish(frozen.error());
        });
}

void PlanService::startWorker() {
    auto* worker = new QProcess;
    m_worker = worker;
    const auto ended = [this, worker, folder = m_folder](int exitCode) {
        const QByteArray printed = worker->readAllStandardOutput(), words = worker->readAllStandardError();
        m_worker.clear();
        finish(folder->result(exitCode, printed, words));
    };
    connect(worker, &QProcess::finished, this, [ended](int code, QProcess::ExitStatus status) { ended(status == QProcess::NormalExit ? code : -1); });
    connect(worker, &QProcess::errorOccurred, this, [ended](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended(-1);
    });
    // Whether anybody hears of it or not.
    connect(worker, &QProcess::finished, worker, [worker, folder = m_folder] { worker->deleteLater(); });
    connect(worker, &QProcess::errorOccurred, worker, [worker](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            worker->deleteLater();
    });
    worker->start(workerProgram(), m_folder->workerArguments());
}

void PlanService::cancel() {
    m_busy = false; // data that is being written is for the next plan
    if (QProcess* worker = m_worker) {
        worker->disconnect(this);
        worker->kill();
        m_worker.clear();
    }
}

void PlanService::finish(const Result<PlannedRun>& result) {
    m_busy = false;
    if (result)
        Q_EMIT planned(*result);
    else
        Q_EMIT failed(result.error());
}

} // namespace cw
