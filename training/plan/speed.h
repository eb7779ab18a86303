// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How fast this machine trains, from less than a second of the training's own arithmetic. One thread that measures.
#pragma once

#include "core/base/clock.h"
#include "training/model/compute.h"
#include "training/plan/layer_ledger.h"

namespace cw {

// Floating-point operations a second as trainingFlops() counts them: what is computed again takes time but isn't counted.
// 0: not known.
struct Speed {
    double layers = 0;
    double head = 0;
    double forward = 0;      // of a layer's forward pass alone, as forwardFlops() counts
    double secondsAPass = 0; // of all layers, for one token of each text that is answered: what decoding waits for
};

// Runs one decoder layer of the model's shape with random weights: forward and backward, forward alone, and forward for one
// token of each of `slots` texts (0: none are answered); and the head over a part of the vocabulary. `request.pass`: the lengths
// that training will have; longer ones than fit into the time are cut.
Speed measureSpeed(const MemoryRequest& request, std::int64_t slots, const Compute& compute, const Clock& clock);

} // namespace cw
