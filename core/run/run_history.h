// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a run's events come to: its curves, its best score, its time at work. What a resumed run did a second time counts once: the later
// event of a step replaces the earlier one. One object a thread.
#pragma once

#include "core/run/run_event.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw {

struct MetricPoint {
    double step = 0;
    double value = 0; // not finite where the run said so
    friend bool operator==(const MetricPoint&, const MetricPoint&) = default;
};

using MetricSeries = std::vector<MetricPoint>;

// An event that a person reads.
struct LoggedEvent {
    RunEvent event;
    bool replaced = false; // the run went on from before it
};

// A validation that was the best so far.
struct BestScore {
    double step = 0;
    double value = 0;
};

// Seconds since 1970 of "2026-11-24T14:02:07.250Z"; nothing for anything else.
std::optional<double> unixSeconds(const std::string& time);

class RunHistory {
public:
    // The next event, in the order of the file.
    void take(RunEvent event);

    // Everything but "step" and "progress", as it happened, replaced events too.
    const std::vector<LoggedEvent>& log() const { return m_log; }
    // The newest of its kind, or null.
    const RunEvent* last(std::string_view kind) const;
    // A metric of the events of a kind ("step", "validation") by step; steps rise. Of a sweep: of the trial that is at work.
    const MetricSeries& series(std::string_view kind, std::string_view metric) const;
    // After which steps the run went on.
    std::vector<double> resumes() const;
    // The last validation that was marked as the best; where none has marks, the best by `score` ("loss": the least, else the greatest).
    std::optional<BestScore> best(std::string_view score) const;
    // The last step that counts: after a resume that which the run went on from. 0 before the first.
    double step() const { return m_step; }
    // At work, in seconds: waiting between two sessions doesn't count.
    double seconds() const;

private:
    void takeNumbers(const RunEvent& event);
    void dropAfter(const RunEvent& resume); // what it replaces
    void takeTime(const RunEvent& event);

    std::vector<LoggedEvent> m_log;
    std::map<std::string, RunEvent, std::less<>> m_last;
    std::map<std::pair<std::string, std::string>, MetricSeries> m_series; // by kind and metric
    double m_trial = 0; // of a sweep: whose curves these are
    double m_step = 0;
    double m_before = 0; // seconds of the sessions before this one
    std::optional<double> m_began, m_latest; // seconds since 1970, of the session in progress
};

} // namespace cw
