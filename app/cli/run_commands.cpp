// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Starting, stopping and resuming runs.
#include "app/cli/commands.h"
#include "app/cli/find_run.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/run_facts.h"
#include "app/cli/run_request.h"
#include "app/services/result_qt.h"
#include "app/services/run_launch.h"
#include "app/services/run_wait.h"

#include <cstdio>
#include <filesystem>

namespace cw::cli {

namespace {

void showEvent(Progress& progress, const RunEvent& event) {
    if (event.kind == "step")
        progress.show(static_cast<int>(event.number("step")), static_cast<int>(event.number("steps")), eventText(event));
    else if (event.kind == "progress")
        progress.show(static_cast<int>(event.number("done")), static_cast<int>(event.number("total")), eventText(event));
    else if (event.kind == "note" || event.kind == "outlier" || event.kind == "resume" || event.kind == "trial")
        say(eventText(event));
}

Exit exitOf(RunState state) {
    return state == RunState::Done ? Exit::Done : state == RunState::Stopped ? Exit::Cancelled : Exit::Negative;
}

struct Launched {
    RunFolder folder;
    RunRecord record;
    RunSpec spec;
    std::uintmax_t news = 0; // where the events of the session in progress begin
};

std::uintmax_t sizeOf(const std::filesystem::path& file) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return error ? 0 : size;
}

Result<Launched> launchedRun(StoreSession& session, const RunId& id, std::uintmax_t news) {
    CW_TRY_ASSIGN(record, session.store().runs().get(id));
    const RunFolder folder(session.store().folder() / record.folder);
    CW_TRY_ASSIGN(spec, folder.readSpec());
    return Launched{folder, record, spec, news};
}

// The project is closed again behind these two.
Result<Launched> launch(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToWrite());
    CW_TRY_ASSIGN(request, runRequest(arguments, session->taxonomy()));
    CW_TRY_ASSIGN(id, RunSupervisor(*session).launch(request));
    return launchedRun(*session, id, 0);
}

Result<Launched> relaunch(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToWrite());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    const std::uintmax_t news = sizeOf(RunFolder(session->store().folder() / record.folder).events());
    CW_TRY(RunSupervisor(*session).resume(record.id));
    return launchedRun(*session, record.id, news);
}

// Follows the run without the project's lock, so that others may write meanwhile; takes it once more for the adapter.
Exit waitFor(Context& context, const Launched& run) {
    Progress progress;
    const auto tell = [&](const RunEvent& event) { showEvent(progress, event); };
    const RunState state = waitForRun(run.folder, context.clock(), tell, wasInterrupted, run.news);
    progress.finish();
    if (state == RunState::Done || state == RunState::Stopped)
        if (auto session = context.openToWrite()) // else whoever writes next finds the adapter
            (void)registerAdapter(**session, run.record, run.spec);
    const QString failure = readRun(run.record, run.folder, context.clock()).failure();
    if (context.json())
        printJson({{"run", run.record.id.value}, {"state", toString(state)}, {"failure", toStdString(failure)}});
    else
        print(QStringLiteral("%1\n").arg(toQString(toString(state))));
    if (!failure.isEmpty())
        say(failure);
    return exitOf(state);
}

Exit follow(Context& context, const Arguments& arguments, const Launched& launched) {
    const std::string id = launched.record.id.value;
    const bool wait = arguments.has("wait");
    if (!context.json())
        print(std::string_view(id + "\n"));
    else if (!wait)
        printJson({{"run", id}, {"folder", launched.folder.root().string()}});
    std::fflush(stdout); // the id comes first, also into a pipe
    return wait ? waitFor(context, launched) : Exit::Done;
}

Result<Exit> run(Context& context, const Arguments& arguments) {
    watchForInterrupt(); // also while the run's folder is written: none stays behind half made
    CW_TRY_ASSIGN(launched, launch(context, arguments));
    return follow(context, arguments, launched);
}

Result<Exit> resume(Context& context, const Arguments& arguments) {
    watchForInterrupt();
    CW_TRY_ASSIGN(launched, relaunch(context, arguments));
    return follow(context, arguments, launched);
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

Option waitOption() { return {QStringLiteral("wait"), {}, QStringLiteral("Follow the run to its end.")}; }

std::vector<Option> runOptions() {
    std::vector<Option> options = runRequestOptions();
    options.insert(options.begin() + 1, waitOption());
    return options;
}

} // namespace

std::vector<Command> runCommands() {
    return {{QStringLiteral("run"), QStringLiteral("KIND [SPEC]"), QStringLiteral("Starts a run on frozen data."),
             QStringLiteral("KIND is sft, dpo, sweep, generate or evaluate; SPEC is a JSON file of its fields. Prints the run's id first; without "
                            "--wait the run goes on in the background. A sweep trains once for each pair of sweep_ranks and sweep_rates. ") +
                 runFieldsHelp(),
             1, 2, runOptions(), run},
            {QStringLiteral("resume"), QStringLiteral("ID"), QStringLiteral("Goes on with a run that was stopped, failed or was lost."),
             QStringLiteral("It goes on from its last checkpoint, bit for bit as if it had never ended, with the settings and the data that it has."),
             1, 1, {waitOption()}, resume},
            {QStringLiteral("stop"), QStringLiteral("ID"), QStringLiteral("Asks a run to stop after its current step."), {}, 1, 1, {}, stop}};
}

} // namespace cw::cli
