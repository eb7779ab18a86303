// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/import_summary.h"

#include "app/services/result_qt.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace cw {

namespace {

QString tr(const char* text, int n = -1) { return QCoreApplication::translate("ImportSummary", text, nullptr, n); }

QString counted(int n, const char* one, const char* many) { return n == 1 ? tr(one) : tr(many).arg(n); }

void addList(std::vector<ReportEntry>& out, const QString& heading, const std::vector<std::string>& lines) {
    if (lines.empty())
        return;
    out.push_back({heading, {}, {}});
    for (const std::string& line : lines)
        out.back().lines << toQString(line);
}

// An error names its file with the whole path; who chose the file knows where it lies.
QString withoutFolder(QString words, const QString& file) { return words.replace(file, QFileInfo(file).fileName()); }

// Empty where all protections hold, as they do on a present-day system.
QString missingProtections(const ImportReport& report) {
    QStringList names;
    for (const std::string& name : report.notConfined)
        names << toQString(name);
    return names.isEmpty() ? QString() : tr("This system doesn't limit the document reader's %1.").arg(names.join(tr(" and ")));
}

QString outcomeOf(const ImportedFile& file) {
    switch (file.outcome) {
    case ImportedFile::Outcome::AlreadyThere:
        return tr("already there as %1").arg(toQString(file.contract.value));
    case ImportedFile::Outcome::Failed:
        return tr("not imported");
    default:
        return tr("imported as %1").arg(toQString(file.contract.value));
    }
}

ReportEntry entryOf(const ImportedFile& file) {
    ReportEntry entry{QFileInfo(file.file).fileName(), outcomeOf(file), {}};
    if (file.outcome == ImportedFile::Outcome::Failed)
        entry.lines << withoutFolder(sentence(file.error), file.file);
    for (const std::string& note : file.notes)
        entry.lines << toQString(note);
    return entry;
}

// What needs a look comes first.
int rankOf(const ImportedFile& file) { return file.outcome == ImportedFile::Outcome::Failed ? 0 : file.notes.empty() ? 2 : 1; }

// Failures of something else than a document: labels, the project itself.
bool isOfADocument(const ImportReport& report, const ImportFailure& failure) {
    return std::any_of(report.files.begin(), report.files.end(), [&](const ImportedFile& file) { return file.file == failure.file; });
}

int filesToLookAt(const ImportReport& report) {
    return static_cast<int>(std::count_if(report.files.begin(), report.files.end(), [](const ImportedFile& file) { return !file.notes.empty(); }));
}

void addLook(QStringList& parts, const ImportReport& report) {
    if (const int look = filesToLookAt(report); look > 0)
        parts << counted(look, "The report has notes on one.", "The report has notes on %1.");
}

// "bad.pdf is not a PDF.", or of several: "3 files couldn't be read: bad.pdf, worse.pdf and 1 more."
QString failuresInWords(const std::vector<ImportFailure>& failures) {
    constexpr size_t kNamed = 2;
    if (failures.size() == 1)
        return withoutFolder(toQString(failures.front().error.detail), failures.front().file);
    QStringList names;
    for (size_t i = 0; i < kNamed; ++i)
        names << QFileInfo(failures[i].file).fileName();
    return failures.size() == kNamed ? tr("2 files couldn't be read: %1.").arg(names.join(tr(" and ")))
                                     : tr("%1 files couldn't be read: %2 and %3 more.").arg(failures.size()).arg(names.join(QStringLiteral(", "))).arg(failures.size() - kNamed);
}

} // namespace

QString importSentence(const ImportReport& report) {
    const int added = static_cast<int>(report.added.size());
    const int there = static_cast<int>(report.alreadyThere.size());
    QStringList parts;
    if (!report.failures.empty()) {
        parts << failuresInWords(report.failures);
        if (added > 0)
            parts << counted(added, "The other contract is in.", "The other %1 contracts are in.");
        addLook(parts, report);
        if (!report.notConfined.empty())
            parts << missingProtections(report);
        return parts.join(QLatin1Char(' '));
    }
    if (added > 0)
        parts << counted(added, "Imported one contract.", "Imported %1 contracts.");
    if (there > 0)
        parts << counted(there, "One was already there.", "%1 were already there.");
    if (report.cells > 0)
        parts << counted(report.cells, "One clause came with labels.", "%1 clauses came with labels.");
    if (report.valuesToReview > 0)
        parts << counted(report.valuesToReview, "One value is to be reviewed.", "%1 values are to be reviewed.");
    if (!report.passedOver.empty())
        parts << counted(static_cast<int>(report.passedOver.size()), "One file of another kind was passed over.", "%1 files of other kinds were passed over.");
    addLook(parts, report);
    if (report.cancelled)
        parts << tr("The import was stopped; what is in stays in.");
    if (!report.notConfined.empty())
        parts << missingProtections(report);
    return parts.isEmpty() ? tr("Nothing to import there: contracts are PDF, DOCX and text files.") : parts.join(QLatin1Char(' '));
}

std::vector<ReportEntry> importDetails(const ImportReport& report) {
    std::vector<ReportEntry> entries;
    for (const ImportFailure& failure : report.failures)
        if (!isOfADocument(report, failure))
            entries.push_back({QFileInfo(failure.file).fileName(), {}, {withoutFolder(sentence(failure.error), failure.file)}});
    std::vector<const ImportedFile*> files;
    for (const ImportedFile& file : report.files)
        files.push_back(&file);
    std::stable_sort(files.begin(), files.end(), [](const ImportedFile* a, const ImportedFile* b) { return rankOf(*a) < rankOf(*b); });
    for (const ImportedFile* file : files)
        entries.push_back(entryOf(*file));
    if (!report.notConfined.empty())
        entries.push_back({{}, missingProtections(report), {}});
    for (const auto& [file, contract] : report.renamed)
        entries.push_back({{}, tr("%1 came in as %2: the name was taken.").arg(QFileInfo(file).fileName(), toQString(contract.value)), {}});
    std::vector<std::string> passedOver;
    for (const std::string& file : report.passedOver)
        passedOver.push_back(toStdString(QFileInfo(toQString(file)).fileName()));
    addList(entries, tr("Files passed over, since nothing here reads their kind: save them as PDF or DOCX"), passedOver);
    addList(entries, tr("Quotes whose place in the contract wasn't found"), report.notPlaced);
    addList(entries, tr("Clauses whose overlapping quotes were joined"), report.merged);
    addList(entries, tr("Clauses that can't be written as they are"), report.notEncodable);
    addList(entries, tr("Labels of contracts that aren't here"), report.withoutContract);
    return entries;
}

} // namespace cw
