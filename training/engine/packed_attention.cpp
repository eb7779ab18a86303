// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/engine/packed_attention.h"

#include "training/kernels/cudnn_attention.h"
#include "training/model/attention.h"

#include <ATen/Context.h>
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
    const std::int64_t begin = heads.packing.starts[i];
    return byHead(x.narrow(0, begin, heads.packing.length(i)), heads.headWidth).transpose(0, 1).unsqueeze(0);
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
    for (size_t i = 0; i < heads.packing.examples(); ++i) {
        const auto mask = windowMask(heads, heads.packing.length(i), queries.scalar_type());
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
    for (size_t i = 0; i < heads.packing.examples(); ++i) {
        const auto mask = windowMask(heads, heads.packing.length(i), queries.scalar_type());
        const auto [q, k, v] = at::_scaled_dot_product_flash_attention_for_cpu_backward(
            example(grad, heads, i), example(queries, heads, i), example(keys, heads, i), example(values, heads, i),
            example(attended.out, heads, i), attended.scaling[i], /*dropout_p=*/0.0, /*is_causal=*/!mask, mask);
        byQueries.push_back(asRows(q));
        byKeys.push_back(asRows(k));
        byValues.push_back(asRows(v));
    }
    return {joined(std::move(byQueries)), joined(std::move(byKeys)), joined(std::move(byValues))};
}

struct Window {
    std::optional<std::int64_t> left, right;
};

Window windowOf(const PackedHeads& heads) {
    return heads.window > 0 ? Window{heads.window - 1, 0} : Window();
}

// Its derivative isn't the same bits every time, it knows no window, and it takes one example at a time.
bool suitsCudnn(const at::Tensor& queries, const PackedHeads& heads) {
    const Packing& packing = heads.packing;
    return (heads.window == 0 || packing.longest <= heads.window) && !at::globalContext().deterministicAlgorithms() &&
           cudnnSuits(queries.device(), heads.headWidth, queries.size(0) / static_cast<std::int64_t>(packing.examples()));
}

// The rows of one example.
at::Tensor rowsOf(const at::Tensor& x, const Packing& packing, size_t i) {
    return x.narrow(0, packing.starts[i], packing.length(i));
}

Attended attendEachByCudnn(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const PackedHeads& heads) {
    Attended attended;
    std::vector<at::Tensor> parts;
    const auto rows = [&](const at::Tensor& x, size_t i) { return rowsOf(x, heads.packing, i); };
    for (size_t i = 0; i < heads.packing.examples(); ++i) {
        CudnnAttended one = attendByCudnn(rows(queries, i), rows(keys, i), rows(values, i), heads.headWidth);
        parts.push_back(std::move(one.out));
        attended.scaling.insert(attended.scaling.end(), one.state.begin(), one.state.end());
    }
    attended.out = joined(std::move(parts));
    return attended;
}

AttentionGradient gradientOfEachByCudnn(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys,
                                        const at::Tensor& values, const Attended& attended, const PackedHeads& heads) {
    std::vector<at::Tensor> byQueries, byKeys, byValues;
    const auto rows = [&](const at::Tensor& x, size_t i) { return rowsOf(x, heads.packing, i); };
    const size_t states = attended.scaling.size() / heads.packing.examples();
    for (size_t i = 0; i < heads.packing.examples(); ++i) {
        const auto state = attended.scaling.begin() + static_cast<std::ptrdiff_t>(i * states);
        CudnnGradient one = cudnnGradient(rows(grad, i), rows(queries, i), rows(keys, i), rows(values, i), rows(attended.out, i),
                                          {state, state + static_cast<std::ptrdiff_t>(states)}, heads.headWidth);
        byQueries.push_back(std::move(one.queries));
        byKeys.push_back(std::move(one.keys));
        byValues.push_back(std::move(one.values));
    }
    return {joined(std::move(byQueries)), joined(std::move(byKeys)), joined(std::move(byValues))};
}

Attended attendByFlash(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                     const PackedHeads& heads) {
    const std::int64_t longest = heads.packing.longest;
    const at::Tensor& starts = heads.packing.onDevice;
    const Window window = windowOf(heads);
    const std::int64_t width = heads.headWidth;
    auto [out, scaling, randomState, unused, debug] = at::_flash_attention_forward(
        byHead(queries, width), byHead(keys, width), byHead(values, width), starts, starts, longest,
        longest, /*dropout_p=*/0.0, /*is_causal=*/true, /*return_debug_mask=*/false,
        /*scale=*/std::optional<double>(), window.left, window.right);
    return {out.view(queries.sizes()), {scaling, randomState, unused}};
}

AttentionGradient gradientByFlash(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys,
                                const at::Tensor& values, const Attended& attended, const PackedHeads& heads) {
    const std::int64_t longest = heads.packing.longest;
    const at::Tensor& starts = heads.packing.onDevice;
    const Window window = windowOf(heads);
    const std::int64_t width = heads.headWidth;
    const auto [q, k, v] = at::_flash_attention_backward(
        byHead(grad, width), byHead(queries, width), byHead(keys, width), byHead(values, width),
        byHead(attended.out, width), attended.scaling[0], starts, starts, longest,
        longest, /*dropout_p=*/0.0, /*is_causal=*/true, attended.scaling[1], attended.scaling[2],
        /*scale=*/std::optional<double>(), window.left, window.right);
    return {q.reshape(queries.sizes()), k.reshape(keys.sizes()), v.reshape(values.sizes())};
}

Attended attendOnGpu(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const PackedHeads& heads) {
    return suitsCudnn(queries, heads) ? attendEachByCudnn(queries, keys, values, heads) : attendByFlash(queries, keys, values, heads);
}

AttentionGradient gradientOnGpu(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys,
                                const at::Tensor& values, const Attended& attended, const PackedHeads& heads) {
    return suitsCudnn(queries, heads) ? gradientOfEachByCudnn(grad, queries, keys, values, attended, heads)
                                      : gradientByFlash(grad, queries, keys, values, attended, heads);
}

} // namespace

Packing::Packing(std::vector<std::int64_t> exampleStarts, at::Device device) : starts(std::move(exampleStarts)) {
    for (size_t i = 0; i < examples(); ++i)
        longest = std::max(longest, length(i));
    if (!device.is_cpu())
        onDevice = at::tensor(std::vector<int>(starts.begin(), starts.end()), at::kInt).to(device);
}

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
