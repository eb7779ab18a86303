// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/sweep.h"

#include "training/recipes/advice.h"
#include "training/recipes/failure.h"
#include "training/recipes/sft.h"
#include "training/recipes/training_run.h"
#include "training/recipes/trial_files.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cw {

namespace fs = std::filesystem;

Result<std::vector<Trial>> trialsOf(const RunSpec& spec) {
    CW_TRY_ASSIGN(ranks, numberList(spec.sweepRanks, 1, 1024));
    CW_TRY_ASSIGN(rates, numberList(spec.sweepRates, 1e-9, 1));
    if (std::ranges::any_of(ranks, [](double rank) { return rank != std::floor(rank); }))
        return Error{ErrorCode::BadUsage, "\"" + spec.sweepRanks + "\" holds a rank that is no whole number.",
                     "Give whole numbers with commas between them."};
    std::vector<Trial> trials;
    for (const double rank : ranks)
        for (const double rate : rates)
            trials.push_back(
                {static_cast<std::int64_t>(trials.size()) + 1, static_cast<std::int64_t>(rank), 2 * rank, rate});
    return trials;
}

std::optional<size_t> bestOf(const std::vector<TrialResult>& results, const std::string& score) {
    std::optional<size_t> best;
    for (size_t i = 0; i < results.size(); ++i) {
        if (!std::isfinite(results[i].score))
            continue;
        const double before = best ? results[*best].score : 0;
        if (!best || (score == "loss" ? results[i].score < before : results[i].score > before))
            best = i;
    }
    return best;
}

namespace {

// The whole run's specification as that of one trial. Its JSON, and so its hash, knows nothing of the other trials.
RunSpec specOf(const RunSpec& sweep, const Trial& trial) {
    RunSpec spec = sweep;
    spec.kind = RunKind::Sft;
    spec.loraRank = trial.rank;
    spec.loraAlpha = trial.alpha;
    spec.learningRate = trial.learningRate;
    return spec;
}

double scoreOf(const Trained& trained) {
    for (const ValidationScores& scores : trained.state.scores.validations())
        if (scores.step == trained.keptStep)
            return valueOf(scores, trained.state.scores.score());
    return trained.state.loss;
}

class Sweep {
public:
    Sweep(const Run& run, const LoadedModel& loaded, SftData& data, std::vector<Trial> trials)
        : m_run(run), m_loaded(loaded), m_data(data), m_trials(std::move(trials)) {}

    Result<RunOutcome> perform() {
        for (const Trial& trial : m_trials) {
            CW_TRY_ASSIGN(result, resultOf(trial));
            if (!result)
                return RunOutcome::Stopped;
            CW_TRY(tell(*result));
            m_results.push_back(std::move(*result));
        }
        if (m_run.isLeader())
            CW_TRY(keepBest());
        return RunOutcome::Done;
    }

private:
    // Of a trial that has ended before, or ends now; nothing if a person stopped it.
    Result<std::optional<TrialResult>> resultOf(const Trial& trial) {
        const RunSpec spec = specOf(m_run.spec, trial);
        const Run run = {m_run.folder, spec, m_run.clock, m_run.events, m_run.exchange, trial.number};
        CW_TRY_ASSIGN(identity, identityOf(run, static_cast<std::int64_t>(m_data.examples.size()), m_loaded.origin));
        CW_TRY_ASSIGN(earlier, readTrialResult(m_run.folder, trial, identity));
        if (earlier)
            return earlier;
        auto trained = trainSft(run, m_loaded, m_data);
        if (!trained && failureCode(trained.error()) != failure::kNotFinite)
            return trained.error();
        if (trained && trained->outcome == RunOutcome::Stopped)
            return std::optional<TrialResult>();
        TrialResult result = trained ? resultOf(trial, run, *trained) : failed(trial, trained.error());
        if (!run.isLeader())
            return std::optional(std::move(result));
        CW_TRY(writeTrialResult(m_run.folder, result, identity));
        std::error_code ignored;
        fs::remove_all(run.checkpoints(), ignored); // several times the adapter, and of no use any more
        return std::optional(std::move(result));
    }

