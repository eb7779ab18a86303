// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How a training pass computes. Plain data; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cw {

// What the backward pass computes again instead of keeping it, from nothing to everything.
enum class Checkpointing {
    None,      // nothing
    Cheap,     // norms and the gated activation: elementwise work alone
    Attention, // everything but attention's output
    Full       // everything: a layer's input alone is kept
};

std::string_view toString(Checkpointing level); // "none", "cheap", "attention", "full"
std::optional<Checkpointing> checkpointingFromString(std::string_view name);

// Names a pass's random numbers: the same key gives the same dropout masks, whatever ran before, so that nothing random
// has to be kept for the backward pass or for going on from a checkpoint.
struct DropoutKey {
    std::uint64_t seed = 0;
    std::int64_t step = 0; // of the optimiser
    std::int64_t pass = 0; // within the step, over all processes
};

struct PassSettings {
    Checkpointing checkpointing = Checkpointing::None;
    double dropout = 0; // of the inputs of every A
    DropoutKey key = {};
};

} // namespace cw
