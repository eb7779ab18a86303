// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/kernels/gpu_ops.h"

#include "training/kernels/gpu_kernels.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/_fused_rms_norm.h>
#include <ATen/ops/_fused_rms_norm_backward.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/silu.h>

namespace cw::gpu {

namespace {

at::Tensor wide(const at::Tensor& x) {
    return x.to(at::kFloat);
}

// 1 where an element is kept, else 0, in x's dtype.
at::Tensor keptElements(const at::Tensor& x, const DropoutMask& mask) {
    at::Generator generator = at::globalContext().defaultGenerator(x.device()).clone();
    generator.set_current_seed(mask.key);
    return at::empty_like(x).bernoulli_(1 - mask.share, generator);
}

} // namespace

Normed rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon) {
    if (const Kernels* kernels = Kernels::of(x))
        return kernels->rmsNorm(x, weight, epsilon);
    if (x.is_cuda()) {
        auto [out, inverseRoot] = at::_fused_rms_norm(x, {x.size(1)}, weight, epsilon);
        return {out, inverseRoot.view({x.size(0)})};
    }
    const at::Tensor values = wide(x);
    const at::Tensor inverseRoot = at::rsqrt(values.square().mean(1, /*keepdim=*/true) + epsilon);
    return {(values * inverseRoot * wide(weight)).to(x.scalar_type()), inverseRoot.squeeze(1)};
}

void addRmsNormGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                        const at::Tensor& inverseRoot, at::Tensor& into) {
    if (const Kernels* kernels = Kernels::of(x))
        return kernels->addRmsNormGradient(grad, x, weight, inverseRoot, into);
    const at::Tensor root = inverseRoot.unsqueeze(1);
    if (x.is_cuda()) {
        into.add_(std::get<0>(at::_fused_rms_norm_backward(grad, x, {x.size(1)}, root, weight, {true, false})));
        return;
    }
    const at::Tensor values = wide(x), scaled = wide(grad) * wide(weight);
    const at::Tensor dot = (scaled * values).mean(1, /*keepdim=*/true);
    into.copy_(wide(into) + root * scaled - values * root * root * root * dot);
}

at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up) {
    if (const Kernels* kernels = Kernels::of(gate))
        return kernels->swiglu(gate, up);
    return at::silu(gate).mul_(up);
}

// Two f32 temporaries: s is first sigmoid(g), then silu's derivative s + t (1 - s), at last the derivative by the gate; t is
// silu(g) = g s, then the derivative by the other factor.
void swigluGradient(const at::Tensor& grad, at::Tensor& gate, at::Tensor& up) {
    if (const Kernels* kernels = Kernels::of(gate))
        return kernels->swigluGradient(grad, gate, up);
    at::Tensor s = gate.to(at::kFloat, /*non_blocking=*/false, /*copy=*/true).sigmoid_();
    at::Tensor t = at::mul(s, gate);
    s.addcmul_(t, s, -1).add_(t).mul_(up).mul_(grad);
    up.copy_(t.mul_(grad));
    gate.copy_(s);
}

void rotateInPlace(at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, bool back) {
    const std::int64_t half = cosine.size(1);
    if (const Kernels* kernels = Kernels::of(x, half))
        return kernels->rotateInPlace(x, cosine, sine, back);
    const at::Tensor heads = x.view({x.size(0), -1, 2 * half});
    at::Tensor first = heads.narrow(2, 0, half), second = heads.narrow(2, half, half);
    const at::Tensor a = wide(first), b = wide(second), c = cosine.unsqueeze(1);
    const at::Tensor s = back ? -sine.unsqueeze(1) : sine.unsqueeze(1);
    const at::Tensor turned = a * c - b * s; // before the first half is written over: a may be that very memory
    second.copy_(b * c + a * s);
    first.copy_(turned);
}

at::Tensor dropped(const at::Tensor& x, const DropoutMask& mask) {
    if (const Kernels* kernels = Kernels::of(x))
        return kernels->dropped(x, mask);
    return keptElements(x, mask).mul_(x).mul_(1 / (1 - mask.share));
}

void addDropped(at::Tensor& into, const at::Tensor& grad, const DropoutMask& mask) {
    if (const Kernels* kernels = Kernels::of(into))
        return kernels->addDropped(into, grad, mask);
    into.add_(keptElements(into, mask).mul_(grad), 1 / (1 - mask.share));
}

} // namespace cw::gpu
