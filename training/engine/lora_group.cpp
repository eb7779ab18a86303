// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/engine/lora_group.h"

#include <ATen/ops/addmm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros_like.h>

namespace cw {

namespace {

at::Tensor columns(const LoraMember& member, const at::Tensor& x) {
    return x.narrow(1, member.at, member.pair->rank());
}

const at::Tensor& gradOf(const std::vector<ProjectionGradient>& grads, Projection projection) {
    for (const ProjectionGradient& grad : grads)
        if (grad.projection == projection)
            return grad.grad;
    TORCH_INTERNAL_ASSERT(false, "a projection of the group has no gradient");
}

// parameter.grad += part, in f32.
void accumulate(const at::Tensor& parameter, const at::Tensor& part) {
    at::Tensor& grad = parameter.mutable_grad();
    if (!grad.defined())
        grad = at::zeros_like(parameter);
    grad.add_(part);
}

} // namespace

LoraGroup loraGroup(const Adapter* adapter, size_t layer, std::initializer_list<Projection> projections,
                    at::ScalarType dtype, const DropoutMask& mask) {
    LoraGroup group;
    group.mask = mask;
    if (!adapter)
        return group;
    std::vector<at::Tensor> stacked;
    std::int64_t at = 0;
    for (const Projection projection : projections) {
        const LoraPair& pair = adapter->pair(layer, projection);
        if (!pair.isPresent())
            continue;
        group.members.push_back({projection, &pair, pair.b.to(dtype), at});
        stacked.push_back(pair.a.to(dtype));
        at += pair.rank();
    }
    if (!stacked.empty())
        group.a = stacked.size() == 1 ? stacked.front() : at::cat(stacked);
    return group;
}

at::Tensor loraDown(const LoraGroup& group, const at::Tensor& x) {
    if (group.isEmpty())
        return {};
    at::Tensor down = at::linear(dropped(x, group.mask), group.a);
    for (const LoraMember& member : group.members)
        columns(member, down).mul_(member.pair->scale);
    return down;
}

void addLoraUp(const LoraGroup& group, Projection projection, const at::Tensor& down, at::Tensor& out) {
    for (const LoraMember& member : group.members)
        if (member.projection == projection)
            out.addmm_(columns(member, down), member.b.t());
}

void loraBackward(const LoraGroup& group, const std::vector<ProjectionGradient>& grads, const at::Tensor& x,
                  const at::Tensor& down, at::Tensor* into) {
    if (group.isEmpty())
        return;
    at::Tensor byDown = at::empty(down.sizes(), down.options());
    for (const LoraMember& member : group.members) {
        const at::Tensor& grad = gradOf(grads, member.projection);
        accumulate(member.pair->b, at::mm(grad.t(), columns(member, down)));
        columns(member, byDown).copy_(at::mm(grad, member.b)).mul_(member.pair->scale);
    }
    const at::Tensor byA = at::mm(byDown.t(), dropped(x, group.mask));
    for (const LoraMember& member : group.members)
        accumulate(member.pair->a, byA.narrow(0, member.at, member.pair->rank()));
    if (into)
        addDropped(*into, at::mm(byDown, group.a), group.mask);
}

} // namespace cw
