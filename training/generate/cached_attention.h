// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Causal grouped-query attention of several texts' new tokens over their slots of a cache ordered by token. One thread.
//
// Some tokens of a text (forced ones, drafts) over a long beginning are two problems on a GPU. The earlier keys are seen by
// all of them, so no mask is needed there and the queries that share a key head can be rows of one tile: keys are read once
// a group, not once a head. The own keys are few. Both parts come with the logarithms of their softmax's denominators, by
// which they are added up: Juravsky and others, "Hydragen", 2024.
#pragma once

#include "training/generate/pass_layout.h"

namespace cw {

struct NewTokens {
    at::Tensor queries;      // [N, heads * headWidth]
    at::Tensor keys, values; // [N, kvHeads * headWidth]
};

// keys, values [slots * capacity, kvHeads, headWidth]: a layer's slabs, which have the new tokens' own keys already. Query t of a piece with T queries and S keys sees keys up to S - T + t, at most `window` of
// them (0: all). Gives [N, heads * headWidth]. On a GPU a call or two of FlashAttention or cuDNN where they take the model's
// dtype and heads; else piece by piece.
at::Tensor attendCached(const NewTokens& fresh, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges,
                        std::int64_t window);

// In two parts as above, on any device; every piece has an earlier key.
at::Tensor attendInParts(const NewTokens& fresh, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges);

// The same without FlashAttention, on any device: what the others are held against.
at::Tensor attendPieceByPiece(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                              const AttentionRanges& ranges, std::int64_t window);

} // namespace cw
