// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// An import as the window shows it: a job in the status bar while it runs, one message at its end, the report on demand. GUI thread.
#pragma once

#include "app/services/import_service.h"
#include "ui/shell.h"

#include <QObject>

namespace cw {

class ImportFlow : public QObject {
    Q_OBJECT

public:
    // Both outlive it.
    ImportFlow(StoreSession& session, Shell& shell, QObject* parent);

    // Files and folders. While an import runs, a second one is refused with a message.
    void start(const QStringList& paths);
    // Labels for contracts that are there.
    void importLabels(const QString& file);

Q_SIGNALS:
    void finished();

private:
    void tell(const ImportReport& report);
    StoreSession& m_session;
    Shell& m_shell;
    Importer m_importer;
    JobProgress m_progress; // as it was shown last
};

} // namespace cw
