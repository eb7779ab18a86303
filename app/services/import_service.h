// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Import: documents to contracts, and annotations to cells. Parsing runs in clausewright-reader, a process of its own. GUI thread; the
// importer is asynchronous and never blocks it.
#pragma once

#include "app/services/read_document.h"
#include "app/services/store_session.h"
#include "core/dataset/labels.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace cw {

struct ImportOptions {
    QString type;     // contract type, empty: from the labels, else "Other"
    QString language; // "en-US", "en-GB" or empty (auto)
    QString source;
    QString annotations; // a file, or empty
    QString annotationFormat = QStringLiteral("labels");
};

struct ImportFailure {
    QString file;
    Error error;
};

// One file of an import and what became of it.
struct ImportedFile {
    enum class Outcome { Added, AlreadyThere, Failed };
    QString file;
    Outcome outcome = Outcome::Added;
    ContractId contract;            // of what was added or is there
    Error error;                    // of what failed
    std::vector<std::string> notes; // what a person should know about the text: one sentence each
};

struct ImportReport {
    std::vector<ImportedFile> files; // in the order in which they were read
    std::vector<ContractId> added;
    std::vector<std::pair<QString, ContractId>> alreadyThere; // the same bytes: file, contract
    std::vector<std::pair<QString, ContractId>> renamed;      // the wished id was taken
    std::vector<ImportFailure> failures;
    int annotatedContracts = 0;
    int cells = 0;
    int valuesToReview = 0;
    int keptCells = 0; // left as they were, because somebody had decided on them
    std::map<std::string, int> notMapped;
    std::vector<std::string> notPlaced; // "contract: key: quote"
    std::vector<std::string> merged;    // "contract: key"
    std::vector<std::string> notEncodable;
    std::vector<std::string> withoutContract; // contract_file of labels that match no contract
    std::vector<std::string> notConfined;     // protections that this system refused the reader, each once: "file access"
    std::vector<std::string> passedOver;      // files in the folders that may be contracts, but of a kind that nothing here reads
    bool cancelled = false;
};

// Called before each document; false ends the import there, and what is in stays in.
using ImportProgress = std::function<bool(int done, int total, const QString& file)>;

// The whole import at once, for the command line: blocks until it is done.
ImportReport importNow(StoreSession& session, const QStringList& paths, const ImportOptions& options, const ImportProgress& goOn = {});

// The same without blocking, for the window.
class Importer : public QObject {
    Q_OBJECT

public:
    Importer(StoreSession& session, QObject* parent = nullptr);
    ~Importer() override;

    // Files, or folders whose .txt, .pdf and .docx files are taken. Emits progress and, at the end, finished. One import at a time.
    void start(const QStringList& paths, const ImportOptions& options);
    void cancel(); // ends after the current document; what is in stays in
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void progressed(int done, int total, const QString& file);
    void pageBegun(int page, int pages); // of that file, from 1; a few times a second at most
    void finished(const cw::ImportReport& report);

private:
    struct Job;
    void next();
    ReadingGoesOn tellingPages();
    void finish();

    StoreSession& m_session;
    std::unique_ptr<Job> m_job;
    bool m_running = false;
};

// The files that an import of `paths` takes: files as they are, folders by their .txt, .pdf, .docx and .docm files, in the order of their names.
// What else there may be a contract (RTF, .doc, pictures) is passed over. `goesOn` is asked now and then; false ends the search. Any thread.
struct FoundDocuments {
    QStringList files;
    std::vector<std::string> passedOver;
};
FoundDocuments documentsIn(const QStringList& paths, const std::function<bool()>& goesOn = {});

// The annotations alone, onto contracts that are there: they match by the stem of the file name. A cell that somebody decided on is kept.
// Synchronous: it is one pass over the file.
Status importLabels(StoreSession& session, const QString& file, ImportReport& report);
Status importLabels(StoreSession& session, const std::vector<LabelledContract>& labels, ImportReport& report);

} // namespace cw
