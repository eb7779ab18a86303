// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The further processes of a run as process 0 starts and watches them. They are this same program, write to the same
// log, and die with it. The thread that started them must live as long as they do: the kernel ties them to it.
#pragma once

#include "training/distributed/membership.h"

#include <memory>

namespace cw {

class MemberProcesses {
public:
    // Starts processes 1 to `processes` - 1.
    static Result<std::unique_ptr<MemberProcesses>> start(const std::filesystem::path& folder, std::int64_t processes,
                                                          const std::filesystem::path& store);
    MemberProcesses(const MemberProcesses&) = delete;
    MemberProcesses& operator=(const MemberProcesses&) = delete;
    ~MemberProcesses(); // kills those that are left

    // An error that names the process and why, once one of them has died or failed.
    Status alive();
    // Comes back when all have ended, or after that time.
    void waitForEnd(std::chrono::milliseconds longest);
    void kill();

private:
    explicit MemberProcesses(std::filesystem::path store) : m_store(std::move(store)) {}
    Status startOne(const Membership& membership);
    std::optional<Error> failureOf(size_t member);
    static Error deathOf(const std::string& who, int status);

    std::filesystem::path m_store;
    std::vector<pid_t> m_pids; // of process i + 1; 0: has ended
    std::optional<Error> m_failure;
};

} // namespace cw
