// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/device/counting_allocator.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/CachingDeviceAllocator.h>

#include <atomic>

namespace cw {

namespace {

std::atomic<std::int64_t> g_live{0};
std::atomic<std::int64_t> g_peak{0};

void raisePeak(std::int64_t bytes) {
    std::int64_t peak = g_peak.load(std::memory_order_relaxed);
    while (bytes > peak && !g_peak.compare_exchange_weak(peak, bytes, std::memory_order_relaxed)) {
    }
}

// Each block has its size in front of it: the deleter gets nothing but a pointer. As long as the alignment that
// LibTorch gives, so that the block keeps it.
constexpr size_t kHeader = 64;

class CountingAllocator final : public c10::Allocator {
public:
    explicit CountingAllocator(c10::Allocator& inner) : m_inner(inner) {}

    c10::DataPtr allocate(size_t bytes) override {
        if (bytes == 0)
            return m_inner.allocate(0);
        auto* block = static_cast<char*>(m_inner.raw_allocate(bytes + kHeader));
        *reinterpret_cast<size_t*>(block) = bytes;
        const auto size = static_cast<std::int64_t>(bytes);
        raisePeak(g_live.fetch_add(size, std::memory_order_relaxed) + size);
        void* data = block + kHeader;
        return {data, data, &CountingAllocator::release, at::Device(at::kCPU)};
    }

    // Not null, so that raw_allocate() works: oneDNN's buffers come that way.
    c10::DeleterFnPtr raw_deleter() const override { return &CountingAllocator::release; }

    void copy_data(void* to, const void* from, std::size_t bytes) const override { default_copy_data(to, from, bytes); }

private:
    static void release(void* data) {
        if (!data)
            return;
        char* block = static_cast<char*>(data) - kHeader;
        const size_t bytes = *reinterpret_cast<size_t*>(block);
        g_live.fetch_sub(static_cast<std::int64_t>(bytes), std::memory_order_relaxed);
        c10::GetDefaultCPUAllocator()->raw_deallocate(block);
    }

    c10::Allocator& m_inner;
};

c10::CachingDeviceAllocator::Stat cudaBytes(at::Device device) {
    auto stats = c10::getDeviceAllocator(device.type())->getDeviceStats(device.index());
    return stats.allocated_bytes[static_cast<size_t>(c10::CachingAllocator::StatType::AGGREGATE)];
}

} // namespace

void countCpuAllocations() {
    // Never destroyed: tensors in static variables may outlive any order of destruction.
    static CountingAllocator* const allocator = [] {
        auto* made = new CountingAllocator(*c10::GetDefaultCPUAllocator());
        c10::SetCPUAllocator(made);
        return made;
    }();
    (void)allocator;
}

std::int64_t allocatedBytes(at::Device device) {
    return device.is_cpu() ? g_live.load(std::memory_order_relaxed) : cudaBytes(device).current;
}

AllocationPeak::AllocationPeak(at::Device device) : m_device(device) {
    m_outer = g_peak.load(std::memory_order_relaxed);
    reset();
}

AllocationPeak::~AllocationPeak() {
    if (m_device.is_cpu())
        raisePeak(m_outer);
}

std::int64_t AllocationPeak::bytes() const {
    return m_device.is_cpu() ? g_peak.load(std::memory_order_relaxed) : cudaBytes(m_device).peak;
}

void AllocationPeak::reset() {
    if (m_device.is_cpu())
        g_peak.store(g_live.load(std::memory_order_relaxed), std::memory_order_relaxed);
    else
        c10::getDeviceAllocator(m_device.type())->resetPeakStats(m_device.index());
}

} // namespace cw
