// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/transformer.h"

#include <ATen/ops/linear.h>

namespace cw {

at::Tensor Transformer::logits(const at::Tensor& hidden) const {
    return at::linear(hidden, m_head);
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
