// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/device/process_start.h"

#include <cstdlib>
#include <unistd.h>

namespace cw {

namespace {

// Of the GNU C library; 32 MB is the most that it takes as the size from which on memory is mapped for each request.
constexpr const char* kAllocator = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:"
                                   "glibc.malloc.trim_threshold=17179869184:glibc.malloc.top_pad=67108864";

} // namespace

void restartTuned(char** argv) {
    const bool spins = !std::getenv("GOMP_SPINCOUNT") && !std::getenv("OMP_WAIT_POLICY");
    const bool allocates = !std::getenv("GLIBC_TUNABLES");
    if (!spins && !allocates)
        return;
    ::setenv("GOMP_SPINCOUNT", "1000", /*overwrite=*/0);
    ::setenv("GLIBC_TUNABLES", kAllocator, /*overwrite=*/0);
    ::execv("/proc/self/exe", argv); // comes back only where it fails, and then the defaults have to do
}

} // namespace cw
