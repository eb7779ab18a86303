// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// fused_ops for a GPU: kernels of our own where the machine can make them and they fit (gpu_kernels.h), else composed of
// LibTorch's operators. One program serves machines with and without CUDA. Same shapes and meaning as there. One thread.
#pragma once

#include "training/kernels/fused_ops.h"

namespace cw::gpu {

Normed rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon);
void addRmsNormGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                        const at::Tensor& inverseRoot, at::Tensor& into);
at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up);
void swigluGradient(const at::Tensor& grad, at::Tensor& gate, at::Tensor& up);
void rotateInPlace(at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, bool back);
// The mask is drawn anew from a generator set to the mask's key: Philox counts, so the same key draws the same mask. The
// masks of the CPU are others.
at::Tensor dropped(const at::Tensor& x, const DropoutMask& mask);
void addDropped(at::Tensor& into, const at::Tensor& grad, const DropoutMask& mask);

} // namespace cw::gpu
