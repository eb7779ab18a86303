// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/import_steps.h"

#include "app/services/contract_guesses.h"
#include "app/services/import_notes.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/text/quote.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace cw {

namespace fs = std::filesystem;

namespace {

fs::path pathOf(const QString& file) { return QFile::encodeName(file).toStdString(); }

const LabelledContract* findLabels(const std::vector<LabelledContract>& labels, const std::string& stem) {
    for (const LabelledContract& contract : labels)
        if (fs::path(contract.contractFile).stem().string() == stem)
            return &contract;
    return nullptr;
}

std::string documentName(const LabelledContract& labels) {
    for (const LabelClause& clause : labels.clauses)
        if (toQString(clause.category).compare(QLatin1String("document name"), Qt::CaseInsensitive) == 0)
            return normalizeQuote(!clause.spans.empty() ? clause.spans.front().text : clause.values.empty() ? "" : clause.values.front());
    return {};
}

std::string firstOf(std::string first, std::string otherwise) { return first.empty() ? std::move(otherwise) : std::move(first); }

// True if it was written now, false if it was there.
Result<bool> keepOriginal(const fs::path& documents, const std::string& sha256, std::string_view bytes) {
    std::error_code ignored;
    if (fs::exists(documents / sha256, ignored))
        return false;
    CW_TRY(writeFileAtomically(documents / sha256, bytes));
    return true;
}

bool namesParties(const LabelledContract& labels) {
    return std::any_of(labels.clauses.begin(), labels.clauses.end(), [](const LabelClause& clause) {
        return toQString(clause.category).compare(QLatin1String("parties"), Qt::CaseInsensitive) == 0 &&
               !(clause.spans.empty() && clause.values.empty());
    });
}

std::string mediaTypeOf(const QFileInfo& file) {
    const QString ending = file.suffix().toLower();
    if (ending == QLatin1String("pdf"))
        return "application/pdf";
    if (ending == QLatin1String("docx"))
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    return ending == QLatin1String("docm") ? "application/vnd.ms-word.document.macroEnabled.12" : "text/plain";
}

// What nobody said, as far as the text tells. A type is always set: the strata of a split need one.
void addGuesses(Contract& contract, const std::string& text, const LabelledContract* labels) {
    if (contract.type.empty()) {
        const std::string fromName = guessType(fs::path(contract.fileName).stem().string(), {});
        contract.type = firstOf(guessType(contract.title, text), firstOf(fromName, "Other"));
        contract.guessed.push_back("type");
    }
    if (contract.language.empty())
        if (contract.language = guessLanguage(text); !contract.language.empty())
            contract.guessed.push_back("language");
    if (labels && namesParties(*labels))
        return;
    if (contract.partiesGuess = guessParties(text); !contract.partiesGuess.empty())
        contract.guessed.push_back("parties");
}

Contract describe(const ParsedDocument& parsed, const ImportOptions& options, const LabelledContract* labels) {
    const QFileInfo file(parsed.file);
    const std::string stem = toStdString(file.completeBaseName());
    const std::string& text = parsed.document->text;
    Contract contract;
    contract.id = ContractId(stem);
    contract.title = firstOf(labels ? documentName(*labels) : "", guessTitle(text, stem));
    contract.type = firstOf(toStdString(options.type), labels ? labels->contractType : "");
    contract.language = firstOf(toStdString(options.language), labels ? labels->language : "");
    contract.source = firstOf(toStdString(options.source), labels ? labels->source : "");
    contract.fileName = toStdString(file.fileName());
    contract.mediaType = mediaTypeOf(file);
    contract.documentSha256 = parsed.sha256;
    contract.reader = parsed.document->reader;
    addGuesses(contract, text, labels);
    return contract;
}

void addFailure(ImportReport& report, const QString& file, const Error& error) {
    report.failures.push_back({file, error});
    report.files.push_back({file, ImportedFile::Outcome::Failed, {}, error, {}});
}

void noteProtections(const DocumentText& document, ImportReport& report) {
    for (const std::string& protection : document.notConfined)
        if (std::find(report.notConfined.begin(), report.notConfined.end(), protection) == report.notConfined.end())
            report.notConfined.push_back(protection);
}

} // namespace

Result<KnownDocuments> knownDocuments(StoreSession& session) {
    CW_TRY_ASSIGN(contracts, session.store().contracts().all());
    KnownDocuments known;
    for (const Contract& contract : contracts)
        known.insert(contract.documentSha256);
    return known;
}

ParsedDocument parseDocument(const QString& file, const KnownDocuments& known, const fs::path& documents, const ReadingGoesOn& goesOn) {
    ParsedDocument parsed;
    parsed.file = file;
    const auto bytes = readFile(pathOf(file));
    if (!bytes) {
        parsed.document = bytes.error();
        return parsed;
    }
    parsed.sha256 = sha256Hex(*bytes);
    parsed.isKnown = known.contains(parsed.sha256);
    if (parsed.isKnown)
        return parsed;
    parsed.document = readDocument(file, goesOn);
    if (!parsed.document)
        return parsed;
    // The reader opened the file by itself: what is kept must be what it read.
    if (const auto again = readFile(pathOf(file)); !again || sha256Hex(*again) != parsed.sha256)
        parsed.document = Error{ErrorCode::BadInput, toStdString(file) + " changed while it was read.", "Import it again once it is saved."};
    else if (const auto copied = keepOriginal(documents, parsed.sha256, *bytes))
        parsed.isCopied = *copied;
    else
        parsed.document = copied.error();
    return parsed;
}

void addDocument(StoreSession& session, const ParsedDocument& parsed, const ImportOptions& options,
                 const std::vector<LabelledContract>& labels, KnownDocuments& known, ImportReport& report) {
    ContractStore& contracts = session.store().contracts();
    if (parsed.isKnown) {
        const auto there = contracts.findByDocument(parsed.sha256);
        if (!there)
            return addFailure(report, parsed.file, Error{ErrorCode::Failed, toStdString(parsed.file) + " was taken out while it was imported.",
                                                         "Import it again."});
        report.alreadyThere.emplace_back(parsed.file, *there);
        report.files.push_back({parsed.file, ImportedFile::Outcome::AlreadyThere, *there, {}, {}});
        return;
    }
    if (!parsed.document)
        return addFailure(report, parsed.file, parsed.document.error());
    noteProtections(*parsed.document, report);
    const std::string stem = toStdString(QFileInfo(parsed.file).completeBaseName());
    const auto id = contracts.add(describe(parsed, options, findLabels(labels, stem)), *parsed.document);
    if (!id) {
        std::error_code ignored;
        if (parsed.isCopied)
            fs::remove(session.store().documentsFolder() / parsed.sha256, ignored);
        return addFailure(report, parsed.file, id.error());
    }
    known.insert(parsed.sha256);
    report.added.push_back(*id);
    report.files.push_back({parsed.file, ImportedFile::Outcome::Added, *id, {}, notesOf(*parsed.document)});
    if (id->value != stem)
        report.renamed.emplace_back(parsed.file, *id);
    session.notifyContracts();
}

Result<std::vector<LabelledContract>> readLabels(const QString& file) {
    CW_TRY_ASSIGN(bytes, readFile(pathOf(file)));
    return parseLabels(bytes, toStdString(file));
}

} // namespace cw
