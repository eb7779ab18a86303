// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/free_memory.h"

#include "core/base/file.h"
#include "core/dataset/rows.h"
#include "training/device/counting_allocator.h"

#include <ATen/Context.h>
#include <c10/core/CachingDeviceAllocator.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

namespace cw {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kLeast = 1'000'000'000; // left to others

// The files of /proc and /sys tell no size, so they are read to their end.
std::string contentOf(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::optional<std::int64_t> leadingNumber(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

// The number of a line "name 123" or "name: 123 kB".
std::optional<std::int64_t> numberAfter(std::string_view text, std::string_view name) {
    for (const std::string_view line : splitLines(text))
        if (line.starts_with(name))
            return leadingNumber(line.substr(name.size()));
    return std::nullopt;
}

// Names of the files of a version of control groups.
struct GroupFiles {
    const char* limit;
    const char* use;
    std::string_view cached; // in memory.stat
};
constexpr GroupFiles kVersion1 = {"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "};
constexpr GroupFiles kVersion2 = {"memory.max", "memory.current", "inactive_file "};

std::optional<std::int64_t> roomIn(const fs::path& folder, const GroupFiles& files) {
    const auto limit = leadingNumber(contentOf(folder / files.limit)); // "max": none
    const auto use = leadingNumber(contentOf(folder / files.use));
    if (!limit || !use)
        return std::nullopt;
    const std::int64_t cached = numberAfter(contentOf(folder / "memory.stat"), files.cached).value_or(0);
    return std::max<std::int64_t>(0, *limit - std::max<std::int64_t>(0, *use - cached));
}

void takeLess(std::optional<std::int64_t>& least, std::optional<std::int64_t> other) {
    if (other && (!least || *other < *least))
        least = other;
}

// Of a group and of all around it, up to the mount. Within a container the path may lead nowhere: the mount is its group.
std::optional<std::int64_t> roomUpwards(const fs::path& mount, std::string_view path, const GroupFiles& files) {
    std::optional<std::int64_t> least;
    fs::path inside = fs::path(path).relative_path();
    for (;;) {
        takeLess(least, roomIn(mount / inside, files));
        if (inside.empty())
            return least;
        inside = inside.parent_path();
    }
}

std::int64_t systemMemory() {
    const std::int64_t available = availableMemory(contentOf("/proc/meminfo")).value_or(0);
    const auto room = cgroupMemory(contentOf("/proc/self/cgroup"), "/sys/fs/cgroup");
    return room ? std::min(available, *room) : available;
}

} // namespace

std::optional<std::int64_t> availableMemory(std::string_view meminfo) {
    const auto kilobytes = numberAfter(meminfo, "MemAvailable:");
    return kilobytes ? std::optional(*kilobytes * 1024) : std::nullopt;
}

// Lines "4:memory:/path" (version 1) and "0::/path" (version 2).
std::optional<std::int64_t> cgroupMemory(std::string_view groups, const fs::path& mount) {
    std::optional<std::int64_t> least;
    for (const std::string_view line : splitLines(groups)) {
        const size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == std::string_view::npos)
            continue;
        const std::string_view controllers = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
        if (controllers.empty())
            takeLess(least, roomUpwards(mount, path, kVersion2));
        else if (("," + std::string(controllers) + ",").find(",memory,") != std::string::npos)
            takeLess(least, roomUpwards(mount / "memory", path, kVersion1));
    }
    return least;
}

namespace {

std::int64_t cardMemory(at::Device device) {
    at::globalContext().lazyInitDevice(device.type()); // before it the card's allocator knows no device
    return static_cast<std::int64_t>(c10::getDeviceAllocator(device.type())->getMemoryInfo(device.index()).first);
}

} // namespace

std::int64_t memoryForTensors(at::Device device) {
    const std::int64_t free = device.is_cpu() ? systemMemory() : cardMemory(device);
    const std::int64_t all = free + allocatedBytes(device);
    return all - std::min(all / 2, std::max(all / 10, kLeast));
}

} // namespace cw
