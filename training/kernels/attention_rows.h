// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Attention of few queries over many cached keys, in pieces of a fixed number of keys that any thread may take: "split
// keys" decoding (Dao et al., "Flash-Decoding for long-context inference", 2023). A query's result depends on its keys
// alone, since the pieces' borders and the order in which they are joined do. Pure functions; any thread.
#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace cw::kernels {

inline constexpr std::int64_t kKeysAPiece = 256;
inline constexpr std::int64_t kMostWidth = 1024; // of a head

// One head's keys and values of one text, [positions, width] each, in f32 or bf16. Borrowed.
template <typename T> struct CachedHead {
    const T* keys = nullptr;
    const T* values = nullptr;
    std::int64_t width = 0; // of a head
};

// Part of a softmax over some keys: numbers that add up to the whole.
struct PieceSums {
    float largest = 0; // score
    float weight = 0;  // sum of exp(score - largest)
};

// Over the keys [begin, end): at most kKeysAPiece. `query` f32 [width], already scaled. into [width]: the values' sum,
// each times exp(score - largest).
PieceSums attendPiece(const CachedHead<float>& head, std::int64_t begin, std::int64_t end, const float* query, float* into);
PieceSums attendPiece(const CachedHead<c10::BFloat16>& head, std::int64_t begin, std::int64_t end, const float* query,
                      float* into);

// Joins `count` pieces of one query, `parts` [count][width], into the weighted mean of all values.
void joinPieces(const PieceSums* sums, const float* parts, std::int64_t count, std::int64_t width, float* into);

} // namespace cw::kernels
