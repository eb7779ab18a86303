// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The low-rank updates of projections that read the same input (q, k, v; o; gate, up; down): one dropped copy of the input
// and one product with all their A's stacked serve the whole group. The projections of a group therefore share a dropout
// mask; each alone sees what it would with a mask of its own. Shapes: N tokens, R the group's ranks together. One thread.
#pragma once

#include "training/kernels/fused_ops.h"
#include "training/model/lora.h"

#include <initializer_list>
#include <vector>

namespace cw {

struct LoraMember {
    Projection projection = Projection::Query;
    const LoraPair* pair = nullptr; // where the gradients go
    at::Tensor b;                   // [out, rank] in the model's dtype
    std::int64_t at = 0;            // its first column within the group
};

struct LoraGroup {
    std::vector<LoraMember> members; // those that the adapter has; none: no update at all
    at::Tensor a;                    // [R, in] in the model's dtype
    DropoutMask mask;

    bool isEmpty() const { return members.empty(); }
};

// `adapter` null: an empty group. `dtype` of the arithmetic; tensors of that dtype are shared, not copied.
LoraGroup loraGroup(const Adapter* adapter, size_t layer, std::initializer_list<Projection> projections,
                    at::ScalarType dtype, const DropoutMask& mask);

// scale * A dropout(x), the members' parts side by side: [N, R]. x [N, in].
at::Tensor loraDown(const LoraGroup& group, const at::Tensor& x);

// Adds B (scale * A dropout(x)) to out [N, out], if the projection has an update.
void addLoraUp(const LoraGroup& group, Projection projection, const at::Tensor& down, at::Tensor& out);

// Derivatives by the outputs of a group's projections, [N, out] each.
struct ProjectionGradient {
    Projection projection = Projection::Query;
    at::Tensor grad;
};

// Adds the gradients of A and B to the adapter's tensors, and the derivative by x to `into` [N, in] unless that is null.
// x and `down` are those of the forward pass.
void loraBackward(const LoraGroup& group, const std::vector<ProjectionGradient>& grads, const at::Tensor& x,
                  const at::Tensor& down, at::Tensor* into);

} // namespace cw
