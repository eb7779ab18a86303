// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/pass_layout.h"

#include <ATen/ops/tensor.h>

#include <algorithm>
#include <numeric>

namespace cw {

namespace {

std::vector<size_t> orderOfSlots(std::span<const TextPiece> pieces) {
    std::vector<size_t> order(pieces.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::sort(order, {}, [&](size_t i) { return pieces[i].slot; });
    return order;
}

// From memory that isn't pinned CUDA reads the numbers before it returns, so nothing has to wait for the copy.
template <typename T> at::Tensor onDevice(const std::vector<T>& numbers, at::ScalarType type, at::Device device) {
    return at::tensor(numbers, type).to(device, /*non_blocking=*/true);
}

void sendRanges(AttentionRanges& ranges, at::Device device) {
    std::vector<int> all = ranges.queryStarts;
    all.insert(all.end(), ranges.keyStarts.begin(), ranges.keyStarts.end());
    all.insert(all.end(), ranges.keyCounts.begin(), ranges.keyCounts.end());
    const auto pieces = static_cast<std::int64_t>(ranges.keyCounts.size());
    for (size_t i = 0; i < ranges.keyCounts.size(); ++i)
        all.push_back(ranges.keyCounts[i] - (ranges.queryStarts[i + 1] - ranges.queryStarts[i]));
    ranges.leastEarlier = *std::min_element(all.end() - pieces, all.end());
    const at::Tensor there = onDevice(all, at::kInt, device);
    ranges.queryStartsThere = there.narrow(0, 0, pieces + 1);
    ranges.keyStartsThere = there.narrow(0, pieces + 1, pieces + 1);
    ranges.keyCountsThere = there.narrow(0, 2 * pieces + 2, pieces);
    ranges.earlierThere = there.narrow(0, 3 * pieces + 2, pieces);
}

} // namespace

PassLayout layOut(std::span<const TextPiece> pieces, const KvSlots& cache, at::Device device) {
    PassLayout layout;
    AttentionRanges& ranges = layout.ranges;
    TokenIds tokens, positions, places, scored;
    std::vector<std::int64_t> ends(pieces.size()); // rows, by piece
    for (const size_t i : orderOfSlots(pieces)) {
        const TextPiece& piece = pieces[i];
        const std::int64_t keys = piece.start + piece.length(), first = piece.slot * cache.capacity();
        ranges.queryStarts.push_back(static_cast<int>(tokens.size()));
        ranges.keyStarts.push_back(static_cast<int>(first));
        ranges.keyCounts.push_back(static_cast<int>(keys));
        ranges.mostQueries = std::max(ranges.mostQueries, piece.length());
        ranges.mostKeys = std::max(ranges.mostKeys, keys);
        tokens.insert(tokens.end(), piece.tokens.begin(), piece.tokens.end());
        for (std::int64_t position = piece.start; position < keys; ++position) {
            positions.push_back(position);
            places.push_back(first + position);
        }
        ends[i] = static_cast<std::int64_t>(tokens.size());
    }
    ranges.queryStarts.push_back(static_cast<int>(tokens.size()));
    ranges.keyStarts.push_back(static_cast<int>(cache.slots() * cache.capacity()));
    for (size_t i = 0; i < pieces.size(); ++i)
        for (std::int64_t row = ends[i] - pieces[i].scored; row < ends[i]; ++row)
            scored.push_back(row);

    const auto rows = static_cast<std::int64_t>(tokens.size());
    for (const TokenIds* more : {&positions, &places, &scored})
        tokens.insert(tokens.end(), more->begin(), more->end());
    const at::Tensor there = onDevice(tokens, at::kLong, device);
    layout.tokens = there.narrow(0, 0, rows);
    layout.positions = there.narrow(0, rows, rows);
    layout.places = there.narrow(0, 2 * rows, rows);
    layout.scored = there.narrow(0, 3 * rows, static_cast<std::int64_t>(scored.size()));
    sendRanges(ranges, device);
    return layout;
}

} // namespace cw
