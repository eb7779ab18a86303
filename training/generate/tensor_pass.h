// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A pass out of LibTorch's operators that reads prompts on the CPU. Rows of several texts go through each product together;
// attention goes text by text over its slot of the cache. One thread.
#pragma once

#include "training/generate/kv_slots.h"
#include "training/generate/serving_model.h"
#include "training/tokenizer/tokenizer.h"

#include <span>

namespace cw {

// Tokens that come next in a text.
struct TextPiece {
    std::int64_t slot = 0;
    std::int64_t start = 0; // the first one's position
    std::span<const std::int64_t> tokens; // not empty
    std::int64_t scored = 0; // the last so many are asked for their hidden states (PackedPass)

    std::int64_t length() const { return static_cast<std::int64_t>(tokens.size()); }
};

// cos and sin of the angles of every position: f32 [capacity, headWidth / 2].
struct RotaryTable {
    at::Tensor cosine;
    at::Tensor sine;
};
RotaryTable rotaryTable(const ModelConfig& config, std::int64_t capacity, at::Device device);

class TensorPass {
public:
    // The references must outlive the pass.
    TensorPass(const ServingModel& model, KvSlots& cache, const RotaryTable& rotary)
        : m_model(model), m_cache(cache), m_rotary(rotary) {}

    // Keys and values of all pieces go into the cache. Gives the hidden states after the final norm, [N, hidden], in the
    // order of the pieces; without `wantsHidden` nothing, and what only they need is left out.
    at::Tensor run(std::span<const TextPiece> pieces, bool wantsHidden);

private:
    struct Rows; // what all layers of a pass share
    at::Tensor project(const at::Tensor& x, size_t layer, Projection projection) const;
    at::Tensor heads(const at::Tensor& x, size_t layer, Projection projection, const at::Tensor& norm) const;
    void remember(const Rows& rows, size_t layer, const at::Tensor& normed);
    at::Tensor attend(const Rows& rows, size_t layer, const at::Tensor& normed) const;

    const ServingModel& m_model;
    KvSlots& m_cache;
    const RotaryTable& m_rotary;
};

} // namespace cw
