// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/distributed/member_processes.h"

#include "training/distributed/waiting.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace cw {

namespace {

// The program's own file, also where it was replaced on disk meanwhile.
constexpr auto kThisProgram = "/proc/self/exe";

std::string killedBy(int signal) {
    return "was killed by signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ").";
}

} // namespace

Result<std::unique_ptr<MemberProcesses>> MemberProcesses::start(const std::filesystem::path& folder,
                                                                std::int64_t processes,
                                                                const std::filesystem::path& store) {
    std::unique_ptr<MemberProcesses> members(new MemberProcesses(store));
    for (std::int64_t process = 1; process < processes; ++process)
        CW_TRY(members->startOne({folder, process, processes, store, ::getpid()}));
    return members;
}

Status MemberProcesses::startOne(const Membership& membership) {
    std::vector<std::string> arguments = toArguments(membership);
    std::string name = "clausewright-worker";
    std::vector<char*> argv = {name.data()};
    for (std::string& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_t pid = 0;
    if (const int error = ::posix_spawn(&pid, kThisProgram, nullptr, nullptr, argv.data(), environ); error != 0)
        return Error{ErrorCode::Failed,
                     "Process " + std::to_string(membership.process) +
                         " of the run can't be started: " + std::strerror(error) + ".",
                     "Set processes to 1, or close other programs."};
    m_pids.push_back(pid);
    return {};
}

MemberProcesses::~MemberProcesses() {
    kill();
}

Status MemberProcesses::alive() {
    for (size_t i = 0; i < m_pids.size() && !m_failure; ++i)
        if (m_pids[i] != 0)
            m_failure = failureOf(i);
    return m_failure ? Status(*m_failure) : Status();
}

// One that ended in order has done its part: what it owed the others is in their connections.
std::optional<Error> MemberProcesses::failureOf(size_t member) {
    int status = 0;
    const bool hasEnded = ::waitpid(m_pids[member], &status, WNOHANG) == m_pids[member];
    if (hasEnded)
        m_pids[member] = 0;
    const std::string who = "Process " + std::to_string(member + 1) + " of the run ";
    if (auto words = readLastWords(m_store, static_cast<std::int64_t>(member) + 1)) {
        words->detail = who + "failed: " + words->detail;
        return words;
    }
    if (!hasEnded || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
        return std::nullopt;
    return deathOf(who, status);
}

Error MemberProcesses::deathOf(const std::string& who, int status) {
    if (WIFSIGNALED(status))
        return {ErrorCode::Failed, who + killedBy(WTERMSIG(status)),
                WTERMSIG(status) == SIGKILL
                    ? "That happens where memory runs out: fewer processes, or fewer rows at once, need less."
                    : kLookIntoLog};
    return {ErrorCode::Failed, who + "ended with code " + std::to_string(WEXITSTATUS(status)) + ".", kLookIntoLog};
}

void MemberProcesses::waitForEnd(std::chrono::milliseconds longest) {
    const auto end = std::chrono::steady_clock::now() + longest;
    const auto isThere = [](pid_t pid) { return pid != 0; };
    while (std::any_of(m_pids.begin(), m_pids.end(), isThere) && std::chrono::steady_clock::now() < end) {
        for (pid_t& pid : m_pids)
            if (pid != 0 && ::waitpid(pid, nullptr, WNOHANG) == pid)
                pid = 0;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

void MemberProcesses::kill() {
    for (const pid_t pid : m_pids)
        if (pid != 0)
            ::kill(pid, SIGKILL);
    for (pid_t& pid : m_pids) {
        if (pid != 0)
            ::waitpid(pid, nullptr, 0);
        pid = 0;
    }
}

} // namespace cw
