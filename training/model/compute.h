// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where and in which precision a run computes: chosen from the machine and the model, and written down. Call from the
// worker's main thread before the first tensor.
#pragma once

#include "training/model/model_config.h"

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

namespace cw {

// Opens libtorch_cuda.so beside LibTorch's own libraries if it is there, so that one program serves machines with and
// without CUDA.
void loadCudaIfPresent();

struct Compute {
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat; // of the frozen weights and the arithmetic; adapters are f32
    bool hasKernels = false;           // the GPU's fused steps are kernels of ours: gpu_kernels.h
    std::int64_t threads = 1;
    std::string note; // a sentence for the person who started the run, or empty

    std::string deviceName() const; // "cpu", "cuda"
    std::string dtypeName() const;  // "f32", "bf16"
};

// `dtype`: "auto", "f32" or "bf16". "auto" takes bf16 on a GPU, and on a CPU with bf16 instructions if the model is
// large enough to gain from it: elsewhere bf16 is tens of times slower. `threads`: 0 for one a core; `processes` share
// them, and the GPUs, of which process k has number k. Sets the number of threads of the process and its GPU.
Compute chooseCompute(const std::string& dtype, std::int64_t threads, const ModelConfig& config,
                      std::int64_t process = 0, std::int64_t processes = 1);

// Seeds LibTorch's sources and says whether kernels must give the same bits every time (`areRepeatable`).
void seedAndSetKernels(std::uint64_t seed, bool areRepeatable);

// What a run's environment.json holds: versions, threads, what the processor can do, device and dtype. Nothing that
// names the machine.
std::string environmentJson(const Compute& compute);

} // namespace cw
