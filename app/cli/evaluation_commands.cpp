// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/diff_output.h"
#include "app/cli/find_run.h"
#include "app/cli/output.h"
#include "app/cli/percent.h"
#include "app/cli/score_input.h"
#include "app/cli/score_output.h"
#include "app/services/calibrate_run.h"
#include "app/services/evaluation_service.h"
#include "app/services/report_pdf.h"
#include "app/services/report_tables.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/base/utf.h"

#include <filesystem>

namespace cw::cli {

namespace {

Result<Exit> score(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(prices, readPrices(arguments));
    CW_TRY_ASSIGN(input, readScoreInput(arguments));
    ScoreOutput output{evaluate(input.gold, input.outputs, input.taxonomy, input.textOf(), input.options), {}, {}};
    output.cost = costOf(output.evaluation, input.outputs, {}, prices);
    if (arguments.has("papers"))
        output.papers = paperScores(output.evaluation, input.outputs);
    if (context.json())
        printScoreJson(output, input);
    else
        printScore(output, input);
    return sayFaults(input.report) ? Exit::BadInput : Exit::Done;
}

Status writeReport(const QString& file, const std::vector<ReportRun>& runs, const Prices& prices) {
    std::string title;
    for (const ReportRun& run : runs)
        title += (title.empty() ? "" : ", ") + run.title;
    const std::filesystem::path path(toStdString(file));
    if (file.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive))
        return writeReportPdf(path, title, "", runs, prices);
    return writeFileAtomically(path, htmlReport(title, "", runs, prices));
}

Result<Exit> report(Context& context, const Arguments& arguments) {
    if (!arguments.has("out") && !arguments.has("tables"))
        return Error{ErrorCode::BadUsage, "report needs --out FILE.html, --out FILE.pdf or --tables DIR.", "See clausewright-cli report --help."};
    CW_TRY_ASSIGN(prices, readPrices(arguments));
    CW_TRY_ASSIGN(session, context.openToRead());
    std::vector<ReportRun> runs;
    Json ids = Json::array();
    for (const QString& word : arguments.positional) {
        CW_TRY_ASSIGN(record, findRun(*session, word));
        CW_TRY_ASSIGN(scored, scoreRun(RunFolder(session->store().folder() / record.folder)));
        ids.push_back(record.id.value);
        runs.push_back({record.name, std::move(scored)});
    }
    Json files = Json::array();
    for (const QString& file : arguments.values("out")) {
        CW_TRY(writeReport(file, runs, prices));
        files.push_back(toStdString(file));
    }
    if (arguments.has("tables")) {
        CW_TRY_ASSIGN(written, writeReportTables(reportTables(runs, prices), toStdString(arguments.value("tables"))));
        for (const std::filesystem::path& file : written)
            files.push_back(file.string());
    }
    if (context.json())
        printJson({{"run", ids[0]}, {"runs", ids}, {"file", files[0]}, {"files", files}});
    else
        for (const Json& file : files)
            print(QStringLiteral("Wrote %1.\n").arg(toQString(file.get<std::string>())));
    return Exit::Done;
}

// It changes how later runs answer, so it needs the project as its writer does.
Result<Exit> calibrate(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToWrite());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    CW_TRY_ASSIGN(result, calibrateFrom(RunFolder(session->store().folder() / record.folder)));
    if (context.json()) {
        nlohmann::ordered_json clauses = nlohmann::ordered_json::object();
        for (const ClauseCalibration& clause : result.clauses)
            clauses[clause.key] = {{"bias", clause.fitted.bias}, {"n", clause.fitted.n},
                                   {"f1", {clause.f1Before, clause.f1After}}, {"ece", {clause.errorBefore, clause.errorAfter}}};
        printJson({{"run", record.id.value}, {"file", result.file.string()}, {"clauses", clauses}, {"left_alone", result.leftAlone}});
        return Exit::Done;
    }
    std::vector<QStringList> rows{{QStringLiteral("clause"), QStringLiteral("contracts"), QStringLiteral("bias"), QStringLiteral("F1 before"),
                                   QStringLiteral("after"), QStringLiteral("calibration error before"), QStringLiteral("after")}};
    for (const ClauseCalibration& clause : result.clauses)
        rows.push_back({toQString(clause.key), QString::number(clause.fitted.n), QString::number(clause.fitted.bias, 'f', 2),
                        percent(clause.f1Before), percent(clause.f1After), percent(clause.errorBefore), percent(clause.errorAfter)});
    print(table(rows, {1, 2, 3, 4, 5, 6}));
    print(QStringLiteral("Wrote %1; %2 clauses have too few contracts of either kind and stay as they are.\n")
              .arg(toQString(result.file.string())).arg(result.leftAlone));
    return Exit::Done;
}

