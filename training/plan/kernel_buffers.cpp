// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/kernel_buffers.h"

#include <algorithm>

namespace cw {

namespace {

constexpr std::int64_t kF32 = 4, kBf16 = 2;

// Rows and columns of the block of scores that a thread works on.
std::int64_t queryBlock(std::int64_t length) {
    return std::min<std::int64_t>(length, length >= 768 ? 256 : length >= 192 ? 64 : 32);
}
std::int64_t keyBlock(std::int64_t length) {
    return std::min<std::int64_t>(length, 512);
}

} // namespace

std::int64_t attentionBuffers(const AttentionSize& size) {
    const std::int64_t rows = queryBlock(size.length), columns = keyBlock(size.length);
    const std::int64_t perThread = kF32 * (rows * columns + 2 * rows + rows * size.headWidth);
    if (!size.isBf16)
        return size.threads * perThread;
    const std::int64_t packed = 2 * kBf16 * size.length * size.kvHeads * size.headWidth; // keys and values
    return packed + size.threads * (perThread + kBf16 * rows * columns + kBf16 * columns * size.headWidth);
}

std::int64_t attentionGradientBuffers(const AttentionSize& size) {
    const std::int64_t rows = queryBlock(size.length), columns = keyBlock(size.length);
    const std::int64_t perThread = (kF32 + (size.isBf16 ? kBf16 : 0)) * 2 * rows * columns + kF32 * rows;
    return size.threads * (perThread + productBuffers(rows, columns, size.isBf16, 1));
}

std::int64_t cudaAttentionGradientBuffers(const AttentionSize& size, std::int64_t heads, std::int64_t examples,
                                          std::int64_t multiprocessors) {
    constexpr std::int64_t kSpare = 128; // rows that each example may begin later
    const std::int64_t rows = size.length + kSpare * examples;
    const std::int64_t step = size.headWidth <= 128 ? 32 : 64;
    const std::int64_t width = (size.headWidth + step - 1) / step * step;
    const std::int64_t splits = (multiprocessors + examples * heads - 1) / (examples * heads);
    const std::int64_t byKeyHead = heads == size.kvHeads ? 0 : 2 * kBf16 * size.length * heads * size.headWidth;
    return splits * rows * heads * width * kF32 + rows * heads * kF32 + byKeyHead;
}

// The second matrix, or a panel of it where that is large, packed for the processor's instructions by every thread.
std::int64_t productBuffers(std::int64_t inner, std::int64_t columns, bool isBf16, std::int64_t threads) {
    constexpr std::int64_t kPanel = 1 << 20; // bytes: from 0.6 to 3.5 million were seen
    return isBf16 ? threads * std::min(kPanel, kBf16 * inner * columns) : 0;
}

// A block of up to 256 rows of the one and 64 columns of the other are packed, but never more than a cache holds.
std::int64_t turnedProductBuffers(std::int64_t rows, std::int64_t inner, bool isBf16, std::int64_t threads) {
    constexpr std::int64_t kRows = 256, kColumns = 64, kMost = 900'000;
    return isBf16 ? threads * std::min(kMost, kBf16 * inner * (std::min(rows, kRows) + kColumns)) : 0;
}

} // namespace cw
