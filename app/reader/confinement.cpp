// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/confinement.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace cw {

namespace {

constexpr rlim_t kMaxMemoryBytes = 1536ull << 20;
constexpr rlim_t kMaxProcessorSeconds = 600; // the caller's wall clock ends it long before; this ends one whose caller died

void limit(__rlimit_resource resource, rlim_t most) {
    const rlimit both{most, most};
    setrlimit(resource, &both);
}

void leaveNetwork() {
    if (unshare(CLONE_NEWNET) != 0)
        (void)unshare(CLONE_NEWUSER | CLONE_NEWNET);
}

} // namespace

void confineThisProcess() {
    close_range(STDERR_FILENO + 1, ~0u, 0);
    leaveNetwork();
#ifndef __SANITIZE_ADDRESS__ // whose shadow needs terabytes of addresses
    // What is written to counts, not what is reserved: the PDF library of Qt 6.8 reserves far more addresses than it ever uses, and
    // stops at once where it can't (RLIMIT_AS).
    limit(RLIMIT_DATA, kMaxMemoryBytes);
#endif
    limit(RLIMIT_CPU, kMaxProcessorSeconds);
    limit(RLIMIT_CORE, 0);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

} // namespace cw
