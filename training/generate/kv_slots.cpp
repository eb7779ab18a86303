// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/kv_slots.h"

#include <ATen/ops/empty.h>

namespace cw {

KvSlots::KvSlots(const ModelConfig& config, at::ScalarType dtype, at::Device device, std::int64_t slots,
                 std::int64_t capacity, KvOrder order)
    : m_slots(slots), m_capacity(capacity), m_order(order) {
    const auto slab = [&] {
        const at::Tensor rows =
            at::empty({slots * capacity, config.kvHeads, config.headWidth}, at::TensorOptions().dtype(dtype).device(device));
        return order == KvOrder::ByToken ? rows : rows.view({slots, config.kvHeads, capacity, config.headWidth});
    };
    for (std::int64_t layer = 0; layer < config.layers; ++layer) {
        m_keys.push_back(slab());
        m_values.push_back(slab());
    }
}

std::int64_t KvSlots::bytesFor(const ModelConfig& config, at::ScalarType dtype, std::int64_t slots, std::int64_t capacity) {
    return 2 * config.layers * slots * config.kvHeads * capacity * config.headWidth *
           static_cast<std::int64_t>(c10::elementSize(dtype));
}

at::Tensor KvSlots::slotOf(const at::Tensor& slab, std::int64_t slot) const {
    if (m_order == KvOrder::ByHead)
        return slab.select(0, slot);
    return slab.narrow(0, slot * m_capacity, m_capacity).transpose(0, 1);
}

void KvSlots::copy(std::int64_t from, std::int64_t to, std::int64_t tokens) {
    for (const std::vector<at::Tensor>* slabs : {&m_keys, &m_values})
        for (const at::Tensor& slab : *slabs)
            slotOf(slab, to).narrow(1, 0, tokens).copy_(slotOf(slab, from).narrow(1, 0, tokens));
}

} // namespace cw
