// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/project.h"

#include "app/services/result_qt.h"

#include <QFile>

namespace cw {

namespace {

// Contracts are confidential: the folder is for its owner's eyes.
void closeToOthers(const QString& folder) {
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

Result<std::unique_ptr<Project>> Project::open(const QString& folder, const QString& annotator, const Clock& clock) {
    CW_TRY_ASSIGN(session, StoreSession::open(folder, OpenMode::ReadWrite, StoreSession::Fallback::ViewOnly,
                                              currentIdentity(annotator), clock));
    return std::unique_ptr<Project>(new Project(std::move(session)));
}

Result<std::unique_ptr<Project>> Project::create(const QString& folder, const QString& annotator, const Clock& clock) {
    CW_TRY_ASSIGN(session, StoreSession::create(folder, currentIdentity(annotator), clock));
    closeToOthers(folder);
    return std::unique_ptr<Project>(new Project(std::move(session)));
}

Project::Project(std::unique_ptr<StoreSession> session)
    : m_session(std::move(session)), m_undo(std::make_unique<UndoService>(*m_session)),
      m_runs(std::make_unique<RunSupervisor>(*m_session)) {}

Project::~Project() = default;

QString Project::folder() const { return toQString(m_session->store().folder().string()); }

} // namespace cw
