// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One forward and backward pass of training over packed examples, written out instead of recorded by autograd: what is
// saved for the backward pass is chosen here, tensor by tensor, and the memory plan counts the same list. Gradients are
// added to the adapter's tensors (at::Tensor::grad). One thread; the pass outlives nothing that it refers to.
#pragma once

#include "training/data/batch.h"
#include "training/engine/layer_tape.h"
#include "training/model/transformer.h"

namespace cw {

class TrainingPass {
public:
    // The adapter's projections must have the model's shape. The references must outlive the pass.
    TrainingPass(const Transformer& model, const Adapter& adapter, const PassSettings& settings);

    // The last hidden states, after the final norm, of the batch's labelled places alone: [R, hidden] in the model's
    // dtype. Keeps what backward() needs.
    at::Tensor forward(const Batch& batch);

    // gradHidden [R, hidden], of the loss by what forward() gave. Once for each forward(); frees what was kept.
    void backward(const at::Tensor& gradHidden);

private:
    LayerInput inputOf(size_t layer) const;

    const Transformer& m_model;
    const Adapter& m_adapter;
    PassSettings m_settings;
    PackedShape m_shape;
    at::Tensor m_rows;
    at::Tensor m_last;    // [R, hidden], before the final norm
    std::vector<LayerTape> m_tapes;
    std::vector<LoraCompute> m_lora; // by layer, in the model's dtype
};

// The same hidden states without a tape, gradients or dropout; `adapter` null: the base alone.
at::Tensor labelledHidden(const Transformer& model, const Adapter* adapter, const Batch& batch);

} // namespace cw
