// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Adapters that start as the base's largest singular directions: Meng, Wang, Zhang, "PiSSA: principal singular values
// and singular vectors adaptation of large language models", 2024. One thread.
#pragma once

#include "training/model/transformer.h"

namespace cw {

// weight ~ u diag(s) v^T, in f32 on the weight's device.
struct SingularDirections {
    at::Tensor u; // [out, rank], orthonormal columns
    at::Tensor s; // [rank], descending
    at::Tensor v; // [in, rank], orthonormal columns
};

// The `rank` largest ones of weight [out, in], any floating type; rank at most min(out, in). Exact for small matrices,
// else by randomised subspace iteration: Halko, Martinsson, Tropp, "Finding structure with randomness", 2011,
// algorithms 4.4 and 5.1. `rng` draws the start, so a seed gives the same directions wherever the arithmetic is the
// same.
SingularDirections largestDirections(const at::Tensor& weight, std::int64_t rank, Rng& rng);

// A fresh adapter on the settings' projections. Per projection of rank r: B = U_r (S_r / scale)^(1/2) and
// A = (S_r / scale)^(1/2) V_r^T, as in the paper, then A' = [A; A] and B' = [B, -B]. The second half is frozen
// (LoraPair::frozenRank = r) and takes away what the first one adds, so that the model starts unchanged while the base
// stays as its file has it. The error is a rank that a projection has not.
Result<Adapter> makePissaAdapter(const Transformer& model, const LoraSettings& settings, std::uint64_t seed);

} // namespace cw
