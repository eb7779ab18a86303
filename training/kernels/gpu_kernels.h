// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The kernels of elementwise.cu, made for a GPU when rows of a new kind are met on it. gpu_ops takes them for contiguous bf16
// rows. Shapes and meaning as in fused_ops.h; dropout masks are those of the CPU. One thread.
#pragma once

#include "training/device/cuda_library.h"
#include "training/kernels/fused_ops.h"

namespace cw::gpu {

class Kernels {
public:
    // Why there are none for this device, which must be a GPU; success where there are.
    static Status status(at::Device device);

    // Null where x isn't such rows, or the machine has none. `whole`: a number of elements that packs must divide, too.
    static const Kernels* of(const at::Tensor& x, std::int64_t whole = 0);

    Normed rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon) const;
    void addRmsNormGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& inverseRoot, at::Tensor& into) const;
    at::Tensor swiglu(const at::Tensor& gate, const at::Tensor& up) const;
    void swigluGradient(const at::Tensor& grad, at::Tensor& gate, at::Tensor& up) const;
    // The pairs of a head must be a whole number of packs: see `whole` above.
    void rotateInPlace(at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, bool back) const;
    at::Tensor dropped(const at::Tensor& x, const DropoutMask& mask) const;
    void addDropped(at::Tensor& into, const at::Tensor& grad, const DropoutMask& mask) const;

private:
    static Result<Kernels> make(at::Device device, std::int64_t pack);
    static const Result<Kernels>& ofDevice(at::Device device, std::int64_t pack);

    // Queues a kernel on the device's current stream, a thread for each of `packs`.
    template <typename... Arguments> void forPacks(CudaFunction* kernel, std::int64_t packs, Arguments... arguments) const;
    // The same with a block for each row of `packs`.
    template <typename... Arguments> void forRows(CudaFunction* kernel, std::int64_t rows, std::int64_t packs, Arguments... arguments) const;
    void start(CudaFunction* kernel, std::int64_t blocks, std::int64_t threads, void** arguments) const;

    std::int64_t packsOf(const at::Tensor& x) const;
    int rowPacksOf(const at::Tensor& x) const;

    CudaProgram m_program;
    std::int64_t m_pack = 1; // elements that a thread takes at once
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
