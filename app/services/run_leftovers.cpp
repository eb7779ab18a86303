// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_leftovers.h"

#include "core/run/run_folder.h"
#include "core/store/project_store.h"
#include "core/store/run_store.h"

#include <algorithm>
#include <filesystem>

namespace cw {

namespace fs = std::filesystem;

namespace {

// Another name is a person's folder, or that of plans, which go by their age.
bool isRunName(const std::string& name) {
    constexpr size_t kUlid = 26;
    const auto belongs = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    return name.size() == kUlid && std::all_of(name.begin(), name.end(), belongs);
}

// A worker leaves a trace before it does anything; so does a run that somebody copied here.
bool wasStarted(const RunFolder& folder) {
    std::error_code ignored;
    const fs::path traces[] = {folder.root() / "worker.log", folder.lock(), folder.events(), folder.endMark(RunState::Done),
                               folder.endMark(RunState::Failed), folder.endMark(RunState::Stopped)};
    return std::any_of(std::begin(traces), std::end(traces), [&](const fs::path& trace) { return fs::exists(trace, ignored); });
}

} // namespace

int removeUnstartedRuns(ProjectStore& store) {
    int removed = 0;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(store.runsFolder(), ignored)) {
        const RunFolder folder(entry.path());
        if (!entry.is_directory(ignored) || !isRunName(folder.id().value) || wasStarted(folder))
            continue;
        if (const auto known = store.runs().get(folder.id()); known || known.error().code != ErrorCode::NotFound)
            continue; // it waits for its worker, or nobody can tell
        fs::remove_all(folder.root(), ignored); // what can't be taken away now is tried again the next time
        removed += fs::exists(folder.root(), ignored) ? 0 : 1;
    }
    return removed;
}

} // namespace cw
