// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/worker.h"

#include "core/base/file.h"
#include "training/recipes/recipe.h"

#include <c10/util/Exception.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <new>

namespace cw {

namespace {

Error outOfMemory() {
    return {ErrorCode::Failed, "The run needs more memory than there is.",
            "Lower the micro-batch (micro_batch) and raise accumulation by the same factor, lower the longest row "
            "(max_length), or use a "
            "smaller model."};
}

// LibTorch's allocator on the CPU throws a plain error: its text is the only sign.
Error fromTorch(const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    if (text.find("can't allocate memory") != std::string::npos || text.find("out of memory") != std::string::npos)
        return outOfMemory();
    return {ErrorCode::Failed, "The computation failed: " + text.substr(0, text.find('\n')),
            "Please report this with the run folder."};
}

Result<RunOutcome> perform(const RunFolder& folder, const Clock& clock, EventLog& events) {
    try {
        CW_TRY_ASSIGN(spec, folder.readSpec());
        CW_TRY(validate(spec));
        const Recipe recipe = recipeFor(spec.kind);
        if (!recipe)
            return Error{ErrorCode::Unsupported,
                         "This worker can't do a run of kind \"" + std::string(toString(spec.kind)) + "\".", ""};
        return recipe({folder, spec, clock, events});
    } catch (const c10::OutOfMemoryError&) {
        return outOfMemory();
    } catch (const c10::Error& error) {
        return fromTorch(error);
    } catch (const std::bad_alloc&) {
        return outOfMemory();
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

// The event first, the mark last: whoever sees the mark sees all events.
Status writeEnd(const RunFolder& folder, EventLog& events, const Result<RunOutcome>& outcome) {
    const RunState state = stateOf(outcome);
    RunEvent end;
    end.kind = "end";
    end.texts = {{"state", std::string(toString(state))}};
    std::string mark;
    if (!outcome) {
        end.texts["error"] = outcome.error().detail;
        end.texts["hint"] = outcome.error().hint;
        const nlohmann::json json = {{"error", outcome.error().detail}, {"hint", outcome.error().hint}};
        mark = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    }
    CW_TRY(events.write(std::move(end), /*durable=*/true));
    return writeFileAtomically(folder.endMark(state), mark);
}

int failure(const Error& error) {
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

int runWorker(const RunFolder& folder, const Clock& clock) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder.spec(), ignored))
        return failure(
            {ErrorCode::NotFound, folder.root().string() + " is not a run folder: it has no spec.json.", ""});
    const auto lock = RunLock::acquire(folder);
    if (!lock)
        return failure(lock.error());
    if (hasEnded(folder))
        return failure(
            {ErrorCode::BadUsage, "The run in " + folder.root().string() + " has ended already.", "Start a new run."});
    EventLog events(folder, clock);
    const Result<RunOutcome> outcome = perform(folder, clock, events);
    if (const Status written = writeEnd(folder, events, outcome); !written)
        return failure(written.error());
    if (!outcome)
        return failure(outcome.error());
    return *outcome == RunOutcome::Stopped ? kExitStopped : kExitDone;
}

} // namespace cw
