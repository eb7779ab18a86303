// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Causal grouped-query attention over packed examples, and its derivative: no query sees another example's keys, and the
// scores never exist at once. Dao, "FlashAttention-2", 2023, as LibTorch computes it on CPU and GPU, or on
// newer GPUs cuDNN. One thread.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace cw {

// Where the examples of a batch lie.
struct Packing {
    Packing() = default;
    Packing(std::vector<std::int64_t> exampleStarts, at::Device device); // starts: see Batch

    std::vector<std::int64_t> starts = {0};
    std::int64_t longest = 0; // tokens of an example
    at::Tensor onDevice;      // int32, the starts once more; only on a GPU

    size_t examples() const { return starts.size() - 1; }
    std::int64_t length(size_t example) const { return starts[example + 1] - starts[example]; }
};

struct PackedHeads {
    const Packing& packing;
    std::int64_t headWidth = 0;
    std::int64_t window = 0; // keys that a query may look back at, itself included; 0: all
};

struct Attended {
    at::Tensor out;                  // [N, heads * headWidth]
    std::vector<at::Tensor> scaling; // what the derivative needs beside: f32, a number a head and token
};

// queries [N, heads * headWidth]; keys, values [N, kvHeads * headWidth]; contiguous, in the model's dtype.
Attended attendPacked(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                      const PackedHeads& heads);

struct AttentionGradient {
    at::Tensor queries, keys, values; // shaped like those
};
// `grad` is by `attended.out`.
AttentionGradient attendPackedGradient(const at::Tensor& grad, const at::Tensor& queries, const at::Tensor& keys,
                                       const at::Tensor& values, const Attended& attended, const PackedHeads& heads);

} // namespace cw
