// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/run_plan.h"

#include "core/base/file.h"
#include "training/plan/free_memory.h"
#include "training/plan/plan_advice.h"
#include "training/plan/speed.h"
#include "training/recipes/checkpoint.h"
#include "training/recipes/failure.h"
#include "training/recipes/sweep.h"
#include "training/recipes/training_loop.h"
#include "training/recipes/training_run.h"

#include <algorithm>
#include <limits>

namespace cw {

namespace {

// A pair's tensors have twice the rank with the PiSSA start, half of it frozen.
LoraSettings tensorsOf(LoraSettings lora, bool isPissa) {
    for (size_t p = 0; isPissa && p < kProjections; ++p)
        lora.ranks[static_cast<Projection>(p)] = 2 * lora.rankOf(static_cast<Projection>(p));
    return lora;
}

LoraSettings tensorsOf(const Adapter& adapter) {
    LoraSettings lora = adapter.settings;
    for (size_t p = 0; p < kProjections; ++p) {
        const LoraPair& pair = adapter.layers.front()[p];
        lora.ranks[static_cast<Projection>(p)] = pair.isPresent() ? pair.rank() : 0;
    }
    return lora;
}

// Of the process's own part of the machine: on the CPU all processes share it.
std::int64_t memoryOf(const RunSpec& spec, const Compute& compute, std::int64_t processes) {
    const std::int64_t all = spec.memoryLimit > 0 ? static_cast<std::int64_t>(spec.memoryLimit * 1e9)
                                                  : memoryForTensors(compute.device);
    return compute.device.is_cpu() ? all / processes : all;
}

TrainingLoad loadOf(const RunSpec& spec, const ModelConfig& config, const Compute& compute, const LoraSettings& lora,
                    std::vector<PassSize> rows) {
    const LoopSettings loop = loopSettings(spec, static_cast<std::int64_t>(rows.size()));
    TrainingLoad load;
    load.request = {.config = config,
                    .lora = lora,
                    .pass = {},
                    .isBf16 = compute.dtype == at::kBFloat16,
                    .isCuda = compute.device.is_cuda(),
                    .threads = compute.threads,
                    .isPairs = spec.kind == RunKind::Dpo,
                    .hasStart = !spec.adapter.empty()};
    load.rows = std::move(rows);
    load.rowsPerStep = loop.rowsPerStep;
    load.steps = loop.steps;
    load.seed = loop.seed;
    load.processes = spec.processes;
    load.rowsPerPass = spec.microBatch;
    load.checkpointing = checkpointingFromString(spec.checkpointing); // "auto" is none of the levels
    load.bytes = memoryOf(spec, compute, spec.processes);
    return load;
}

RunPlan planOf(const TrainingLoad& load, const MemoryChoice& choice, const Compute& compute) {
    RunPlan plan;
    plan.rows = static_cast<std::int64_t>(load.rows.size());
    plan.steps = load.steps;
    for (const PassSize& row : load.rows) {
        plan.tokens += row.tokens();
        plan.labelled += row.labelled;
        plan.longest = std::max(plan.longest, *std::ranges::max_element(row.lengths));
    }
    plan.rowsPerPass = choice.rowsPerPass;
    plan.tokensPerPass = choice.largest.tokens();
    plan.largestRowsPerPass = choice.largestRowsPerPass;
    plan.checkpointing = toString(choice.checkpointing);
    plan.parts = toParts(choice.plan.parts);
    plan.peakBytes = choice.plan.peakBytes;
    plan.memoryBytes = load.bytes;
    plan.device = compute.deviceName();
    plan.dtype = compute.dtypeName();
    return plan;
}

// A sweep as the trial that takes most memory.
struct Trials {
    RunSpec largest;
    std::vector<std::int64_t> ranks; // of each trial
};

Result<Trials> trialsFor(const RunSpec& spec) {
    if (spec.kind != RunKind::Sweep)
        return Trials{spec, {spec.loraRank}};
    CW_TRY_ASSIGN(trials, trialsOf(spec));
    Trials all{spec, {}};
    all.largest.loraRank = 0;
    for (const Trial& trial : trials) {
        all.ranks.push_back(trial.rank);
        if (trial.rank <= all.largest.loraRank)
            continue;
        all.largest.loraRank = trial.rank;
        all.largest.loraAlpha = trial.alpha;
    }
    return all;
}

// What a folder's plan is made of, without the weights.
struct Planner {
    const RunFolder& folder;
    const Clock& clock;
    RunSpec spec;
    Trials trials;
    ModelConfig config;
    Compute compute;
    LoraSettings asked; // for a person
    LoraSettings lora;  // as tensors

