// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/tensor.h>

namespace cw {

RotaryAngles rotaryAngles(const at::Tensor& positions, const ModelConfig& config) {
    const RopeFrequencies turns = ropeFrequencies(config);
    const at::Tensor frequencies = at::tensor(turns.radians, at::kDouble).to(positions.device());
    const at::Tensor angles = positions.to(at::kDouble).unsqueeze(-1) * frequencies; // [..., T, headWidth / 2]
    const at::Tensor batched = angles.dim() == 2 ? angles.unsqueeze(0).unsqueeze(0) : angles.unsqueeze(1);
    return {(at::cos(batched) * turns.scale).to(at::kFloat), (at::sin(batched) * turns.scale).to(at::kFloat)};
}

at::Tensor causalMask(std::int64_t queries, std::int64_t keys, std::int64_t window, at::Device device) {
    const auto options = at::TensorOptions(device).dtype(at::kLong);
    const at::Tensor query = at::arange(keys - queries, keys, options).unsqueeze(1);
    const at::Tensor key = at::arange(keys, options).unsqueeze(0);
    at::Tensor mask = key <= query;
    if (window > 0)
        mask = mask & (key > query - window);
    return mask.unsqueeze(0).unsqueeze(0);
}

namespace {

// One new token a row: its query heads that share a key head become rows of one small product. The general path below
// is several times slower for this shape in bf16.
at::Tensor attendSingle(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                        const at::Tensor& mask) {
    const std::int64_t groups = queries.size(1) / keys.size(1);
    const at::Tensor grouped = queries.reshape({queries.size(0), keys.size(1), groups, queries.size(3)});
    const auto bias = mask.defined() ? std::optional<at::Tensor>(mask) : std::nullopt;
    return at::scaled_dot_product_attention(grouped, keys, values, bias).reshape(queries.sizes());
}

} // namespace

at::Tensor attend(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const at::Tensor& mask,
                  std::int64_t window) {
    const std::int64_t queryCount = queries.size(2);
    const std::int64_t keyCount = keys.size(2);
    const bool isWindowed = window > 0 && keyCount > window;
    at::Tensor allowed = mask;
    if (!allowed.defined() && (isWindowed || (queryCount > 1 && queryCount != keyCount)))
        allowed = causalMask(queryCount, keyCount, window, queries.device());
    if (queryCount == 1)
        return attendSingle(queries, keys, values, allowed);
    const auto bias = allowed.defined() ? std::optional<at::Tensor>(allowed) : std::nullopt;
    return at::scaled_dot_product_attention(queries, keys, values, bias, /*dropout_p=*/0.0,
                                            /*is_causal=*/!allowed.defined(),
                                            /*scale=*/std::nullopt, /*enable_gqa=*/queries.size(1) != keys.size(1));
}

} // namespace cw
