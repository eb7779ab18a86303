// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/pissa.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/sqrt.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cw {

namespace {

constexpr std::int64_t kOversampling = 16; // directions beyond the wanted ones
constexpr int kIterations = 8;             // each multiplies the share of the other directions by (s_k / s_r)^2
constexpr std::int64_t kExactSide = 256;   // up to which the whole decomposition is cheap

// Box, Muller, "A note on the generation of random normal deviates", 1958.
double normal(Rng& rng) {
    const double radius = std::sqrt(-2 * std::log(1 - rng.uniform()));
    return radius * std::cos(2 * std::numbers::pi * rng.uniform());
}

at::Tensor normalMatrix(std::int64_t rows, std::int64_t columns, Rng& rng) {
    at::Tensor matrix = at::empty({rows, columns}, at::kFloat);
    float* values = matrix.data_ptr<float>();
    for (std::int64_t i = 0; i < matrix.numel(); ++i)
        values[i] = static_cast<float>(normal(rng));
    return matrix;
}

at::Tensor orthonormal(const at::Tensor& columns) {
    return std::get<0>(at::linalg_qr(columns));
}

SingularDirections decompose(const at::Tensor& matrix, std::int64_t rank) {
    const auto [u, s, vh] = at::linalg_svd(matrix, /*full_matrices=*/false);
    return {u.narrow(1, 0, rank), s.narrow(0, 0, rank), vh.narrow(0, 0, rank).t()};
}

LoraPair startingPair(const at::Tensor& weight, std::int64_t rank, double scale, Rng& rng) {
    const SingularDirections top = largestDirections(weight, rank, rng);
    const at::Tensor root = at::sqrt(top.s / scale);
    const at::Tensor a = top.v.t() * root.unsqueeze(1);
    const at::Tensor b = top.u * root;
    return {at::cat({a, a}, 0).contiguous(), at::cat({b, -b}, 1).contiguous(), scale, rank};
}

Error rankTooLarge(Projection projection, std::int64_t rank, std::int64_t largest) {
    return {ErrorCode::BadUsage,
            "PiSSA can't start " + std::string(shortName(projection)) + " with rank " + std::to_string(rank) +
                ": the projection has " + std::to_string(largest) + " singular directions.",
            "Choose a rank of at most " + std::to_string(largest) + ", or the Kaiming start."};
}

} // namespace

SingularDirections largestDirections(const at::Tensor& weight, std::int64_t rank, Rng& rng) {
    const at::NoGradGuard noGradients;
    const at::Tensor w = weight.to(at::kFloat);
    const std::int64_t side = std::min(w.size(0), w.size(1));
    const std::int64_t width = std::min(rank + kOversampling, side);
    if (side <= kExactSide || 2 * width >= side)
        return decompose(w, rank);
    at::Tensor range = orthonormal(at::matmul(w, normalMatrix(w.size(1), width, rng).to(w.device())));
    for (int i = 0; i < kIterations; ++i)
        range = orthonormal(at::matmul(w, orthonormal(at::matmul(w.t(), range))));
    SingularDirections small = decompose(at::matmul(range.t(), w), rank);
    small.u = at::matmul(range, small.u);
    return small;
}

Result<Adapter> makePissaAdapter(const Transformer& model, const LoraSettings& settings, std::uint64_t seed) {
    const at::NoGradGuard noGradients;
    Rng rng(seed, "pissa");
    Adapter adapter{settings, {}};
    for (const Transformer::Layer& layer : model.layers()) {
        auto& pairs = adapter.layers.emplace_back();
        for (size_t p = 0; p < kProjections; ++p) {
            const auto projection = static_cast<Projection>(p);
            const std::int64_t rank = settings.rankOf(projection);
            const at::Tensor& weight = layer.weights[p];
            const std::int64_t largest = std::min(weight.size(0), weight.size(1));
            if (rank > largest)
                return rankTooLarge(projection, rank, largest);
            if (rank > 0)
                pairs[p] = startingPair(weight, rank, settings.scaleOf(projection), rng);
        }
    }
    return adapter;
}

} // namespace cw
