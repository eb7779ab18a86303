// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The project's write lock: one process writes, everyone else looks. Any thread, one object a project.
//
// The lock is the kernel's (flock on lock.json), so a killed process and a reboot free it. What the file says is for
// people: who holds the project, where and since when.
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cw {

struct LockHolder {
    std::string host;
    std::string bootId; // of the running kernel: a pid means nothing after a reboot
    long pid = 0;
    std::string processStart; // in clock ticks since boot: a pid is used again
    std::string person;
    std::string since; // UTC
    friend bool operator==(const LockHolder&, const LockHolder&) = default;
};

// This process.
LockHolder currentHolder(const std::string& person, const Clock& clock);

std::string toJson(const LockHolder& holder);
std::optional<LockHolder> lockHolderFromJson(std::string_view json);

class ProjectLock {
public:
    // Errors: Locked (who holds it, since when), WriteFailed (nobody may write here), Unsupported (a network drive:
    // locks prove nothing).
    static Result<std::unique_ptr<ProjectLock>> acquire(const std::filesystem::path& projectFolder,
                                                        const std::string& person, const Clock& clock);
    ~ProjectLock();
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;

    // Another person goes on in this process: what the file says, from now on.
    void setPerson(const std::string& person, const Clock& clock) { describe(currentHolder(person, clock)); }

private:
    explicit ProjectLock(int descriptor) : m_descriptor(descriptor) {}
    void describe(const LockHolder& holder) const;
    int m_descriptor;
};

// Who holds the lock of a project, as its file says; nothing if it says nothing. Doesn't prove that they still do.
std::optional<LockHolder> readLockHolder(const std::filesystem::path& projectFolder);

} // namespace cw
