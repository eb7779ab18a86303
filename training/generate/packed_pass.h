// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A pass of decoding, and of reading prompts, for a GPU: the rows of all texts go through each operator together, so the
// number of kernels that are started doesn't depend on how many texts there are. Runs on the CPU too, where tests hold it
// against the CPU's own passes. One thread.
#pragma once

#include "training/generate/pass_layout.h"
#include "training/generate/serving_model.h"

#include <array>

namespace cw {

class PackedPass {
public:
    // A cache ordered by token. The references must outlive the pass; an adapter is taken as it is now.
    PackedPass(const ServingModel& model, KvSlots& cache, const RotaryTable& rotary);

    // Keys and values of all pieces, no two of one slot, go into the cache. Gives the hidden states of the scored tokens after
    // the final norm, [sum of scored, hidden], in the order of the pieces; nothing where none is scored, and what only they
    // need is left out.
    at::Tensor run(std::span<const TextPiece> pieces);

private:
    // y = x W + bias + scale * (x A) B, all in the model's dtype.
    struct Linear {
        at::Tensor weight; // [in, out]
        at::Tensor bias;   // [out], or undefined
        at::Tensor a, b;   // [in, rank], [rank, out]; undefined: no adapter
        double scale = 0;
    };
    struct Rows; // what all layers of a pass share
    struct KeysAndValues {
        at::Tensor keys, values; // of the pass's own tokens, [N, kvHeads * headWidth]
    };

    Linear linearOf(size_t layer, Projection projection) const;
    at::Tensor product(const at::Tensor& x, size_t layer, Projection projection) const;
    void addProduct(at::Tensor& into, const at::Tensor& x, size_t layer, Projection projection) const;
    at::Tensor norm(const at::Tensor& x, const at::Tensor& weight) const;
    at::Tensor turnedHeads(const at::Tensor& x, size_t layer, Projection projection, const at::Tensor& headNorm,
                           const Rows& rows) const;
    KeysAndValues remember(const Rows& rows, size_t layer, const at::Tensor& normed);
    at::Tensor attend(const Rows& rows, size_t layer, const at::Tensor& normed, const KeysAndValues& fresh) const;
    void feedForward(at::Tensor& hidden, size_t layer) const;

    const ServingModel& m_model;
    KvSlots& m_cache;
    const RotaryTable& m_rotary;
    std::vector<std::array<Linear, kProjections>> m_layers;
};

} // namespace cw
