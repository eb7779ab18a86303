// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/one_thread.h"

#include <cstdlib>
#include <unistd.h>

namespace cw {

void stayOneThread(char** argv) {
#ifdef CW_HAS_TESSERACT
    constexpr const char* kLimit = "OMP_THREAD_LIMIT";
    if (std::getenv(kLimit) != nullptr || setenv(kLimit, "1", 0) != 0)
        return;
    execv("/proc/self/exe", argv); // comes back only if it can't: then there are threads, as before
#else
    (void)argv;
#endif
}

} // namespace cw
