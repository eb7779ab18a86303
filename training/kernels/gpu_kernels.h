// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The kernels of elementwise.cu, made for a GPU when it is first met. gpu_ops takes them where they fit: contiguous bf16
// rows on a GPU, a whole number of packs each. Shapes and meaning as in fused_ops.h. One thread.
#pragma once

#include "training/device/cuda_library.h"
#include "training/kernels/fused_ops.h"

namespace cw::gpu {

class Kernels {
public:
    static constexpr std::int64_t kPack = 8; // elements that a thread takes at once

    // Why there are none for this device, which must be a GPU; success where there are.
    static Status status(at::Device device);

    // Null where the kernels don't fit rows like x's, or the machine has none.
    static const Kernels* of(const at::Tensor& x);

    Normed rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon) const;
    void addRmsNormGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& inverseRoot, at::Tensor& into) const;
    at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up) const;
    void swigluGradient(const at::Tensor& grad, at::Tensor& gate, at::Tensor& up) const;
    // The pairs of a head must be a whole number of packs.
    void rotateInPlace(at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, bool back) const;
    at::Tensor dropped(const at::Tensor& x, const DropoutMask& mask) const;
    void addDropped(at::Tensor& into, const at::Tensor& grad, const DropoutMask& mask) const;

private:
    static Result<Kernels> make(at::Device device);
    static const Result<Kernels>& ofDevice(at::Device device);

    // Queues a kernel on the device's current stream, a thread for each of `packs`.
    template <typename... Arguments> void forPacks(CudaFunction* kernel, std::int64_t packs, Arguments... arguments) const;
    // The same with a block for each row of `packs`.
    template <typename... Arguments> void forRows(CudaFunction* kernel, std::int64_t rows, std::int64_t packs, Arguments... arguments) const;
    void start(CudaFunction* kernel, std::int64_t blocks, std::int64_t threads, void** arguments) const;

    CudaProgram m_program;
    at::Device m_device = at::kCUDA;
    CudaFunction* m_normRows = nullptr;
    CudaFunction* m_addNormGradientRows = nullptr;
    CudaFunction* m_swiglu = nullptr;
    CudaFunction* m_swigluGradient = nullptr;
    CudaFunction* m_rotate = nullptr;
    CudaFunction* m_drop = nullptr;
    CudaFunction* m_addDropped = nullptr;
};

} // namespace cw::gpu
