// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A training as its plan sees it, from a specification and its rows; and the plan's form for others. Any thread.
#pragma once

#include "core/run/run_plan.h"
#include "training/model/compute.h"
#include "training/plan/memory_choice.h"

namespace cw {

// An adapter as its tensors are: with the PiSSA start they have twice the ranks asked for, half of them frozen. Where layers
// differ, as in an adapter from elsewhere, `lora` has the greatest rank of each projection. See MemoryRequest.
struct AdapterTensors {
    LoraSettings lora;
    std::vector<LayerRanks> layerRanks = {};
};
AdapterTensors tensorsOf(LoraSettings lora, bool isPissa);
AdapterTensors tensorsOf(const Adapter& adapter);

struct LoadRows {
    std::vector<PassSize> train;
    ValidationLoad validation;
};

// With the memory that is free now, or that the specification allows.
TrainingLoad loadOf(const RunSpec& spec, const ModelConfig& config, const Compute& compute, const AdapterTensors& adapter,
                    LoadRows rows, std::int64_t processes);

// Without rows left out, time and advice.
RunPlan planOf(const TrainingLoad& load, const MemoryChoice& choice, const Compute& compute);

} // namespace cw
