// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/engine/packed_attention.h"

#include "training/model/attention.h"

#include <ATen/ops/_flash_attention_backward.h>
#include <ATen/ops/_flash_attention_forward.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu.h>
#include <ATen/ops/_scaled_dot_product_flash_attention_for_cpu_backward.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <optional>

namespace cw {

namespace {

// [N, heads * width] as [N, heads, width].
at::Tensor byHead(const at::Tensor& x, std::int64_t width) {
    return x.view({x.size(0), -1, width});
}

// One example of [N, heads * width] as [1, heads, T, width], without a copy.
at::Tensor example(const at::Tensor& x, const PackedHeads& heads, size_t i) {
    const std::int64_t begin = heads.starts[i];
    return byHead(x.narrow(0, begin, heads.starts[i + 1] - begin), heads.headWidth).transpose(0, 1).unsqueeze(0);
}

// [1, heads, T, width] as [T, heads * width]; the CPU's kernels lay their results out so that this is no copy.
at::Tensor asRows(const at::Tensor& x) {
    return x.squeeze(0).transpose(0, 1).reshape({x.size(2), -1});
}

at::Tensor joined(std::vector<at::Tensor> parts) {
    return parts.size() == 1 ? std::move(parts.front()) : at::cat(parts);
}

// A mask only where the example is longer than the window: elsewhere plain causality is the same and faster.
std::optional<at::Tensor> windowMask(const PackedHeads& heads, std::int64_t length, at::ScalarType dtype) {
    if (heads.window == 0 || length <= heads.window)
        return std::nullopt;
    const at::Tensor allowed = causalMask(length, length, heads.window, at::kCPU);
    return at::empty_like(allowed, allowed.options().dtype(dtype))
        .fill_(-std::numeric_limits<float>::infinity())
        .masked_fill_(allowed, 0);
}

Attended attendOnCpu(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                     const PackedHeads& heads) {
    Attended attended;
    std::vector<at::Tensor> parts;
    for (size_t i = 0; i + 1 < heads.starts.size(); ++i) {
        const auto mask = windowMask(heads, heads.starts[i + 1] - heads.starts[i], queries.scalar_type());
        auto [out, scaling] = at::_scaled_dot_product_flash_attention_for_cpu(
            example(queries, heads, i), example(keys, heads, i), example(values, heads, i), /*dropout_p=*/0.0,
            /*is_causal=*/!mask, mask);
        parts.push_back(asRows(out));
        attended.scaling.push_back(std::move(scaling));
    }
    attended.out = joined(std::move(parts));
    return attended;
}

AttentionGradient gradientOnCpu(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys,
                                const at::Tensor& values, const Attended& attended, const PackedHeads& heads) {
    std::vector<at::Tensor> byQueries, byKeys, byValues;
    for (size_t i = 0; i + 1 < heads.starts.size(); ++i) {
        const auto mask = windowMask(heads, heads.starts[i + 1] - heads.starts[i], queries.scalar_type());
        const auto [q, k, v] = at::_scaled_dot_product_flash_attention_for_cpu_backward(
            example(grad, heads, i), example(queries, heads, i), example(keys, heads, i), example(values, heads, i),
            example(attended.out, heads, i), attended.scaling[i], /*dropout_p=*/0.0, /*is_causal=*/!mask, mask);
        byQueries.push_back(asRows(q));
        byKeys.push_back(asRows(k));
        byValues.push_back(asRows(v));
    }
    return {joined(std::move(byQueries)), joined(std::move(byKeys)), joined(std::move(byValues))};
}

struct Lengths {
    at::Tensor starts; // int32, on the device
    std::int64_t longest = 0;
    std::optional<std::int64_t> left, right; // of the window
};

Lengths lengthsOf(const PackedHeads& heads, at::Device device) {
    Lengths lengths;
    std::vector<int> starts(heads.starts.begin(), heads.starts.end());
    lengths.starts = at::tensor(starts, at::kInt).to(device);
    for (size_t i = 0; i + 1 < heads.starts.size(); ++i)
        lengths.longest = std::max(lengths.longest, heads.starts[i + 1] - heads.starts[i]);
    if (heads.window > 0) {
        lengths.left = heads.window - 1;
        lengths.right = 0;
    }
    return lengths;
}

Attended attendOnGpu(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                     const PackedHeads& heads) {
    const Lengths lengths = lengthsOf(heads, queries.device());
    const std::int64_t width = heads.headWidth;
    auto [out, scaling, randomState, unused, debug] = at::_flash_attention_forward(
        byHead(queries, width), byHead(keys, width), byHead(values, width), lengths.starts, lengths.starts,
        lengths.longest, lengths.longest, /*dropout_p=*/0.0, /*is_causal=*/true, /*return_debug_mask=*/false,
        /*scale=*/std::optional<double>(), lengths.left, lengths.right);
    return {out.view(queries.sizes()), {scaling, randomState, unused}};
}

AttentionGradient gradientOnGpu(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys,
                                const at::Tensor& values, const Attended& attended, const PackedHeads& heads) {
    const Lengths lengths = lengthsOf(heads, queries.device());
    const std::int64_t width = heads.headWidth;
    const auto [q, k, v] = at::_flash_attention_backward(
        byHead(grad, width), byHead(queries, width), byHead(keys, width), byHead(values, width),
        byHead(attended.out, width), attended.scaling[0], lengths.starts, lengths.starts, lengths.longest,
        lengths.longest, /*dropout_p=*/0.0, /*is_causal=*/true, attended.scaling[1], attended.scaling[2],
        /*scale=*/std::optional<double>(), lengths.left, lengths.right);
    return {q.reshape(queries.sizes()), k.reshape(keys.sizes()), v.reshape(values.sizes())};
}

} // namespace

Attended attendPacked(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                      const PackedHeads& heads) {
    return queries.is_cpu() ? attendOnCpu(queries, keys, values, heads) : attendOnGpu(queries, keys, values, heads);
}

AttentionGradient attendPackedGradient(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys,
                                       const at::Tensor& values, const Attended& attended, const PackedHeads& heads) {
    return queries.is_cpu() ? gradientOnCpu(grad, queries, keys, values, attended, heads)
                            : gradientOnGpu(grad, queries, keys, values, attended, heads);
}

} // namespace cw
