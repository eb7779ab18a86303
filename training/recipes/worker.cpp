// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/worker.h"

#include "core/base/file.h"
#include "training/distributed/run_group.h"
#include "training/recipes/failure.h"

#include <c10/util/Exception.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <new>

namespace cw {

namespace {

// LibTorch's allocator on the CPU throws a plain error: its text is the only sign.
bool isOutOfMemory(const std::string& text) {
    return text.find("can't allocate memory") != std::string::npos || text.find("out of memory") != std::string::npos ||
           text.find("ALLOC_FAILED") != std::string::npos;
}

Error fromTorch(const c10::Error& error, const RunSpec& spec, const RunFolder& folder) {
    const std::string text = error.what_without_backtrace();
    if (isOutOfMemory(text))
        return outOfMemory(spec, folder);
    return {ErrorCode::Failed, "The computation failed: " + text.substr(0, text.find('\n')),
            "Please report this with the run folder."};
}

Result<RunOutcome> perform(const Run& run) {
    CW_TRY(validate(run.spec));
    const Recipe recipe = recipeFor(run.spec.kind);
    if (!recipe)
        return Error{ErrorCode::Unsupported,
                     "This worker can't do a run of kind \"" + std::string(toString(run.spec.kind)) + "\".", ""};
    return recipe(run);
}

// What `work` gives, or what it throws as an error. `spec`: of the run, as far as it is known then.
template <typename Work> Result<RunOutcome> caught(const RunFolder& folder, const RunSpec& spec, Work work) {
    try {
        return work();
    } catch (const c10::OutOfMemoryError&) {
        return outOfMemory(spec, folder);
    } catch (const c10::Error& error) {
        return fromTorch(error, spec, folder);
    } catch (const std::bad_alloc&) {
        return outOfMemory(spec, folder);
    } catch (const std::exception& error) {
        return Error{ErrorCode::Failed, std::string("The run failed: ") + error.what() + ".",
                     "Please report this with the run folder."};
    }
}

RunState stateOf(const Result<RunOutcome>& outcome) {
    if (!outcome)
        return RunState::Failed;
    return *outcome == RunOutcome::Stopped ? RunState::Stopped : RunState::Done;
}

std::map<std::string, std::string> failureTexts(const Error& error) {
    return {{"code", std::string(failureCode(error))}, {"error", error.detail}, {"hint", error.hint}};
}

// The event first, the mark last: whoever sees the mark sees all events. The mark is tried even where the event can't be
// written: without it the run would pass for lost.
Status writeEnd(const RunFolder& folder, EventLog& events, const Result<RunOutcome>& outcome) {
    const RunState state = stateOf(outcome);
    RunEvent end;
    end.kind = "end";
    std::string mark;
    if (!outcome) {
        end.texts = failureTexts(outcome.error());
        const nlohmann::json json = end.texts;
        mark = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    }
    end.texts["state"] = std::string(toString(state));
    const Status told = events.write(std::move(end), /*durable=*/true);
    CW_TRY(writeFileAtomically(folder.endMark(state), mark));
    return told;
}

int exitWith(const Error& error) {
    std::fprintf(stderr, "%s\n", error.message().c_str());
    return kExitFailed;
}

bool hasEnded(const RunFolder& folder) {
    std::error_code ignored;
    for (const RunState end : {RunState::Done, RunState::Failed, RunState::Stopped})
        if (std::filesystem::exists(folder.endMark(end), ignored))
            return true;
    return false;
}

} // namespace

Result<RunOutcome> performRun(const RunFolder& folder, const Clock& clock, EventLog& events, GradientExchange* exchange) {
    RunSpec spec;
    const Result<RunOutcome> outcome = caught(folder, spec, [&]() -> Result<RunOutcome> {
        CW_TRY_ASSIGN(read, folder.readSpec());
        spec = std::move(read);
        return perform({folder, spec, clock, events, exchange});
    });
    const bool isLeader = !exchange || exchange->process() == 0;
    return outcome || !isLeader ? outcome : withLastCheckpoint(outcome.error(), folder);
}

namespace {

// 1 where the specification can't be read: what is wrong with it is performRun's to tell.
std::int64_t processesOf(const RunFolder& folder) {
    try {
        const auto spec = folder.readSpec();
        return spec ? spec->processes : 1;
    } catch (const std::exception&) {
        return 1;
    }
}

Result<RunOutcome> performWithMembers(const RunFolder& folder, const Clock& clock, EventLog& events) {
    const std::int64_t processes = processesOf(folder);
    if (processes <= 1)
        return performRun(folder, clock, events);
    try {
        CW_TRY_ASSIGN(group, RunGroup::gather(folder.root(), processes));
        const Result<RunOutcome> outcome = performRun(folder, clock, events, &group->exchange());
        if (outcome)
            group->part();
        return outcome;
    } catch (const std::exception& error) {
        return Error{ErrorCode::Failed, std::string("The run's processes could not work together: ") + error.what() + ".",
                     "Set processes to 1, or report this with the run folder."};
    }
}

Status performAsMember(const Membership& membership, const Clock& clock, std::unique_ptr<GradientExchange>& exchange) {
    CW_TRY(followLeader(membership));
    CW_TRY_ASSIGN(joined, joinGroup(settingsOf(membership)));
    exchange = std::move(joined);
    const RunFolder folder(membership.folder);
    EventLog events(folder, clock); // process 0 alone writes to it
    CW_TRY(performRun(folder, clock, events, exchange.get()));
    return {};
}

} // namespace

int runWorker(const RunFolder& folder, const Clock& clock) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder.spec(), ignored))
        return exitWith(
            {ErrorCode::NotFound, folder.root().string() + " is not a run folder: it has no spec.json.", ""});
    const auto lock = RunLock::acquire(folder);
    if (!lock)
        return exitWith(lock.error());
    if (hasEnded(folder))
        return exitWith(
            {ErrorCode::BadUsage, "The run in " + folder.root().string() + " has ended already.", "Start a new run."});
    EventLog events(folder, clock);
    RunEvent session;
    session.kind = "session";
    const Status told = events.write(std::move(session));
    const Result<RunOutcome> outcome = told ? performWithMembers(folder, clock, events) : Result<RunOutcome>(told.error());
    if (const Status written = writeEnd(folder, events, outcome); !written)
        return exitWith(written.error());
    if (!outcome)
        return exitWith(outcome.error());
    return *outcome == RunOutcome::Stopped ? kExitStopped : kExitDone;
}

int runMember(const Membership& membership, const Clock& clock) {
    std::unique_ptr<GradientExchange> exchange; // until the last words are left: process 0 sees it break
    const Status done = performAsMember(membership, clock, exchange);
    if (done)
        return kExitDone;
    (void)leaveLastWords(membership, done.error());
    return exitWith(done.error());
}

} // namespace cw
