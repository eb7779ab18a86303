// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A book of the tensors that a computation would hold, kept without computing: each is taken, may be shared, and goes
// with its last holder, as at::Tensor does. The book remembers the moment at which most was held. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace cw {

// The parts of a plan, in the order of RunPlan::parts.
enum class MemoryUse { Weights, Adapter, Gradients, Optimiser, Activations, Head, Working, Allocator };
inline constexpr size_t kMemoryUses = 8;
std::string_view toString(MemoryUse use); // "weights", ...

using MemoryParts = std::array<std::int64_t, kMemoryUses>; // bytes by use

class Ledger {
public:
    // Every tensor takes a multiple of `block` bytes; what rounding adds is MemoryUse::Allocator.
    explicit Ledger(std::int64_t block = 1) : m_block(block) {}
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    using Held = std::shared_ptr<const void>; // null: no tensor
    // The ledger must outlive what it gives. 0 bytes give null.
    Held take(MemoryUse use, std::int64_t bytes);
    // Held for a moment only, as a buffer inside an operator.
    void touch(MemoryUse use, std::int64_t bytes) { take(use, bytes); }

    std::int64_t peak() const { return m_peak; }
    const MemoryParts& partsAtPeak() const { return m_partsAtPeak; }
    std::int64_t now() const { return m_now; }

private:
    void add(MemoryUse use, std::int64_t bytes, std::int64_t rounding);

    std::int64_t m_block;
    std::int64_t m_now = 0;
    std::int64_t m_peak = 0;
    MemoryParts m_parts = {};
    MemoryParts m_partsAtPeak = {};
};

} // namespace cw