    std::filesystem::path resolve(const std::string& path) const { return (folder.root() / path).lexically_normal(); }

    Status readLora() {
        const RunSpec& one = trials.largest;
        CW_TRY_ASSIGN(settings, loraSettings(one.loraRank, one.loraAlpha, one.loraDropout, one.loraModules, one.loraRanks,
                                             one.loraScaling == "rank_stabilised"));
        asked = settings;
        lora = tensorsOf(settings, one.loraInit == "pissa");
        if (spec.adapter.empty())
            return {};
        CW_TRY_ASSIGN(start, readAdapter(resolve(spec.adapter), config));
        asked = start.settings;
        lora = tensorsOf(start);
        lora.dropout = spec.loraDropout;
        return {};
    }

    Result<Preflight> readRows() const {
        const std::filesystem::path model = resolve(spec.model);
        CW_TRY_ASSIGN(tokenizer, loadTokenizer(model));
        CW_TRY_ASSIGN(chat, ChatTemplate::load(model, *tokenizer));
        const std::int64_t longest =
            spec.maxLength > 0 ? std::min(spec.maxLength, config.context) : config.context;
        return preflight(folder, spec.kind, chat, *tokenizer, longest);
    }

    // Seconds of all trials, whose ranks differ.
    void addTime(RunPlan& plan, const TrainingLoad& load, const MemoryChoice& choice) const {
        MemoryRequest request = load.request;
        request.checkpointing = choice.checkpointing;
        request.pass = choice.largest;
        const Speed speed = measureSpeed(request, compute, clock);
        if (speed.layers <= 0 || speed.head <= 0)
            return;
        const Workload work = workOf(load);
        Workload layers = work;
        layers.labelled = 0;
        const double all = trainingFlops(config, loraParameters(config, lora), work);
        for (const std::int64_t rank : trials.ranks) {
            const std::int64_t parameters = loraParameters(config, lora) * rank / trials.largest.loraRank;
            const double body = trainingFlops(config, parameters, layers);
            const double head = all - trainingFlops(config, loraParameters(config, lora), layers);
            plan.seconds += body / speed.layers + head / speed.head;
        }
        plan.seconds /= static_cast<double>(spec.processes);
        plan.tokensPerSecond = work.tokens * static_cast<double>(trials.ranks.size()) / plan.seconds;
    }

