// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cell_output.h"
#include "app/cli/commands.h"
#include "app/cli/dataset_options.h"
#include "app/cli/find_run.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/services/result_qt.h"
#include "app/services/run_launch.h"
#include "app/services/run_wait.h"
#include "core/base/file.h"

#include <cstdio>
#include <filesystem>

namespace cw::cli {

namespace {

Error usage(const std::string& what, const std::string& hint = {}) { return {ErrorCode::BadUsage, what, hint}; }

Result<RunSpec> specOf(RunKind kind, const Arguments& arguments) {
    RunSpec spec = defaultSpec(kind);
    if (arguments.positional.size() > 1) {
        CW_TRY_ASSIGN(json, readFile(std::filesystem::path(toStdString(arguments[1]))));
        CW_TRY_ASSIGN(read, runSpecFromJson(json, toStdString(arguments[1])));
        if (read.kind != kind)
            return usage(toStdString(arguments[1]) + " describes a run of kind " + std::string(toString(read.kind)) + ".");
        spec = std::move(read);
    }
    for (const QString& assignment : arguments.values("set")) {
        const qsizetype equals = assignment.indexOf(u'=');
        if (equals <= 0)
            return usage("--set takes KEY=VALUE, not " + toStdString(assignment) + ".");
        CW_TRY(setField(spec, toStdString(assignment.left(equals)), toStdString(assignment.mid(equals + 1))));
    }
    return spec;
}

Result<RunRequest> requestOf(const Arguments& arguments, const Taxonomy& taxonomy) {
    const auto kind = runKindFromString(toStdString(arguments[0]));
    if (!kind)
        return usage("There is no run of kind " + toStdString(arguments[0]) + ".", "Use sft, dpo, generate or evaluate.");
    RunRequest request;
    CW_TRY_ASSIGN(spec, specOf(*kind, arguments));
    request.spec = std::move(spec);
    CW_TRY_ASSIGN(data, datasetOptions(arguments, taxonomy));
    request.data = std::move(data);
    CW_TRY_ASSIGN(side, sideFromName(arguments.value("side", QStringLiteral("test"))));
    request.side = side;
    request.useMined = !arguments.has("voted-only");
    return request;
}

QString eventText(const RunEvent& event) {
    const auto number = [&](const char* key, int digits) { return QString::number(event.number(key), 'g', digits); };
    if (event.kind == "step")
        return QStringLiteral("step %1 of %2, loss %3").arg(number("step", 6), number("steps", 6), number("loss", 4));
    if (event.kind == "progress")
        return QStringLiteral("%1 of %2 %3").arg(number("done", 6), number("total", 6), toQString(event.text("what")));
    if (event.kind == "validation")
        return QStringLiteral("validation loss %1").arg(number("loss", 4));
    return toQString(event.kind + (event.text("text").empty() ? "" : ": " + event.text("text")));
}

void showEvent(Progress& progress, const RunEvent& event) {
    if (event.kind == "step")
        progress.show(static_cast<int>(event.number("step")), static_cast<int>(event.number("steps")), eventText(event));
    else if (event.kind == "progress")
        progress.show(static_cast<int>(event.number("done")), static_cast<int>(event.number("total")), eventText(event));
    else if (event.kind == "note")
        say(eventText(event));
}

Exit exitOf(RunState state) {
    return state == RunState::Done ? Exit::Done : state == RunState::Stopped ? Exit::Cancelled : Exit::Negative;
}

struct Launched {
    RunFolder folder;
    RunRecord record;
    RunSpec spec;
};

// The project is closed again behind it.
Result<Launched> launch(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToWrite());
    CW_TRY_ASSIGN(request, requestOf(arguments, session->taxonomy()));
    CW_TRY_ASSIGN(id, RunSupervisor(*session).launch(request));
    CW_TRY_ASSIGN(record, session->store().runs().get(id));
    const RunFolder folder(session->store().folder() / record.folder);
    CW_TRY_ASSIGN(spec, folder.readSpec());
    return Launched{folder, record, spec};
}

// Why a run ended as it did; empty for one that is done.
QString failureOf(const RunFolder& folder, RunState state, const std::vector<RunEvent>& events) {
    RunView view;
    view.state = state;
    view.events = events;
    if (state == RunState::Failed)
        if (const auto mark = readFile(folder.endMark(RunState::Failed)))
            view.mark = toQString(*mark).trimmed();
    return view.failure();
}

// Follows the run without the project's lock, so that others may write meanwhile; takes it once more for the adapter.
Exit waitFor(Context& context, const Launched& run) {
    Progress progress;
    std::vector<RunEvent> ends;
    const auto tell = [&](const RunEvent& event) {
        showEvent(progress, event);
        if (event.kind == "end")
            ends.push_back(event);
    };
    const RunState state = waitForRun(run.folder, context.clock(), tell, wasInterrupted);
    progress.finish();
    if (state == RunState::Done || state == RunState::Stopped)
        if (auto session = context.openToWrite()) // else whoever writes next finds the adapter
            (void)registerAdapter(**session, run.record, run.spec);
    const QString failure = failureOf(run.folder, state, ends);
    if (context.json())
        printJson({{"run", run.record.id.value}, {"state", toString(state)}, {"failure", toStdString(failure)}});
    else
        print(QStringLiteral("%1\n").arg(toQString(toString(state))));
    if (!failure.isEmpty())
        say(failure);
    return exitOf(state);
}

Result<Exit> run(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(launched, launch(context, arguments));
    const std::string id = launched.record.id.value;
    const bool wait = arguments.has("wait");
    if (!context.json())
        print(std::string_view(id + "\n"));
    else if (!wait)
        printJson({{"run", id}, {"folder", launched.folder.root().string()}});
    std::fflush(stdout); // the id comes first, also into a pipe
    return wait ? waitFor(context, launched) : Exit::Done;
}

Result<Exit> runs(Context& context, const Arguments&) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(all, session->store().runs().all());
    Json json = Json::array();
    std::vector<QStringList> rows{{QStringLiteral("run"), QStringLiteral("kind"), QStringLiteral("name"), QStringLiteral("state"),
                                   QStringLiteral("started"), QStringLiteral("by")}};
    for (const RunRecord& record : all) {
        const auto state = toString(RunFolder(session->store().folder() / record.folder).state(context.clock()));
        json.push_back({{"run", record.id.value}, {"kind", record.kind}, {"name", record.name}, {"state", state},
                        {"split", record.split}, {"dataset", record.datasetHash}, {"folder", record.folder},
                        {"started_at", record.startedAt}, {"started_by", record.startedBy}});
        rows.push_back({toQString(record.id.value), toQString(record.kind), toQString(record.name), toQString(state),
                        toQString(record.startedAt), toQString(record.startedBy)});
    }
    if (context.json())
        printJson({{"runs", std::move(json)}});
    else
        print(table(rows));
    return Exit::Done;
}

