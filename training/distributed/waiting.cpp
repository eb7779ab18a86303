// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/distributed/waiting.h"

#include <algorithm>
#include <thread>

namespace cw {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr auto kAskEvery = 100ms; // whether the others live
constexpr std::chrono::microseconds kFirstPause = 20us, kLongestPause = 2ms;
constexpr auto kLastWords = 5s; // a connection breaks before its process can be seen to be dead

std::string seconds(std::chrono::milliseconds time) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

} // namespace

Status waitUntil(const std::function<bool()>& done, const ExchangeSettings& settings,
                 std::chrono::milliseconds longest) {
    const auto begin = SteadyClock::now();
    auto asked = begin;
    for (auto pause = kFirstPause; !done(); pause = std::min(2 * pause, kLongestPause)) {
        std::this_thread::sleep_for(pause);
        const auto now = SteadyClock::now();
        if (now - asked > kAskEvery) {
            CW_TRY(settings.alive());
            asked = now;
        }
        if (now - begin > longest)
            return Error{ErrorCode::Failed, "Another process of the run gave no answer for " + seconds(longest) + ".",
                         kLookIntoLog};
    }
    return {};
}

Error brokenError(const std::string& reason, const ExchangeSettings& settings) {
    for (const auto end = SteadyClock::now() + kLastWords; SteadyClock::now() < end; std::this_thread::sleep_for(20ms))
        if (const Status living = settings.alive(); !living)
            return living.error();
    return {ErrorCode::Failed,
            "The connection to another process of the run broke: " + reason.substr(0, reason.find('\n')) + ".",
            kLookIntoLog};
}

} // namespace cw