    Result<RunPlan> make() {
        CW_TRY(readLora());
        CW_TRY_ASSIGN(rows, readRows());
        CW_TRY(writeFileAtomically(folder.preflight(), toLines(rows.contracts)));
        CW_TRY(checkRows(spec, folder.train().string(), rows.rows.size(), rows.leftOut));
        const TrainingLoad load = loadOf(trials.largest, config, compute, lora, rows.rows);
        CW_TRY_ASSIGN(choice, chooseMemory(load));
        RunPlan plan = planOf(load, choice, compute);
        plan.leftOut = static_cast<std::int64_t>(rows.leftOut.size());
        plan.steps *= static_cast<std::int64_t>(trials.ranks.size());
        addTime(plan, load, choice);
        std::error_code ignored;
        plan.advice = planAdvice({.spec = spec,
                                  .config = config,
                                  .lora = asked,
                                  .plan = plan,
                                  .stepsOfOne = load.steps,
                                  .rowsPerPassAsked = spec.microBatch,
                                  .hasValidation = std::filesystem::exists(folder.validation(), ignored),
                                  .duplicates = rows.duplicates,
                                  .notJson = rows.notJson,
                                  .computeNote = compute.note});
        return plan;
    }
};

Result<RunPlan> makePlan(const RunFolder& folder, const Clock& clock) {
    CW_TRY_ASSIGN(spec, folder.readSpec());
    CW_TRY(validate(spec));
    if (spec.kind == RunKind::Generate || spec.kind == RunKind::Evaluate)
        return Error{ErrorCode::Unsupported, "A run of kind \"" + std::string(toString(spec.kind)) + "\" has no plan.",
                     "Start it as it is."};
    CW_TRY_ASSIGN(trials, trialsFor(spec));
    Planner planner{folder, clock, spec, std::move(trials), {}, {}, {}, {}};
    CW_TRY_ASSIGN(config, readModelConfig(planner.resolve(spec.model)));
    planner.config = std::move(config);
    planner.compute = chooseCompute(spec.dtype, spec.threads, planner.config, 0, spec.processes);
    return planner.make();
}

// The plan that the run, or the trial, went by before; nothing where it hasn't run yet.
std::optional<RunPlan> earlierPlan(const Run& run) {
    if (CheckpointFolder(run.checkpoints()).steps().empty())
        return std::nullopt;
    std::optional<RunPlan> earlier;
    for (const RunEvent& event : EventTail(run.folder.events()).poll())
        if (event.kind == "plan" && event.number("trial") == static_cast<double>(run.trial))
            if (auto plan = runPlanFromJson(event.text("json"), "events.jsonl"))
                earlier = std::move(*plan);
    return earlier;
}

// As before if that still fits; else anew.
Result<MemoryChoice> chooseAgain(const Run& run, const TrainingLoad& load) {
    if (const auto earlier = earlierPlan(run); earlier && earlier->rowsPerPass <= load.rowsPerPass) {
        TrainingLoad same = load;
        same.rowsPerPass = earlier->rowsPerPass;
        same.checkpointing = checkpointingFromString(earlier->checkpointing);
        if (auto choice = chooseMemory(same); choice && choice->rowsPerPass == earlier->rowsPerPass)
            return choice;
    }
    return chooseMemory(load);
}

Result<MemoryChoice> chooseTogether(const Run& run, TrainingLoad load) {
    if (!run.exchange)
        return chooseAgain(run, load);
    std::vector<double> given;
    if (run.isLeader()) {
        CW_TRY_ASSIGN(choice, chooseAgain(run, load));
        given = {static_cast<double>(choice.rowsPerPass), static_cast<double>(choice.checkpointing)};
    }
    CW_TRY_ASSIGN(agreed, run.exchange->share(given));
    load.rowsPerPass = static_cast<std::int64_t>(agreed[0]);
    load.checkpointing = static_cast<Checkpointing>(static_cast<int>(agreed[1]));
    load.bytes = std::numeric_limits<std::int64_t>::max();
    return chooseMemory(load);
}

// What a plan made beforehand knows that the run doesn't: rows left out, time, advice.
void takeOver(RunPlan& plan, const RunFolder& folder) {
    const auto text = readFile(folder.plan());
    const auto before = text ? runPlanFromJson(*text, "plan.json") : Result<RunPlan>(text.error());
    if (!before || before->rows != plan.rows || before->tokens != plan.tokens || before->steps != plan.steps ||
        before->checkpointing != plan.checkpointing || before->rowsPerPass != plan.rowsPerPass)
        return;
    plan.leftOut = before->leftOut;
    plan.seconds = before->seconds;
    plan.tokensPerSecond = before->tokensPerSecond;
    plan.advice = before->advice;
}

} // namespace

Result<RunPlan> planRun(const RunFolder& folder, const Clock& clock) {
    auto plan = makePlan(folder, clock);
    std::error_code ignored;
    if (!plan)
        std::filesystem::remove(folder.plan(), ignored);
    else
        CW_TRY(writeFileAtomically(folder.plan(), toJson(*plan)));
    return plan;
}

Result<RunPlan> planFor(const Run& run, const LoadedModel& loaded, const Adapter& adapter,
                        const std::vector<PassSize>& rows) {
    const ModelConfig& config = loaded.transformer.config();
    TrainingLoad load = loadOf(run.spec, config, loaded.compute, tensorsOf(adapter), rows);
    load.processes = run.processes();
    CW_TRY_ASSIGN(choice, chooseTogether(run, load));
    RunPlan plan = planOf(load, choice, loaded.compute);
    if (run.trial == 0) {
        takeOver(plan, run.folder);
        if (run.isLeader())
            CW_TRY(writeFileAtomically(run.folder.plan(), toJson(plan)));
    }
    CW_TRY(run.emit("plan", {}, {{"json", toJson(plan)}}));
    return plan;
}

} // namespace cw
