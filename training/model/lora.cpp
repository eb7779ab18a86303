// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/lora.h"

#include <ATen/ops/add.h>
#include <ATen/ops/dropout.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros.h>

#include <cmath>

namespace cw {

std::string_view moduleName(Projection projection) {
    static constexpr std::array<std::string_view, kProjections> kNames = {
        "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
        "mlp.gate_proj",    "mlp.up_proj",      "mlp.down_proj"};
    return kNames[static_cast<size_t>(projection)];
}

MatrixSize sizeOf(Projection projection, const ModelConfig& config) {
    const std::int64_t query = config.heads * config.headWidth;
    const std::int64_t keyValue = config.kvHeads * config.headWidth;
    switch (projection) {
    case Projection::Query:
        return {query, config.hidden};
    case Projection::Key:
    case Projection::Value:
        return {keyValue, config.hidden};
    case Projection::Output:
        return {config.hidden, query};
    case Projection::Gate:
    case Projection::Up:
        return {config.intermediate, config.hidden};
    case Projection::Down:
        break;
    }
    return {config.hidden, config.intermediate};
}

double LoraSettings::scale() const {
    return alpha / (rankStabilised ? std::sqrt(static_cast<double>(rank)) : static_cast<double>(rank));
}

std::vector<at::Tensor> Adapter::parameters() const {
    std::vector<at::Tensor> tensors;
    for (const auto& layer : layers)
        for (const LoraPair& pair : layer)
            if (pair.isPresent())
                tensors.insert(tensors.end(), {pair.a, pair.b});
    return tensors;
}

std::int64_t Adapter::parameterCount() const {
    std::int64_t count = 0;
    for (const at::Tensor& tensor : parameters())
        count += tensor.numel();
    return count;
}

namespace {

// Drawn by our own source, so that a seed gives the same adapter with any version of LibTorch and on any device.
at::Tensor uniform(std::int64_t rows, std::int64_t columns, double bound, Rng& rng) {
    at::Tensor tensor = at::empty({rows, columns}, at::kFloat);
    float* values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        values[i] = static_cast<float>((2 * rng.uniform() - 1) * bound);
    return tensor;
}

} // namespace

Adapter makeAdapter(const ModelConfig& config, const LoraSettings& settings, std::uint64_t seed, at::Device device) {
    Rng rng(seed, "lora");
    Adapter adapter{settings, {}};
    adapter.layers.resize(static_cast<size_t>(config.layers));
    for (auto& layer : adapter.layers)
        for (size_t p = 0; p < kProjections; ++p) {
            const MatrixSize size = sizeOf(static_cast<Projection>(p), config);
            layer[p].a = uniform(settings.rank, size.in, 1 / std::sqrt(static_cast<double>(size.in)), rng).to(device);
            layer[p].b = at::zeros({size.out, settings.rank}, at::TensorOptions(device).dtype(at::kFloat));
        }
    setTrainable(adapter, true);
    return adapter;
}

Adapter cloneAdapter(const Adapter& adapter) {
    Adapter copy = adapter;
    for (auto& layer : copy.layers)
        for (LoraPair& pair : layer)
            if (pair.isPresent())
                pair = {pair.a.detach().clone(), pair.b.detach().clone()};
    return copy;
}

void setTrainable(Adapter& adapter, bool trainable) {
    for (at::Tensor& tensor : adapter.parameters())
        tensor.set_requires_grad(trainable);
}

at::Tensor project(const at::Tensor& x, const at::Tensor& weight, const LoraPair* pair, double scale, double dropout) {
    at::Tensor out = at::linear(x, weight);
    if (!pair || !pair->isPresent())
        return out;
    const at::Tensor input = dropout > 0 ? at::dropout(x, dropout, /*train=*/true) : x;
    const at::Tensor down = at::linear(input, pair->a.to(x.scalar_type()));
    return at::add(out, at::linear(down, pair->b.to(x.scalar_type())), scale);
}

at::Tensor mergedWeight(const at::Tensor& weight, const LoraPair& pair, double scale) {
    const at::Tensor delta = at::matmul(pair.b.detach(), pair.a.detach());
    return at::add(weight.to(at::kFloat), delta, scale).to(weight.scalar_type());
}

} // namespace cw
