// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Compiling and starting kernels of our own with NVIDIA's run-time compiler (NVRTC) and driver, both found while the
// program runs: no CUDA at build. Names and types are those of nvrtc.h and cuda.h, which keep them from release to release.
#pragma once

#include "core/base/result.h"
#include "training/device/shared_library.h"

#include <string>

namespace cw {

// A library that LibTorch's CUDA wheel brings: one that is loaded already, the system's, or the one in the packages beside
// LibTorch, whose folder below "nvidia" is `folder`. Empty where it is nowhere. Any thread.
SharedLibrary cudaPackageLibrary(const char* folder, const char* name);

// Machine code ("cubin") of CUDA source for a kind of GPU, "sm_90"; `definition`: "NAME=VALUE". Errors: no NVRTC; what it
// says of the source. Any thread.
Result<std::string> compileCuda(const std::string& source, const std::string& definition, const std::string& architecture);

// The compute capability of a GPU as a number, 90 of a Hopper; 0 where there is no such GPU or no driver. Any thread.
int cudaCapability(int device);

struct CudaModule;   // what CUmodule points to
struct CudaFunction; // what CUfunction points to

// Machine code of CUDA source on one GPU; it stays until the process ends. Launches: from a thread where LibTorch has
// worked with that GPU.
class CudaProgram {
public:
    // `device`: CUDA's number of it. LibTorch must have used it in this thread. Takes under a second. Errors: no NVRTC, no
    // driver, a GPU that they don't know.
    static Result<CudaProgram> compile(const std::string& source, const std::string& definition, int device);

    // Null where the source has no such kernel.
    CudaFunction* kernel(const char* name) const;

    // Queues `blocks` blocks of `threads` on a CUDA stream. `arguments`: the address of each one, in the kernel's order.
    // Failing to start is an internal error: nothing that a user does leads there.
    void launch(CudaFunction* kernel, unsigned blocks, unsigned threads, void* stream, void** arguments) const;

private:
    CudaModule* m_module = nullptr;
    int (*m_function)(CudaFunction**, CudaModule*, const char*) = nullptr;
    int (*m_launch)(CudaFunction*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**, void**) = nullptr;
};

} // namespace cw
