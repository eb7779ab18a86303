// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/kernels/fused_ops.h"

#include "core/base/rng.h"
#include "training/kernels/gpu_ops.h"
#include "training/kernels/row_kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>
#include <limits>

namespace cw {

namespace {

// Rows that one thread takes at once: about 16,000 elements, so that a thread's start is worth its while.
std::int64_t grain(std::int64_t width) {
    return std::max<std::int64_t>(1, 16384 / std::max<std::int64_t>(1, width));
}

template <typename Row> void forEachRow(const at::Tensor& like, Row row) {
    at::parallel_for(0, like.size(0), grain(like.size(1)), [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t r = begin; r < end; ++r)
            row(r);
    });
}

// Calls `f` with a value of the tensor's element type.
template <typename F> void withType(const at::Tensor& tensor, F f) {
    TORCH_INTERNAL_ASSERT(tensor.is_contiguous() && tensor.dim() == 2);
    if (tensor.scalar_type() == at::kBFloat16)
        return f(c10::BFloat16());
    TORCH_INTERNAL_ASSERT(tensor.scalar_type() == at::kFloat);
    f(float());
}

template <typename T> const T* in(const at::Tensor& tensor, std::int64_t row) {
    return tensor.const_data_ptr<T>() + row * tensor.size(1);
}
template <typename T> T* out(at::Tensor& tensor, std::int64_t row) {
    return tensor.data_ptr<T>() + row * tensor.size(1);
}

kernels::DropoutRow rowOf(const DropoutMask& mask, std::int64_t row) {
    const std::uint64_t key = Rng(mask.key + static_cast<std::uint64_t>(row)).next();
    const double threshold = mask.share * 4294967296.0;
    return {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(threshold),
            static_cast<float>(1 / (1 - mask.share))};
}

} // namespace

Normed rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon) {
    if (!x.is_cpu())
        return gpu::rmsNorm(x, weight, epsilon);
    Normed normed{at::empty_like(x), at::empty({x.size(0)}, x.options().dtype(at::kFloat))};
    float* inverseRoot = normed.inverseRoot.data_ptr<float>();
    withType(x, [&]<typename T>(T) {
        forEachRow(x, [&](std::int64_t r) {
            inverseRoot[r] = kernels::normRow(in<T>(x, r), weight.const_data_ptr<T>(), out<T>(normed.out, r), x.size(1),
                                              static_cast<float>(epsilon));
        });
    });
    return normed;
}

void addRmsNormGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                        const at::Tensor& inverseRoot, at::Tensor& into) {
    if (!x.is_cpu())
        return gpu::addRmsNormGradient(grad, x, weight, inverseRoot, into);
    const float* roots = inverseRoot.const_data_ptr<float>();
    withType(x, [&]<typename T>(T) {
        forEachRow(x, [&](std::int64_t r) {
            kernels::normGradientRow(in<T>(grad, r), in<T>(x, r), weight.const_data_ptr<T>(), roots[r],
                                     out<T>(into, r), x.size(1));
        });
    });
}

at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up) {
    if (!gate.is_cpu())
        return gpu::swiglu(gate, up);
    at::Tensor result = at::empty_like(gate);
    withType(gate, [&]<typename T>(T) {
        forEachRow(gate, [&](std::int64_t r) {
            kernels::swigluRow(in<T>(gate, r), in<T>(up, r), out<T>(result, r), gate.size(1));
        });
    });
    return result;
}

void swigluGradient(const at::Tensor& grad, at::Tensor& gate, at::Tensor& up) {
    if (!gate.is_cpu())
        return gpu::swigluGradient(grad, gate, up);
    withType(gate, [&]<typename T>(T) {
        forEachRow(gate, [&](std::int64_t r) {
            kernels::swigluGradientRow(in<T>(grad, r), out<T>(gate, r), out<T>(up, r), gate.size(1));
        });
    });
}

void rotateInPlace(at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, bool back) {
    if (!x.is_cpu())
        return gpu::rotateInPlace(x, cosine, sine, back);
    const std::int64_t half = cosine.size(1);
    withType(x, [&]<typename T>(T) {
        forEachRow(x, [&](std::int64_t r) {
            kernels::rotateRow(out<T>(x, r), in<float>(cosine, r), in<float>(sine, r), x.size(1) / (2 * half), half,
                               back ? -1.0f : 1.0f);
        });
    });
}

DropoutMask dropoutMask(double share, std::uint64_t seed, std::int64_t step, std::int64_t pass, std::int64_t salt) {
    if (share <= 0)
        return {};
    std::uint64_t key = Rng(seed, "dropout").next();
    for (const std::int64_t part : {step, pass, salt})
        key = Rng(key + static_cast<std::uint64_t>(part)).next();
    return {share, key};
}

at::Tensor dropped(const at::Tensor& x, const DropoutMask& mask) {
    if (mask.share <= 0)
        return x;
    if (!x.is_cpu())
        return gpu::dropped(x, mask);
    at::Tensor result = at::empty_like(x);
    withType(x, [&]<typename T>(T) {
        forEachRow(x, [&](std::int64_t r) {
            kernels::dropRow(in<T>(x, r), out<T>(result, r), x.size(1), rowOf(mask, r));
        });
    });
    return result;
}

void addDropped(at::Tensor& into, const at::Tensor& grad, const DropoutMask& mask) {
    if (mask.share <= 0) {
        into.add_(grad);
        return;
    }
    if (!into.is_cpu())
        return gpu::addDropped(into, grad, mask);
    withType(into, [&]<typename T>(T) {
        forEachRow(into, [&](std::int64_t r) {
            kernels::addDroppedRow(out<T>(into, r), in<T>(grad, r), into.size(1), rowOf(mask, r));
        });
    });
}

} // namespace cw
