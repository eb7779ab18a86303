// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One decoder layer of a training pass: forward, and backward through its low-rank updates. Weights are frozen, so no
// gradient of theirs is computed. One thread.
#pragma once

#include "training/engine/layer_tape.h"
#include "training/engine/lora_group.h"
#include "training/model/transformer.h"

namespace cw {

// What all layers of a pass share.
struct PassShape {
    Packing packing;
    at::Tensor cosine, sine;          // f32 [N, headWidth / 2]
};

class DecoderLayer {
public:
    // `rows` int64 [M], ascending: the only places whose output anyone needs; undefined: all. In the last layer these are
    // the labelled places, so that its MLP and output projection run on them alone. The references must outlive the layer.
    DecoderLayer(const Transformer& model, const Adapter* adapter, size_t index, const PassShape& shape,
                 const PassSettings& settings, at::Tensor rows = {});

    // hidden [N, hidden] -> [M, hidden]. Fills the tape with what the settings' checkpointing keeps.
    at::Tensor forward(const at::Tensor& hidden, LayerTape& tape) const;

    // grad [M, hidden] by what forward() gave; written over. Adds the gradients of the adapter and gives the derivative by
    // forward()'s input, [N, hidden]; undefined where `wantsInput` is false. Empties the tape.
    at::Tensor backward(at::Tensor grad, LayerTape& tape, bool wantsInput) const;

private:
    // The stages of the forward pass. Each computes what the tape lacks.
    void normInput(LayerTape& tape) const;
    void project(LayerTape& tape) const;
    void attend(LayerTape& tape) const;
    void mix(LayerTape& tape) const;
    void normMiddle(LayerTape& tape) const;
    void expand(LayerTape& tape) const;
    void activate(LayerTape& tape) const;
    void runAll(LayerTape& tape) const;
    void forget(LayerTape& tape) const;

    void mlpBackward(at::Tensor& grad, LayerTape& tape) const;
    at::Tensor attentionBackward(at::Tensor grad, LayerTape& tape, bool wantsInput) const;
    AttentionGradient projectionGradients(const at::Tensor& byAttended, LayerTape& tape) const;

    const at::Tensor& weight(Projection projection) const;
    at::Tensor plain(const at::Tensor& x, Projection projection) const;
    at::Tensor ofRows(const at::Tensor& x) const;
    at::Tensor toAll(const at::Tensor& x, std::int64_t count) const;
    PackedHeads heads() const;

    const Transformer::Layer& m_weights;
    const ModelConfig& m_config;
    const PassShape& m_shape;
    Checkpointing m_checkpointing;
    at::Tensor m_rows;
    LoraGroup m_input, m_output, m_middle, m_down;
};

} // namespace cw
