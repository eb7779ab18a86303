// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Models with the same random weights in several dtypes and on several devices. For architectures without biases and head norms.
#pragma once

#include "training/model/transformer.h"

namespace cw::test {

inline std::vector<at::Tensor> tensorsOf(const Transformer& model) {
    std::vector<at::Tensor> all = {model.embedding(), model.finalNorm(), model.head()};
    for (const Transformer::Layer& layer : model.layers()) {
        all.insert(all.end(), {layer.attentionNorm, layer.mlpNorm});
        all.insert(all.end(), layer.weights.begin(), layer.weights.end());
    }
    return all;
}

inline void copyWeights(const Transformer& model, const Transformer& into) {
    const std::vector<at::Tensor> from = tensorsOf(model), to = tensorsOf(into);
    for (size_t i = 0; i < from.size(); ++i)
        at::Tensor(to[i]).copy_(from[i]);
}

} // namespace cw::test
