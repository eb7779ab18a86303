// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/distributed/run_group.h"

#include "core/base/file.h"
#include "training/distributed/gloo_exchange.h"
#include "training/distributed/nccl_exchange.h"

#include <ATen/Context.h>
#include <c10/core/impl/VirtualGuardImpl.h>

namespace cw {

namespace {

void removeFolder(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

Status checkGpus(std::int64_t processes) {
    const std::int64_t gpus = c10::impl::VirtualGuardImpl(at::kCUDA).deviceCount();
    if (processes <= gpus)
        return {};
    return Error{ErrorCode::BadUsage,
                 "The run asks for " + std::to_string(processes) + " processes, one a GPU, and this machine has " +
                     std::to_string(gpus) + " of them.",
                 "Set processes to " + std::to_string(gpus) + " or less."};
}

} // namespace

Result<std::unique_ptr<GradientExchange>> joinGroup(const ExchangeSettings& settings) {
    if (!at::hasCUDA())
        return GlooExchange::join(settings);
    CW_TRY(checkGpus(settings.processes));
    return NcclExchange::join(settings, at::Device(at::kCUDA, static_cast<at::DeviceIndex>(settings.process)));
}

// What a process that was killed left in the folder would lead the new ones astray.
Result<std::unique_ptr<RunGroup>> RunGroup::gather(const std::filesystem::path& folder, std::int64_t processes) {
    std::unique_ptr<RunGroup> group(new RunGroup(folder / "group"));
    removeFolder(group->m_folder);
    CW_TRY(makeFolder(group->m_folder));
    CW_TRY(group->start(folder, processes));
    return group;
}

Status RunGroup::start(const std::filesystem::path& run, std::int64_t processes) {
    ExchangeSettings settings;
    settings.processes = processes;
    settings.store = m_folder / "store";
    CW_TRY_ASSIGN(members, MemberProcesses::start(run, processes, settings.store));
    m_members = std::move(members);
    settings.alive = [all = m_members.get()] { return all->alive(); };
    CW_TRY_ASSIGN(exchange, joinGroup(settings));
    m_exchange = std::move(exchange);
    return {};
}

// Killed before the exchange ends: it would wait for what they still owe it.
RunGroup::~RunGroup() {
    m_members.reset();
    m_exchange.reset();
    removeFolder(m_folder);
}

void RunGroup::part() {
    constexpr std::chrono::seconds kLongest(10);
    m_exchange.reset();
    m_members->waitForEnd(kLongest);
}

} // namespace cw