    static TrialResult resultOf(const Trial& trial, const Run& run, const Trained& trained) {
        std::error_code ignored;
        const auto bytes = fs::file_size(run.adapterFolder() / "adapter_model.safetensors", ignored);
        return {trial, scoreOf(trained), trained.state.loss, trained.state.seconds, static_cast<std::int64_t>(bytes), {}};
    }

    static TrialResult failed(const Trial& trial, const Error& error) {
        const double none = std::numeric_limits<double>::quiet_NaN();
        return {trial, none, none, 0, 0, error.detail};
    }

    Status tell(const TrialResult& result) const {
        const Trial& trial = result.trial;
        std::map<std::string, std::string> texts = {
            {"path", "trials/" + std::to_string(trial.number) + "/adapter"}};
        if (!result.error.empty())
            texts = {{"text", result.error}};
        return m_run.emit("trial",
                          {{"trial", static_cast<double>(trial.number)},
                           {"trials", static_cast<double>(m_trials.size())},
                           {"rank", static_cast<double>(trial.rank)},
                           {"lr", trial.learningRate},
                           {"score", result.score},
                           {"loss", result.loss},
                           {"seconds", result.seconds},
                           {"bytes", static_cast<double>(result.bytes)}},
                          std::move(texts), /*durable=*/true);
    }

    Status keepBest() const {
        const auto best = bestOf(m_results, m_run.spec.score);
        CW_TRY(writeTrialTable(m_run.folder, m_results, m_run.spec.score, best));
        if (!best)
            return tagged(failure::kNotFinite,
                          {ErrorCode::Failed, "No trial of the sweep had a finite loss to its end.",
                           "Lower the learning rates (sweep_rates), or look for damaged rows in the data."});
        const Trial& trial = m_results[*best].trial;
        CW_TRY(copyAdapter(m_run.folder.trial(trial.number) / "adapter", m_run.folder.adapter()));
        return m_run.note("Trial " + std::to_string(trial.number) + " is the best: rank " +
                          std::to_string(trial.rank) + " with a learning rate of " + shortNumber(trial.learningRate) +
                          ".");
    }

    const Run& m_run;
    const LoadedModel& m_loaded;
    SftData& m_data;
    std::vector<Trial> m_trials;
    std::vector<TrialResult> m_results;
};

// The sweep as a whole; each trial has a start event of its own.
Status writeStart(const Run& run, const LoadedModel& loaded, const SftData& data, size_t trials) {
    const auto rows = static_cast<std::int64_t>(data.examples.size());
    const std::int64_t steps = loopSettings(run.spec, rows).steps * static_cast<std::int64_t>(trials);
    CW_TRY(run.emit("start",
                    {{"steps", static_cast<double>(steps)},
                     {"rows", static_cast<double>(rows)},
                     {"threads", static_cast<double>(loaded.compute.threads)}},
                    {{"kind_of_run", std::string(toString(run.spec.kind))},
                     {"dtype", loaded.compute.dtypeName()},
                     {"device", loaded.compute.deviceName()}}));
    if (data.validation)
        return {};
    return run.note("There are no validation rows: trials are compared by their last training loss, which says little of "
                    "how they do on other contracts.");
}

} // namespace

Result<RunOutcome> runSweep(const Run& run) {
    if (!run.spec.adapter.empty())
        return Error{ErrorCode::BadUsage, "A sweep over ranks can't start from an adapter, which has its rank already.",
                     "Leave the adapter empty, or run a training of kind \"sft\" from it."};
    CW_TRY_ASSIGN(trials, trialsOf(run.spec));
    CW_TRY_ASSIGN(loaded, loadModel(run));
    CW_TRY_ASSIGN(data, readSftData(run, loaded));
    CW_TRY(writeStart(run, loaded, data, trials.size()));
    return Sweep(run, loaded, data, std::move(trials)).perform();
}

} // namespace cw
