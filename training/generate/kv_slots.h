// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The keys and values of texts that are written side by side: each text has a slot, each layer a slab for all slots. What
// stands behind a text's length is left over from before and is written over. One thread.
#pragma once

#include "training/model/model_config.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace cw {

// How a slot's keys lie in memory: a head's tokens side by side, as the CPU reads them, or a token's heads, as FlashAttention
// reads packed texts.
enum class KvOrder { ByHead, ByToken };

class KvSlots {
public:
    // Room for `slots` texts of `capacity` tokens: bytesFor() of them.
    KvSlots(const ModelConfig& config, at::ScalarType dtype, at::Device device, std::int64_t slots, std::int64_t capacity,
            KvOrder order = KvOrder::ByHead);

    static std::int64_t bytesFor(const ModelConfig& config, at::ScalarType dtype, std::int64_t slots, std::int64_t capacity);

    std::int64_t slots() const { return m_slots; }
    std::int64_t capacity() const { return m_capacity; }

    // Of a layer's slot: [kvHeads, capacity, headWidth], a view.
    at::Tensor keys(size_t layer, std::int64_t slot) const { return slotOf(m_keys[layer], slot); }
    at::Tensor values(size_t layer, std::int64_t slot) const { return slotOf(m_values[layer], slot); }

    // Of a layer, all slots, contiguous: [slots, kvHeads, capacity, headWidth], or by token [slots * capacity, kvHeads, headWidth].
    const at::Tensor& keySlab(size_t layer) const { return m_keys[layer]; }
    const at::Tensor& valueSlab(size_t layer) const { return m_values[layer]; }

    // The first `tokens` places of one slot into another one.
    void copy(std::int64_t from, std::int64_t to, std::int64_t tokens);

private:
    at::Tensor slotOf(const at::Tensor& slab, std::int64_t slot) const;

    std::int64_t m_slots, m_capacity;
    KvOrder m_order;
    std::vector<at::Tensor> m_keys, m_values; // by layer
};

} // namespace cw
