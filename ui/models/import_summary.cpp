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

void addList(QStringList& out, const QString& heading, const std::vector<std::string>& lines) {
    if (lines.empty())
        return;
    out << heading;
    for (const std::string& line : lines)
        out << QStringLiteral("    ") + toQString(line);
}

// Empty where all protections hold, as they do on a present-day system.
QString missingProtections(const ImportReport& report) {
    QStringList names;
    for (const std::string& name : report.notConfined)
        names << toQString(name);
    return names.isEmpty() ? QString() : tr("This system doesn't limit the document reader's %1.").arg(names.join(tr(" and ")));
}

QString outcomeOf(const ImportedFile& file) {
    const QString name = QFileInfo(file.file).fileName();
    switch (file.outcome) {
    case ImportedFile::Outcome::AlreadyThere:
        return tr("%1: already there as %2").arg(name, toQString(file.contract.value));
    case ImportedFile::Outcome::Failed:
        return tr("%1: not imported").arg(name);
    default:
        return tr("%1: imported as %2").arg(name, toQString(file.contract.value));
    }
}

void addFile(QStringList& out, const ImportedFile& file) {
    out << outcomeOf(file);
    if (file.outcome == ImportedFile::Outcome::Failed)
        out << QStringLiteral("    ") + sentence(file.error);
    for (const std::string& note : file.notes)
        out << QStringLiteral("    ") + toQString(note);
}

// Failures of something else than a document: labels, the project itself.
bool isOfADocument(const ImportReport& report, const ImportFailure& failure) {
    return std::any_of(report.files.begin(), report.files.end(), [&](const ImportedFile& file) { return file.file == failure.file; });
}

int filesToLookAt(const ImportReport& report) {
    return static_cast<int>(std::count_if(report.files.begin(), report.files.end(), [](const ImportedFile& file) { return !file.notes.empty(); }));
}

void addLook(QStringList& parts, const ImportReport& report) {
    if (const int look = filesToLookAt(report); look > 0)
        parts << counted(look, "The report tells what to know about one of them.", "The report tells what to know about %1 of them.");
}

} // namespace

QString importSentence(const ImportReport& report) {
    const int added = static_cast<int>(report.added.size());
    const int there = static_cast<int>(report.alreadyThere.size());
    QStringList parts;
    if (!report.failures.empty()) {
        parts << toQString(report.failures.front().error.detail);
        if (report.failures.size() > 1)
            parts << counted(static_cast<int>(report.failures.size()) - 1, "One more file couldn't be read.",
                             "%1 more files couldn't be read.");
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
    addLook(parts, report);
    if (report.cancelled)
        parts << tr("The import was stopped; what is in stays in.");
    if (!report.notConfined.empty())
        parts << missingProtections(report);
    return parts.isEmpty() ? tr("Nothing to import there: contracts are PDF, DOCX and text files.") : parts.join(QLatin1Char(' '));
}

QString importDetails(const ImportReport& report) {
    QStringList lines;
    for (const ImportFailure& failure : report.failures)
        if (!isOfADocument(report, failure))
            lines << QFileInfo(failure.file).fileName() << QStringLiteral("    ") + sentence(failure.error);
    for (const ImportedFile& file : report.files)
        addFile(lines, file);
    if (!report.notConfined.empty())
        lines << missingProtections(report);
    for (const auto& [file, contract] : report.renamed)
        lines << tr("%1 came in as %2: the name was taken.").arg(QFileInfo(file).fileName(), toQString(contract.value));
    addList(lines, tr("Quotes whose place in the contract wasn't found:"), report.notPlaced);
    addList(lines, tr("Clauses whose overlapping quotes were joined:"), report.merged);
    addList(lines, tr("Clauses that can't be written as they are:"), report.notEncodable);
    addList(lines, tr("Labels of contracts that aren't here:"), report.withoutContract);
    return lines.join(QLatin1Char('\n'));
}

} // namespace cw