Json toJson(const RunEvent& event) { return Json::parse(cw::toLine(event)); }

Result<Exit> showRun(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    const RunFolder folder(session->store().folder() / record.folder);
    CW_TRY_ASSIGN(spec, folder.readSpec());
    const RunState state = folder.state(context.clock());
    const std::vector<RunEvent> events = EventTail(folder.events()).poll();
    const QString failure = failureOf(folder, state, events);
    if (context.json()) {
        Json list = Json::array();
        for (const RunEvent& event : events)
            list.push_back(toJson(event));
        printJson({{"run", record.id.value}, {"kind", record.kind}, {"name", record.name}, {"state", toString(state)},
                   {"failure", toStdString(failure)}, {"folder", folder.root().string()}, {"dataset", record.datasetHash},
                   {"spec", Json::parse(cw::toJson(spec))}, {"events", std::move(list)}});
        return Exit::Done;
    }
    print(QStringLiteral("%1: %2, %3\n%4\n").arg(toQString(record.id.value), toQString(record.name), toQString(toString(state)),
                                                  toQString(folder.root().string())));
    for (const RunField* field : runFieldsOf(spec.kind))
        print(QStringLiteral("  %1 = %2\n").arg(toQString(field->key), toQString(fieldText(spec, *field))));
    for (const RunEvent& event : events)
        print(QStringLiteral("  %1  %2\n").arg(toQString(event.time), eventText(event)));
    if (!failure.isEmpty())
        print(failure + u'\n');
    return Exit::Done;
}

Result<Exit> stop(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    CW_TRY(RunSupervisor(*session).stop(record.id));
    if (context.json())
        printJson({{"run", record.id.value}, {"stop", "requested"}});
    else
        print(QStringLiteral("Run %1 stops after its current step.\n").arg(toQString(record.id.value)));
    return Exit::Done;
}

std::vector<Option> runOptions() {
    std::vector<Option> options{{QStringLiteral("set"), QStringLiteral("KEY=VALUE"), QStringLiteral("Sets one field of the run."), true},
                                {QStringLiteral("wait"), {}, QStringLiteral("Follow the run to its end.")},
                                {QStringLiteral("side"), QStringLiteral("SIDE"),
                                 QStringLiteral("What generate and evaluate ask about: train, validation or test; else test.")},
                                {QStringLiteral("voted-only"), {}, QStringLiteral("dpo: leave out mined pairs that nobody voted on.")}};
    for (Option& option : datasetOptionTable())
        options.push_back(std::move(option));
    return options;
}

QString fieldsHelp() {
    QStringList keys;
    for (const RunField& field : runFields())
        keys += toQString(field.key);
    return QStringLiteral("KIND is sft, dpo, generate or evaluate; SPEC is a JSON file of its fields. Prints the run's id first; without "
                          "--wait the run goes on in the background. Fields: %1.").arg(keys.join(QStringLiteral(", ")));
}

} // namespace

std::vector<Command> runCommands() {
    return {{QStringLiteral("run"), QStringLiteral("KIND [SPEC]"), QStringLiteral("Starts a run on frozen data."), fieldsHelp(), 1, 2,
             runOptions(), run},
            {QStringLiteral("runs"), {}, QStringLiteral("Lists the runs, newest first."), {}, 0, 0, {}, runs},
            {QStringLiteral("run-show"), QStringLiteral("ID"), QStringLiteral("Shows one run with its fields and events."),
             QStringLiteral("The end of an id is enough where it is unique."), 1, 1, {}, showRun},
            {QStringLiteral("stop"), QStringLiteral("ID"), QStringLiteral("Asks a run to stop after its current step."), {}, 1, 1, {}, stop}};
}

} // namespace cw::cli
