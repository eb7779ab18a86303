// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/engine/training_pass.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/zeros_like.h>

namespace cw {

namespace {

PassShape shapeOf(const Transformer& model, const Batch& batch) {
    const ModelConfig& config = model.config();
    const RotaryAngles angles = rotaryAngles(batch.positions, config);
    const std::int64_t count = batch.tokenCount();
    return {Packing(batch.starts, model.device()), angles.cosine.view({count, -1}), angles.sine.view({count, -1})};
}

} // namespace

at::Tensor TrainingPass::forward(const Batch& batch) {
    m_shape = shapeOf(m_model, batch);
    m_rows = batch.rows;
    m_tapes = std::vector<LayerTape>(m_model.layers().size());
    at::Tensor hidden = at::embedding(m_model.embedding(), batch.tokens);
    for (size_t i = 0; i < m_tapes.size(); ++i)
        hidden = layer(i).forward(hidden, m_tapes[i]);
    m_last = hidden;
    Normed normed = rmsNorm(m_last, m_model.finalNorm(), m_model.config().normEpsilon);
    m_inverseRoot = normed.inverseRoot;
    return normed.out;
}

void TrainingPass::backward(const at::Tensor& gradHidden) {
    at::Tensor grad = at::zeros_like(m_last);
    addRmsNormGradient(gradHidden, m_last, m_model.finalNorm(), m_inverseRoot, grad);
    m_last.reset();
    m_inverseRoot.reset();
    // The embedding is frozen, so the first layer's derivative by its input is not wanted.
    for (size_t i = m_tapes.size(); i-- > 0;)
        grad = layer(i).backward(std::move(grad), m_tapes[i], /*wantsInput=*/i > 0);
    m_tapes.clear();
}

DecoderLayer TrainingPass::layer(size_t index) const {
    const bool isLast = index + 1 == m_model.layers().size();
    return {m_model, &m_adapter, index, m_shape, m_settings, isLast ? m_rows : at::Tensor()};
}

at::Tensor labelledHidden(const Transformer& model, const Adapter* adapter, const Batch& batch) {
    const at::NoGradGuard noGradients;
    const PassShape shape = shapeOf(model, batch);
    at::Tensor hidden = at::embedding(model.embedding(), batch.tokens);
    const size_t layers = model.layers().size();
    for (size_t i = 0; i < layers; ++i) {
        LayerTape tape;
        const at::Tensor rows = i + 1 == layers ? batch.rows : at::Tensor();
        hidden = DecoderLayer(model, adapter, i, shape, {.checkpointing = Checkpointing::Full}, rows)
                     .forward(hidden, tape);
    }
    return rmsNorm(hidden, model.finalNorm(), model.config().normEpsilon).out;
}

} // namespace cw
