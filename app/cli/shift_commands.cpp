// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The UK shift suite: contracts rewritten as a British drafter writes them, and what that does to a model's answers.
#include "app/cli/commands.h"
#include "app/cli/dataset_options.h"
#include "app/cli/output.h"
#include "app/cli/score_input.h"
#include "app/cli/score_output.h"
#include "app/services/result_qt.h"
#include "app/services/shift_service.h"

#include <algorithm>
#include <filesystem>

namespace cw::cli {

namespace {

namespace fs = std::filesystem;

QString percent(double share) { return QString::number(100 * share, 'f', 1); }

Result<std::vector<ShiftKind>> kindsOf(const QString& name) {
    std::vector<ShiftKind> kinds;
    for (const ShiftInfo& info : shifts())
        if (name.isEmpty() || name == QLatin1String("all") || name == toQString(info.name))
            kinds.push_back(info.kind);
    if (!kinds.empty())
        return kinds;
    std::string names;
    for (const ShiftInfo& info : shifts())
        names += (names.empty() ? "" : ", ") + std::string(info.name);
    return Error{ErrorCode::BadUsage, "There is no transform " + toStdString(name) + ".", "Use all or one of " + names + "."};
}

Result<ShiftInput> readShiftInput(const Arguments& arguments) {
    CW_TRY_ASSIGN(input, readGoldInput(arguments));
    return ShiftInput{std::move(input.taxonomy), std::move(input.gold), std::move(input.texts)};
}

Json reportJson(const ShiftReport& report) {
    const ShiftInfo& info = infoOf(report.kind);
    Json json = {{"transform", info.name}, {"kind", info.directional ? "DIR" : "INV"}, {"contracts", report.contracts}, {"edits", report.edits},
                 {"directed_cells", report.directed}};
    for (const auto& [why, contracts] : report.leftOut)
        json["left_out"].push_back({{"why", why}, {"contracts", contracts}});
    return json;
}

Result<Exit> shift(Context& context, const Arguments& arguments) {
    if (!arguments.has("gold") || !arguments.has("texts") || !arguments.has("out"))
        return Error{ErrorCode::BadUsage, "shift needs --gold FILE, --texts DIR and --out DIR.", "See clausewright-cli shift --help."};
    CW_TRY_ASSIGN(kinds, kindsOf(arguments.value("transform")));
    CW_TRY_ASSIGN(input, readShiftInput(arguments));
    CW_TRY_ASSIGN(options, datasetOptions(arguments, input.taxonomy));
    Json list = Json::array();
    std::vector<QStringList> rows{{QStringLiteral("transform"), QStringLiteral("kind"), QStringLiteral("contracts"), QStringLiteral("edits"),
                                   QStringLiteral("changed answers"), QStringLiteral("what becomes of the gold")}};
    for (const ShiftKind kind : kinds) {
        const ShiftInfo& info = infoOf(kind);
        CW_TRY_ASSIGN(report, writeShift(fs::path(toStdString(arguments.value("out"))) / std::string(info.name), kind, input, options.chunk));
        list.push_back(reportJson(report));
        rows.push_back({toQString(info.name), info.directional ? QStringLiteral("DIR") : QStringLiteral("INV"), QString::number(report.contracts),
                        QString::number(report.edits), QString::number(report.directed), toQString(info.gold)});
    }
    if (context.json())
        printJson({{"of", input.gold.size()}, {"transforms", std::move(list)}});
    else
        print(table(rows, {2, 3, 4}));
    return Exit::Done;
}

Json rateJson(const ShiftRate& rate) {
    Json json = {{"kept", rate.kept}, {"of", rate.of}, {"rate", rate.of == 0 ? Json() : Json(rate.rate())}};
    if (rate.interval)
        json["interval"] = *rate.interval;
    return json;
}

Json faultJson(const ShiftFault& fault) {
    const auto words = [](const std::optional<Finding>& finding) { return finding ? Json::parse(encodeFinding(*finding), nullptr, false) : Json(); };
    return {{"contract", fault.contract.value}, {"clause", fault.clause}, {"directed", fault.directed}, {"expected", words(fault.expected)}, {"found", words(fault.found)}};
}

QStringList rateRow(const QString& name, const ShiftRate& rate) {
    const QString interval = rate.interval ? QStringLiteral("[%1, %2]").arg(percent((*rate.interval)[0]), percent((*rate.interval)[1])) : QStringLiteral("-");
    return {name, QString::number(rate.kept), QString::number(rate.of), rate.of == 0 ? QStringLiteral("-") : percent(rate.rate()), interval};
}

void printOutcome(const std::string& shift, const ShiftOutcome& outcome) {
    print(QStringLiteral("%1, %2 contracts\n").arg(toQString(shift)).arg(outcome.contracts));
    print(table({{QStringLiteral("cells"), QStringLiteral("as they must be"), QStringLiteral("of"), QStringLiteral("%"), QStringLiteral("95 %")},
                 rateRow(QStringLiteral("invariant"), outcome.invariant),
                 rateRow(QStringLiteral("directed"), outcome.directed),
                 rateRow(QStringLiteral("directed, right before"), outcome.directedRightBefore)},
                {1, 2, 3}));
    print(QStringLiteral("Contracts without any change among their invariant cells: %1 of %2 [%3, %4]. Invariant cells that are unusable before and after: %5.\n")
              .arg(outcome.contractsKept).arg(outcome.contractsJudged)
              .arg(percent(outcome.contractsInterval[0]), percent(outcome.contractsInterval[1])).arg(outcome.unusable));
    for (const ShiftFault& fault : outcome.faults)
        print(QStringLiteral("  %1: %2 %3\n").arg(fault.directed ? QStringLiteral("not as directed") : QStringLiteral("changed"), toQString(fault.contract.value), toQString(fault.clause)));
}

// Answers of two ways of decoding differ, whatever the contracts say.
Status checkOneMode(const std::vector<OutputRow>& before, const std::vector<OutputRow>& after) {
    if (before.empty() || after.empty() || before.front().constrained == after.front().constrained)
        return {};
    const auto mode = [](const std::vector<OutputRow>& rows) { return std::string(rows.front().constrained ? "constrained" : "free"); };
    return Error{ErrorCode::BadInput, "The outputs on the old texts are " + mode(before) + ", those on the shifted ones " + mode(after) + ".",
                 "Give outputs of one mode; --mode chooses it where a file has both."};
}

Result<Exit> shiftScore(Context& context, const Arguments& arguments) {
    for (const char* name : {"gold", "texts", "predictions", "shifted", "shifted-predictions"})
        if (!arguments.has(name))
            return Error{ErrorCode::BadUsage, std::string("shift-score needs --") + name + ".", "See clausewright-cli shift-score --help."};
    CW_TRY_ASSIGN(original, readShiftInput(arguments));
    CW_TRY_ASSIGN(folder, readShift(fs::path(toStdString(arguments.value("shifted"))), original));
    std::vector<GoldRow> gold;
    std::map<ContractId, const std::string*> texts;
    for (const ShiftedContract& contract : folder.contracts) {
        gold.push_back(contract.gold);
        texts[contract.gold.contract] = &contract.text;
    }
    const TextOf oldText = [&](const ContractId& id) {
        const auto at = original.texts.find(id);
        return at == original.texts.end() ? nullptr : &at->second;
    };
    const TextOf newText = [&](const ContractId& id) {
        const auto at = texts.find(id);
        return at == texts.end() ? nullptr : at->second;
    };
    const QString mode = arguments.value("mode");
    CW_TRY_ASSIGN(before, readPredictions(arguments.value("predictions"), original.gold, original.taxonomy, oldText, mode));
    CW_TRY_ASSIGN(after, readPredictions(arguments.value("shifted-predictions"), gold, original.taxonomy, newText, mode));
    CW_TRY(checkOneMode(before.rows, after.rows));
    EvaluationOptions options;
    options.clusters = clustersOf(original.texts);
    const Evaluation earlier = evaluate(original.gold, before.rows, original.taxonomy, oldText, options);
    const Evaluation later = evaluate(gold, after.rows, original.taxonomy, newText, options);
    const ShiftOutcome outcome = scoreShift(earlier, later, folder.contracts, oldText, original.taxonomy);
    const auto end = [&] {
        const bool beforeFaulty = sayFaults(before.report), afterFaulty = sayFaults(after.report);
        return beforeFaulty || afterFaulty ? Exit::BadInput : Exit::Done;
    };
    if (!context.json()) {
        printOutcome(folder.shift, outcome);
        printInput(before.report);
        printInput(after.report);
        return end();
    }
    Json faults = Json::array();
    for (const ShiftFault& fault : outcome.faults)
        faults.push_back(faultJson(fault));
    printJson({{"transform", folder.shift}, {"contracts", outcome.contracts}, {"invariant", rateJson(outcome.invariant)}, {"directed", rateJson(outcome.directed)},
               {"directed_right_before", rateJson(outcome.directedRightBefore)},
               {"contracts_kept", {{"kept", outcome.contractsKept}, {"of", outcome.contractsJudged}, {"interval", outcome.contractsInterval}}},
               {"unusable", outcome.unusable}, {"faults", std::move(faults)}, {"input", inputReportJson(before.report)},
               {"shifted_input", inputReportJson(after.report)}});
    return end();
}

const Option kGold{QStringLiteral("gold"), QStringLiteral("FILE"), QStringLiteral("The gold answers, also a run's data/gold.jsonl.")};
const Option kTexts{QStringLiteral("texts"), QStringLiteral("DIR"), QStringLiteral("The canonical texts, as <contract>.txt.")};
const Option kTaxonomy{QStringLiteral("taxonomy"), QStringLiteral("FILE"), QStringLiteral("The clause types; else the default ones.")};

std::vector<Option> shiftOptions() {
    std::vector<Option> options{kGold, kTexts, {QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("Where a folder for each transform is made.")},
                                {QStringLiteral("transform"), QStringLiteral("NAME"), QStringLiteral("One transform by its name, or all, which is the default.")}, kTaxonomy};
    for (Option& option : datasetOptionTable()) // how the prompts are cut
        if (QStringList{QStringLiteral("window"), QStringLiteral("overlap"), QStringLiteral("strategy"), QStringLiteral("stub")}.contains(option.name))
            options.push_back(std::move(option));
    return options;
}

} // namespace

std::vector<Command> shiftCommands() {
    return {{QStringLiteral("shift"), {}, QStringLiteral("Rewrites contracts as a British drafter would, with their gold answers carried along."),
             QStringLiteral("Needs no project. For each transform a folder with gold.jsonl and texts, for `score`, and prompts.jsonl, for `run generate --data` and "
                            "`run evaluate --data`, of the contracts that it applies to. INV transforms change words that no answer depends on; DIR ones change what "
                            "is right, and say how. `shift-score` tells what they did to a model's answers."),
             0, 0, shiftOptions(), shift},
            {QStringLiteral("shift-score"), {}, QStringLiteral("Tells how a model's answers to shifted contracts differ from those to the old ones."),
             QStringLiteral("An invariant cell must stay as it was, but for the rewritten words of its quotes; a directed one must be right by the shifted gold. Exit code 3 "
                            "where a line of either file of outputs can't be used; the output says which."), 0, 0,
             {kGold, kTexts, {QStringLiteral("predictions"), QStringLiteral("FILE"), QStringLiteral("The outputs on the old texts.")},
              {QStringLiteral("shifted"), QStringLiteral("DIR"), QStringLiteral("The transform's folder, as `shift` wrote it.")},
              {QStringLiteral("shifted-predictions"), QStringLiteral("FILE"), QStringLiteral("The outputs on its texts.")}, kTaxonomy,
              {QStringLiteral("mode"), QStringLiteral("MODE"), QStringLiteral("free or constrained, where a file has both.")}},
             shiftScore}};
}

} // namespace cw::cli
