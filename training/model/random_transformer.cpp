// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/transformer.h"

#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>

namespace cw {

Transformer Transformer::random(const ModelConfig& config, at::ScalarType dtype, at::Device device) {
    const auto options = at::TensorOptions(device).dtype(dtype);
    const auto matrix = [&](std::int64_t out, std::int64_t in) { return at::randn({out, in}, options).mul_(0.02); };
    Transformer model;
    model.m_config = config;
    model.m_embedding = matrix(config.vocabulary, config.hidden);
    model.m_finalNorm = at::ones({config.hidden}, options);
    model.m_head = config.tiedHead ? model.m_embedding : matrix(config.vocabulary, config.hidden);
    model.m_layers.resize(static_cast<size_t>(config.layers));
    for (Layer& layer : model.m_layers) {
        layer.attentionNorm = at::ones({config.hidden}, options);
        layer.mlpNorm = at::ones({config.hidden}, options);
        for (size_t p = 0; p < kProjections; ++p) {
            const MatrixSize size = sizeOf(static_cast<Projection>(p), config);
            layer.weights[p] = matrix(size.out, size.in);
            if (p <= static_cast<size_t>(Projection::Value) ? config.attentionBias
                                                            : p == static_cast<size_t>(Projection::Output) && config.outputBias)
                layer.biases[p] = matrix(1, size.out).view({size.out});
        }
        if (config.headNorms)
            layer.queryNorm = layer.keyNorm = at::ones({config.headWidth}, options);
    }
    return model;
}

} // namespace cw
