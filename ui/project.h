// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The open project: the session and the services that work on it, with one owner. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"
#include "app/services/store_session.h"
#include "app/services/undo/undo_service.h"

#include <memory>

namespace cw {

class Project {
public:
    // `folder` of an existing project, view-only where another process holds its lock.
    static Result<std::unique_ptr<Project>> open(const QString& folder, const QString& annotator, const Clock& clock);
    // A new project in a folder that doesn't exist or is empty, readable by this user alone.
    static Result<std::unique_ptr<Project>> create(const QString& folder, const QString& annotator, const Clock& clock);
    ~Project();

    StoreSession& session() { return *m_session; }
    ProjectStore& store() { return m_session->store(); }
    UndoService& undo() { return *m_undo; }
    RunSupervisor& runs() { return *m_runs; }
    QString folder() const;

private:
    explicit Project(std::unique_ptr<StoreSession> session);
    std::unique_ptr<StoreSession> m_session;
    // Declared behind the session that they use.
    std::unique_ptr<UndoService> m_undo;
    std::unique_ptr<RunSupervisor> m_runs;
};

} // namespace cw
