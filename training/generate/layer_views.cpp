// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/layer_views.h"

namespace cw {

using kernels::WeightForm;
using kernels::WeightView;

ModelView::ModelView(const ServingModel& model) {
    const Transformer& transformer = model.transformer();
    for (size_t i = 0; i < transformer.layers().size(); ++i) {
        const Transformer::Layer& weights = transformer.layers()[i];
        LayerView& layer = m_layers.emplace_back();
        for (size_t p = 0; p < kProjections; ++p)
            layer.projections[p] = linearOf(model, i, static_cast<Projection>(p));
        layer.attentionNorm = asFloat(weights.attentionNorm);
        layer.mlpNorm = asFloat(weights.mlpNorm);
        layer.queryNorm = asFloat(weights.queryNorm);
        layer.keyNorm = asFloat(weights.keyNorm);
    }
    m_finalNorm = asFloat(transformer.finalNorm());
    m_head = viewOf(transformer.head());
}

const float* ModelView::asFloat(const at::Tensor& tensor) {
    if (!tensor.defined())
        return nullptr;
    m_kept.push_back(tensor.to(at::kFloat).contiguous());
    return m_kept.back().const_data_ptr<float>();
}

WeightView ModelView::viewOf(const at::Tensor& weight) {
    m_kept.push_back(weight.contiguous()); // the same tensor where it is that already
    const at::Tensor& rows = m_kept.back();
    return {rows.scalar_type() == at::kFloat ? WeightForm::F32 : WeightForm::BF16, rows.const_data_ptr(), nullptr, rows.size(0),
            rows.size(1)};
}

LinearView ModelView::linearOf(const ServingModel& model, size_t layer, Projection projection) {
    const Transformer::Layer& weights = model.transformer().layers()[layer];
    LinearView linear;
    if (const ServingModel::Packed* packed = model.packed(layer, projection))
        linear.weight = {WeightForm::Int4, packed->bytes.const_data_ptr(), packed->scales.const_data_ptr<c10::BFloat16>(),
                         packed->bytes.size(0), 2 * packed->bytes.size(1)};
    else
        linear.weight = viewOf(weights.weights[static_cast<size_t>(projection)]);
    linear.bias = asFloat(weights.biases[static_cast<size_t>(projection)]);
    if (!model.adapter() || !model.adapter()->pair(layer, projection).isPresent())
        return linear;
    const LoraPair& pair = model.adapter()->pair(layer, projection);
    linear.a = viewOf(pair.a);
    linear.b = viewOf(pair.b);
    linear.scale = static_cast<float>(pair.scale);
    return linear;
}

} // namespace cw
