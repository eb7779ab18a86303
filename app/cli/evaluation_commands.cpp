// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/diff_output.h"
#include "app/cli/find_run.h"
#include "app/cli/output.h"
#include "app/cli/score_input.h"
#include "app/services/calibrate_run.h"
#include "app/services/evaluation_service.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/base/utf.h"

#include <filesystem>

namespace cw::cli {

namespace {

QString percent(double share) { return QString::number(100 * share, 'f', 1) + u'%'; }

QString percent(const std::optional<double>& share) { return share ? percent(*share) : QStringLiteral("-"); }

void printScore(const Evaluation& evaluation, const Taxonomy& taxonomy) {
    const Tally& total = evaluation.strict.total;
    print(QStringLiteral("%1 contracts, %2 cells; valid JSON %3; accuracy %4 (null baseline %5), micro F1 %6, macro F1 %7\n\n")
              .arg(evaluation.contracts).arg(total.cells())
              .arg(percent(evaluation.validRate()), percent(total.accuracy()), percent(total.nullBaseline()), percent(total.f1()),
                   percent(evaluation.strict.macroF1)));
    std::vector<QStringList> rows{{QStringLiteral("clause"), QStringLiteral("right"), QStringLiteral("null right"), QStringLiteral("wrong"),
                                   QStringLiteral("invented"), QStringLiteral("missed"), QStringLiteral("unusable"), QStringLiteral("F1")}};
    for (const std::string& key : taxonomy.keys())
        if (const auto at = evaluation.strict.perClause.find(key); at != evaluation.strict.perClause.end()) {
            const Tally& tally = at->second;
            rows.push_back({toQString(key), QString::number(tally.tp), QString::number(tally.tn), QString::number(tally.sub),
                            QString::number(tally.fp), QString::number(tally.fn), QString::number(tally.inv), percent(tally.f1())});
        }
    print(table(rows, {1, 2, 3, 4, 5, 6, 7}));
}

Result<Exit> score(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(input, readScoreInput(arguments));
    const TextOf textOf = [&](const ContractId& id) {
        const auto at = input.texts.find(id);
        return at == input.texts.end() ? nullptr : &at->second;
    };
    const Evaluation evaluation = evaluate(input.gold, input.outputs, input.taxonomy, textOf);
    if (context.json())
        print(std::string_view(scoreJson(evaluation, input.taxonomy) + "\n"));
    else
        printScore(evaluation, input.taxonomy);
    return Exit::Done;
}

Result<Exit> report(Context& context, const Arguments& arguments) {
    if (!arguments.has("out"))
        return Error{ErrorCode::BadUsage, "report needs --out FILE.html.", "See clausewright-cli report --help."};
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    CW_TRY_ASSIGN(scored, scoreRun(RunFolder(session->store().folder() / record.folder)));
    const std::string html = htmlReport(record.name, "", {{record.name, scored}});
    const std::string file = toStdString(arguments.value("out"));
    CW_TRY(writeFileAtomically(std::filesystem::path(file), html));
    if (context.json())
        printJson({{"run", record.id.value}, {"file", file}});
    else
        print(QStringLiteral("Wrote %1.\n").arg(toQString(file)));
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
             QStringLiteral("Both files are JSON Lines: {\"contract\": id, \"clauses\": {...}} and {\"contract\": id, \"output\": text}. "
                            "Without the texts, grounding reads \"not scored\"."),
             0, 0,
             {{QStringLiteral("gold"), QStringLiteral("FILE"), QStringLiteral("The gold answers.")},
              {QStringLiteral("predictions"), QStringLiteral("FILE"), QStringLiteral("The outputs, also a run's predictions.jsonl.")},
              {QStringLiteral("texts"), QStringLiteral("DIR"), QStringLiteral("The canonical texts, as <contract>.txt.")},
              {QStringLiteral("taxonomy"), QStringLiteral("FILE"), QStringLiteral("The clause types; else the default ones.")},
              {QStringLiteral("mode"), QStringLiteral("MODE"), QStringLiteral("free or constrained, where the file has both.")}},
             score},
            {QStringLiteral("report"), QStringLiteral("RUN"), QStringLiteral("Writes a run's scores as one HTML file."), {}, 1, 1,
             {{QStringLiteral("out"), QStringLiteral("FILE"), QStringLiteral("The page.")}}, report},
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
