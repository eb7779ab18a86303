// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Plans of a form that is being filled in: the data is frozen in a job, the worker plans it as a process of its own, and a newer request
// ends what an older one has on its way. GUI thread; never blocks it.
#pragma once

#include "app/services/plan_folder.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <string>

class QProcess;

namespace cw {

class PlanService : public QObject {
    Q_OBJECT

public:
    explicit PlanService(StoreSession& session, QObject* parent = nullptr) : QObject(parent), m_session(session) {}
    ~PlanService() override;

    // Ends what is on its way, and plans this. One of the signals follows; the failure of a check comes at once.
    void plan(const RunRequest& request);
    void cancel();
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void planned(const cw::PlannedRun& run);
    void failed(const cw::Error& error);

private:
    Status prepare(const RunRequest& request); // m_folder for the request
    void freeze();
    void startWorker();
    void finish(const Result<PlannedRun>& result);

    StoreSession& m_session;
    std::shared_ptr<PlanFolder> m_folder; // kept: the next plan is most often of the same data
    std::string m_choice;                 // how that data was chosen
    bool m_freezing = false;
    bool m_frozen = false;
    bool m_busy = false;
    QPointer<QProcess> m_worker;
};

} // namespace cw
