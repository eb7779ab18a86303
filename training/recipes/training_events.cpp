// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/training_events.h"

#include "training/device/gpu_readings.h"
#include "training/recipes/advice.h"
#include "training/recipes/training_run.h"

#include <algorithm>
#include <fstream>

namespace cw {

namespace {

constexpr double kShortestStep = 1e-3; // seconds: what the clock can tell
constexpr double kFall = 0.1;          // nats a token
constexpr double kNewest = 0.1;        // weight of the newest step in the smoothed time of one

double number(std::int64_t value) {
    return static_cast<double>(value);
}

// A member of /proc/self/status.
double bytesOf(std::string_view member) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(member))
            return 1024 * std::strtod(line.c_str() + member.size(), nullptr); // the kernel's "kB" are 1,024 bytes
    return 0;
}

std::string outlierText(const StepReport& report, const std::string& contracts) {
    const Outlier& outlier = *report.outlier;
    return "Step " + std::to_string(report.step) + " stands out: its " + outlier.what + " of " +
           shortNumber(outlier.value) + " lies " + shortNumber(outlier.z) +
           " standard deviations above the steps before it. " +
           (report.isSkipped ? "It is left out of training." : "It was trained on like any other.") +
           " Its contracts: " + contracts + ".";
}

} // namespace

Workload workOf(const Example& example, const ModelConfig& config) {
    Workload work;
    work.add(static_cast<std::int64_t>(example.ids.size()), example.labelCount(), config.slidingWindow);
    return work;
}

double peakMemoryBytes() {
    return bytesOf("VmHWM:");
}

double presentMemoryBytes() {
    return bytesOf("VmRSS:");
}

TrainingEvents::TrainingEvents(const Run& run, const LoadedModel& loaded, const LoopSettings& settings,
                               const TrainingRows& rows, const Adapter& adapter)
    : m_run(run), m_loaded(loaded), m_settings(settings), m_rows(rows), m_adapter(adapter),
      m_before(run.clock.now()) {}

Status TrainingEvents::start() {
    m_before = m_run.clock.now();
    return m_run.emit("start",
                      {{"steps", number(m_settings.steps)},
                       {"rows", number(m_settings.rows)},
                       {"trainable", number(trainedParameters(m_adapter))},
                       {"threads", number(m_loaded.compute.threads)}},
                      {{"kind_of_run", std::string(toString(m_run.spec.kind))},
                       {"dtype", m_loaded.compute.dtypeName()},
                       {"device", m_loaded.compute.deviceName()}});
}

Status TrainingEvents::resume(std::int64_t step) {
    m_before = m_run.clock.now();
    return m_run.emit("resume", {{"step", number(step)}});
}

Status TrainingEvents::step(const StepReport& report) {
    if (report.outlier)
        CW_TRY(outlier(report));
    CW_TRY(fall(report));
    const double seconds = std::max(report.seconds, kShortestStep);
    std::map<std::string, double> numbers = report.outcome.measures;
    numbers.insert({{"step", number(report.step)},
                    {"steps", number(m_settings.steps)},
                    {"loss", report.outcome.loss},
                    {"lr", report.learningRate},
                    {"grad_norm", report.gradNorm},
                    {"tokens", number(report.outcome.tokens)},
                    {"labelled", number(report.outcome.labelled)},
                    {"tokens_per_s", number(report.outcome.tokens) / seconds},
                    {"labelled_per_s", number(report.outcome.labelled) / seconds},
                    {"tflops", flopsOf(report.rows) / seconds / 1e12},
                    {"eta_s", secondsLeft(report.step)},
                    {"memory_bytes", peakMemoryBytes()},
                    {"memory_now_bytes", presentMemoryBytes()}});
    addGpu(numbers);
    return m_run.emit("step", std::move(numbers));
}

// What the driver says of the card that this process computes on; of several processes, each has one of its own.
void TrainingEvents::addGpu(std::map<std::string, double>& numbers) const {
    if (!m_loaded.compute.device.is_cuda())
        return;
    const auto reading = readGpu(m_loaded.compute.device.index());
    if (!reading)
        return;
    numbers["gpu_memory_bytes"] = number(reading->memoryBytes);
    numbers["gpu_watts"] = reading->watts;
    numbers["gpu_use"] = reading->use;
    if (reading->temperature > 0)
        numbers["gpu_celsius"] = reading->temperature;
    const double processes = m_run.exchange ? number(m_run.exchange->processes()) : 1;
    if (const double peak = processes * peakFlopsOf(reading->name) / 1e12; peak > 0)
        numbers["peak_share"] = numbers["tflops"] / peak;
}

Status TrainingEvents::outlier(const StepReport& report) const {
    return m_run.emit("outlier",
                      {{"step", number(report.step)}, {"loss", report.outcome.loss}, {"z", report.outlier->z}},
                      {{"text", outlierText(report, namesOf(m_rows.names, report.rows))}});
}

Status TrainingEvents::fall(const StepReport& report) {
    const auto gain = report.outcome.measures.find("chosen_gain");
    if (m_hasToldOfFall || gain == report.outcome.measures.end() || gain->second > -kFall)
        return {};
    m_hasToldOfFall = true;
    return m_run.note("The chosen answers become less likely too: at step " + std::to_string(report.step) + " a token of theirs has lost " +
                      shortNumber(-gain->second) + " nats in the mean since the start, however the margin grows. Set likelihood_weight to " +
                      "0.2, say, or raise beta, and judge the adapter by the scores of its answers.");
}

double TrainingEvents::flopsOf(const std::vector<size_t>& rows) const {
    Workload work;
    for (const size_t row : rows)
        work += m_rows.work[row];
    return trainingFlops(m_loaded.transformer.config(), m_adapter.parameterCount(), work); // frozen parts are computed too
}

// A mean over the first ten steps, then one in which older steps fade.
double TrainingEvents::secondsLeft(std::int64_t step) {
    const TimePoint now = m_run.clock.now();
    const double seconds = std::chrono::duration<double>(now - m_before).count();
    m_before = now;
    const double weight = std::max(kNewest, 1 / number(++m_stepsTold));
    m_secondsPerStep += weight * (seconds - m_secondsPerStep);
    return m_secondsPerStep * number(m_settings.steps - step);
}

Status TrainingEvents::validation(const ValidationScores& scores, bool isBest) const {
    std::map<std::string, double> numbers = {
        {"step", number(scores.step)}, {"loss", scores.loss}, {"best", isBest ? 1.0 : 0.0}};
    for (const auto& [name, value] :
         {std::pair("valid_json", scores.validJson), std::pair("cell_accuracy", scores.cellAccuracy),
          std::pair("f1", scores.f1), std::pair("ended", scores.ended)})
        if (value)
            numbers[name] = *value;
    numbers.insert(scores.measures.begin(), scores.measures.end());
    return m_run.emit("validation", std::move(numbers));
}

Status TrainingEvents::checkpoint(std::int64_t step, const std::filesystem::path& path) const {
    return m_run.emit("checkpoint", {{"step", number(step)}},
                      {{"path", path.lexically_relative(m_run.folder.root()).generic_string()}}, /*durable=*/true);
}

} // namespace cw
