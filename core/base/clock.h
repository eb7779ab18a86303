// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The time, as an interface: everything timed takes a Clock. Any thread.
#pragma once

#include <chrono>
#include <string>

namespace cw {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
public:
    virtual ~Clock() = default;
    virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock {
public:
    TimePoint now() const override;
};

// A clock that stands still until it is moved: for tests and frozen screenshots.
class FixedClock final : public Clock {
public:
    explicit FixedClock(TimePoint at) : m_now(at) {}
    TimePoint now() const override { return m_now; }
    void advance(std::chrono::milliseconds by) { m_now += by; }

private:
    TimePoint m_now;
};

// ISO 8601 in UTC with milliseconds: 2026-11-24T14:02:07.250Z.
std::string formatUtc(TimePoint time);

long long unixMilliseconds(TimePoint time);

} // namespace cw
