// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/project_lock.h"

#include "core/base/file.h"
#include "core/store/file_system.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace cw {

namespace fs = std::filesystem;

namespace {

fs::path lockFile(const fs::path& projectFolder) {
    return projectFolder / "lock.json";
}

std::string firstLine(const fs::path& path) {
    const auto text = readFile(path);
    return text ? text->substr(0, text->find('\n')) : std::string();
}

// Field 22 of /proc/self/stat. The second field, the program's name in brackets, may hold blanks and brackets.
std::string processStart() {
    const std::string stat = firstLine("/proc/self/stat");
    size_t at = stat.rfind(')');
    for (int field = 2; field < 22 && at != std::string::npos; ++field)
        at = stat.find(' ', at + 1);
    return at == std::string::npos ? std::string() : stat.substr(at + 1, stat.find(' ', at + 1) - at - 1);
}

std::string hostName() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "this machine";
}

// "2026-11-24T14:02:07.250Z" as people write it.
std::string readableTime(const std::string& utc) {
    return utc.size() < 16 ? utc : utc.substr(0, 10) + " " + utc.substr(11, 5) + " UTC";
}

Error lockedError(const fs::path& projectFolder) {
    const auto holder = readLockHolder(projectFolder);
    std::string detail = "The project " + projectFolder.string() + " is in use";
    if (holder)
        detail += " by " + holder->person + " on " + holder->host + " since " + readableTime(holder->since) +
                  " (process " + std::to_string(holder->pid) + ")";
    return {ErrorCode::Locked, detail + ".", "Open it view-only, or close it there first."};
}

} // namespace

LockHolder currentHolder(const std::string& person, const Clock& clock) {
    return {hostName(),
            firstLine("/proc/sys/kernel/random/boot_id"),
            static_cast<long>(::getpid()),
            processStart(),
            person,
            formatUtc(clock.now())};
}

std::string toJson(const LockHolder& holder) {
    const nlohmann::ordered_json json = {{"host", holder.host},     {"boot_id", holder.bootId},
                                         {"pid", holder.pid},       {"process_start", holder.processStart},
                                         {"person", holder.person}, {"since", holder.since}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::optional<LockHolder> lockHolderFromJson(std::string_view text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    try {
        return LockHolder{json.value("host", ""),          json.value("boot_id", ""), json.value("pid", 0L),
                          json.value("process_start", ""), json.value("person", ""),  json.value("since", "")};
    } catch (const nlohmann::json::exception&) { // a member of another type
        return std::nullopt;
    }
}

std::optional<LockHolder> readLockHolder(const fs::path& projectFolder) {
    const auto text = readFile(lockFile(projectFolder));
    return text ? lockHolderFromJson(*text) : std::nullopt;
}

Result<std::unique_ptr<ProjectLock>> ProjectLock::acquire(const fs::path& projectFolder, const std::string& person,
                                                          const Clock& clock) {
    if (const auto drive = networkFileSystem(projectFolder))
        return Error{ErrorCode::Unsupported,
                     "The project " + projectFolder.string() + " lies on a drive of kind " + std::string(*drive) +
                         ", where a write lock can't be trusted.",
                     "Copy the whole folder to a local drive and work there, or open it view-only."};
    const int descriptor = ::open(lockFile(projectFolder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error{ErrorCode::WriteFailed,
                     "Couldn't write to the project " + projectFolder.string() + ": " + std::strerror(errno) + ".",
                     "Check the folder's permissions, or open it view-only."};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return lockedError(projectFolder);
    }
    std::unique_ptr<ProjectLock> lock(new ProjectLock(descriptor));
    lock->describe(currentHolder(person, clock));
    return lock;
}

// In place: a renamed file would be another file, without the lock. On a full disk the lock holds all the same, only
// without a name.
void ProjectLock::describe(const LockHolder& holder) const {
    const std::string text = toJson(holder);
    if (::ftruncate(m_descriptor, 0) == 0) [[maybe_unused]]
        const ssize_t written = ::pwrite(m_descriptor, text.data(), text.size(), 0);
}

ProjectLock::~ProjectLock() {
    // The file stays, empty: to remove it could remove the lock of the next one who came in between.
    [[maybe_unused]] const int emptied = ::ftruncate(m_descriptor, 0);
    ::close(m_descriptor);
}

} // namespace cw
