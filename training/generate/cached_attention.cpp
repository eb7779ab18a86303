// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/cached_attention.h"

#include "training/kernels/cudnn_attention.h"
#include "training/model/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_flash_attention_forward.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/lerp.h>
#include <ATen/ops/sigmoid.h>

#include <optional>

namespace cw {

namespace {

bool takesFlash(const at::Tensor& queries, std::int64_t width) {
    return queries.is_cuda() && queries.scalar_type() == at::kBFloat16 && width % 8 == 0 && width <= 256;
}

struct Part {
    at::Tensor out;  // [N, heads, headWidth]
    at::Tensor sums; // f32 [N, heads]: the logarithm of each softmax's denominator
};

// x [N, heads or kvHeads, headWidth]. Its causal mask is aligned to the last query and the last key.
struct FlashCall {
    const at::Tensor& queries;
    const at::Tensor& keys;
    const at::Tensor& values;
    const at::Tensor& queryStarts;
    const at::Tensor& keyStarts;
    std::int64_t mostQueries = 0, mostKeys = 0;
    bool isCausal = true;
    std::optional<at::Tensor> keyCounts = {};
    std::optional<std::int64_t> left = {}, right = {};
};

Part flash(const FlashCall& call) {
    const auto result = at::_flash_attention_forward(call.queries, call.keys, call.values, call.queryStarts, call.keyStarts,
                                                     call.mostQueries, call.mostKeys, /*dropout_p=*/0.0, call.isCausal,
                                                     /*return_debug_mask=*/false, /*scale=*/std::optional<double>(), call.left,
                                                     call.right, call.keyCounts);
    return {std::get<0>(result), std::get<1>(result).t()};
}

at::Tensor byHead(const at::Tensor& x, std::int64_t width) {
    return x.view({x.size(0), -1, width});
}

// In one call. With one query a text and no window it makes the queries that share a key head into rows of one tile and
// splits long texts over the card, so a window is only named where it cuts.
at::Tensor attendAtOnce(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges,
                        std::int64_t window) {
    std::optional<std::int64_t> left, right;
    if (window > 0 && ranges.mostKeys > window) {
        left = window - 1;
        right = 0;
    }
    return flash({queries, keys, values, ranges.queryStartsThere, ranges.keyStartsThere, ranges.mostQueries, ranges.mostKeys,
                  /*isCausal=*/true, ranges.keyCountsThere, left, right})
        .out;
}

// The new tokens among themselves.
Part attendOwn(const NewTokens& fresh, std::int64_t width, const AttentionRanges& ranges) {
    const at::Tensor& starts = ranges.queryStartsThere;
    if (ranges.keyCounts.size() == 1 && cudnnSuits(fresh.queries.device(), width, ranges.mostQueries)) {
        const CudnnAttended attended = attendByCudnn(fresh.queries, fresh.keys, fresh.values, width);
        return {byHead(attended.out, width), attended.sums.t()};
    }
    const auto heads = [&](const at::Tensor& x) { return byHead(x, width); };
    return flash({heads(fresh.queries), heads(fresh.keys), heads(fresh.values), starts, starts, ranges.mostQueries, ranges.mostQueries});
}

// The new tokens over what came before them; a key head's queries of a token are tokens of their own there.
Part attendEarlier(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges) {
    const std::int64_t count = queries.size(0), kvHeads = keys.size(1), width = keys.size(2), group = queries.size(1) / kvHeads;
    const at::Tensor folded = queries.view({count, kvHeads, group, width}).transpose(1, 2).reshape({count * group, kvHeads, width});
    const at::Tensor starts = ranges.queryStartsThere * group;
    const Part part = flash({folded, keys, values, starts, ranges.keyStartsThere, ranges.mostQueries * group, ranges.mostKeys,
                             /*isCausal=*/false, ranges.earlierThere});
    const auto unfolded = [&](const at::Tensor& x) { return x.view({count, group, kvHeads, -1}).transpose(1, 2); };
    return {unfolded(part.out).reshape(queries.sizes()), unfolded(part.sums.unsqueeze(2)).reshape({count, kvHeads * group})};
}

at::Tensor added(const Part& one, const Part& other) {
    const at::Tensor share = at::sigmoid(one.sums - other.sums).unsqueeze(2); // of the first in both denominators
    return at::lerp(other.out.to(at::kFloat), one.out.to(at::kFloat), share).to(one.out.scalar_type());
}

at::Tensor attendOnGpu(const NewTokens& fresh, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges,
                       std::int64_t window) {
    const std::int64_t width = keys.size(2);
    const at::Tensor queries = byHead(fresh.queries, width);
    const bool cuts = window > 0 && ranges.mostKeys > window;
    if (!cuts && ranges.mostKeys == ranges.mostQueries && ranges.keyCounts.size() == 1)
        return attendOwn(fresh, width, ranges).out; // the beginning of one text
    if (cuts || ranges.mostQueries == 1 || ranges.leastEarlier == 0)
        return attendAtOnce(queries, keys, values, ranges, window);
    return added(attendEarlier(queries, keys, values, ranges), attendOwn(fresh, width, ranges));
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

at::Tensor attendCached(const NewTokens& fresh, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges,
                        std::int64_t window) {
    if (!takesFlash(fresh.queries, keys.size(2)))
        return attendPieceByPiece(fresh.queries, keys, values, ranges, window);
    return attendOnGpu(fresh, keys, values, ranges, window).reshape(fresh.queries.sizes());
}

} // namespace cw
