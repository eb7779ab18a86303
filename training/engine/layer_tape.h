// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a decoder layer's forward pass leaves for its backward pass. The memory plan (training/plan) counts the same list.
// Plain data. Shapes: N tokens, M rows of the MLP (N, or the labelled ones in the last layer); dtype of the model.
#pragma once

#include "training/engine/packed_attention.h"
#include "training/engine/pass_settings.h"
#include "training/kernels/fused_ops.h"

namespace cw {

// Kept at each level of checkpointing: None everything, Cheap all but [1], Attention `input` and `attended`, Full `input`.
struct LayerTape {
    at::Tensor input;                 // [N, hidden]
    Normed normed;                    // [1] of the input; its f32 [N] is always kept with queries
    at::Tensor queries, keys, values; // after norm and rotation
    at::Tensor plainQueries, plainKeys; // before them, where the model has head norms
    Attended attended;
    at::Tensor middle;   // [M, hidden]: after attention's residual
    Normed middleNormed; // [1] [M, hidden]
    at::Tensor gate, up; // [M, intermediate]
    at::Tensor active;   // [1] [M, intermediate]: silu(gate) * up
    at::Tensor downInput, downAttended, downMiddle, downActive; // [N or M, ranks]: see loraDown()
};

} // namespace cw
