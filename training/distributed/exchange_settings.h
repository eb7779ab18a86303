// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How processes of a run find each other and how long they wait for each other. Plain data.
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>

namespace cw {

struct ExchangeSettings {
    std::int64_t process = 0;
    std::int64_t processes = 1;
    std::filesystem::path store; // the file through which they find each other; not there before the first comes
    std::chrono::milliseconds meeting = std::chrono::minutes(3); // LibTorch from a cold disk takes its time

    // Asked several times a second while this process waits: an error where another process is dead. Connections that
    // break are noticed without it.
    std::function<Status()> alive = [] { return Status(); };

    // For a process that lives and doesn't come: process 0 validates and answers windows while the others wait.
    std::chrono::milliseconds longestWait = std::chrono::hours(6);

    std::int64_t bucketBytes = 32 << 20;
};

} // namespace cw
