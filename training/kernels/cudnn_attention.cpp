// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/kernels/cudnn_attention.h"

#include "training/device/cuda_library.h"
#include "training/kernels/trial.h"
#include "training/model/attention.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_scaled_dot_product_cudnn_attention.h>
#include <ATen/ops/_scaled_dot_product_cudnn_attention_backward.h>
#include <ATen/ops/constant_pad_nd.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <bit>

namespace cw {

namespace {

constexpr int kHopper = 90;

// [T, heads * width] as [1, heads, padded T, width].
at::Tensor byHead(const at::Tensor& x, std::int64_t width) {
    const std::int64_t more = cudnnLength(x.size(0)) - x.size(0);
    const at::Tensor rows = more == 0 ? x : at::constant_pad_nd(x, {0, 0, 0, more});
    return rows.view({rows.size(0), -1, width}).transpose(0, 1).unsqueeze(0);
}

// The way back. cuDNN lays results out token by token, so nothing is copied.
at::Tensor asRows(const at::Tensor& x, std::int64_t tokens) {
    return x.squeeze(0).transpose(0, 1).narrow(0, 0, tokens).reshape({tokens, -1});
}

// Output and derivatives of an example that has to be padded, against attend() spelt out in f32.
bool agreesOn(at::Device device) {
    constexpr std::int64_t kTokens = 577, kHeads = 4, kKvHeads = 2, kWidth = 64;
    const c10::InferenceMode normal(false);
    const auto input = [&](std::int64_t heads, double step) { return trialNumbers(kTokens, heads * kWidth, step, device); };
    const at::Tensor q = input(kHeads, 1.7), k = input(kKvHeads, 2.3), v = input(kKvHeads, 0.9), grad = input(kHeads, 3.1);
    CudnnAttended attended;
    CudnnGradient by;
    {
        const at::NoGradGuard noGradients;
        attended = attendByCudnn(q, k, v, kWidth);
        by = cudnnGradient(grad, q, k, v, attended.out, attended.state, kWidth);
    }
    const at::AutoGradMode gradients(true);
    const auto leaf = [](const at::Tensor& x) { return x.to(at::kFloat).requires_grad_(true); };
    const auto heads = [](const at::Tensor& x) { return x.view({1, kTokens, -1, kWidth}).transpose(1, 2); };
    const at::Tensor lq = leaf(q), lk = leaf(k), lv = leaf(v);
    const at::Tensor expected =
        attend(heads(lq), heads(lk), heads(lv), causalMask(kTokens, kTokens, 0, device), 0).squeeze(0).transpose(0, 1).flatten(1);
    expected.backward(grad.to(at::kFloat));
    return isRounded(attended.out, expected.detach()) && isRounded(by.queries, lq.grad()) && isRounded(by.keys, lk.grad()) &&
           isRounded(by.values, lv.grad());
}

} // namespace

bool cudnnSuits(at::Device device, std::int64_t headWidth, std::int64_t tokens) {
    static Trial trial(agreesOn);
    constexpr std::int64_t kLeastTokens = 512; // below, starting kernels takes longer than their work
    return device.is_cuda() && tokens >= kLeastTokens && headWidth <= 128 && headWidth % 8 == 0 &&
           at::globalContext().hasCuDNN() && cudaCapability(device.index()) >= kHopper &&
           trial.isPassed(device);
}

std::int64_t cudnnLength(std::int64_t tokens) {
    constexpr std::int64_t kLeast = 64, kSteps = 8; // of an octave
    const auto octave = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(tokens)));
    const std::int64_t step = std::max(kLeast, octave / kSteps);
    return (tokens + step - 1) / step * step;
}

CudnnAttended attendByCudnn(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, std::int64_t headWidth) {
    const auto result = at::_scaled_dot_product_cudnn_attention(
        byHead(queries, headWidth), byHead(keys, headWidth), byHead(values, headWidth), /*attn_bias=*/std::nullopt,
        /*compute_log_sumexp=*/true, /*dropout_p=*/0.0, /*is_causal=*/true);
    const at::Tensor& sums = std::get<1>(result); // [1, heads, padded T, 1]
    return {asRows(std::get<0>(result), queries.size(0)), sums.view({sums.size(1), -1}).narrow(1, 0, queries.size(0)),
            {sums, std::get<6>(result), std::get<7>(result)}};
}

CudnnGradient cudnnGradient(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                            const at::Tensor& out, const std::vector<at::Tensor>& state, std::int64_t headWidth) {
    const std::int64_t tokens = queries.size(0), padded = cudnnLength(tokens);
    const auto heads = [&](const at::Tensor& x) { return byHead(x, headWidth); };
    const auto [q, k, v] = at::_scaled_dot_product_cudnn_attention_backward(
        heads(grad), heads(queries), heads(keys), heads(values), heads(out), state[0], state[1], state[2],
        /*attn_bias=*/at::Tensor(), /*cum_seq_q=*/at::Tensor(), /*cum_seq_k=*/at::Tensor(), padded, padded,
        /*dropout_p=*/0.0, /*is_causal=*/true);
    return {asRows(q, tokens), asRows(k, tokens), asRows(v, tokens)};
}

} // namespace cw
