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
constexpr std::int64_t kHalf = kLanes / 2;

// The numbers that are there, with zeros behind them.
template <typename T> CW_INLINE void loadFew(F8& into, const T* from, std::int64_t count) {
    if (count >= kHalf)
        return load(into, from);
    into = F8{};
    for (std::int64_t i = 0; i < count; ++i)
        into[i] = one(from[i]);
}

// Eight products, or the `count` that are left. One way for all, so that a sum's bits don't depend on who computes it.
template <typename T>
CW_INLINE void addEight(F4& sums, const T* __restrict key, const float* __restrict query, std::int64_t count) {
    F8 products, others;
    F4 four;
    loadFew(products, key, count);
    loadFew(others, query, count);
    products *= others;
    foldLanes(four, products);
    sums += four;
}

// The query lies as loadPair() gives the keys; behind the last 32 numbers sixteen may be one step, and the rest goes by eights.
template <typename T>
CW_INLINE float dot(const T* __restrict key, const float* __restrict query, std::int64_t width) {
    F16 sum = {}, a, first;
    std::int64_t i = 0;
    for (; i + 2 * kLanes <= width; i += 2 * kLanes) {
        F16 b, second;
        loadPair(a, b, key + i);
        load(first, query + i);
        load(second, query + i + kLanes);
        sum += a * first;
        sum += b * second;
    }
    if (i + kLanes <= width) {
        load(a, key + i);
        load(first, query + i);
        sum += a * first;
        i += kLanes;
    }
    F4 four;
    foldLanes(four, sum);
    for (; i < width; i += kHalf)
        addEight(four, key + i, query + i, width - i);
    return sumOfLanes(four);
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
    if (i + kLanes <= width) {
        F16 first;
        load(first, query + i);
        for (std::int64_t k = 0; k < kKeysAtOnce; ++k) {
            F16 a;
            load(a, keys + k * width + i);
            sums[k] += a * first;
        }
        i += kLanes;
    }
    F4 fours[kKeysAtOnce];
    for (std::int64_t k = 0; k < kKeysAtOnce; ++k)
        foldLanes(fours[k], sums[k]);
    for (; i < width; i += kHalf)
        for (std::int64_t k = 0; k < kKeysAtOnce; ++k)
            addEight(fours[k], keys + k * width + i, query + i, width - i);
    sumsOfLanes(into, fours[0], fours[1], fours[2], fours[3]);
}

// One column of values, a vector wide: four sums side by side, since each waits for its last addition.
template <typename Vector, typename T>
CW_INLINE void addColumn(const T* __restrict values, const float* __restrict weights, std::int64_t count, std::int64_t width,
                         float* __restrict into) {
    Vector sums[kKeysAtOnce] = {};
    std::int64_t k = 0;
    for (; k + kKeysAtOnce <= count; k += kKeysAtOnce)
        for (std::int64_t j = 0; j < kKeysAtOnce; ++j) {
            Vector value;
            load(value, values + (k + j) * width);
            sums[j] += weights[k + j] * value;
        }
    for (; k < count; ++k) {
        Vector value;
        load(value, values + k * width);
        sums[0] += weights[k] * value;
    }
    const Vector whole = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    store(into, whole);
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
        store(into + i, firsts);
        store(into + i + kLanes, seconds);
    }
    if (i + kLanes <= width) {
        addColumn<F16>(values + i, weights, count, width, into + i);
        i += kLanes;
    }
    if (i + kHalf <= width) {
        addColumn<F8>(values + i, weights, count, width, into + i);
        i += kHalf;
    }
    for (; i < width; ++i) {
        into[i] = 0;
        for (std::int64_t k = 0; k < count; ++k)
            into[i] += weights[k] * one(values[k * width + i]);
    }
}

// Scores become exp(score - largest), in whole vectors: `scores` has room for them. Their sum goes lane by lane.
CW_INLINE PieceSums weigh(float* scores, std::int64_t count) {
    const std::int64_t whole = (count + kLanes - 1) / kLanes * kLanes;
    std::fill(scores + count, scores + whole, scores[0]);
    F16 most, next;
    load(most, scores);
    for (std::int64_t k = kLanes; k < whole; k += kLanes) {
        load(next, scores + k);
        most = next > most ? next : most;
    }
    PieceSums sums{most[0], 0};
    for (std::int64_t lane = 1; lane < kLanes; ++lane)
        sums.largest = std::max(sums.largest, most[lane]);
    for (std::int64_t k = 0; k < whole; ++k)
        scores[k] = exponential(std::max(scores[k] - sums.largest, -80.0f)); // e^-80 is nothing beside the largest's 1
    std::fill(scores + count, scores + whole, 0.0f);
    F16 weight = {};
    for (std::int64_t k = 0; k < whole; k += kLanes) {
        load(next, scores + k);
        weight += next;
    }
    sums.weight = sumOfLanes(weight);
    return sums;
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

    const PieceSums sums = weigh(scores, count);
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
