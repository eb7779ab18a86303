// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clausewright-worker RUN_FOLDER: does one run and ends. Exit codes: 0 done, 1 failed, 2 wrong usage, 5 stopped on
// request. With --member it is a further process of a run, started by the first.
#include "training/device/process_start.h"
#include "training/model/compute.h"
#include "training/recipes/worker.h"

#include <cstdio>

int main(int argc, char** argv) {
    const auto membership = cw::membershipFrom({argv + 1, argv + argc});
    if (argc != 2 && !membership) {
        std::fprintf(stderr, "Usage: clausewright-worker RUN_FOLDER\n");
        return 2;
    }
    cw::restartTuned(argv);
    cw::loadCudaIfPresent();
    const cw::SystemClock clock;
    if (membership)
        return cw::runMember(*membership, clock);
    // filename() of "runs/x/" is empty, and the folder's name is the run's id.
    const auto path = std::filesystem::absolute(argv[1]).lexically_normal();
    return cw::runWorker(cw::RunFolder(path.has_filename() ? path : path.parent_path()), clock);
}
