// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Waiting for another process without waiting for a dead one, nor without end. One thread.
#pragma once

#include "training/distributed/exchange_settings.h"

namespace cw {

// What a person is told to do about a run that lost one of its processes.
inline constexpr auto kLookIntoLog = "The run's worker.log may say why.";

// Asks `done` again and again, quickly at first, until it says true. An error where `settings.alive` gives one, which
// is asked several times a second, or where `longest` is over.
Status waitUntil(const std::function<bool()>& done, const ExchangeSettings& settings,
                 std::chrono::milliseconds longest);

// Why an exchange broke off, `reason` being what the library says: who is gone is known best by whoever watches the
// processes, a moment later.
Error brokenError(const std::string& reason, const ExchangeSettings& settings);

} // namespace cw