Result<std::string> readText(const QString& file) {
    CW_TRY_ASSIGN(bytes, readFile(std::filesystem::path(toStdString(file))));
    if (firstInvalidUtf8(bytes))
        return Error{ErrorCode::BadInput, toStdString(file) + " is not UTF-8 text.", "Compare text files."};
    return bytes;
}

Result<Exit> diff(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(left, readText(arguments[0]));
    CW_TRY_ASSIGN(right, readText(arguments[1]));
    if (arguments.has("json-fields")) {
        CW_TRY_ASSIGN(equal, printFieldDiff({arguments[0], left}, {arguments[1], right}, context.json()));
        return equal ? Exit::Done : Exit::Negative;
    }
    return printWordDiff(left, right, context.json()) ? Exit::Done : Exit::Negative;
}

} // namespace

std::vector<Command> evaluationCommands() {
    return {{QStringLiteral("score"), {}, QStringLiteral("Scores outputs from anywhere against gold answers; needs no project."),
             QStringLiteral("Both files are JSON Lines: {\"contract\": id, \"clauses\": {...}} and {\"contract\": id, \"output\": text}, with "
                            "\"tokens\", \"tokens_in\" and \"seconds\" where they are known. A gold clause may name further answers that are as right: "
                            "{\"q\": [...], \"v\": value, \"alt\": [{\"q\": [...], \"v\": value}]}. Without the texts, grounding reads "
                            "\"not scored\"; with them, near duplicates count as one contract in intervals. A calibration.json beside the "
                            "predictions, as a run leaves it, says what their margins stand for. A line that can't be used is listed and its contract counts as wrong; the exit code is then 3."),
             0, 0,
             {{QStringLiteral("gold"), QStringLiteral("FILE"), QStringLiteral("The gold answers.")},
              {QStringLiteral("predictions"), QStringLiteral("FILE"), QStringLiteral("The outputs, also a run's predictions.jsonl.")},
              {QStringLiteral("texts"), QStringLiteral("DIR"), QStringLiteral("The canonical texts, as <contract>.txt.")},
              {QStringLiteral("taxonomy"), QStringLiteral("FILE"), QStringLiteral("The clause types; else the default ones.")},
              {QStringLiteral("mode"), QStringLiteral("MODE"), QStringLiteral("free or constrained, where the file has both.")},
              {QStringLiteral("calibration"), QStringLiteral("FILE"), QStringLiteral("An adapter's calibration.json, of the same weights.")},
              {QStringLiteral("papers"), {}, QStringLiteral("Also the numbers of CUAD, ContractEval and SemEval-2013 (nervaluate).")},
              kPricePerHour, kPricePerKwh},
             score},
            {QStringLiteral("report"), QStringLiteral("RUN..."), QStringLiteral("Writes the scores of runs as one HTML file, as a PDF or as tables."),
             QStringLiteral("Several runs: each is also set against the first, cell by cell. The breakdown and the examples are the last one's."), 1, -1,
             {{QStringLiteral("out"), QStringLiteral("FILE"), QStringLiteral("The page; a PDF if its name ends in .pdf."), true},
              {QStringLiteral("tables"), QStringLiteral("DIR"), QStringLiteral("Every table as CSV and JSON into this folder.")},
              kPricePerHour, kPricePerKwh},
             report},
            {QStringLiteral("calibrate"), QStringLiteral("RUN"),
             QStringLiteral("Fits when a clause counts as found, for the adapter that a run evaluated."),
             QStringLiteral("RUN is an evaluation of the validation side with constrained decoding. What is fitted lies beside the adapter as "
                            "calibration.json, and every later run with the same weights follows it; delete the file to undo it."),
             1, 1, {}, calibrate},
            {QStringLiteral("diff"), QStringLiteral("A B"), QStringLiteral("Compares two files by words, or two answers by fields."),
             QStringLiteral("Exit code 1 if they differ."), 2, 2,
             {{QStringLiteral("words"), {}, QStringLiteral("By words; this is what happens anyway.")},
              {QStringLiteral("json-fields"), {}, QStringLiteral("By the fields of two JSON objects.")}},
             diff}};
}

} // namespace cw::cli
