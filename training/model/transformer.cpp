// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/transformer.h"

#include "training/model/weight_files.h"

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

Result<Transformer> Transformer::load(const std::filesystem::path& folder, at::ScalarType dtype, at::Device device) {
    Transformer model;
    CW_TRY_ASSIGN(config, readModelConfig(folder));
    CW_TRY_ASSIGN(files, WeightFiles::open(folder));
    model.m_config = config;
    const auto read = [&](at::Tensor& into, const std::string& name, const std::vector<std::int64_t>& shape) -> Status {
        CW_TRY_ASSIGN(tensor, files.tensor(name, shape));
        into = tensor.to(device, dtype);
        return {};
    };
    CW_TRY(read(model.m_embedding, "model.embed_tokens.weight", {config.vocabulary, config.hidden}));
    CW_TRY(read(model.m_finalNorm, "model.norm.weight", {config.hidden}));
    model.m_head = model.m_embedding;
    if (!config.tiedHead)
        CW_TRY(read(model.m_head, "lm_head.weight", {config.vocabulary, config.hidden}));
    model.m_layers.resize(static_cast<size_t>(config.layers));
    for (size_t i = 0; i < model.m_layers.size(); ++i) {
        Layer& layer = model.m_layers[i];
        const std::string prefix = "model.layers." + std::to_string(i) + ".";
        CW_TRY(read(layer.attentionNorm, prefix + "input_layernorm.weight", {config.hidden}));
        CW_TRY(read(layer.mlpNorm, prefix + "post_attention_layernorm.weight", {config.hidden}));
        for (size_t p = 0; p < kProjections; ++p) {
            const auto projection = static_cast<Projection>(p);
            const MatrixSize size = sizeOf(projection, config);
            CW_TRY(
                read(layer.weights[p], prefix + std::string(moduleName(projection)) + ".weight", {size.out, size.in}));
        }
    }
    return model;
}

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
    const auto heads = [&](Projection projection, std::int64_t count) { // [B, count, T, headWidth]
        return project(pass, layer, projection, x).view({batch, length, count, m_config.headWidth}).transpose(1, 2);
    };
    const at::Tensor queries = rotate(heads(Projection::Query, m_config.heads), pass.angles);
    at::Tensor keys = rotate(heads(Projection::Key, m_config.kvHeads), pass.angles);
    at::Tensor values = heads(Projection::Value, m_config.kvHeads);
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
    const at::Tensor& weight = m_layers[layer].weights[static_cast<size_t>(projection)];
    return cw::project(x, weight, pair);
}

at::Tensor Transformer::norm(const at::Tensor& x, const at::Tensor& weight) const {
    return at::rms_norm(x, {m_config.hidden}, weight, m_config.normEpsilon);
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
