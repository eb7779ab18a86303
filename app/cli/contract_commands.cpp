// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cell_output.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/services/cell_json.h"
#include "app/services/import_notes.h"
#include "app/services/import_service.h"
#include "app/services/result_qt.h"
#include "core/extraction/canonical_json.h"
#include "core/model/names.h"

#include <QFileInfo>

#include <array>
#include <map>

namespace cw::cli {

namespace {

Json failuresJson(const std::vector<ImportFailure>& failures) {
    Json out = Json::array();
    for (const ImportFailure& failure : failures)
        out.push_back({{"file", toStdString(failure.file)}, {"detail", failure.error.detail}, {"hint", failure.error.hint}});
    return out;
}

Json pairsJson(const std::vector<std::pair<QString, ContractId>>& pairs) {
    Json out = Json::array();
    for (const auto& [file, contract] : pairs)
        out.push_back({{"file", toStdString(file)}, {"contract", contract.value}});
    return out;
}

Json filesJson(const std::vector<ImportedFile>& files) {
    constexpr std::array<const char*, 3> kOutcomes = {"added", "already_there", "failed"};
    Json out = Json::array();
    for (const ImportedFile& file : files)
        out.push_back({{"file", toStdString(file.file)},
                       {"outcome", kOutcomes[static_cast<size_t>(file.outcome)]},
                       {"contract", file.contract.value},
                       {"detail", file.error.detail},
                       {"notes", file.notes}});
    return out;
}

Json reportJson(const ImportReport& report) {
    Json added = Json::array();
    for (const ContractId& id : report.added)
        added.push_back(id.value);
    return {{"added", std::move(added)},
            {"already_there", pairsJson(report.alreadyThere)},
            {"renamed", pairsJson(report.renamed)},
            {"files", filesJson(report.files)},
            {"not_confined", report.notConfined},
            {"failures", failuresJson(report.failures)},
            {"annotated_contracts", report.annotatedContracts},
            {"cells", report.cells},
            {"values_to_review", report.valuesToReview},
            {"kept_cells", report.keptCells},
            {"not_mapped", report.notMapped},
            {"not_placed", report.notPlaced},
            {"merged", report.merged},
            {"not_encodable", report.notEncodable},
            {"without_contract", report.withoutContract},
            {"not_confined", report.notConfined},
            {"passed_over", report.passedOver},
            {"cancelled", report.cancelled}};
}

// A heading with its lines, where there are any.
void printList(const QString& heading, const std::vector<std::string>& lines) {
    if (lines.empty())
        return;
    print(heading.arg(lines.size()) + u'\n');
    for (const std::string& line : lines)
        print(std::string_view("  " + line + "\n"));
}

void printReport(const ImportReport& report) {
    print(QStringLiteral("%1 contracts imported.\n").arg(report.added.size()));
    for (const auto& [file, contract] : report.alreadyThere)
        print(QStringLiteral("%1 is in the project already, as %2.\n").arg(file, toQString(contract.value)));
    for (const auto& [file, contract] : report.renamed)
        print(QStringLiteral("%1 became %2, since its name was taken.\n").arg(file, toQString(contract.value)));
    for (const ImportedFile& file : report.files)
        for (const std::string& note : file.notes)
            print(QStringLiteral("%1: %2\n").arg(file.file, toQString(note)));
    for (const std::string& protection : report.notConfined)
        print(QStringLiteral("This system doesn't limit the document reader's %1.\n").arg(toQString(protection)));
    if (report.annotatedContracts > 0)
        print(QStringLiteral("%1 contracts annotated: %2 cells, %3 with a value to review.\n")
                  .arg(report.annotatedContracts).arg(report.cells).arg(report.valuesToReview));
    if (report.keptCells > 0)
        print(QStringLiteral("%1 cells kept as they were decided.\n").arg(report.keptCells));
    std::vector<std::string> notMapped;
    for (const auto& [category, count] : report.notMapped)
        notMapped.push_back(category + ": " + std::to_string(count));
    printList(QStringLiteral("Not mapped to a clause type (%1 categories):"), notMapped);
    printList(QStringLiteral("Spans joined, since they overlapped (%1):"), report.merged);
    printList(QStringLiteral("Not found in the text (%1):"), report.notPlaced);
    printList(QStringLiteral("Not encodable (%1):"), report.notEncodable);
    if (!report.withoutContract.empty())
        print(QStringLiteral("%1 labelled contracts are not in the project.\n").arg(report.withoutContract.size()));
    printList(QStringLiteral("Passed over, since nothing here reads their kind (%1):"), report.passedOver);
}

// The exit code of the first failure that means more than a bad file.
Exit exitOfImport(const ImportReport& report) {
    if (report.cancelled)
        return Exit::Cancelled;
    for (const ImportFailure& failure : report.failures)
        if (exitOf(failure.error.code) == Exit::NotWritten)
            return Exit::NotWritten;
    return report.failures.empty() ? Exit::Done : Exit::BadInput;
}

Result<ImportOptions> importOptions(const Arguments& arguments) {
    ImportOptions options;
    options.type = arguments.value("type");
    options.source = arguments.value("source");
    options.language = arguments.value("language");
    if (options.language == QLatin1String("auto"))
        options.language.clear();
    if (!options.language.isEmpty() && options.language != QLatin1String("en-US") && options.language != QLatin1String("en-GB"))
        return Error{ErrorCode::BadUsage, "There is no language " + toStdString(options.language) + ".", "Use en-US, en-GB or auto."};
    options.annotations = arguments.value("annotations");
    options.annotationFormat = arguments.value("format", QStringLiteral("labels"));
    return options;
}

Result<Exit> import(Context& context, const Arguments& arguments) {
    watchForInterrupt();
    CW_TRY_ASSIGN(options, importOptions(arguments));
    CW_TRY_ASSIGN(session, context.openToWrite());
    Progress progress;
    const ImportReport report = importNow(*session, arguments.positional, options, [&](int done, int total, const QString& file) {
        progress.show(done, total, file);
        return !wasInterrupted();
    });
    progress.finish();
    if (context.json())
        printJson(reportJson(report));
    else
        printReport(report);
    for (const ImportFailure& failure : report.failures)
        say(sentence(failure.error));
    return exitOfImport(report);
}

Json contractJson(const Contract& contract) {
    return {{"contract", contract.id.value}, {"title", contract.title},       {"type", contract.type},
            {"language", contract.language}, {"source", contract.source},     {"file", contract.fileName},
            {"media_type", contract.mediaType}, {"pages", contract.pages},    {"text_bytes", contract.textBytes},
            {"document_sha256", contract.documentSha256}, {"text_sha256", contract.textSha256}, {"reader", contract.reader},
            {"added_at", contract.addedAt}};
}

Json countsJson(const CellCounts& counts) { return {{"present", counts.present}, {"absent", counts.absent}, {"flagged", counts.flagged}}; }

Result<Exit> contracts(Context& context, const Arguments&) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(all, session->store().contracts().all());
    CW_TRY_ASSIGN(countList, session->store().contracts().counts());
    const std::map<ContractId, CellCounts> counts(countList.begin(), countList.end());
    Json json = Json::array();
    std::vector<QStringList> rows{{QStringLiteral("contract"), QStringLiteral("type"), QStringLiteral("language"), QStringLiteral("pages"),
                                   QStringLiteral("bytes"), QStringLiteral("present"), QStringLiteral("absent"), QStringLiteral("flagged")}};
    for (const Contract& contract : all) {
        const auto at = counts.find(contract.id);
        const CellCounts cells = at == counts.end() ? CellCounts() : at->second;
        Json row = contractJson(contract);
        row["cells"] = countsJson(cells);
        json.push_back(std::move(row));
        rows.push_back({toQString(contract.id.value), toQString(contract.type), toQString(contract.language),
                        QString::number(contract.pages), QString::number(contract.textBytes), QString::number(cells.present),
                        QString::number(cells.absent), QString::number(cells.flagged)});
    }
    if (context.json())
        printJson({{"contracts", std::move(json)}});
    else
        print(table(rows, {3, 4, 5, 6, 7}));
    return Exit::Done;
}

void printContract(const Contract& contract, const std::vector<std::string>& notes, const std::vector<Cell>& cells) {
    print(QStringLiteral("%1 (%2)\n%3, %4, %5 pages, %6 bytes of text, read by %7\n")
              .arg(toQString(contract.title), toQString(contract.id.value), toQString(contract.type),
                   contract.language.empty() ? QStringLiteral("language unknown") : toQString(contract.language))
              .arg(contract.pages).arg(contract.textBytes).arg(toQString(contract.reader)));
    for (const std::string& note : notes)
        print(std::string_view(note + "\n"));
    print(QStringLiteral("\n"));
    std::vector<QStringList> rows;
    for (const Cell& cell : cells) {
        rows.push_back({toQString(cell.clause), stateWord(cell.state), toQString(flagWords(cell.flags)),
                        toQString(encodeValue(cell.value))});
        for (const Span& span : cell.spans)
            rows.push_back({QString(), QStringLiteral("%1:%2").arg(span.range.begin).arg(span.range.end), QString(),
                            toQString(span.quote).simplified()});
    }
    print(table(rows));
}

Result<Exit> show(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    const ContractId id(toStdString(arguments[0]));
    CW_TRY_ASSIGN(contract, session->store().contracts().get(id));
    CW_TRY_ASSIGN(cells, session->store().annotations().cells(id, session->readingOf(id)));
    CW_TRY_ASSIGN(notes, notesOf(session->store().contracts(), id));
    if (!context.json()) {
        printContract(contract, notes, cells);
        return Exit::Done;
    }
    Json json = contractJson(contract);
    json["notes"] = notes;
    json["clauses"] = Json::array();
    for (const Cell& cell : cells)
        json["clauses"].push_back(cellJson(cell));
    printJson(json);
    return Exit::Done;
}

Result<Exit> text(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    const ContractId id(toStdString(arguments[0]));
    CW_TRY_ASSIGN(bytes, session->store().contracts().text(id));
    if (context.json())
        printJson({{"contract", id.value}, {"text", bytes}});
    else
        print(std::string_view(bytes));
    return Exit::Done;
}

} // namespace

