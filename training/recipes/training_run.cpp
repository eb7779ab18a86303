// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/training_run.h"

#include "core/base/file.h"

#include <algorithm>
#include <filesystem>

namespace cw {

Result<Adapter> trainableAdapter(const Run& run, const LoadedModel& loaded) {
    CW_TRY_ASSIGN(asked, loraSettings(run.spec.loraRank, run.spec.loraAlpha, run.spec.loraDropout, run.spec.loraModules,
                                      run.spec.loraRanks, run.spec.loraScaling == "rank_stabilised"));
    if (!loaded.adapter)
        return makeAdapter(loaded.transformer.config(), asked, static_cast<std::uint64_t>(run.spec.seed),
                           loaded.compute.device);
    Adapter adapter = cloneAdapter(*loaded.adapter);
    if (adapter.settings.rank != asked.rank || adapter.settings.alpha != asked.alpha)
        CW_TRY(run.note("The start adapter's rank of " + std::to_string(adapter.settings.rank) +
                        " and its alpha are kept."));
    adapter.settings.dropout = asked.dropout;
    return adapter;
}

// Quotes that no window holds are in no answer: said, never silently cut.
Status tellLostQuotes(const Run& run) {
    std::error_code ignored;
    if (!std::filesystem::exists(run.folder.lost(), ignored))
        return {};
    CW_TRY_ASSIGN(lost, readFile(run.folder.lost()));
    const auto count = std::count(lost.begin(), lost.end(), '\n');
    return run.note(std::to_string(count) + " annotated quotes lie in no window, so that no row has them; data/lost.txt lists them.");
}

Result<LoopSettings> planTraining(const Run& run, size_t rows, const std::vector<LeftOutRow>& leftOut) {
    CW_TRY(tellLostQuotes(run));
    for (const LeftOutRow& row : leftOut)
        CW_TRY(run.emit("row", {{"part", row.part}}, {{"contract", row.contract}, {"text", row.reason}}));
    if (rows == 0)
        return Error{ErrorCode::BadInput,
                     run.folder.train().string() + " has no row that can be trained on; " +
                         std::to_string(leftOut.size()) + " were left out.",
                     leftOut.empty() ? "Export a dataset with reviewed contracts."
                                     : "The first: " + leftOut.front().reason};
    return loopSettings(run.spec, static_cast<std::int64_t>(rows));
}

StepSettings stepSettings(const RunSpec& spec, const Adapter& adapter) {
    StepSettings settings;
    settings.rowsPerPass = spec.microBatch;
    settings.checkpointing = checkpointingFromString(spec.checkpointing).value_or(Checkpointing::None);
    settings.dropout = adapter.settings.dropout;
    settings.seed = static_cast<std::uint64_t>(spec.seed);
    return settings;
}

Status writeStart(const Run& run, const LoadedModel& loaded, const Adapter& adapter, const LoopSettings& settings) {
    return run.emit("start",
                    {{"steps", static_cast<double>(settings.steps)},
                     {"rows", static_cast<double>(settings.rows)},
                     {"trainable", static_cast<double>(adapter.parameterCount())},
                     {"threads", static_cast<double>(loaded.compute.threads)}},
                    {{"kind_of_run", std::string(toString(run.spec.kind))},
                     {"dtype", loaded.compute.dtypeName()},
                     {"device", loaded.compute.deviceName()}});
}

Status writeStep(const Run& run, const StepReport& report, std::int64_t steps) {
    std::map<std::string, double> numbers = report.outcome.measures;
    numbers.insert({{"step", static_cast<double>(report.step)},
                    {"steps", static_cast<double>(steps)},
                    {"loss", report.outcome.loss},
                    {"lr", report.learningRate},
                    {"grad_norm", report.gradNorm},
                    {"tokens", static_cast<double>(report.outcome.tokens)},
                    {"tokens_per_s", report.tokensPerSecond}});
    return run.emit("step", std::move(numbers));
}

Result<RunOutcome> finishTraining(const Run& run, const Adapter& adapter, AfterStep how, std::int64_t stepsDone) {
    const std::filesystem::path model = run.resolve(run.spec.model);
    CW_TRY(writeAdapter(run.folder.adapter(), adapter, model.filename().string()));
    CW_TRY(run.emit("checkpoint", {{"step", static_cast<double>(stepsDone)}}, {{"path", "outputs/adapter"}},
                    /*durable=*/true));
    return how == AfterStep::Stop ? RunOutcome::Stopped : RunOutcome::Done;
}

} // namespace cw
