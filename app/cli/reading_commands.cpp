// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cell_output.h"
#include "app/cli/commands.h"
#include "app/services/agreement_service.h"
#include "app/services/cell_json.h"
#include "app/services/result_qt.h"
#include "core/base/closest_name.h"
#include "core/model/names.h"

namespace cw::cli {

namespace {

Error usage(const std::string& what, const std::string& hint) { return {ErrorCode::BadUsage, what, hint}; }

const char* wordOf(DoubleState state) {
    switch (state) {
    case DoubleState::None: return "none";
    case DoubleState::Assigned: return "assigned";
    case DoubleState::InProgress: return "in_progress";
    case DoubleState::Waiting: return "waiting";
    case DoubleState::ToAdjudicate: return "to_adjudicate";
    case DoubleState::Done: return "done";
    }
    return "none";
}

std::vector<ContractId> contractsOf(const QStringList& words) {
    std::vector<ContractId> out;
    for (const QString& word : words)
        out.push_back(ContractId(toStdString(word)));
    return out;
}

Result<Exit> assign(Context& context, const Arguments& arguments) {
    const bool withdraw = arguments.has("withdraw");
    if (withdraw == arguments.has("to"))
        return usage("An assignment needs one of --to and --withdraw.", "See clausewright-cli readings assign --help.");
    CW_TRY_ASSIGN(session, context.openToWrite(arguments.value("annotator")));
    const std::vector<ContractId> contracts = contractsOf(arguments.positional);
    CW_TRY(withdraw ? session->withdrawSecondReader(contracts) : session->assignSecondReader(contracts, arguments.value("to")));
    if (context.json()) {
        printJson({{"contracts", arguments.positional.size()},
                   {"second_reader", withdraw ? Json() : Json(toStdString(arguments.value("to")))}});
    } else {
        print(withdraw ? QStringLiteral("%1 contracts have no second reader\n").arg(arguments.positional.size())
                       : QStringLiteral("%1 reads %2 contracts a second time\n").arg(arguments.value("to")).arg(arguments.positional.size()));
    }
    return Exit::Done;
}

Result<Exit> finish(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToWrite(arguments.value("annotator")));
    const ContractId contract(toStdString(arguments[0]));
    CW_TRY(session->store().contracts().get(contract));
    const bool record = session->readingOf(contract) == Reading::Record;
    std::vector<std::string> conflicts;
    if (arguments.has("reopen")) {
        CW_TRY(session->reopen(contract));
    } else {
        CW_TRY_ASSIGN(found, session->finish(contract));
        conflicts = std::move(found);
    }
    if (context.json()) {
        printJson({{"contract", contract.value}, {"reading", record ? 0 : 2}, {"finished", !arguments.has("reopen")}, {"conflicts", conflicts}});
        return Exit::Done;
    }
    print(QStringLiteral("%1: %2 %3\n").arg(toQString(contract.value), record ? QStringLiteral("record") : QStringLiteral("second reading"),
                                             arguments.has("reopen") ? QStringLiteral("open again") : QStringLiteral("finished")));
    for (const std::string& clause : conflicts)
        print(QStringLiteral("  the readings differ: %1\n").arg(toQString(clause)));
    return Exit::Done;
}

Result<Exit> list(Context& context, const Arguments&) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(states, session->store().readings().states());
    Json json = Json::array();
    std::vector<QStringList> rows = {{QStringLiteral("contract"), QStringLiteral("record"), QStringLiteral("second reader"),
                                      QStringLiteral("state"), QStringLiteral("to adjudicate")}};
    for (const auto& [contract, status] : states) {
        if (status.state == DoubleState::None && !status.recordFinished)
            continue;
        json.push_back({{"contract", contract.value},
                        {"record_finished", status.recordFinished},
                        {"second_reader", status.secondReader.empty() ? Json() : Json(status.secondReader)},
                        {"state", wordOf(status.state)},
                        {"to_adjudicate", status.conflicts}});
        rows.push_back({toQString(contract.value), status.recordFinished ? QStringLiteral("finished") : QStringLiteral("open"),
                        toQString(status.secondReader), QString::fromLatin1(wordOf(status.state)).replace(u'_', u' '),
                        QString::number(status.conflicts)});
    }
    context.json() ? printJson({{"readings", std::move(json)}}) : print(table(rows, {4}));
    return Exit::Done;
}

Json orNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json toJson(const Agreement& of) {
    return {{"n", of.cells()},
            {"both_present", of.both},
            {"first_only", of.firstOnly},
            {"second_only", of.secondOnly},
            {"both_absent", of.neither},
            {"left_out", of.unreviewed},
            {"raw", orNull(of.raw())},
            {"positive", orNull(of.positive())},
            {"negative", orNull(of.negative())},
            {"kappa", orNull(of.kappa())},
            {"kappa_interval", of.kappaInterval ? Json(*of.kappaInterval) : Json()},
            {"span_f1", orNull(of.spanF1())},
            {"exact_spans", orNull(of.exactShare())},
            {"value_equality", orNull(of.valueEquality())}};
}

Json toJson(const AgreementReport& report) {
    Json clauses = Json::object();
    for (const auto& [clause, of] : report.table.perClause)
        clauses[clause] = toJson(of);
    Json conflicts = Json::array();
    for (const auto& [conflict, title, open] : report.conflicts)
        conflicts.push_back({{"contract", conflict.contract.value},
                             {"clause", conflict.clause},
                             {"kind", toString(conflict.difference)},
                             {"open", open},
                             {"first", cellJson(conflict.first)},
                             {"second", cellJson(conflict.second)}});
    const DoubleProgress& of = report.progress;
    return {{"contracts", report.table.contracts},
            {"progress",
             {{"assigned", of.assigned}, {"in_progress", of.inProgress}, {"waiting", of.waiting}, {"to_adjudicate", of.toAdjudicate}, {"done", of.done}}},
            {"total", toJson(report.table.total)},
            {"per_clause", std::move(clauses)},
            {"open_conflicts", report.openConflicts},
            {"conflicts", std::move(conflicts)}};
}

