// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/kernels/attention_rows.h"

#include "training/kernels/exponential.h"
#include "training/kernels/vector_rows.h"

#include <algorithm>

namespace cw::kernels {

using c10::BFloat16;

namespace {

constexpr std::int64_t kKeysAtOnce = 4;

// The query lies as loadPair() gives the keys.
template <typename T>
CW_INLINE float dot(const T* __restrict key, const float* __restrict query, std::int64_t width) {
    F16 sum = {};
    std::int64_t i = 0;
    for (; i + 2 * kLanes <= width; i += 2 * kLanes) {
        F16 a, b, first, second;
        loadPair(a, b, key + i);
        load(first, query + i);
        load(second, query + i + kLanes);
        sum += a * first;
        sum += b * second;
    }
    float total = sumOfLanes(sum);
    for (; i < width; ++i)
        total += one(key[i]) * query[i];
    return total;
}

// Four keys side by side, each added up as dot() does.
template <typename T>
CW_INLINE void dots(const T* __restrict keys, const float* __restrict query, std::int64_t width, float* __restrict into) {
    F16 sums[kKeysAtOnce] = {};
    std::int64_t i = 0;
    for (; i + 2 * kLanes <= width; i += 2 * kLanes) {
        F16 first, second;
        load(first, query + i);
        load(second, query + i + kLanes);
        for (std::int64_t k = 0; k < kKeysAtOnce; ++k) {
            F16 a, b;
            loadPair(a, b, keys + k * width + i);
            sums[k] += a * first;
            sums[k] += b * second;
        }
    }
    sumsOfLanes(into, sums[0], sums[1], sums[2], sums[3]);
    for (; i < width; ++i)
        for (std::int64_t k = 0; k < kKeysAtOnce; ++k)
            into[k] += one(keys[k * width + i]) * query[i];
}

// into lies as loadPair() gives the values.
template <typename T>
CW_INLINE void addValues(const T* __restrict values, const float* __restrict weights, std::int64_t count,
                         std::int64_t width, float* __restrict into) {
    std::int64_t i = 0;
    for (; i + 2 * kLanes <= width; i += 2 * kLanes) {
        F16 firsts = {}, seconds = {};
        for (std::int64_t k = 0; k < count; ++k) {
            F16 first, second;
            loadPair(first, second, values + k * width + i);
            firsts += weights[k] * first;
            seconds += weights[k] * second;
        }
        *reinterpret_cast<F16Memory*>(into + i) = firsts;
        *reinterpret_cast<F16Memory*>(into + i + kLanes) = seconds;
    }
    for (; i < width; ++i) {
        into[i] = 0;
        for (std::int64_t k = 0; k < count; ++k)
            into[i] += weights[k] * one(values[k * width + i]);
    }
}

template <typename T>
CW_INLINE PieceSums attendPieceOf(const CachedHead<T>& head, std::int64_t begin, std::int64_t end, const float* query,
                                  float* into) {
    alignas(64) float scores[kKeysAPiece];
    const std::int64_t count = end - begin, width = head.width;
    const T* keys = head.keys + begin * width;
    std::int64_t k = 0;
    for (; k + kKeysAtOnce <= count; k += kKeysAtOnce)
        dots(keys + k * width, query, width, scores + k);
    for (; k < count; ++k)
        scores[k] = dot(keys + k * width, query, width);

    PieceSums sums{*std::max_element(scores, scores + count), 0};
    for (k = 0; k < count; ++k) {
        scores[k] = exponential(std::max(scores[k] - sums.largest, -80.0f)); // e^-80 is nothing beside the largest's 1
        sums.weight += scores[k];
    }
    addValues(head.values + begin * width, scores, count, width, into);
    return sums;
}

CW_CLONES PieceSums attendF32(const CachedHead<float>& head, std::int64_t begin, std::int64_t end, const float* query,
                              float* into) {
    return attendPieceOf(head, begin, end, query, into);
}
CW_CLONES PieceSums attendBF16(const CachedHead<BFloat16>& head, std::int64_t begin, std::int64_t end,
                               const float* query, float* into) {
    const std::int64_t width = head.width, whole = width / (2 * kLanes) * 2 * kLanes;
    float arranged[kMostWidth], result[kMostWidth];
    arrange(query, whole, arranged);
    std::copy(query + whole, query + width, arranged + whole);
    const PieceSums sums = attendPieceOf(head, begin, end, arranged, result);
    arrange(result, whole, into, /*back=*/true);
    std::copy(result + whole, result + width, into + whole);
    return sums;
}

} // namespace

PieceSums attendPiece(const CachedHead<float>& head, std::int64_t begin, std::int64_t end, const float* query,
                      float* into) {
    return attendF32(head, begin, end, query, into);
}

PieceSums attendPiece(const CachedHead<BFloat16>& head, std::int64_t begin, std::int64_t end, const float* query,
                      float* into) {
    return attendBF16(head, begin, end, query, into);
}

void joinPieces(const PieceSums* sums, const float* parts, std::int64_t count, std::int64_t width, float* into) {
    float largest = sums[0].largest;
    for (std::int64_t piece = 1; piece < count; ++piece)
        largest = std::max(largest, sums[piece].largest);
    std::fill(into, into + width, 0.0f);
    float weight = 0;
    for (std::int64_t piece = 0; piece < count; ++piece) {
        const float share = exponential(std::max(sums[piece].largest - largest, -80.0f));
        weight += share * sums[piece].weight;
        for (std::int64_t i = 0; i < width; ++i)
            into[i] += share * parts[piece * width + i];
    }
    for (std::int64_t i = 0; i < width; ++i)
        into[i] /= weight;
}

} // namespace cw::kernels
