// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Memory that operators of LibTorch take for themselves while they run, in bytes. Attention's is counted from its
// blocks (LibTorch 2.13, FlashAttentionKernel.cpp on the CPU, flash_attn's mha_varlen_bwd on CUDA); that of oneDNN's bf16 products is an estimate, since
// its blocking follows from the processor: it is some hundred kilobytes a thread. Pure; any thread.
#pragma once

#include <cstdint>

namespace cw {

// Attention over one example of `length` tokens.
struct AttentionSize {
    std::int64_t length = 0;
    std::int64_t kvHeads = 0;
    std::int64_t headWidth = 0;
    bool isBf16 = false;
    std::int64_t threads = 1;
};

std::int64_t attentionBuffers(const AttentionSize& size);
std::int64_t attentionGradientBuffers(const AttentionSize& size);
// Of `examples` together, in deterministic mode: the sums of several blocks side by side instead of one after another.
std::int64_t cudaAttentionGradientBuffers(const AttentionSize& size, std::int64_t heads, std::int64_t examples,
                                          std::int64_t multiprocessors);

// A product over `inner` with `columns` in the result. In f32 nothing is taken from LibTorch's allocator.
std::int64_t productBuffers(std::int64_t inner, std::int64_t columns, bool isBf16, std::int64_t threads);

// The same with the first matrix turned, as for the gradients of A and B: `rows` in the result, `inner` tokens.
std::int64_t turnedProductBuffers(std::int64_t rows, std::int64_t inner, bool isBf16, std::int64_t threads);

} // namespace cw
