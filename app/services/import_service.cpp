// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/import_service.h"

#include "app/services/background.h"
#include "app/services/import_steps.h"
#include "app/services/result_qt.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QPointer>

#include <atomic>

namespace cw {

namespace {

const QStringList kRead{QStringLiteral("txt"), QStringLiteral("pdf"), QStringLiteral("docx"), QStringLiteral("docm")};
const QStringList kNotRead{QStringLiteral("rtf"), QStringLiteral("doc"), QStringLiteral("odt"),  QStringLiteral("wpd"), QStringLiteral("htm"),
                           QStringLiteral("html"), QStringLiteral("tif"), QStringLiteral("tiff"), QStringLiteral("jpg"), QStringLiteral("png")};

void addFilesIn(const QString& folder, const std::function<bool()>& goesOn, FoundDocuments& out) {
    QStringList read, notRead;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext() && (!goesOn || goesOn())) {
        const QString file = files.next();
        const QString ending = QFileInfo(file).suffix().toLower();
        if (QFileInfo(file).fileName().startsWith(QLatin1String("~$"))) // what Word leaves beside a document that is open
            continue;
        if (kRead.contains(ending))
            read += file;
        else if (kNotRead.contains(ending))
            notRead += file;
    }
    read.sort();
    notRead.sort();
    out.files += read;
    for (const QString& file : notRead)
        out.passedOver.push_back(toStdString(file));
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

FoundDocuments documentsIn(const QStringList& paths, const std::function<bool()>& goesOn) {
    FoundDocuments out;
    for (const QString& path : paths)
        if (QFileInfo(path).isDir())
            addFilesIn(path, goesOn, out);
        else
            out.files += path;
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
    FoundDocuments found = report.failures.empty() ? documentsIn(paths) : FoundDocuments();
    const QStringList files = std::move(found.files);
    report.passedOver = std::move(found.passedOver);
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
    const bool refused = m_session.viewOnly() || !known;
    if (refused) {
        m_job->report.failures.push_back({paths.value(0), known ? m_session.lockReason() : known.error()});
        m_job->options.annotations.clear();
    } else {
        m_job->known = std::move(*known);
    }
    struct Begun {
        FoundDocuments found;
        Result<std::vector<LabelledContract>> labels;
    };
    // Off this thread, since a folder may be a whole disk, and queued like every other step, so that `finished` never comes before the
    // caller is back in its event loop.
    inBackground(
        this,
        [what = m_job->options, wanted = refused ? QStringList() : paths, stopped = m_job->stopped] {
            return Begun{documentsIn(wanted, [&] { return !*stopped; }), readAnnotations(what)};
        },
        [this](Begun begun) {
            m_job->labels = labelsOf(m_job->options.annotations, std::move(begun.labels), m_job->report);
            if (m_job->report.failures.empty()) {
                m_job->files = std::move(begun.found.files);
                m_job->report.passedOver = std::move(begun.found.passedOver);
            }
            next();
        });
}

void Importer::cancel() {
    if (!m_job)
        return;
    m_job->report.cancelled = true;
    *m_job->stopped = true;
}

// Asked off the GUI thread.
ReadingGoesOn Importer::tellingPages() {
    return [importer = QPointer(this), stopped = m_job->stopped, told = 0](int page, int pages) mutable {
        if (page > told) {
            told = page;
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [importer, page, pages] {
                    if (importer && importer->isRunning())
                        Q_EMIT importer->pageBegun(page, pages);
                },
                Qt::QueuedConnection);
        }
        return !*stopped;
    };
}

void Importer::next() {
    if (m_job->next == m_job->files.size() || m_job->report.cancelled)
        return finish();
    const QString file = m_job->files[m_job->next];
    Q_EMIT progressed(static_cast<int>(m_job->next), static_cast<int>(m_job->files.size()), file);
    ++m_job->next;
    inBackground(
        this,
        [file, known = m_job->known, documents = m_session.store().documentsFolder(), goesOn = tellingPages()] {
            return parseDocument(file, known, documents, goesOn);
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
