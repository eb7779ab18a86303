// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/slot_cache.h"

#include <ATen/TensorIndexing.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

namespace cw {

SlotCache::SlotCache(const ModelConfig& config, at::ScalarType dtype, at::Device device, std::int64_t slots, std::int64_t capacity)
    : m_slots(slots), m_window(config.slidingWindow) {
    // Zeros, not whatever memory held: a masked key is multiplied by zero, and zero times not-a-number is not zero.
    const auto slab = [&] {
        return at::zeros({slots, config.kvHeads, capacity, config.headWidth}, at::TensorOptions().dtype(dtype).device(device));
    };
    for (std::int64_t layer = 0; layer < config.layers; ++layer) {
        m_keys.push_back(slab());
        m_values.push_back(slab());
    }
}

void SlotCache::beginText(std::int64_t tokens) {
    m_lengths.push_back(tokens);
    m_isStep = false;
}

void SlotCache::beginStep() {
    for (std::int64_t& length : m_lengths)
        ++length;
    m_longest = *std::max_element(m_lengths.begin(), m_lengths.end());
    const at::Device device = m_keys.front().device();
    m_slotIndex = at::arange(used(), at::TensorOptions().dtype(at::kLong).device(device));
    m_positionIndex = (at::tensor(m_lengths, at::kLong) - 1).to(device);
    m_isStep = true;
}

void SlotCache::release(std::int64_t slot) {
    const std::int64_t last = used() - 1;
    if (slot != last)
        for (std::vector<at::Tensor>* slabs : {&m_keys, &m_values})
            for (at::Tensor& slab : *slabs)
                slab.select(0, slot).narrow(1, 0, length(last)).copy_(slab.select(0, last).narrow(1, 0, length(last)));
    m_lengths[static_cast<size_t>(slot)] = m_lengths.back();
    m_lengths.pop_back();
}

at::Tensor SlotCache::stepPositions() const { return m_positionIndex.unsqueeze(1); }

at::Tensor SlotCache::stepMask() const {
    const at::Tensor key = at::arange(m_longest, m_positionIndex.options()).unsqueeze(0); // [1, longest]
    const at::Tensor query = m_positionIndex.unsqueeze(1);                                // [used, 1]
    at::Tensor mask = key <= query;
    if (m_window > 0)
        mask = mask & (key > query - m_window);
    return mask.view({used(), 1, 1, m_longest});
}

std::pair<at::Tensor, at::Tensor> SlotCache::append(size_t layer, const at::Tensor& keys, const at::Tensor& values) {
    return m_isStep ? appendStep(layer, keys, values) : appendText(layer, keys, values);
}

std::pair<at::Tensor, at::Tensor> SlotCache::appendText(size_t layer, const at::Tensor& keys, const at::Tensor& values) {
    const std::int64_t tokens = m_lengths.back();
    m_keys[layer].select(0, used() - 1).narrow(1, 0, tokens).copy_(keys.squeeze(0));
    m_values[layer].select(0, used() - 1).narrow(1, 0, tokens).copy_(values.squeeze(0));
    return {keys, values};
}

std::pair<at::Tensor, at::Tensor> SlotCache::appendStep(size_t layer, const at::Tensor& keys, const at::Tensor& values) {
    using at::indexing::Slice;
    const auto put = [&](at::Tensor& slab, const at::Tensor& rows) { // rows [used, kvHeads, 1, headWidth]
        slab.index_put_({m_slotIndex, Slice(), m_positionIndex}, rows.squeeze(2));
        return slab.narrow(0, 0, used()).narrow(2, 0, m_longest);
    };
    return {put(m_keys[layer], keys), put(m_values[layer], values)};
}

} // namespace cw
