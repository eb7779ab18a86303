// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A whole forward pass out of plain operators, without a cache and without fused steps: what the program's own passes are
// measured against.
#pragma once

#include "training/model/attention.h"
#include "training/model/transformer.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/rms_norm.h>
#include <ATen/ops/silu.h>

namespace cw::test {

// x [B, heads, T, headWidth]: each head's pair (i, i + headWidth / 2) by its position's angle, in f32.
inline at::Tensor turned(const at::Tensor& x, const RotaryAngles& angles) {
    const std::int64_t half = x.size(-1) / 2;
    const at::Tensor first = x.narrow(-1, 0, half).to(at::kFloat), second = x.narrow(-1, half, half).to(at::kFloat);
    return at::cat({first * angles.cosine - second * angles.sine, second * angles.cosine + first * angles.sine}, -1)
        .to(x.scalar_type());
}

class ReferencePass {
public:
    ReferencePass(const Transformer& model, const Adapter* adapter, std::int64_t length)
        : m_model(model), m_config(model.config()), m_adapter(adapter), m_angles(rotaryAngles(at::arange(length, at::kLong), model.config())) {}

    at::Tensor run(const at::Tensor& tokens) const {
        at::Tensor hidden = at::embedding(m_model.embedding(), tokens);
        for (size_t layer = 0; layer < m_model.layers().size(); ++layer) {
            hidden = hidden + attention(layer, norm(hidden, m_model.layers()[layer].attentionNorm));
            const at::Tensor x = norm(hidden, m_model.layers()[layer].mlpNorm);
            // SwiGLU: Shazeer, "GLU Variants Improve Transformer", 2020.
            hidden = hidden + projected(layer, Projection::Down,
                                        at::silu(projected(layer, Projection::Gate, x)) * projected(layer, Projection::Up, x));
        }
        return norm(hidden, m_model.finalNorm());
    }

private:
    at::Tensor attention(size_t layer, const at::Tensor& x) const {
        const std::int64_t batch = x.size(0), length = x.size(1);
        const auto heads = [&](Projection projection, std::int64_t count, const at::Tensor& headNorm) {
            const at::Tensor split = projected(layer, projection, x).view({batch, length, count, m_config.headWidth});
            return (headNorm.defined() ? norm(split, headNorm) : split).transpose(1, 2); // [B, count, T, headWidth]
        };
        const Transformer::Layer& weights = m_model.layers()[layer];
        const at::Tensor queries = turned(heads(Projection::Query, m_config.heads, weights.queryNorm), m_angles);
        const at::Tensor keys = turned(heads(Projection::Key, m_config.kvHeads, weights.keyNorm), m_angles);
        const at::Tensor values = heads(Projection::Value, m_config.kvHeads, {});
        const at::Tensor mixed = attend(queries, keys, values, {}, m_config.slidingWindow);
        return projected(layer, Projection::Output, mixed.transpose(1, 2).reshape({batch, length, -1}));
    }

    at::Tensor projected(size_t layer, Projection projection, const at::Tensor& x) const {
        const Transformer::Layer& weights = m_model.layers()[layer];
        const at::Tensor& bias = weights.biases[static_cast<size_t>(projection)];
        const at::Tensor y = project(x, weights.weights[static_cast<size_t>(projection)],
                                     m_adapter ? &m_adapter->pair(layer, projection) : nullptr);
        return bias.defined() ? y + bias : y;
    }

    at::Tensor norm(const at::Tensor& x, const at::Tensor& weight) const {
        return at::rms_norm(x, weight.sizes(), weight, m_config.normEpsilon);
    }

    const Transformer& m_model;
    const ModelConfig& m_config;
    const Adapter* m_adapter;
    RotaryAngles m_angles;
};

// tokens int64 [B, T] -> the hidden states after the final norm, [B, T, hidden]. Differentiable by the adapter. `adapter`
// null: the base alone.
inline at::Tensor referencePass(const Transformer& model, const at::Tensor& tokens, const Adapter* adapter = nullptr) {
    return ReferencePass(model, adapter, tokens.size(1)).run(tokens);
}

} // namespace cw::test
