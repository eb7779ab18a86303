// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How many bytes tensors take, now and at their peak: what a memory plan is held against. On the CPU LibTorch doesn't
// count, so an allocator in front of its own does; on CUDA its caching allocator's statistics are read. Any thread may
// allocate; one thread measures.
#pragma once

#include <c10/core/Device.h>

#include <cstdint>

namespace cw {

// Puts the counting allocator in front of LibTorch's for the CPU, once. Call it before the first tensor: memory that
// oneDNN took from one allocator must not go back to another. Costs 64 bytes and two atomic additions a tensor.
void countCpuAllocations();

// Bytes of tensors that live now, as they were asked for. On the CPU 0 without countCpuAllocations(), and without
// tensors over mapped files, which nobody allocated.
std::int64_t allocatedBytes(at::Device device = at::kCPU);

// The peak of allocatedBytes() from the object's making on. Objects may be nested on the CPU: an inner one takes
// nothing from an outer one. On CUDA the inner one starts the outer one anew.
class AllocationPeak {
public:
    explicit AllocationPeak(at::Device device = at::kCPU);
    ~AllocationPeak();
    AllocationPeak(const AllocationPeak&) = delete;
    AllocationPeak& operator=(const AllocationPeak&) = delete;

    std::int64_t bytes() const;
    void reset(); // from now on

private:
    at::Device m_device;
    std::int64_t m_outer = 0; // the peak before, for an object around this one
};

} // namespace cw
