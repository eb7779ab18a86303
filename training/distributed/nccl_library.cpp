// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/distributed/nccl_library.h"

#include "training/device/cuda_library.h"

namespace cw {

bool NcclLibrary::find(const SharedLibrary& library) {
    return library.find("ncclGetUniqueId", getUniqueId) && library.find("ncclCommInitRank", commInitRank) &&
           library.find("ncclAllReduce", allReduce) && library.find("ncclCommDestroy", commDestroy) &&
           library.find("ncclCommAbort", commAbort) && library.find("ncclGetErrorString", getErrorString);
}

Result<NcclLibrary> NcclLibrary::load() {
    NcclLibrary nccl;
    if (nccl.find(SharedLibrary(nullptr)) || nccl.find(cudaPackageLibrary("nccl", "libnccl.so.2")))
        return nccl;
    return Error{ErrorCode::NotFound,
                 "Several GPUs share a run through NVIDIA's NCCL, whose library libnccl.so.2 is missing.",
                 "Install LibTorch's CUDA wheel with packaging/setup/torch, which brings it, or set processes to 1."};
}

Status NcclLibrary::check(int result, const char* what) const {
    constexpr int kSuccess = 0; // ncclSuccess
    if (result == kSuccess)
        return {};
    return Error{ErrorCode::Failed,
                 "NCCL failed at " + std::string(what) + ": " + getErrorString(result) + ".",
                 "The environment variable NCCL_DEBUG=INFO makes it say more in the run's worker.log."};
}

Result<int> NcclLibrary::typeOf(at::ScalarType dtype) {
    switch (dtype) {
    case at::kLong:
        return 4; // ncclInt64
    case at::kFloat:
        return 7; // ncclFloat32
    case at::kDouble:
        return 8; // ncclFloat64
    case at::kBFloat16:
        return 9; // ncclBfloat16
    default:
        return Error{ErrorCode::Unsupported,
                     std::string("A sum between GPUs can't be of ") + c10::toString(dtype) + " numbers.", ""};
    }
}

} // namespace cw
