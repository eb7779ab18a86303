// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/cached_attention.h"

#include "training/kernels/cudnn_attention.h"
#include "training/kernels/trial.h"
#include "training/model/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_flash_attention_forward.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/logsumexp.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/lerp.h>
#include <ATen/ops/sigmoid.h>

#include <cmath>
#include <limits>
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

// What FlashAttention computes, spelt out.
Part plainly(const FlashCall& call) {
    const std::int64_t width = call.queries.size(2), group = call.queries.size(1) / call.keys.size(1);
    std::vector<at::Tensor> outs, sums;
    for (std::int64_t i = 0; i + 1 < call.queryStarts.size(0); ++i) {
        const auto number = [](const at::Tensor& numbers, std::int64_t at) { return numbers[at].item().toLong(); };
        const std::int64_t begin = number(call.queryStarts, i), from = number(call.keyStarts, i);
        const std::int64_t count = number(call.queryStarts, i + 1) - begin;
        const std::int64_t seen = call.keyCounts ? number(*call.keyCounts, i) : number(call.keyStarts, i + 1) - from;
        const auto heads = [&](const at::Tensor& slab) { return slab.narrow(0, from, seen).to(at::kFloat).repeat_interleave(group, 1).transpose(0, 1); };
        at::Tensor scores = at::matmul(call.queries.narrow(0, begin, count).to(at::kFloat).transpose(0, 1), heads(call.keys).transpose(1, 2)) /
                            std::sqrt(static_cast<double>(width));
        if (call.isCausal)
            scores.masked_fill_(causalMask(count, seen, 0, scores.device())[0].logical_not(), -std::numeric_limits<float>::infinity());
        outs.push_back(at::matmul(at::softmax(scores, 2), heads(call.values)).transpose(0, 1).to(call.queries.scalar_type()));
        sums.push_back(at::logsumexp(scores, {2}).t());
    }
    return {at::cat(outs), at::cat(sums)};
}

Part flash(const FlashCall& call) {
    if (call.queries.is_cpu())
        return plainly(call);
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

// Two texts: the parts against the plain way.
bool partsAgreeOn(at::Device device) {
    constexpr std::int64_t kHeads = 4, kKvHeads = 2, kWidth = 64, kRows = 200;
    AttentionRanges ranges{.queryStarts = {0, 3, 10}, .keyStarts = {0, 100, 200}, .keyCounts = {40, 97}, .mostQueries = 7, .mostKeys = 97,
                           .leastEarlier = 37};
    const auto there = [&](std::vector<int> numbers) { return at::tensor(numbers, at::kInt).to(device); };
    ranges.queryStartsThere = there(ranges.queryStarts);
    ranges.keyStartsThere = there(ranges.keyStarts);
    ranges.keyCountsThere = there(ranges.keyCounts);
    ranges.earlierThere = there({37, 90});
    const auto scattered = [&](std::int64_t rows, std::int64_t heads, double step) {
        return trialNumbers(rows, heads * kWidth, step, device).view({rows, heads, kWidth});
    };
    const at::Tensor queries = scattered(10, kHeads, 1.7).flatten(1), keys = scattered(kRows, kKvHeads, 2.3), values = scattered(kRows, kKvHeads, 0.9);
    const auto own = [](const at::Tensor& slab) { return at::cat({slab.narrow(0, 37, 3), slab.narrow(0, 190, 7)}).flatten(1); };
    const at::Tensor expected = attendPieceByPiece(queries.to(at::kFloat), keys.to(at::kFloat), values.to(at::kFloat), ranges, 0);
    const at::Tensor given = attendInParts({queries, own(keys), own(values)}, keys, values, ranges);
    return isRounded(given, expected);
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
    static Trial trial(partsAgreeOn);
    return trial.isPassed(queries.device()) ? attendInParts(fresh, keys, values, ranges) : attendAtOnce(queries, keys, values, ranges, window);
}

} // namespace

at::Tensor attendInParts(const NewTokens& fresh, const at::Tensor& keys, const at::Tensor& values, const AttentionRanges& ranges) {
    const at::Tensor queries = byHead(fresh.queries, keys.size(2));
    return added(attendEarlier(queries, keys, values, ranges), attendOwn(fresh, keys.size(2), ranges)).reshape(fresh.queries.sizes());
}

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
