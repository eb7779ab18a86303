// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A layer's weights as the CPU's kernels read them. Immutable; any thread.
#pragma once

#include "training/generate/serving_model.h"
#include "training/kernels/weight_rows.h"

#include <vector>

namespace cw {

// y = W x + bias + scale * B (A x).
struct LinearView {
    kernels::WeightView weight;
    const float* bias = nullptr;        // [out]; null: none
    kernels::WeightView a, b;           // of the adapter, f32; a.out is the rank, 0: no adapter
    float scale = 0;

    std::int64_t out() const { return weight.out; }
    std::int64_t rank() const { return a.out; }
};

struct LayerView {
    std::array<LinearView, kProjections> projections;
    const float* attentionNorm = nullptr; // [hidden]
    const float* mlpNorm = nullptr;       // [hidden]
    const float* queryNorm = nullptr;     // [headWidth]; null: none
    const float* keyNorm = nullptr;       // [headWidth]; null: none

    const LinearView& linear(Projection projection) const { return projections[static_cast<size_t>(projection)]; }
};

// A whole model. It keeps the small tensors that it had to turn into f32; the model must outlive it.
class ModelView {
public:
    explicit ModelView(const ServingModel& model);

    const std::vector<LayerView>& layers() const { return m_layers; }
    const float* finalNorm() const { return m_finalNorm; }
    const kernels::WeightView& head() const { return m_head; }

private:
    const float* asFloat(const at::Tensor& tensor); // null for an undefined one
    kernels::WeightView viewOf(const at::Tensor& weight);
    LinearView linearOf(const ServingModel& model, size_t layer, Projection projection);

    std::vector<at::Tensor> m_kept;
    std::vector<LayerView> m_layers;
    const float* m_finalNorm = nullptr;
    kernels::WeightView m_head;
};

} // namespace cw
