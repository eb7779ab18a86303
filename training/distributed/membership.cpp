// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/distributed/membership.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace cw {

namespace {

std::filesystem::path lastWordsFile(const std::filesystem::path& store, std::int64_t process) {
    return store.string() + ".failure-" + std::to_string(process);
}

bool parse(const std::string& text, std::int64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

Status leaderLives(pid_t leader) {
    if (::getppid() == leader) // an orphan gets another parent
        return {};
    return Error{ErrorCode::Cancelled, "The run's first process has ended.", ""};
}

} // namespace

std::vector<std::string> toArguments(const Membership& membership) {
    return {"--member",    membership.folder.string(),
            "--process",   std::to_string(membership.process),
            "--processes", std::to_string(membership.processes),
            "--store",     membership.store.string(),
            "--leader",    std::to_string(membership.leader)};
}

std::optional<Membership> membershipFrom(const std::vector<std::string>& arguments) {
    if (arguments.size() != 10)
        return std::nullopt;
    Membership membership;
    std::int64_t leader = 0;
    membership.folder = arguments[1];
    membership.store = arguments[7];
    if (!parse(arguments[3], membership.process) || !parse(arguments[5], membership.processes) ||
        !parse(arguments[9], leader))
        return std::nullopt;
    membership.leader = static_cast<pid_t>(leader);
    return toArguments(membership) == arguments ? std::optional(membership) : std::nullopt;
}

// The leader may have died before the kernel was asked, hence the second look.
Status followLeader(const Membership& membership) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    return leaderLives(membership.leader);
}

ExchangeSettings settingsOf(const Membership& membership) {
    ExchangeSettings settings;
    settings.process = membership.process;
    settings.processes = membership.processes;
    settings.store = membership.store;
    settings.alive = [leader = membership.leader] { return leaderLives(leader); };
    return settings;
}

Status leaveLastWords(const Membership& membership, const Error& error) {
    const nlohmann::json json = {{"error", error.detail}, {"hint", error.hint}, {"tag", error.tag}};
    return writeFileAtomically(lastWordsFile(membership.store, membership.process),
                               json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::optional<Error> readLastWords(const std::filesystem::path& store, std::int64_t process) {
    const auto text = readFile(lastWordsFile(store, process));
    const auto json = text ? nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false) : nlohmann::json();
    if (!json.is_object())
        return std::nullopt;
    return Error{ErrorCode::Failed, json.value("error", ""), json.value("hint", ""), json.value("tag", "")};
}

} // namespace cw
