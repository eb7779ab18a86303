// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The ledger of runs, and one of them with all that is known of it.
#include "app/cli/commands.h"
#include "app/cli/find_run.h"
#include "app/cli/run_facts.h"
#include "app/services/result_qt.h"

namespace cw::cli {

namespace {

RunFolder folderOf(StoreSession& session, const RunRecord& record) { return RunFolder(session.store().folder() / record.folder); }

Result<Exit> runs(Context& context, const Arguments&) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(all, session->store().runs().all());
    Json json = Json::array();
    std::vector<QStringList> rows{{QStringLiteral("run"), QStringLiteral("kind"), QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("done"),
                                   QStringLiteral("best"), QStringLiteral("started"), QStringLiteral("by")}};
    for (const RunRecord& record : all) {
        const RunView run = readRun(record, folderOf(*session, record), context.clock());
        json.push_back({{"run", record.id.value}, {"kind", record.kind}, {"name", record.name}, {"state", toString(run.state)},
                        {"split", record.split}, {"dataset", record.datasetHash}, {"folder", record.folder},
                        {"started_at", record.startedAt}, {"started_by", record.startedBy}, {"facts", factsJson(run)}});
        rows.push_back({toQString(record.id.value), toQString(record.kind), toQString(record.name), toQString(toString(run.state)), progressWord(run),
                        bestWord(run), toQString(record.startedAt), toQString(record.startedBy)});
    }
    if (context.json())
        printJson({{"runs", std::move(json)}});
    else
        print(table(rows));
    return Exit::Done;
}

void showJson(const RunView& run, const RunFolder& folder, const std::vector<RunEvent>& events) {
    Json list = Json::array();
    for (const RunEvent& event : events)
        list.push_back(eventJson(event));
    printJson({{"run", run.record.id.value}, {"kind", run.record.kind}, {"name", run.record.name}, {"state", toString(run.state)},
               {"failure", toStdString(run.failure())}, {"folder", folder.root().string()}, {"dataset", run.record.datasetHash},
               {"facts", factsJson(run)}, {"spec", Json::parse(cw::toJson(run.spec))}, {"events", std::move(list)}});
}

Result<Exit> showRun(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    const RunFolder folder = folderOf(*session, record);
    CW_TRY(folder.readSpec()); // readRun has no word for a spec that is damaged
    const RunView run = readRun(record, folder, context.clock());
    const std::vector<RunEvent> events = EventTail(folder.events()).poll();
    if (context.json()) {
        showJson(run, folder, events);
        return Exit::Done;
    }
    print(QStringLiteral("%1: %2, %3\n%4\n").arg(toQString(record.id.value), toQString(record.name), toQString(toString(run.state)),
                                                  toQString(folder.root().string())));
    print(table(factLines(run)) + u'\n');
    for (const RunField* field : runFieldsOf(run.spec.kind))
        print(QStringLiteral("  %1 = %2\n").arg(toQString(field->key), toQString(fieldText(run.spec, *field))));
    for (const RunEvent& event : events)
        print(QStringLiteral("  %1  %2\n").arg(toQString(event.time), eventText(event)));
    if (const QString failure = run.failure(); !failure.isEmpty())
        print(failure + u'\n');
    return Exit::Done;
}

} // namespace

std::vector<Command> runListCommands() {
    return {{QStringLiteral("runs"), {}, QStringLiteral("Lists the runs, newest first."), {}, 0, 0, {}, runs},
            {QStringLiteral("run-show"), QStringLiteral("ID"), QStringLiteral("Shows one run with its figures, fields and events."),
             QStringLiteral("The end of an id is enough where it is unique."), 1, 1, {}, showRun}};
}

} // namespace cw::cli
