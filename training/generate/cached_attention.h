// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Causal grouped-query attention of several texts' new tokens over their slots of a cache ordered by token. One thread.
#pragma once

#include "training/generate/pass_layout.h"

namespace cw {

// queries [N, heads * headWidth]; keys, values [slots * capacity, kvHeads, headWidth]: a layer's slabs, which have the
// queries' own keys already. Query t of a piece with T queries and S keys sees keys up to S - T + t, at most `window` of
// them (0: all). Gives [N, heads * headWidth]. On a GPU one call of FlashAttention where it takes the model's dtype and
// heads; else piece by piece.
at::Tensor attendCached(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges,
                        std::int64_t window);

// The same without FlashAttention, on any device: what that is held against.
at::Tensor attendPieceByPiece(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                              const AttentionRanges& ranges, std::int64_t window);

} // namespace cw
