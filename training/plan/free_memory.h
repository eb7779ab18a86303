// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How much memory a training may take on this machine. Any thread.
#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace cw {

// Bytes that tensors may take, those that live already among them: on the CPU what the system has available and the
// process's control groups allow, on CUDA what is free on the card. A tenth, or 1 GB where that is more, is left to
// others, but never more than half.
std::int64_t memoryForTensors(at::Device device);

// "MemAvailable" of /proc/meminfo, in bytes.
std::optional<std::int64_t> availableMemory(std::string_view meminfo);

// What the control groups of /proc/self/cgroup, and those around them, leave: the least of limit - use, where memory of
// files that can be read again doesn't count as used; nothing where there is no limit. `mount`: /sys/fs/cgroup.
std::optional<std::int64_t> cgroupMemory(std::string_view groups, const std::filesystem::path& mount);

} // namespace cw
