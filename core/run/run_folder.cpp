// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/run/run_folder.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <nlohmann/json.hpp>

#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace cw {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr auto kLongestWait = 180s; // for a launched worker's first sign of life: LibTorch from a cold disk takes its time

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

std::optional<RunState> endOf(const RunFolder& folder) {
    for (RunState state : {RunState::Done, RunState::Failed, RunState::Stopped})
        if (isThere(folder.endMark(state)))
            return state;
    return std::nullopt;
}

// Asks for a shared lock and gives it back at once: refused means that a worker lives.
bool isHeld(const fs::path& lock) {
    const int descriptor = ::open(lock.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return held;
}

bool isYoung(const fs::path& file, const Clock& clock) {
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0)
        return false;
    const auto written = TimePoint(std::chrono::seconds(info.st_mtim.tv_sec) +
                                   std::chrono::milliseconds(info.st_mtim.tv_nsec / 1000000));
    return clock.now() - written <= kLongestWait;
}

// A worker's first event, of the run or since it was reopened, is the end of waiting for it.
bool hasBegun(const RunFolder& folder) {
    std::error_code noEvents, notReopened;
    const auto lastEvent = fs::last_write_time(folder.events(), noEvents);
    const auto reopened = fs::last_write_time(folder.reopened(), notReopened);
    return !noEvents && (notReopened || lastEvent > reopened);
}

} // namespace

bool isAlive(RunState state) {
    return state == RunState::Waiting || state == RunState::Running;
}

std::string_view toString(RunState state) {
    switch (state) {
    case RunState::Waiting:
        return "waiting";
    case RunState::Running:
        return "running";
    case RunState::Done:
        return "done";
    case RunState::Failed:
        return "failed";
    case RunState::Stopped:
        return "stopped";
    case RunState::Lost:
        return "lost";
    }
    return "";
}

fs::path RunFolder::endMark(RunState state) const {
    assert(state == RunState::Done || state == RunState::Failed || state == RunState::Stopped);
    return m_root / (state == RunState::Done ? "DONE" : state == RunState::Failed ? "FAILED" : "STOPPED");
}

Result<RunFolder> RunFolder::create(const fs::path& runs, const RunSpec& spec, const Clock& clock) {
    CW_TRY(makeFolder(runs));
    const RunFolder folder(runs / newUlid(unixMilliseconds(clock.now())));
    if (isThere(folder.root()))
        return Error{ErrorCode::WriteFailed, "The run folder " + folder.root().string() + " is there already.", ""};
    for (const fs::path& path : {folder.root(), folder.data(), folder.m_root / "outputs", folder.checkpoints()})
        CW_TRY(makeFolder(path));
    if (const Status written = writeFileAtomically(folder.spec(), toJson(spec)); !written) {
        std::error_code ignored;
        fs::remove_all(folder.root(), ignored);
        return written.error();
    }
    return folder;
}

Result<RunSpec> RunFolder::readSpec() const {
    CW_TRY_ASSIGN(json, readFile(spec()));
    return runSpecFromJson(json, spec().string());
}

// The order of the questions matters, because a worker may begin or end between two of them: it takes the lock before
// its first event, and leaves its mark before it gives the lock back.
RunState RunFolder::state(const Clock& clock) const {
    if (const auto end = endOf(*this))
        return *end;
    const bool began = hasBegun(*this);
    if (isHeld(lock()))
        return RunState::Running;
    if (const auto end = endOf(*this))
        return *end;
    const fs::path asked = isThere(reopened()) ? reopened() : spec();
    return !began && isYoung(asked, clock) ? RunState::Waiting : RunState::Lost;
}

Status RunFolder::requestStop() const {
    return writeFileAtomically(stop(), "");
}

bool RunFolder::stopRequested() const {
    return isThere(stop());
}

Status RunFolder::reopen() const {
    CW_TRY(writeFileAtomically(reopened(), "")); // first: without an end mark the run must not look lost
    for (const fs::path& mark :
         {stop(), endMark(RunState::Done), endMark(RunState::Failed), endMark(RunState::Stopped)}) {
        std::error_code error;
        fs::remove(mark, error);
        if (error)
            return Error{ErrorCode::WriteFailed, mark.string() + " can't be taken away: " + error.message() + ".",
                         "Check that the folder can be written to."};
    }
    return {};
}

Result<std::string> RunFolder::writeManifest() const {
    CW_TRY_ASSIGN(files, filesUnder(data()));
    std::erase(files, manifest());
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const fs::path& file : files) {
        CW_TRY_ASSIGN(bytes, readFile(file));
        list.push_back({{"name", file.lexically_relative(data()).generic_string()},
                        {"bytes", bytes.size()},
                        {"sha256", sha256Hex(bytes)}});
    }
    const nlohmann::ordered_json manifestJson = {{"version", 1}, {"files", std::move(list)}};
    const std::string text = manifestJson.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    CW_TRY(writeFileAtomically(manifest(), text));
    return sha256Hex(text);
}

Result<RunLock> RunLock::acquire(const RunFolder& folder) {
    const int descriptor = ::open(folder.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error{ErrorCode::WriteFailed,
                     "Couldn't open " + folder.lock().string() + ": " + std::strerror(errno) + ".",
                     "Check the run folder and its permissions."};
    // A reader that asks for the state holds the lock for an instant: that is no reason to give up.
    for (int attempt = 0; attempt < 50; ++attempt) {
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            return RunLock(descriptor);
        std::this_thread::sleep_for(10ms);
    }
    ::close(descriptor);
    return Error{ErrorCode::Locked, "Another worker is at work in " + folder.root().string() + ".",
                 "Wait for it to end, or stop it."};
}

RunLock::RunLock(RunLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

RunLock::~RunLock() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace cw
