// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cell_output.h"
#include "app/cli/commands.h"
#include "app/cli/dataset_options.h"
#include "app/services/result_qt.h"
#include "core/model/names.h"

#include <algorithm>

namespace cw::cli {

namespace {

Result<SideSize> sideSize(const Arguments& arguments, const char* name, double otherwise) {
    CW_TRY_ASSIGN(amount, arguments.number(name, otherwise));
    if (amount < 0 || (amount > 1 && amount != static_cast<double>(static_cast<qint64>(amount))))
        return Error{ErrorCode::BadUsage, "--" + std::string(name) + " is a number of contracts or a share below 1.", ""};
    return SideSize{amount};
}

Result<SplitRequest> splitRequest(const Arguments& arguments) {
    SplitRequest request;
    CW_TRY_ASSIGN(test, sideSize(arguments, "test", request.test.amount));
    CW_TRY_ASSIGN(validation, sideSize(arguments, "validation", request.validation.amount));
    CW_TRY_ASSIGN(seed, arguments.whole("seed", static_cast<qint64>(request.seed)));
    if (seed < 0)
        return Error{ErrorCode::BadUsage, "--seed is a whole number from 0.", ""};
    return SplitRequest{test, validation, static_cast<std::uint64_t>(seed)};
}

std::vector<std::string> strata(const Arguments& arguments) {
    std::vector<std::string> by;
    for (const QString& word : arguments.value("by", QStringLiteral("contract_type")).split(u',', Qt::SkipEmptyParts))
        by.push_back(toStdString(word.trimmed()));
    return by;
}

Json splitJson(const Split& split, const std::vector<SplitTableRow>& rows) {
    Json sides = Json::object();
    for (const auto& [contract, side] : split.sides)
        sides[contract.value] = nameOf(side);
    Json byType = Json::array();
    for (const SplitTableRow& row : rows)
        byType.push_back({{"type", row.type}, {"train", row.contracts[0]}, {"validation", row.contracts[1]}, {"test", row.contracts[2]}});
    return {{"split", split.name}, {"seed", split.seed}, {"by", split.by}, {"sides", std::move(sides)}, {"table", std::move(byType)}};
}

void printSplit(const std::vector<SplitTableRow>& types) {
    std::vector<QStringList> rows{{QStringLiteral("type"), QStringLiteral("train"), QStringLiteral("validation"), QStringLiteral("test")}};
    std::array<int, 3> total{};
    for (const SplitTableRow& row : types) {
        rows.push_back({toQString(row.type)});
        for (size_t side = 0; side < 3; ++side) {
            rows.back() += QString::number(row.contracts[side]);
            total[side] += row.contracts[side];
        }
    }
    rows.push_back({QStringLiteral("all"), QString::number(total[0]), QString::number(total[1]), QString::number(total[2])});
    print(table(rows, {1, 2, 3}));
}

Result<Exit> split(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(request, splitRequest(arguments));
    CW_TRY_ASSIGN(session, context.openToWrite());
    DatasetService dataset(*session);
    CW_TRY_ASSIGN(locked, session->store().splits().lockedTestContracts());
    CW_TRY_ASSIGN(learnt, session->store().splits().learntContracts());
    CW_TRY_ASSIGN(made, dataset.makeSplit(toStdString(arguments.value("name", QStringLiteral("default"))), request, strata(arguments)));
    CW_TRY_ASSIGN(rows, dataset.table(made.name));
    if (!locked.empty() || !learnt.empty())
        say(QStringLiteral("%1 contracts stay on the locked test side, and %2 that a run learnt from on theirs, whatever was asked for.")
                .arg(locked.size()).arg(learnt.size()));
    if (context.json())
        printJson(splitJson(made, rows));
    else
        printSplit(rows);
    return Exit::Done;
}

Status exportAs(const QString& format, const QString& file, const Arguments& arguments, StoreSession& session) {
    DatasetService dataset(session);
    if (format == QLatin1String("clausewright"))
        return dataset.exportClausewright(file);
    if (format == QLatin1String("csv"))
        return dataset.exportCsv(file);
    if (format == QLatin1String("preference"))
        return dataset.exportPreference(file, !arguments.has("voted-only"));
    if (format != QLatin1String("chat"))
        return Error{ErrorCode::BadUsage, "There is no export format " + toStdString(format) + ".",
                     "Use chat, preference, clausewright or csv."};
    CW_TRY_ASSIGN(side, sideFromName(arguments.value("side", QStringLiteral("train"))));
    CW_TRY_ASSIGN(options, datasetOptions(arguments, session.taxonomy()));
    return dataset.exportChat(file, side, options);
}

Result<Exit> exportData(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    const QString file = arguments[1];
    CW_TRY(exportAs(arguments[0], file, arguments, *session));
    const QString manifest = file + QStringLiteral(".manifest.json");
    if (context.json())
        printJson({{"file", toStdString(file)}, {"manifest", toStdString(manifest)}});
    else
        print(QStringLiteral("Wrote %1 and %2.\n").arg(file, manifest));
    return Exit::Done;
}

std::vector<Option> exportOptions() {
    std::vector<Option> options = datasetOptionTable();
    options.push_back({QStringLiteral("side"), QStringLiteral("SIDE"), QStringLiteral("train, validation or test; else train.")});
    options.push_back({QStringLiteral("voted-only"), {}, QStringLiteral("Preference: leave out mined pairs that nobody voted on.")});
    return options;
}

} // namespace

std::vector<Command> datasetCommands() {
    return {{QStringLiteral("split"), {}, QStringLiteral("Splits the contracts, by strata, with near duplicates kept together."),
             QStringLiteral("Prints the table of counts. The test side is locked for good: its contracts never enter a training or "
                            "preference file."),
             0, 0,
             {{QStringLiteral("test"), QStringLiteral("N|RATIO"), QStringLiteral("Contracts, or the share, to test on; else 0.2.")},
              {QStringLiteral("validation"), QStringLiteral("N|RATIO"), QStringLiteral("For validation; else 0.1.")},
              {QStringLiteral("seed"), QStringLiteral("S"), QStringLiteral("The same seed gives the same split; else 17.")},
              {QStringLiteral("by"), QStringLiteral("LIST"), QStringLiteral("contract_type, language or both; else contract_type.")},
              {QStringLiteral("name"), QStringLiteral("NAME"), QStringLiteral("The split's name; else default.")}},
             split},
            {QStringLiteral("export"), QStringLiteral("FORMAT OUT"), QStringLiteral("Writes a dataset with a manifest of hashes beside it."),
             QStringLiteral("Formats: chat (messages as JSON Lines), preference (prompt, chosen, rejected), clausewright (each "
                            "contract's text, places and decisions, lossless), csv (one row a decided or flagged cell)."),
             2, 2, exportOptions(), exportData}};
}

} // namespace cw::cli
