// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/run_plan.h"

#include "core/base/file.h"
#include "training/recipes/checkpoint.h"

#include <limits>

namespace cw {

namespace {

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
    const auto earlier = earlierPlan(run);
    const auto level = earlier ? checkpointingFromString(earlier->checkpointing) : std::nullopt;
    // A person who asks for another level now, after the memory ran out, gets it.
    const bool isAsked = level && (!load.checkpointing || load.checkpointing == level);
    if (isAsked && earlier->rowsPerPass <= load.rowsPerPass) {
        TrainingLoad same = load;
        same.rowsPerPass = earlier->rowsPerPass;
        same.checkpointing = level;
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
        given = {static_cast<double>(choice.rowsPerPass), static_cast<double>(choice.checkpointing),
                 static_cast<double>(choice.largestRowsPerPass)};
    }
    CW_TRY_ASSIGN(agreed, run.exchange->share(given));
    load.rowsPerPass = static_cast<std::int64_t>(agreed[0]);
    load.checkpointing = static_cast<Checkpointing>(static_cast<int>(agreed[1]));
    load.bytes = std::numeric_limits<std::int64_t>::max(); // no process has another opinion
    CW_TRY_ASSIGN(choice, chooseMemory(load));
    choice.largestRowsPerPass = static_cast<std::int64_t>(agreed[2]);
    return choice;
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

Result<RunPlan> planFor(const Run& run, const LoadedModel& loaded, const Adapter& adapter, LoadRows rows) {
    const ModelConfig& config = loaded.transformer.config();
    const TrainingLoad load =
        loadOf(run.spec, config, loaded.compute, tensorsOf(adapter), std::move(rows), run.processes());
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
