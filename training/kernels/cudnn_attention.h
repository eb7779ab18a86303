// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Causal grouped-query attention of one long example by NVIDIA's cuDNN, whose kernels for Hopper and later are nearly twice
// as fast as FlashAttention-2. Rows are tokens; tensors are bf16 on one GPU. One thread.
//
// cuDNN prepares itself for every length anew, for about 0.15 s, so examples are padded to one of eight lengths an octave:
// what is behind the end no earlier token sees.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace cw {

// Whether `device` has such kernels, they agree there with plain attention on a small example (tried once a process), and
// they take heads of that width and are worth their start for that many tokens.
bool cudnnSuits(at::Device device, std::int64_t headWidth, std::int64_t tokens);

// The length to which `tokens` are padded: at most an eighth more, or 63 tokens.
std::int64_t cudnnLength(std::int64_t tokens);

struct CudnnAttended {
    at::Tensor out;                // [T, heads * headWidth]
    at::Tensor sums;               // f32 [heads, T]: the logarithm of each softmax's denominator
    std::vector<at::Tensor> state; // what the derivative needs beside
};

// queries [T, heads * headWidth]; keys, values [T, kvHeads * headWidth]. The same bits every time.
CudnnAttended attendByCudnn(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, std::int64_t headWidth);

struct CudnnGradient {
    at::Tensor queries, keys, values; // shaped like those
};
// `grad` is by attended.out. Sums in an order that changes from run to run.
CudnnGradient cudnnGradient(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                            const at::Tensor& out, const std::vector<at::Tensor>& state, std::int64_t headWidth);

} // namespace cw
