// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/run/run_history.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace cw {

namespace {

bool isCurve(const RunEvent& event) {
    return event.kind == "step" || event.kind == "validation";
}

double trialOf(const RunEvent& event) {
    return event.number("trial");
}

bool isForTheLog(const RunEvent& event) {
    return event.kind != "step" && event.kind != "progress";
}

void cutFrom(MetricSeries& series, double step) {
    while (!series.empty() && series.back().step >= step)
        series.pop_back();
}

bool isBetter(double value, double than, std::string_view score) {
    return score == "loss" ? value < than : value > than;
}

} // namespace

std::optional<double> unixSeconds(const std::string& time) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0;
    double second = 0;
    if (std::sscanf(time.c_str(), "%d-%d-%dT%d:%d:%lf", &year, &month, &day, &hour, &minute, &second) != 6)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok())
        return std::nullopt;
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return static_cast<double>(days) * 86400 + hour * 3600 + minute * 60 + second;
}

void RunHistory::take(RunEvent event) {
    takeTime(event);
    if (event.kind == "resume")
        dropAfter(event);
    if (event.kind == "step")
        m_step = event.number("step");
    if (isCurve(event))
        takeNumbers(event);
    if (isForTheLog(event))
        m_log.push_back({event, false});
    m_last[event.kind] = std::move(event);
}

void RunHistory::takeNumbers(const RunEvent& event) {
    if (trialOf(event) != m_trial)
        m_series.clear(); // the curves of the next trial begin
    m_trial = trialOf(event);
    const double step = event.number("step");
    for (const auto& [metric, value] : event.numbers) {
        if (metric == "step" || metric == "steps" || metric == "trial")
            continue;
        MetricSeries& series = m_series[{event.kind, metric}];
        cutFrom(series, step);
        series.push_back({step, value});
    }
}

void RunHistory::dropAfter(const RunEvent& resume) {
    const double step = resume.number("step");
    m_step = step;
    if (trialOf(resume) == m_trial)
        for (auto& [name, series] : m_series)
            cutFrom(series, std::nextafter(step, step + 1));
    for (LoggedEvent& logged : m_log)
        if (trialOf(logged.event) == trialOf(resume) && logged.event.number("step", -1) > step)
            logged.replaced = true;
}

void RunHistory::takeTime(const RunEvent& event) {
    const auto now = unixSeconds(event.time);
    if (!now)
        return;
    if (event.kind == "session" || !m_began) {
        m_before = seconds(); // what lies between two sessions is no work
        m_began = now;
    }
    m_latest = now;
}

double RunHistory::seconds() const {
    return m_began ? m_before + *m_latest - *m_began : 0;
}

const RunEvent* RunHistory::last(std::string_view kind) const {
    const auto found = m_last.find(kind);
    return found == m_last.end() ? nullptr : &found->second;
}

const MetricSeries& RunHistory::series(std::string_view kind, std::string_view metric) const {
    static const MetricSeries none;
    const auto found = m_series.find({std::string(kind), std::string(metric)});
    return found == m_series.end() ? none : found->second;
}

std::vector<double> RunHistory::resumes() const {
    std::vector<double> steps;
    for (const LoggedEvent& logged : m_log)
        if (logged.event.kind == "resume")
            steps.push_back(logged.event.number("step"));
    return steps;
}

std::optional<BestScore> RunHistory::best(std::string_view score) const {
    std::optional<BestScore> found;
    for (const LoggedEvent& logged : m_log) {
        const RunEvent& event = logged.event;
        const double value = event.number(score, std::nan(""));
        if (logged.replaced || event.kind != "validation" || std::isnan(value))
            continue;
        const bool marked = event.numbers.contains("best");
        if (marked ? event.number("best") > 0 : !found || isBetter(value, found->value, score))
            found = {event.number("step"), value};
    }
    return found;
}

} // namespace cw
