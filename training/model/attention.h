// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Rotary positions and grouped-query attention. Pure functions on tensors; differentiable.
#pragma once

#include "training/model/model_config.h"

#include <ATen/core/Tensor.h>

namespace cw {

// cos and sin of the rotary angles of one pass, f32 [B or 1, 1, T, headWidth / 2].
struct RotaryAngles {
    at::Tensor cosine;
    at::Tensor sine;
};

// positions int64 [T] or [B, T]. Angles are computed in double: in single precision they are off by a thousandth at
// position 32,767.
RotaryAngles rotaryAngles(const at::Tensor& positions, const ModelConfig& config);

// queries [B, heads, T, D]; keys, values [B, kvHeads, S, D], S >= T, the last T of them belong to the queries. mask:
// bool [B or 1, 1, T, S], true where a query may look, used as it is; undefined: causal, and not further back than
// `window` where that isn't 0. Gives [B, heads, T, D].
at::Tensor attend(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const at::Tensor& mask,
                  std::int64_t window);

// bool [1, 1, T, S]: query t (the key T - S positions from the end) sees keys up to itself, at most `window` of them
// (0: all).
at::Tensor causalMask(std::int64_t queries, std::int64_t keys, std::int64_t window, at::Device device);

} // namespace cw
