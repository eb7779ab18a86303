// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A further process of a run: what process 0 tells it on its command line, how its life hangs on that of process 0, and
// how it tells why it failed. One thread.
#pragma once

#include "training/distributed/exchange_settings.h"

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace cw {

struct Membership {
    std::filesystem::path folder; // of the run
    std::int64_t process = 1;
    std::int64_t processes = 2;
    std::filesystem::path store; // ExchangeSettings::store
    pid_t leader = 0;            // the process that is number 0
};

// --member FOLDER --process K --processes N --store PATH --leader PID, without the program's name.
std::vector<std::string> toArguments(const Membership& membership);
// Nothing where the arguments are not these.
std::optional<Membership> membershipFrom(const std::vector<std::string>& arguments);

// From now on the kernel kills this process when the leader dies. An error where that has happened already.
Status followLeader(const Membership& membership);

ExchangeSettings settingsOf(const Membership& membership);

// A member that fails leaves its error beside the store, for process 0 to tell.
Status leaveLastWords(const Membership& membership, const Error& error);
std::optional<Error> readLastWords(const std::filesystem::path& store, std::int64_t process);

} // namespace cw
