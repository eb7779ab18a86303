// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Stands for libcuda.so.1 on machines without a GPU: it shows one card alone, the second of those in nvml.cpp, as CUDA
// does with CUDA_VISIBLE_DEVICES=1.
#include <cstring>

extern "C" {

int cuInit(unsigned) {
    return 0;
}

int cuDeviceGet(int* handle, int device) {
    if (device != 0)
        return 101; // CUDA_ERROR_INVALID_DEVICE
    *handle = 40;
    return 0;
}

int cuDeviceGetPCIBusId(char* busId, int bytes, int handle) {
    if (handle != 40)
        return 101;
    std::strncpy(busId, "0000:5E:00.0", static_cast<size_t>(bytes) - 1);
    return 0;
}

} // extern "C"
