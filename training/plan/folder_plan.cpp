// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "training/plan/plan_advice.h"
#include "training/plan/plan_time.h"
#include "training/plan/run_plan.h"
#include "training/plan/training_load.h"
#include "training/recipes/sweep.h"
#include "training/recipes/training_run.h"

#include <algorithm>

namespace cw {

namespace {

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
    AdapterTensors adapter;

    std::filesystem::path resolve(const std::string& path) const { return (folder.root() / path).lexically_normal(); }

    Status readLora() {
        const RunSpec& one = trials.largest;
        CW_TRY_ASSIGN(settings, loraSettings(one.loraRank, one.loraAlpha, one.loraDropout, one.loraModules, one.loraRanks,
                                             one.loraScaling == "rank_stabilised"));
        asked = settings;
        adapter = tensorsOf(settings, one.loraInit == "pissa");
        if (spec.adapter.empty())
            return {};
        CW_TRY_ASSIGN(start, readAdapter(resolve(spec.adapter), config));
        asked = start.settings;
        adapter = tensorsOf(start);
        adapter.lora.dropout = spec.loraDropout;
        return {};
    }

    struct Rows {
        Preflight train;
        ValidationLoad validation;
    };

    Result<Rows> readRows() const {
        const std::filesystem::path model = resolve(spec.model);
        CW_TRY_ASSIGN(tokenizer, loadTokenizer(model));
        if (tokenizer->vocabSize() > config.vocabulary)
            return Error{ErrorCode::BadInput,
                         "The tokenizer in " + model.string() + " has more tokens than the model's vocabulary.",
                         "Check that the tokenizer and config.json belong to one model."};
        CW_TRY_ASSIGN(chat, ChatTemplate::load(model, *tokenizer));
        const std::int64_t longest =
            spec.maxLength > 0 ? std::min(spec.maxLength, config.context) : config.context;
        CW_TRY_ASSIGN(train, preflight(folder, spec.kind, chat, *tokenizer, longest));
        CW_TRY_ASSIGN(validation, readValidationLoad(folder, spec, chat, longest));
        return Rows{std::move(train), std::move(validation)};
    }

    // Seconds of all trials, whose ranks differ.
    void addTime(RunPlan& plan, const TrainingLoad& load, const MemoryChoice& choice) const {
        MemoryRequest request = load.request;
        request.checkpointing = choice.checkpointing;
        request.pass = choice.largest;
        const Speed speed = measureSpeed(request, load.validation.slots, compute, clock);
        if (speed.layers <= 0 || speed.head <= 0 || speed.forward <= 0)
            return;
        double training = 0;
        for (const std::int64_t rank : trials.ranks) {
            const PlanTime time = timeOf(load, spec, loraParameters(request) * rank / trials.largest.loraRank, speed);
            training += time.training;
            plan.seconds += time.all();
        }
        plan.tokensPerSecond = workOf(load).tokens * static_cast<double>(trials.ranks.size()) / training;
    }

    Result<RunPlan> make() {
        CW_TRY(readLora());
        CW_TRY_ASSIGN(rows, readRows());
        const Preflight& train = rows.train;
        CW_TRY(writeFileAtomically(folder.preflight(), toLines(train.contracts)));
        CW_TRY(checkRows(spec, folder.train().string(), train.rows.size(), train.leftOut));
        const bool hasValidation = !rows.validation.rows.empty();
        const TrainingLoad load =
            loadOf(trials.largest, config, compute, adapter, {train.rows, std::move(rows.validation)}, spec.processes);
        CW_TRY_ASSIGN(choice, chooseMemory(load));
        RunPlan plan = planOf(load, choice, compute);
        plan.leftOut = static_cast<std::int64_t>(train.leftOut.size());
        plan.steps *= static_cast<std::int64_t>(trials.ranks.size());
        addTime(plan, load, choice);
        plan.advice = planAdvice({.spec = spec,
                                  .config = config,
                                  .lora = asked,
                                  .plan = plan,
                                  .stepsOfOne = load.steps,
                                  .rowsPerPassAsked = spec.microBatch,
                                  .hasValidation = hasValidation,
                                  .duplicates = train.duplicates,
                                  .notJson = train.notJson,
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
    seedAndSetKernels(static_cast<std::uint64_t>(spec.seed), spec.kernels == "repeatable"); // the speed of those is measured
    return planner.make();
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

} // namespace cw
