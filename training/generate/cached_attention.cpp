// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/cached_attention.h"

#include "training/model/attention.h"

#include <ATen/ops/_flash_attention_forward.h>
#include <ATen/ops/cat.h>

#include <optional>

namespace cw {

namespace {

bool takesFlash(const at::Tensor& queries, std::int64_t width) {
    return queries.is_cuda() && queries.scalar_type() == at::kBFloat16 && width % 8 == 0 && width <= 256;
}

// Its causal mask is aligned to the last query and the last key. With one query a text and no window it makes the queries
// that share a key head into rows of one tile and splits long texts over the card, so a window is only named where it cuts.
at::Tensor attendFlash(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges,
                       std::int64_t window) {
    std::optional<std::int64_t> left, right;
    if (window > 0 && ranges.mostKeys > window) {
        left = window - 1;
        right = 0;
    }
    const auto attended = at::_flash_attention_forward(
        queries.view({queries.size(0), -1, keys.size(2)}), keys, values, ranges.queryStartsThere, ranges.keyStartsThere,
        ranges.mostQueries, ranges.mostKeys, /*dropout_p=*/0.0, /*is_causal=*/true, /*return_debug_mask=*/false,
        /*scale=*/std::optional<double>(), left, right, /*seqused_k=*/ranges.keyCountsThere);
    return std::get<0>(attended).reshape(queries.sizes());
}

} // namespace

at::Tensor attendPieceByPiece(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                              const AttentionRanges& ranges, std::int64_t window) {
    std::vector<at::Tensor> attended;
    for (size_t i = 0; i < ranges.keyCounts.size(); ++i) {
        const std::int64_t begin = ranges.queryStarts[i], count = ranges.queryStarts[i + 1] - begin;
        const auto byHead = [](const at::Tensor& rows) { return rows.transpose(0, 1).unsqueeze(0); };
        const auto seen = [&](const at::Tensor& slab) { return byHead(slab.narrow(0, ranges.keyStarts[i], ranges.keyCounts[i])); };
        const at::Tensor own = byHead(queries.narrow(0, begin, count).view({count, -1, keys.size(2)}));
        const at::Tensor out = attend(own, seen(keys), seen(values), /*mask=*/{}, window);
        attended.push_back(out.squeeze(0).transpose(0, 1).reshape({count, -1}));
    }
    return attended.size() == 1 ? attended.front() : at::cat(attended);
}

at::Tensor attendCached(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges,
                        std::int64_t window) {
    return takesFlash(queries, keys.size(2)) ? attendFlash(queries, keys, values, ranges, window)
                                             : attendPieceByPiece(queries, keys, values, ranges, window);
}

} // namespace cw
