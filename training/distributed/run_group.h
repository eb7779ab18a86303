// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The processes that do a run together: how each finds the others, and what process 0 holds of them. One thread.
#pragma once

#include "training/distributed/gradient_exchange.h"
#include "training/distributed/member_processes.h"

namespace cw {

// Comes back when all processes are there. GPUs, where there are some, exchange by NCCL, process k having GPU k;
// otherwise Gloo in main memory. Errors: fewer GPUs than processes, no NCCL, a process that died or doesn't come.
Result<std::unique_ptr<GradientExchange>> joinGroup(const ExchangeSettings& settings);

// Process 0's hold on the others.
class RunGroup {
public:
    // Starts the other processes of the run in `folder` and meets them. They find each other in `folder`/group, which
    // is theirs alone.
    static Result<std::unique_ptr<RunGroup>> gather(const std::filesystem::path& folder, std::int64_t processes);
    RunGroup(const RunGroup&) = delete;
    RunGroup& operator=(const RunGroup&) = delete;
    ~RunGroup(); // ends processes that are left, and removes `folder`/group

    GradientExchange& exchange() { return *m_exchange; }
    // After all went well: lets the others end by themselves.
    void part();

private:
    explicit RunGroup(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    Status start(const std::filesystem::path& run, std::int64_t processes);

    std::filesystem::path m_folder;
    std::unique_ptr<MemberProcesses> m_members;
    std::unique_ptr<GradientExchange> m_exchange;
};

} // namespace cw