QString rate(const std::optional<double>& value) { return value ? QString::number(*value, 'f', 2) : QStringLiteral("n/a"); }

QStringList toRow(const QString& name, const Agreement& of) {
    const QString interval = of.kappaInterval ? QStringLiteral("[%1, %2]").arg(rate((*of.kappaInterval)[0]), rate((*of.kappaInterval)[1]))
                                              : QString();
    return {name,           QString::number(of.cells()), rate(of.raw()),    rate(of.positive()),     rate(of.negative()),
            rate(of.kappa()), interval,                  rate(of.spanF1()), rate(of.valueEquality()), isLow(of) ? QStringLiteral("low") : QString()};
}

void printReport(const AgreementReport& report) {
    std::vector<QStringList> rows = {{QStringLiteral("clause"), QStringLiteral("n"), QStringLiteral("raw"), QStringLiteral("positive"),
                                      QStringLiteral("negative"), QStringLiteral("kappa"), QStringLiteral("95 %"), QStringLiteral("span F1"),
                                      QStringLiteral("values"), QString()}};
    for (const auto& [clause, of] : report.table.perClause)
        if (of.cells() > 0)
            rows.push_back(toRow(toQString(clause), of));
    rows.push_back(toRow(QStringLiteral("all"), report.table.total));
    print(table(rows, {1, 2, 3, 4, 5, 7, 8}));
    const DoubleProgress& of = report.progress;
    print(QStringLiteral("%1 contracts with a second reader: %2 assigned, %3 in progress, %4 waiting for the record, %5 to adjudicate, %6 done; "
                         "%7 cells in conflict\n")
              .arg(of.all()).arg(of.assigned).arg(of.inProgress).arg(of.waiting).arg(of.toAdjudicate).arg(of.done).arg(report.openConflicts));
}

Result<Exit> agreementOf(Context& context, const Arguments& arguments) {
    Context of(arguments.positional.isEmpty() ? context.projectFolder() : arguments[0], context.json());
    CW_TRY_ASSIGN(session, of.openToRead());
    CW_TRY_ASSIGN(report, readAgreement(*session));
    if (context.json())
        printJson(toJson(report));
    else
        printReport(report);
    return Exit::Done;
}

Result<Exit> adjudicate(Context& context, const Arguments& arguments) {
    const QString take = arguments.value("take");
    if (take != QLatin1String("first") && take != QLatin1String("second"))
        return usage("An adjudication takes the first or the second reading.", "Say --take first or --take second, or decide anew with `annotate`.");
    Context of(arguments[0], context.json());
    CW_TRY_ASSIGN(session, of.openToWrite(arguments.value("annotator")));
    const ContractId contract(toStdString(arguments[1]));
    CW_TRY_ASSIGN(saved, takeReading(*session, contract, toStdString(arguments[2]),
                                     take == QLatin1String("first") ? Reading::First : Reading::Second));
    if (context.json()) {
        Json json = cellJson(saved);
        json["contract"] = contract.value;
        printJson(json);
    } else {
        print(QStringLiteral("%1, %2: %3, as the %4 reader had it\n").arg(toQString(contract.value), toQString(saved.clause), stateWord(saved.state), take));
    }
    return Exit::Done;
}

const Option kAnnotator = {QStringLiteral("annotator"), QStringLiteral("NAME"), QStringLiteral("Who acts; else the name in the settings.")};

} // namespace

std::vector<Command> readingCommands() {
    return {{QStringLiteral("readings assign"), QStringLiteral("CONTRACT..."), QStringLiteral("Has contracts read a second time, blind."),
             QStringLiteral("All of them or none. The second reader sees nothing of the record, and nobody sees the second reading, until both "
                            "are finished."),
             1, -1,
             {{QStringLiteral("to"), QStringLiteral("NAME"), QStringLiteral("The second reader, who has decided nothing in the record.")},
              {QStringLiteral("withdraw"), {}, QStringLiteral("Takes the second reader away, where they have not begun.")},
              kAnnotator},
             assign},
            {QStringLiteral("readings finish"), QStringLiteral("CONTRACT"), QStringLiteral("Finishes the reading that you work in."),
             QStringLiteral("Every clause must be decided. Once the record and the second reading are finished they are compared; what differs is "
                            "flagged and kept out of exports until somebody adjudicates."),
             1, 1, {{QStringLiteral("reopen"), {}, QStringLiteral("Opens it again instead.")}, kAnnotator}, finish},
            {QStringLiteral("readings list"), {}, QStringLiteral("Lists who reads what a second time, and how far it is."), {}, 0, 0, {}, list},
            {QStringLiteral("agreement"), QStringLiteral("[PROJECT]"), QStringLiteral("Prints how far two readers agree, per clause type."),
             QStringLiteral("Raw, positive and negative agreement and Cohen's kappa on presence; the F1 of characters and the share of equal values "
                            "where both call it present. A kappa under 0.7 is marked as low: rewrite that guideline."),
             0, 1, {}, agreementOf},
            {QStringLiteral("adjudicate"), QStringLiteral("PROJECT CONTRACT CLAUSE"), QStringLiteral("Decides between two readings."), {}, 3, 3,
             {{QStringLiteral("take"), QStringLiteral("WHICH"), QStringLiteral("first or second.")}, kAnnotator}, adjudicate}};
}

} // namespace cw::cli