std::vector<Command> contractCommands() {
    return {
        {QStringLiteral("import"), QStringLiteral("PATH..."), QStringLiteral("Brings contracts in, from .pdf, .docx and .txt files or folders."),
         QStringLiteral("The same bytes twice are one contract. A contract's id is its file name without the ending. One bad file never "
                        "stops the others: it is listed with its reason, and the exit code is 3."),
         1, -1,
         {{QStringLiteral("type"), QStringLiteral("T"), QStringLiteral("Contract type; else the labels', else Other.")},
          {QStringLiteral("language"), QStringLiteral("L"), QStringLiteral("en-US, en-GB or auto.")},
          {QStringLiteral("source"), QStringLiteral("S"), QStringLiteral("Where the contracts come from.")},
          {QStringLiteral("annotations"), QStringLiteral("FILE"), QStringLiteral("Annotations of these contracts.")},
          {QStringLiteral("format"), QStringLiteral("F"), QStringLiteral("Of the annotations: labels.")}},
         import},
        {QStringLiteral("contracts"), {}, QStringLiteral("Lists the contracts with what is decided on them."), {}, 0, 0, {}, contracts},
        {QStringLiteral("show"), QStringLiteral("CONTRACT"), QStringLiteral("Shows one contract with its clauses and their states."), {}, 1,
         1, {}, show},
        {QStringLiteral("text"), QStringLiteral("CONTRACT"), QStringLiteral("Prints a contract's canonical text, byte for byte."), {}, 1, 1,
         {}, text},
    };
}

} // namespace cw::cli
