// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// LoRA adapters (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021) on the seven projections of a
// layer: y = W x + scale * B (A dropout(x)), W frozen. Tensors are shared by copies; one thread writes them.
#pragma once

#include "core/base/result.h"
#include "core/base/rng.h"
#include "training/model/model_config.h"

#include <ATen/core/Tensor.h>

#include <array>
#include <map>
#include <optional>
#include <string>

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

// "q", "k", "v", "o", "gate", "up", "down".
std::string_view shortName(Projection projection);
std::optional<Projection> projectionFromName(std::string_view shortName);

struct LoraPair {
    at::Tensor a;                // f32 [rank, in]
    at::Tensor b;                // f32 [out, rank]
    double scale = 0;            // of B A
    std::int64_t frozenRank = 0; // the last so many rows of A and columns of B are never trained (PiSSA's subtracted start)
    bool isPresent() const { return a.defined(); }
    std::int64_t rank() const { return a.size(0); }
};

struct LoraSettings {
    std::int64_t rank = 64;
    double alpha = 128;
    double dropout = 0.05;       // of the input of A, while training
    bool rankStabilised = false; // rsLoRA: scale by alpha / sqrt(rank)
    // Projections with a rank or an alpha of their own; a rank of 0: not adapted.
    std::map<Projection, std::int64_t> ranks = {};
    std::map<Projection, double> alphas = {};

    std::int64_t rankOf(Projection projection) const;
    double scaleOf(Projection projection) const;
    double scale() const; // of a projection without settings of its own
    friend bool operator==(const LoraSettings&, const LoraSettings&) = default;
};

// The scale of B A for that alpha and rank.
double loraScale(double alpha, std::int64_t rank, bool rankStabilised);

// From the texts of a run's specification: "q,v" and "q:32,down:16". The error says what is allowed.
Result<LoraSettings> loraSettings(std::int64_t rank, double alpha, double dropout, const std::string& modules,
                                  const std::string& ranks, bool rankStabilised);

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

// A fresh adapter on the settings' projections: A uniform in +-1/sqrt(in), which is PyTorch's Kaiming-uniform for a linear
// layer; B zero, so that the model starts unchanged.
Adapter makeAdapter(const ModelConfig& config, const LoraSettings& settings, std::uint64_t seed,
                    at::Device device = at::kCPU);

// The same adapter with tensors of its own.
Adapter cloneAdapter(const Adapter& adapter);

// Zeroes the gradients of what is never trained (LoraPair::frozenRank).
void clearFrozenGradients(const Adapter& adapter);

// weight [out, in] and x [..., in] in the model's dtype -> [..., out]. `pair` may be null or absent. A and B are cast
// for the product. Differentiable; no dropout: training has its own passes (training/engine).
at::Tensor project(const at::Tensor& x, const at::Tensor& weight, const LoraPair* pair);

// W + scale * B A, computed in f32 and rounded once to W's dtype.
at::Tensor mergedWeight(const at::Tensor& weight, const LoraPair& pair);

} // namespace cw
