// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clausewright-worker RUN_FOLDER: does one run and ends. Exit codes: 0 done, 1 failed, 2 wrong usage, 5 stopped on
// request. With --member it is a further process of a run, started by the first.
// clausewright-worker --plan RUN_FOLDER: writes plan.json and preflight.jsonl into the folder, and prints the plan.
#include "training/device/counting_allocator.h"
#include "training/device/process_start.h"
#include "training/model/compute.h"
#include "training/plan/plan_worker.h"
#include "training/recipes/worker.h"

#include <cstdio>
#include <cstring>

namespace {

// filename() of "runs/x/" is empty, and the folder's name is the run's id.
cw::RunFolder folderOf(const char* argument) {
    const auto path = std::filesystem::absolute(argument).lexically_normal();
    return cw::RunFolder(path.has_filename() ? path : path.parent_path());
}

} // namespace

int main(int argc, char** argv) {
    const auto membership = cw::membershipFrom({argv + 1, argv + argc});
    const bool isPlan = argc == 3 && std::strcmp(argv[1], "--plan") == 0;
    if (argc != 2 && !isPlan && !membership) {
        std::fprintf(stderr, "Usage: clausewright-worker [--plan] RUN_FOLDER\n");
        return 2;
    }
    cw::restartTuned(argv);
    cw::loadCudaIfPresent();
    cw::countCpuAllocations();
    const cw::SystemClock clock;
    if (membership)
        return cw::runMember(*membership, clock);
    return isPlan ? cw::planWorker(folderOf(argv[2]), clock) : cw::runWorker(folderOf(argv[1]), clock);
}
