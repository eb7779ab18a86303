// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_comparison.h"

#include "app/services/result_qt.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace cw {

namespace {

namespace fs = std::filesystem;

std::optional<double> lastOf(const MetricSeries& series) {
    for (auto point = series.rbegin(); point != series.rend(); ++point)
        if (std::isfinite(point->value))
            return point->value;
    return std::nullopt;
}

std::vector<double> finiteValues(const MetricSeries& series) {
    std::vector<double> values;
    for (const MetricPoint& point : series)
        if (std::isfinite(point.value))
            values.push_back(point.value);
    return values;
}

std::optional<double> medianOf(const MetricSeries& series) {
    std::vector<double> values = finiteValues(series);
    if (values.empty())
        return std::nullopt;
    const auto middle = values.begin() + static_cast<long>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::optional<double> greatestOf(const MetricSeries& series) {
    const std::vector<double> values = finiteValues(series);
    return values.empty() ? std::nullopt : std::optional(*std::max_element(values.begin(), values.end()));
}

std::optional<double> bytesUnder(const fs::path& folder) {
    std::error_code error;
    double bytes = 0;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->is_regular_file(error))
            bytes += static_cast<double>(at->file_size(error));
    return error || bytes == 0 ? std::nullopt : std::optional(bytes);
}

std::optional<double> numberOf(const RunEvent& event, const char* name) {
    const auto found = event.numbers.find(name);
    return found == event.numbers.end() || !std::isfinite(found->second) ? std::nullopt : std::optional(found->second);
}

QString nameOf(const RunView& run) {
    return toQString(run.record.name.empty() ? run.record.kind + " " + run.record.id.value : run.record.name);
}

RunOutcomeFacts factsOfTraining(const RunView& run, const RunFolder& folder) {
    RunOutcomeFacts facts;
    facts.run = run.record.id;
    facts.name = nameOf(run);
    facts.state = run.state;
    const RunHistory& history = run.history;
    if (run.last("step"))
        facts.steps = history.step();
    facts.loss = lastOf(history.series("step", "loss"));
    facts.validationLoss = lastOf(history.series("validation", "loss"));
    facts.scoreName = run.spec.score;
    if (const auto best = history.best(run.spec.score)) {
        facts.score = best->value;
        facts.bestStep = best->step;
    }
    if (history.seconds() > 0)
        facts.seconds = history.seconds();
    facts.tokensPerSecond = medianOf(history.series("step", "tokens_per_s"));
    facts.labelledPerSecond = medianOf(history.series("step", "labelled_per_s"));
    facts.memoryBytes = greatestOf(history.series("step", "memory_bytes"));
    facts.adapterBytes = bytesUnder(folder.adapter());
    return facts;
}

RunOutcomeFacts factsOfTrial(const RunView& run, const RunEvent& trial) {
    RunOutcomeFacts facts;
    facts.run = run.record.id;
    facts.trial = static_cast<std::int64_t>(trial.number("trial"));
    facts.name = QStringLiteral("%1, trial %2").arg(nameOf(run)).arg(facts.trial);
    facts.trouble = toQString(trial.text("text"));
    facts.state = facts.trouble.isEmpty() ? RunState::Done : RunState::Failed;
    facts.rank = numberOf(trial, "rank");
    facts.rate = numberOf(trial, "lr");
    facts.state = trial.text("text").empty() ? RunState::Done : RunState::Failed;
    if (facts.state == RunState::Failed)
        return facts;
    facts.loss = numberOf(trial, "loss");
    facts.score = numberOf(trial, "score");
    facts.scoreName = run.spec.score;
    facts.seconds = numberOf(trial, "seconds");
    facts.adapterBytes = numberOf(trial, "bytes");
    return facts;
}

void markBest(std::vector<RunOutcomeFacts>& trials) {
    RunOutcomeFacts* best = nullptr;
    for (RunOutcomeFacts& trial : trials)
        if (trial.score && (!best || (lowerIsBetter(trial.scoreName) ? *trial.score < *best->score : *trial.score > *best->score)))
            best = &trial;
    if (best)
        best->best = true;
}

// Empty for a field that the run's kind doesn't have.
QString valueOf(const RunView& run, const RunField& field) {
    const bool has = std::find(field.kinds.begin(), field.kinds.end(), run.spec.kind) != field.kinds.end();
    return has ? toQString(fieldText(run.spec, field)) : QString();
}

template <typename Value> ComparedSetting settingOf(const QString& title, const std::vector<const RunView*>& runs, const Value& value) {
    ComparedSetting setting{title, {}, false};
    for (const RunView* run : runs)
        setting.values.push_back(value(*run));
    setting.differs = std::adjacent_find(setting.values.begin(), setting.values.end(), std::not_equal_to<>()) != setting.values.end();
    return setting;
}

} // namespace

std::vector<RunOutcomeFacts> trialFacts(const RunView& run) {
    std::vector<RunOutcomeFacts> trials;
    if (run.spec.kind == RunKind::Sweep)
        for (const LoggedEvent& logged : run.history.log())
            if (logged.event.kind == "trial") {
                RunOutcomeFacts facts = factsOfTrial(run, logged.event);
                std::erase_if(trials, [&](const RunOutcomeFacts& other) { return other.trial == facts.trial; }); // done again
                trials.push_back(std::move(facts));
            }
    markBest(trials);
    return trials;
}

std::vector<RunOutcomeFacts> outcomeFacts(const RunView& run, const RunFolder& folder) {
    std::vector<RunOutcomeFacts> trials = trialFacts(run);
    return trials.empty() ? std::vector<RunOutcomeFacts>{factsOfTraining(run, folder)} : trials;
}

std::optional<BestScore> bestScore(const RunView& run) {
    if (run.spec.kind != RunKind::Sweep)
        return run.history.best(run.spec.score);
    for (const RunOutcomeFacts& trial : trialFacts(run))
        if (trial.best)
            return BestScore{static_cast<double>(trial.trial), *trial.score};
    return std::nullopt;
}

std::vector<ComparedSetting> comparedSettings(const std::vector<const RunView*>& runs) {
    std::vector<ComparedSetting> settings;
    settings.push_back(settingOf(QStringLiteral("Kind"), runs, [](const RunView& run) { return toQString(toString(run.spec.kind)); }));
    for (const RunField& field : runFields()) {
        const auto isOf = [&](const RunView* run) { return std::find(field.kinds.begin(), field.kinds.end(), run->spec.kind) != field.kinds.end(); };
        if (field.key != "name" && std::any_of(runs.begin(), runs.end(), isOf))
            settings.push_back(settingOf(toQString(field.title), runs, [&](const RunView& run) { return valueOf(run, field); }));
    }
    settings.push_back(settingOf(QStringLiteral("Split"), runs, [](const RunView& run) { return toQString(run.record.split); }));
    settings.push_back(
        settingOf(QStringLiteral("Data, SHA-256"), runs, [](const RunView& run) { return toQString(run.record.datasetHash).left(12); }));
    return settings;
}

} // namespace cw
