// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/transformer.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/rms_norm.h>
#include <ATen/ops/silu.h>

namespace cw {

struct Transformer::Pass {
    const ForwardInput& input;
    RotaryAngles angles;
};

at::Tensor Transformer::forward(const ForwardInput& input) const {
    at::Tensor positions = input.positions;
    if (!positions.defined())
        positions = at::arange(input.tokens.size(1), input.tokens.options());
    const Pass pass{input, rotaryAngles(positions, m_config)};
    at::Tensor hidden = at::embedding(m_embedding, input.tokens);
    for (size_t i = 0; i < m_layers.size(); ++i) {
        hidden = hidden + attention(pass, i, norm(hidden, m_layers[i].attentionNorm));
        hidden = hidden + mlp(pass, i, norm(hidden, m_layers[i].mlpNorm));
    }
    return norm(hidden, m_finalNorm);
}

at::Tensor Transformer::logits(const at::Tensor& hidden) const {
    return at::linear(hidden, m_head);
}

at::Tensor Transformer::attention(const Pass& pass, size_t layer, const at::Tensor& x) const {
    const std::int64_t batch = x.size(0);
    const std::int64_t length = x.size(1);
    const auto heads = [&](Projection projection, std::int64_t count, const at::Tensor& headNorm) {
        const at::Tensor split = project(pass, layer, projection, x).view({batch, length, count, m_config.headWidth});
        return (headNorm.defined() ? norm(split, headNorm) : split).transpose(1, 2); // [B, count, T, headWidth]
    };
    const Layer& weights = m_layers[layer];
    const at::Tensor queries = rotate(heads(Projection::Query, m_config.heads, weights.queryNorm), pass.angles);
    at::Tensor keys = rotate(heads(Projection::Key, m_config.kvHeads, weights.keyNorm), pass.angles);
    at::Tensor values = heads(Projection::Value, m_config.kvHeads, {});
    if (pass.input.cache)
        std::tie(keys, values) = pass.input.cache->append(layer, keys, values);
    const at::Tensor mixed = attend(queries, keys, values, pass.input.mask, m_config.slidingWindow);
    return project(pass, layer, Projection::Output, mixed.transpose(1, 2).reshape({batch, length, -1}));
}

// SwiGLU: Shazeer, "GLU Variants Improve Transformer", 2020.
at::Tensor Transformer::mlp(const Pass& pass, size_t layer, const at::Tensor& x) const {
    const at::Tensor gate = at::silu(project(pass, layer, Projection::Gate, x));
    return project(pass, layer, Projection::Down, gate * project(pass, layer, Projection::Up, x));
}

at::Tensor Transformer::project(const Pass& pass, size_t layer, Projection projection, const at::Tensor& x) const {
    const Adapter* adapter = pass.input.adapter;
    const LoraPair* pair = adapter ? &adapter->pair(layer, projection) : nullptr;
    const at::Tensor& bias = m_layers[layer].biases[static_cast<size_t>(projection)];
    const at::Tensor projected = cw::project(x, m_layers[layer].weights[static_cast<size_t>(projection)], pair);
    return bias.defined() ? projected + bias : projected;
}

at::Tensor Transformer::norm(const at::Tensor& x, const at::Tensor& weight) const {
    return at::rms_norm(x, weight.sizes(), weight, m_config.normEpsilon);
}

Transformer Transformer::merged(const Adapter& adapter) const {
    Transformer model = *this;
    for (size_t i = 0; i < m_layers.size(); ++i)
        for (size_t p = 0; p < kProjections; ++p)
            if (const LoraPair& pair = adapter.layers[i][p]; pair.isPresent())
                model.m_layers[i].weights[p] = mergedWeight(m_layers[i].weights[p], pair);
    return model;
}

} // namespace cw
