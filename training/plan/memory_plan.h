// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The memory of training, counted before it starts: the tensors that the program will hold, one by one, with the moment
// at which most are held. Pure; any thread.
#pragma once

#include "core/run/run_plan.h"
#include "training/plan/layer_ledger.h"

namespace cw {

struct MemoryPlan {
    MemoryParts parts = {};     // at the peak
    std::int64_t peakBytes = 0; // of all of them
};

// Of the passes of training. "weights" are the base's in the dtype of the arithmetic, whether they are copied or stay in
// the mapped file (CPU, where the file has that dtype): there nobody allocates them, but they must be in memory too.
MemoryPlan planMemory(const MemoryRequest& request);

// Of a pass without gradients, as validation and the reference of preference training do them, during training.
MemoryPlan planValidation(const MemoryRequest& request);

// Of answering validation windows during training: the keys and values of `slots` texts of `capacity` tokens each, their
// prompts read piece by piece, one token of each a pass. The request's pass doesn't matter.
MemoryPlan planAnswering(const MemoryRequest& request, std::int64_t slots, std::int64_t capacity);

std::vector<MemoryPart> toParts(const MemoryParts& parts);

// Numbers that an adapter's tensors have.
std::int64_t loraParameters(const ModelConfig& config, const LoraSettings& lora); // of one whose layers are alike
std::int64_t loraParameters(const MemoryRequest& request);

} // namespace cw
