// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where the rows of a pass over several texts lie: its pieces packed one behind another in the order of their slots, their
// places in a cache ordered by token, and the ranges that attention goes by. Plain data; any thread.
#pragma once

#include "training/generate/tensor_pass.h"

namespace cw {

// What FlashAttention calls cu_seqlens_q, cu_seqlens_k and seqused_k, by piece. A slot that no piece belongs to is no
// member of the batch: with one query a text the operator wants as many queries as members. It lies in the range of the
// slot before it, whose count of keys ends earlier.
struct AttentionRanges {
    std::vector<int> queryStarts; // rows, and their number at the end
    std::vector<int> keyStarts;   // rows of the cache, and their number at the end
    std::vector<int> keyCounts;
    std::int64_t mostQueries = 0, mostKeys = 0; // of one piece
    std::int64_t leastEarlier = 0;              // keys from before its own: the least of a piece
    at::Tensor queryStartsThere, keyStartsThere, keyCountsThere, earlierThere; // int32, on the device; earlier: keyCounts less its own
};

struct PassLayout {
    at::Tensor tokens, positions, places; // int64 [N], on the device; places are rows of the cache
    at::Tensor scored;                    // int64, on the device: rows, in the order in which the pieces were given
    AttentionRanges ranges;
};

// Slots differ from piece to piece.
PassLayout layOut(std::span<const TextPiece> pieces, const KvSlots& cache, at::Device device);

} // namespace cw
