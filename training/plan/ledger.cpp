// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/ledger.h"

namespace cw {

std::string_view toString(MemoryUse use) {
    static constexpr std::array<std::string_view, kMemoryUses> kNames = {
        "weights", "adapter", "gradients", "optimiser", "activations", "head", "working", "allocator"};
    return kNames[static_cast<size_t>(use)];
}

Ledger::Held Ledger::take(MemoryUse use, std::int64_t bytes) {
    if (bytes <= 0)
        return nullptr;
    const std::int64_t rounding = (m_block - bytes % m_block) % m_block;
    add(use, bytes, rounding);
    return Held(this, [this, use, bytes, rounding](const void*) { add(use, -bytes, -rounding); });
}

void Ledger::add(MemoryUse use, std::int64_t bytes, std::int64_t rounding) {
    m_parts[static_cast<size_t>(use)] += bytes;
    m_parts[static_cast<size_t>(MemoryUse::Allocator)] += rounding;
    m_now += bytes + rounding;
    if (m_now > m_peak) {
        m_peak = m_now;
        m_partsAtPeak = m_parts;
    }
}

} // namespace cw
