// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/import_flow.h"

#include "ui/models/import_summary.h"
#include "ui/report_dialog.h"

#include <QApplication>
#include <QFileInfo>

#include <utility>

namespace cw {

namespace {

const QString kJob = QStringLiteral("import");

} // namespace

ImportFlow::ImportFlow(StoreSession& session, Shell& shell, QObject* parent)
    : QObject(parent), m_session(session), m_shell(shell), m_importer(session) {
    connect(&m_importer, &Importer::progressed, this, [this](int done, int total, const QString& file) {
        m_progress = {tr("Importing"), done, total, QFileInfo(file).fileName()};
        m_shell.showJob(kJob, m_progress, [this] { m_importer.cancel(); });
    });
    connect(&m_importer, &Importer::pageBegun, this, [this](int page, int pages) {
        if (pages < 2)
            return;
        m_progress.within = tr("page %1 of %2").arg(page).arg(pages);
        m_progress.withinShare = static_cast<double>(page - 1) / pages;
        m_shell.showJob(kJob, m_progress, [this] { m_importer.cancel(); });
    });
    connect(&m_importer, &Importer::finished, this, [this](const ImportReport& report) {
        m_shell.endJob(kJob);
        tell(report);
        Q_EMIT finished();
    });
}

void ImportFlow::start(const QStringList& paths) {
    if (paths.isEmpty())
        return;
    if (m_importer.isRunning())
        return m_shell.showMessage({Message::Kind::Info, tr("An import is running. Wait for it, or cancel it in the status bar.")});
    m_shell.showJob(kJob, {tr("Importing"), 0, 0, tr("looking at the files")}, [this] { m_importer.cancel(); });
    m_importer.start(paths, {});
}

void ImportFlow::importLabels(const QString& file) {
    ImportReport report;
    if (const Status done = cw::importLabels(m_session, file, report); !done)
        return m_shell.showMessage(failure(done.error()));
    tell(report);
    Q_EMIT finished();
}

void ImportFlow::tell(const ImportReport& report) {
    std::vector<ReportEntry> details = importDetails(report);
    Message message{report.failures.empty() ? Message::Kind::Success : Message::Kind::Warning, importSentence(report)};
    if (!details.empty()) {
        message.step = tr("Open the report");
        message.onStep = [details = std::move(details)] { (new ReportDialog(tr("Import"), details, QApplication::activeWindow()))->open(); };
    }
    m_shell.showMessage(message);
}

} // namespace cw
