// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A model as it serves: its weights in the form in which decoding reads them, and an adapter beside or folded into them.
// Immutable; any thread.
#pragma once

#include "training/kernels/weight_rows.h"
#include "training/model/transformer.h"

#include <array>
#include <optional>
#include <vector>

namespace cw {

enum class ServingForm {
    AsLoaded, // f32 or bf16, as the transformer is; an adapter stays beside the weights
    Folded,   // as loaded, an adapter folded into f32 weights; beside bf16 ones it stays: folding would round its small changes away
    // The layers' projections rounded to four bits (see kernels::toInt4); embedding, head, norms and an adapter as loaded. On a
    // GPU the rounded weights are written out once in the model's dtype: answers are those of the CPU, memory isn't less.
    Int4
};

class ServingModel {
public:
    // Rounded rows of one projection.
    struct Packed {
        at::Tensor bytes;  // uint8 [out, in / 2]
        at::Tensor scales; // bf16 [out, in / kInt4Group]
    };

    // `adapter` null: the base alone. Both are shared, not copied, and the adapter must outlive the model. A projection whose
    // inputs are no multiple of kInt4Group stays as loaded.
    ServingModel(const Transformer& transformer, const Adapter* adapter, ServingForm form);

    const ModelConfig& config() const { return m_transformer.config(); }
    at::ScalarType dtype() const { return m_transformer.dtype(); } // of what isn't rounded, and of keys and values
    at::Device device() const { return m_transformer.device(); }
    const Transformer& transformer() const { return m_transformer; }
    const Adapter* adapter() const { return m_adapter; } // null: none, or folded

    // [out, in] in dtype(); of a packed projection made anew at each call.
    at::Tensor dense(size_t layer, Projection projection) const;
    // Null: not rounded, or written out.
    const Packed* packed(size_t layer, Projection projection) const;

private:
    Transformer m_transformer;
    const Adapter* m_adapter;
    std::vector<std::array<std::optional<Packed>, kProjections>> m_packed; // by layer; empty: none are
    std::vector<std::array<at::Tensor, kProjections>> m_writtenOut;        // by layer; empty: none are
};

} // namespace cw
