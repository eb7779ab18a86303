// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a training run will take, before it starts.
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/run_request.h"
#include "app/services/plan_folder.h"
#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"

namespace cw::cli {

namespace {

QLocale plain() { return QLocale::c(); }

QString count(std::int64_t number) { return countWord(static_cast<double>(number), plain()); }

QString bytes(std::int64_t number) { return bytesWord(static_cast<double>(number), plain()); }

QString shareWord(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? percentWord(static_cast<double>(part) / static_cast<double>(whole), plain()) : QStringLiteral("none");
}

QString rowsWord(const RunPlan& plan) {
    const QString rows = QStringLiteral("%1 rows").arg(count(plan.rows));
    return plan.leftOut > 0 ? rows + QStringLiteral(", %1 more are left out").arg(count(plan.leftOut)) : rows;
}

QString timeWord(const RunPlan& plan) {
    return plan.seconds > 0 ? QStringLiteral("%1 at %2 tokens/s").arg(durationWord(plan.seconds, plain()), countWord(plan.tokensPerSecond, plain()))
                            : QStringLiteral("not known");
}

void printPlan(const RunPlan& plan) {
    print(table({{QStringLiteral("steps"), count(plan.steps)},
                 {QStringLiteral("data"), rowsWord(plan)},
                 {QStringLiteral("tokens"), QStringLiteral("%1 an epoch, %2 labelled (%3); the longest row has %4")
                                                .arg(count(plan.tokens), count(plan.labelled), shareWord(plan.labelled, plan.tokens), count(plan.longest))},
                 {QStringLiteral("a pass"), QStringLiteral("%1 rows, at most %2 tokens; %3 rows would fit").arg(count(plan.rowsPerPass), count(plan.tokensPerPass), count(plan.largestRowsPerPass))},
                 {QStringLiteral("computed again"), toQString(plan.checkpointing)},
                 {QStringLiteral("device"), toQString(plan.device + ", " + plan.dtype)},
                 {QStringLiteral("time"), timeWord(plan)},
                 {QStringLiteral("memory"), QStringLiteral("%1 of %2").arg(bytes(plan.peakBytes), bytes(plan.memoryBytes))}}));
    std::vector<QStringList> parts;
    for (const MemoryPart& part : plan.parts)
        parts.push_back({QStringLiteral("  ") + toQString(part.name), bytes(part.bytes)});
    print(table(parts, {1}));
    for (const std::string& sentence : plan.advice)
        print(toQString(sentence) + u'\n');
}

void printPreflight(const std::vector<PreflightRow>& preflight) {
    std::vector<QStringList> rows{{QStringLiteral("contract"), QStringLiteral("tokens"), QStringLiteral("windows"), QStringLiteral("labelled"),
                                   QStringLiteral("cut"), QStringLiteral("why")}};
    for (const PreflightRow& row : preflight)
        rows.push_back({toQString(row.contract), count(row.tokens), count(row.windows), count(row.labelled), count(row.cut), toQString(row.note)});
    print(u'\n' + table(rows, {1, 2, 3, 4}));
}

Json planJson(const PlannedRun& planned, bool preflight) {
    Json json = Json::parse(cw::toJson(planned.plan));
    if (!preflight)
        return json;
    Json rows = Json::array();
    for (const PreflightRow& row : planned.preflight)
        rows.push_back(Json::parse(cw::toLine(row)));
    json["preflight"] = std::move(rows);
    return json;
}

Result<Exit> plan(Context& context, const Arguments& arguments) {
    watchForInterrupt();
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(request, runRequest(arguments, session->taxonomy()));
    CW_TRY_ASSIGN(planned, planNow(*session, request, wasInterrupted));
    const bool preflight = arguments.has("preflight");
    if (context.json()) {
        printJson(planJson(planned, preflight));
        return Exit::Done;
    }
    printPlan(planned.plan);
    if (preflight)
        printPreflight(planned.preflight);
    return Exit::Done;
}

std::vector<Option> planOptions() {
    std::vector<Option> options = runRequestOptions();
    options.insert(options.begin() + 1, {QStringLiteral("preflight"), {},
                                         QStringLiteral("Also a line a contract: its tokens, windows, labelled tokens, and those that are cut.")});
    return options;
}

} // namespace

std::vector<Command> planCommands() {
    return {{QStringLiteral("plan"), QStringLiteral("KIND [SPEC]"), QStringLiteral("Says what a training run will take, before it starts."),
             QStringLiteral("KIND is sft, dpo or sweep. Steps, tokens, memory by part, time, and advice; exit code 1 and a sentence for a run that "
                            "can't work. Nothing is started or kept. ") +
                 runFieldsHelp(),
             1, 2, planOptions(), plan}};
}

} // namespace cw::cli
