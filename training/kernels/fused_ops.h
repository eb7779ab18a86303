// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The elementwise steps of a decoder layer and their derivatives, each as one walk through memory on the CPU and as
// LibTorch operators on a GPU. Values are f32 or bf16; the arithmetic is f32. Rows are tokens. One caller at a time;
// inside, rows are shared by LibTorch's threads, and no result depends on how.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace cw {

struct Normed {
    at::Tensor out;         // [N, width], dtype of x
    at::Tensor inverseRoot; // f32 [N]: 1 / sqrt(mean square + epsilon)
};

// Zhang, Sennrich, "Root Mean Square Layer Normalization", 2019. x [N, width]; weight [width].
Normed rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon);

// Adds the derivative by x to `into` [N, width]; `grad` is by the output.
void addRmsNormGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                        const at::Tensor& inverseRoot, at::Tensor& into);

// SwiGLU: silu(gate) * up, all [N, width].
at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up);

// Turns gate and up into the derivatives by them; `grad` is by the output.
void swigluGradient(const at::Tensor& grad, at::Tensor& gate, at::Tensor& up);

// x [N, heads * headWidth]: turns each head's pair (i, i + headWidth / 2) by the token's angles, in place. cosine, sine
// f32 [N, headWidth / 2]. `back` turns the other way, which is the derivative.
void rotateInPlace(at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, bool back);

// Which of a tensor's elements a dropout keeps: a function of the key and of the element's place alone. `salt` tells
// the dropouts of one pass apart.
struct DropoutMask {
    double share = 0; // left out; 0: none
    std::uint64_t key = 0;
};
DropoutMask dropoutMask(double share, std::uint64_t seed, std::int64_t step, std::int64_t pass, std::int64_t salt);

// x [N, width] with the share left out and the rest divided by (1 - share); x itself where the share is 0.
at::Tensor dropped(const at::Tensor& x, const DropoutMask& mask);

// into += the dropout of `grad`: the derivative of dropped().
void addDropped(at::Tensor& into, const at::Tensor& grad, const DropoutMask& mask);

} // namespace cw
