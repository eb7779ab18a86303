// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// LoRA adapters (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021) on the seven projections of a
// layer: y = W x + scale * B (A dropout(x)), W frozen. Tensors are shared by copies; one thread writes them.
#pragma once

#include "core/base/rng.h"
#include "training/model/model_config.h"

#include <ATen/core/Tensor.h>

#include <array>

namespace cw {

// A layer's matrices, in the order in which a layer uses them.
enum class Projection { Query, Key, Value, Output, Gate, Up, Down };
inline constexpr size_t kProjections = 7;

// The path of a projection's weight within its layer: "self_attn.q_proj", "mlp.down_proj", ...
std::string_view moduleName(Projection projection);

struct MatrixSize {
    std::int64_t out = 0;
    std::int64_t in = 0;
};
MatrixSize sizeOf(Projection projection, const ModelConfig& config);

struct LoraPair {
    at::Tensor a; // f32 [rank, in]
    at::Tensor b; // f32 [out, rank]
    bool isPresent() const { return a.defined(); }
};

struct LoraSettings {
    std::int64_t rank = 64;
    double alpha = 128;
    double dropout = 0.05;       // of the input of A, while training
    bool rankStabilised = false; // rsLoRA: scale by alpha / sqrt(rank)

    double scale() const;
    friend bool operator==(const LoraSettings&, const LoraSettings&) = default;
};

struct Adapter {
    LoraSettings settings;
    std::vector<std::array<LoraPair, kProjections>> layers;

    const LoraPair& pair(size_t layer, Projection projection) const {
        return layers[layer][static_cast<size_t>(projection)];
    }
    // Every A and B in layer order: what an optimiser trains.
    std::vector<at::Tensor> parameters() const;
    std::int64_t parameterCount() const;
};

// A fresh adapter on all seven projections: A uniform in +-1/sqrt(in), which is PyTorch's Kaiming-uniform for a linear
// layer; B zero, so that the model starts unchanged. The tensors require gradients.
Adapter makeAdapter(const ModelConfig& config, const LoraSettings& settings, std::uint64_t seed,
                    at::Device device = at::kCPU);

// The same adapter with tensors of its own.
Adapter cloneAdapter(const Adapter& adapter);

void setTrainable(Adapter& adapter, bool trainable);

// weight [out, in] and x [..., in] in the model's dtype -> [..., out]. `pair` may be null or absent. A and B are cast
// for the product, so their gradients come out in f32.
at::Tensor project(const at::Tensor& x, const at::Tensor& weight, const LoraPair* pair, double scale, double dropout);

// W + scale * B A, computed in f32 and rounded once to W's dtype.
at::Tensor mergedWeight(const at::Tensor& weight, const LoraPair& pair, double scale);

} // namespace cw
