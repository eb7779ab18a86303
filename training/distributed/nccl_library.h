// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The few functions of NVIDIA's NCCL that a sum between GPUs needs, found while the program runs: no CUDA at build.
// Names, types and values are those of NCCL's nccl.h, which keeps them from release to release. Any thread.
#pragma once

#include "core/base/result.h"
#include "training/device/shared_library.h"

#include <ATen/core/Tensor.h>

#include <array>

namespace cw {

struct NcclId { // ncclUniqueId: names a group of processes, made by one of them
    static constexpr size_t kBytes = 128; // NCCL_UNIQUE_ID_BYTES
    std::array<char, kBytes> bytes{};
};

struct NcclCommunicator; // what ncclComm_t points to

struct NcclLibrary {
    // From what is loaded already (LibTorch's CUDA part brings it), the system, or the packages beside LibTorch.
    static Result<NcclLibrary> load();

    Status check(int result, const char* what) const; // `what`: "joining the group"
    static Result<int> typeOf(at::ScalarType dtype);  // ncclDataType_t

    static constexpr int kSum = 0; // ncclSum

    int (*getUniqueId)(NcclId*) = nullptr;
    int (*commInitRank)(NcclCommunicator**, int processes, NcclId, int process) = nullptr;
    int (*allReduce)(const void* from, void* to, size_t count, int dtype, int operation, NcclCommunicator*,
                     void* stream) = nullptr; // comes back as soon as the sum is queued on the CUDA stream
    int (*commDestroy)(NcclCommunicator*) = nullptr;
    int (*commAbort)(NcclCommunicator*) = nullptr; // ends what is queued, too
    const char* (*getErrorString)(int) = nullptr;

private:
    bool find(const SharedLibrary& library);
};

} // namespace cw
