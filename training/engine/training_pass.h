// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One forward and backward pass of training over packed examples, written out instead of recorded by autograd: what is
// saved for the backward pass is chosen here, tensor by tensor, and the memory plan counts the same list. Gradients are
// added to the adapter's tensors (at::Tensor::grad). One thread.
#pragma once

#include "training/data/batch.h"
#include "training/engine/decoder_layer.h"

namespace cw {

class TrainingPass {
public:
    // The adapter must fit the model. The references must outlive the pass. Needs a no-grad mode in force.
    TrainingPass(const Transformer& model, const Adapter& adapter, const PassSettings& settings)
        : m_model(model), m_adapter(adapter), m_settings(settings) {}

    // The last hidden states, after the final norm, of the batch's labelled places alone: [R, hidden] in the model's
    // dtype. Keeps what backward() needs.
    at::Tensor forward(const Batch& batch);

    // gradHidden [R, hidden], of the loss by what forward() gave. Once for each forward(); frees what was kept.
    void backward(const at::Tensor& gradHidden);

private:
    DecoderLayer layer(size_t index) const;

    const Transformer& m_model;
    const Adapter& m_adapter;
    PassSettings m_settings;
    PassShape m_shape;
    at::Tensor m_rows;
    at::Tensor m_last;        // [R, hidden], before the final norm
    at::Tensor m_inverseRoot; // of the final norm
    std::vector<LayerTape> m_tapes;
};

// The same hidden states without a tape, gradients or dropout; `adapter` null: the base alone.
at::Tensor labelledHidden(const Transformer& model, const Adapter* adapter, const Batch& batch);

} // namespace cw
