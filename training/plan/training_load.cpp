// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/training_load.h"

#include "training/plan/free_memory.h"
#include "training/recipes/training_loop.h"

#include <algorithm>

namespace cw {

namespace {

// Of the process's own part of the machine: on the CPU all processes share it.
std::int64_t memoryOf(const RunSpec& spec, const Compute& compute, std::int64_t processes) {
    const std::int64_t all = spec.memoryLimit > 0 ? static_cast<std::int64_t>(spec.memoryLimit * 1e9)
                                                  : memoryForTensors(compute.device);
    return compute.device.is_cpu() ? all / processes : all;
}

} // namespace

AdapterTensors tensorsOf(LoraSettings lora, bool isPissa) {
    for (size_t p = 0; isPissa && p < kProjections; ++p)
        lora.ranks[static_cast<Projection>(p)] = 2 * lora.rankOf(static_cast<Projection>(p));
    return {std::move(lora)};
}

AdapterTensors tensorsOf(const Adapter& adapter) {
    AdapterTensors tensors{adapter.settings, {}};
    LayerRanks greatest = {};
    for (const auto& layer : adapter.layers) {
        LayerRanks& ranks = tensors.layerRanks.emplace_back();
        for (size_t p = 0; p < kProjections; ++p) {
            ranks[p] = layer[p].isPresent() ? layer[p].rank() : 0;
            greatest[p] = std::max(greatest[p], ranks[p]);
        }
    }
    for (size_t p = 0; p < kProjections; ++p)
        tensors.lora.ranks[static_cast<Projection>(p)] = greatest[p];
    return tensors;
}

TrainingLoad loadOf(const RunSpec& spec, const ModelConfig& config, const Compute& compute, const AdapterTensors& adapter,
                    LoadRows rows, std::int64_t processes) {
    const LoopSettings loop = loopSettings(spec, static_cast<std::int64_t>(rows.train.size()));
    TrainingLoad load;
    load.request = {.config = config,
                    .lora = adapter.lora,
                    .layerRanks = adapter.layerRanks,
                    .pass = {},
                    .isBf16 = compute.dtype == at::kBFloat16,
                    .isCuda = compute.device.is_cuda(),
                    .hasKernels = compute.hasKernels,
                    .threads = compute.threads,
                    .isPairs = spec.kind == RunKind::Dpo,
                    .hasStart = !spec.adapter.empty()};
    load.rows = std::move(rows.train);
    load.validation = std::move(rows.validation);
    load.rowsPerStep = loop.rowsPerStep;
    load.steps = loop.steps;
    load.seed = loop.seed;
    load.processes = processes;
    load.rowsPerPass = spec.microBatch;
    load.checkpointing = checkpointingFromString(spec.checkpointing); // "auto" is none of the levels
    load.bytes = memoryOf(spec, compute, processes);
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

} // namespace cw
