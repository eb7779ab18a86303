// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/import_service.h"

#include "app/services/background.h"
#include "app/services/import_steps.h"

#include <QDirIterator>
#include <QFileInfo>

#include <atomic>

namespace cw {

namespace {

QStringList filesIn(const QString& folder) {
    QStringList out;
    const QStringList endings{QStringLiteral("*.txt"), QStringLiteral("*.pdf"), QStringLiteral("*.docx"), QStringLiteral("*.docm")};
    QDirIterator files(folder, endings, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        if (!QFileInfo(file).fileName().startsWith(QLatin1String("~$"))) // what Word leaves beside a document that is open
            out += file;
    }
    out.sort();
    return out;
}

// The labels of an import, or a line in the report that says why there are none: then nothing is imported, since a contract takes its
// type and title from them.
std::vector<LabelledContract> labelsOf(const QString& file, Result<std::vector<LabelledContract>> read, ImportReport& report) {
    if (read)
        return std::move(*read);
    report.failures.push_back({file, read.error()});
    return {};
}

void annotate(StoreSession& session, const QString& file, const std::vector<LabelledContract>& labels, ImportReport& report) {
    if (labels.empty() || report.cancelled)
        return;
    if (const Status done = importLabels(session, labels, report); !done)
        report.failures.push_back({file, done.error()});
}

Result<std::vector<LabelledContract>> readAnnotations(const ImportOptions& options) {
    if (options.annotations.isEmpty())
        return std::vector<LabelledContract>();
    if (options.annotationFormat != QLatin1String("labels"))
        return Error{ErrorCode::Unsupported, "Annotations can't be read in the format " + options.annotationFormat.toStdString() + ".",
                     "Use the format labels."};
    return readLabels(options.annotations);
}

} // namespace

QStringList documentsIn(const QStringList& paths) {
    QStringList out;
    for (const QString& path : paths)
        out += QFileInfo(path).isDir() ? filesIn(path) : QStringList{path};
    return out;
}

ImportReport importNow(StoreSession& session, const QStringList& paths, const ImportOptions& options, const ImportProgress& goOn) {
    ImportReport report;
    auto known = knownDocuments(session);
    if (session.viewOnly() || !known) {
        report.failures.push_back({paths.value(0), known ? session.lockReason() : known.error()});
        return report;
    }
    const std::vector<LabelledContract> labels = labelsOf(options.annotations, readAnnotations(options), report);
    const QStringList files = report.failures.empty() ? documentsIn(paths) : QStringList();
    for (qsizetype i = 0; i < files.size() && !report.cancelled; ++i) {
        report.cancelled = goOn && !goOn(static_cast<int>(i), static_cast<int>(files.size()), files[i]);
        if (!report.cancelled)
            addDocument(session, parseDocument(files[i], *known, session.store().documentsFolder()), options, labels, *known, report);
    }
    annotate(session, options.annotations, labels, report);
    return report;
}

struct Importer::Job {
    QStringList files;
    qsizetype next = 0;
    ImportOptions options;
    std::vector<LabelledContract> labels;
    KnownDocuments known;
    ImportReport report;
    // Read by the job that is reading a document; outlives both it and the importer.
    std::shared_ptr<std::atomic<bool>> stopped = std::make_shared<std::atomic<bool>>(false);
};

Importer::Importer(StoreSession& session, QObject* parent) : QObject(parent), m_session(session) {}

Importer::~Importer() {
    if (m_job)
        *m_job->stopped = true;
}

void Importer::start(const QStringList& paths, const ImportOptions& options) {
    Q_ASSERT(!m_running);
    m_running = true;
    m_job = std::make_unique<Job>();
    m_job->options = options;
    auto known = knownDocuments(m_session);
    if (m_session.viewOnly() || !known) {
        m_job->report.failures.push_back({paths.value(0), known ? m_session.lockReason() : known.error()});
        m_job->options.annotations.clear();
    } else {
        m_job->files = documentsIn(paths);
        m_job->known = std::move(*known);
    }
    // Off this thread and queued like every other step, so that `finished` never comes before the caller is back in its event loop.
    inBackground(
        this, [what = m_job->options] { return readAnnotations(what); },
        [this](Result<std::vector<LabelledContract>> labels) {
            m_job->labels = labelsOf(m_job->options.annotations, std::move(labels), m_job->report);
            if (!m_job->report.failures.empty())
                m_job->files.clear();
            next();
        });
}

void Importer::cancel() {
    if (!m_job)
        return;
    m_job->report.cancelled = true;
    *m_job->stopped = true;
}

void Importer::next() {
    if (m_job->next == m_job->files.size() || m_job->report.cancelled)
        return finish();
    const QString file = m_job->files[m_job->next];
    Q_EMIT progressed(static_cast<int>(m_job->next), static_cast<int>(m_job->files.size()), file);
    ++m_job->next;
    inBackground(
        this,
        [file, known = m_job->known, documents = m_session.store().documentsFolder(), stopped = m_job->stopped] {
            return parseDocument(file, known, documents, [&](int, int) { return !*stopped; });
        },
        [this](const ParsedDocument& parsed) {
            if (m_job->report.cancelled && !parsed.document) // it was not read to its end
                return finish();
            addDocument(m_session, parsed, m_job->options, m_job->labels, m_job->known, m_job->report);
            next();
        });
}

void Importer::finish() {
    annotate(m_session, m_job->options.annotations, m_job->labels, m_job->report);
    Q_EMIT progressed(static_cast<int>(m_job->next), static_cast<int>(m_job->files.size()), {});
    m_running = false;
    const auto job = std::move(m_job); // a receiver may start the next import
    Q_EMIT finished(job->report);
}

} // namespace cw
