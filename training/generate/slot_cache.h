// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Keys and values of several texts that are being written side by side, each at its own length. A slot is one text's place; the used
// slots are always the first ones. One thread.
#pragma once

#include "training/model/transformer.h"

#include <vector>

namespace cw {

class SlotCache final : public KvCache {
public:
    // Room for `slots` texts of `capacity` tokens: 2 * layers * slots * capacity * kvHeads * headWidth values of `dtype`.
    SlotCache(const ModelConfig& config, at::ScalarType dtype, at::Device device, std::int64_t slots, std::int64_t capacity);

    std::int64_t used() const { return static_cast<std::int64_t>(m_lengths.size()); }
    std::int64_t slots() const { return m_slots; }
    std::int64_t length(std::int64_t slot) const { return m_lengths[static_cast<size_t>(slot)]; }

    // The next pass brings `tokens` tokens of one new text, alone; it gets the slot behind the used ones.
    void beginText(std::int64_t tokens);
    // The next pass brings one more token of every used slot.
    void beginStep();
    // Frees a slot: the last used one moves into its place.
    void release(std::int64_t slot);

    // int64 [used, 1] and bool [used, 1, 1, longest + 1] of a step: each text's position, and the keys that its new token may see.
    at::Tensor stepPositions() const;
    at::Tensor stepMask() const;

    std::pair<at::Tensor, at::Tensor> append(size_t layer, const at::Tensor& keys, const at::Tensor& values) override;

private:
    std::pair<at::Tensor, at::Tensor> appendText(size_t layer, const at::Tensor& keys, const at::Tensor& values);
    std::pair<at::Tensor, at::Tensor> appendStep(size_t layer, const at::Tensor& keys, const at::Tensor& values);

    std::int64_t m_slots;
    std::int64_t m_window; // the model's sliding window; 0: none
    std::vector<at::Tensor> m_keys; // by layer, [slots, kvHeads, capacity, headWidth]
    std::vector<at::Tensor> m_values;
    std::vector<std::int64_t> m_lengths; // by used slot, the pass under way included
    bool m_isStep = false;
    at::Tensor m_slotIndex;     // int64 [used]: of the step under way
    at::Tensor m_positionIndex; // int64 [used]
    std::int64_t m_longest = 0;
};

} // namespace cw
