// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/confinement.h"

#include "app/reader/file_access.h"
#include "app/reader/system_calls.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
// The search for leaks at exit stops the process by a second one, which confinement rightly refuses.
extern "C" int __lsan_is_turned_off() { return 1; }
#endif

namespace cw {

namespace {

constexpr rlim_t kMaxMemoryBytes = 1536ull << 20;
constexpr rlim_t kMaxProcessorSeconds = 1800; // the caller's clock ends it long before; this ends one whose caller died

void limit(__rlimit_resource resource, rlim_t most) {
    const rlimit both{most, most};
    setrlimit(resource, &both);
}

bool leaveNetwork() { return unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0; }

void limitResources() {
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

} // namespace

void closeInheritedDescriptors() { close_range(STDERR_FILENO + 1, ~0u, 0); }

std::vector<std::string> confineThisProcess(const std::string& document) {
    const bool withoutNetwork = leaveNetwork();
    limitResources();
    const bool filesClosed = allowReadingOnly(document, readOnlyFolders());
    const bool callsClosed = allowCallsOfReading();
    std::vector<std::string> refused;
    if (!filesClosed)
        refused.emplace_back("file access");
    if (!callsClosed)
        refused.emplace_back("system calls");
    if (!withoutNetwork && !callsClosed) // either keeps it out: without system calls there is no socket
        refused.emplace_back("network");
    return refused;
}

} // namespace cw
