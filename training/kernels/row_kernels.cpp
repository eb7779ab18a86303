// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/kernels/row_kernels.h"

#include "training/kernels/exponential.h"
#include "training/kernels/vector_rows.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace cw::kernels {

using c10::BFloat16;

namespace {

CW_INLINE float load(const float& value) {
    return value;
}
CW_INLINE float load(const BFloat16& value) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(value.x) << 16);
}
CW_INLINE void store(float& into, float value) {
    into = value;
}
// To the nearest, ties to even; a NaN stays one. Written without branches, so that loops of it become vectors.
CW_INLINE void store(BFloat16& into, float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    into.x = static_cast<std::uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? 0x7fc0u : rounded);
}

// Bounded so far inside the range of floats that no product with it is a denormal number, on which processors are a
// hundred times slower.
CW_INLINE float sigmoid(float x) {
    const float bounded = std::min(std::max(x, -60.0f), 60.0f);
    return 1 / (1 + exponential(-bounded));
}

// The "lowbias32" permutation of Wellons, "Prospecting for Hash Functions", 2018.
CW_INLINE std::uint32_t mixed(std::uint32_t x) {
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ (x >> 16);
}

CW_INLINE std::uint32_t columnHash(std::uint32_t rowKey, std::uint32_t column) {
    return mixed(column * 0x9e3779b9u + rowKey);
}

template <typename T>
CW_INLINE float normRowOf(const T* __restrict x, const T* __restrict weight, T* __restrict out, std::int64_t width, float epsilon) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < width; ++i)
        sum += load(x[i]) * load(x[i]);
    const float inverseRoot = 1 / std::sqrt(sum / static_cast<float>(width) + epsilon);
    for (std::int64_t i = 0; i < width; ++i)
        store(out[i], load(x[i]) * inverseRoot * load(weight[i]));
    return inverseRoot;
}

// With y = w x r and r = (mean x^2 + e)^(-1/2): dx = r w g - x r^3 / width * sum(g w x).
template <typename T>
CW_INLINE void normGradientRowOf(const T* __restrict grad, const T* __restrict x, const T* __restrict weight, float inverseRoot, T* __restrict into,
                                 std::int64_t width) {
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (std::int64_t i = 0; i < width; ++i)
        dot += load(grad[i]) * load(weight[i]) * load(x[i]);
    const float back = dot * inverseRoot * inverseRoot * inverseRoot / static_cast<float>(width);
    for (std::int64_t i = 0; i < width; ++i)
        store(into[i], load(into[i]) + inverseRoot * load(weight[i]) * load(grad[i]) - back * load(x[i]));
}

template <typename T> CW_INLINE void swigluRowOf(const T* __restrict gate, const T* __restrict up, T* __restrict out, std::int64_t width) {
    for (std::int64_t i = 0; i < width; ++i)
        store(out[i], load(gate[i]) * sigmoid(load(gate[i])) * load(up[i]));
}

template <typename T> CW_INLINE void swigluGradientRowOf(const T* __restrict grad, T* __restrict gate, T* __restrict up, std::int64_t width) {
    for (std::int64_t i = 0; i < width; ++i) {
        const float g = load(gate[i]), s = sigmoid(g), d = load(grad[i]);
        const float byUp = d * g * s;
        store(gate[i], d * load(up[i]) * s * (1 + g * (1 - s)));
        store(up[i], byUp);
    }
}

template <typename T>
CW_INLINE void rotateRowOf(T* __restrict x, const float* __restrict cosine, const float* __restrict sine, std::int64_t heads, std::int64_t half,
                           float sign) {
    for (std::int64_t head = 0; head < heads; ++head) {
        T* first = x + 2 * half * head;
        T* second = first + half;
#pragma omp simd
        for (std::int64_t i = 0; i < half; ++i) {
            const float a = load(first[i]), b = load(second[i]), s = sign * sine[i];
            store(first[i], a * cosine[i] - b * s);
            store(second[i], b * cosine[i] + a * s);
        }
    }
}

template <typename T> CW_INLINE void dropRowOf(const T* __restrict x, T* __restrict out, std::int64_t width, DropoutRow mask) {
    for (std::int64_t i = 0; i < width; ++i) {
        const bool stays = columnHash(mask.key, static_cast<std::uint32_t>(i)) >= mask.threshold;
        store(out[i], stays ? load(x[i]) * mask.scale : 0.0f);
    }
}

template <typename T> CW_INLINE void addDroppedRowOf(T* __restrict into, const T* __restrict grad, std::int64_t width, DropoutRow mask) {
    for (std::int64_t i = 0; i < width; ++i) {
        const bool stays = columnHash(mask.key, static_cast<std::uint32_t>(i)) >= mask.threshold;
        store(into[i], load(into[i]) + (stays ? load(grad[i]) * mask.scale : 0.0f));
    }
}

} // namespace

#define CW_ROW_KERNELS(T)                                                                                              \
    CW_CLONES float normRow(const T* __restrict x, const T* __restrict weight, T* __restrict out, std::int64_t width, float epsilon) {                  \
        return normRowOf(x, weight, out, width, epsilon);                                                              \
    }                                                                                                                  \
    CW_CLONES void normGradientRow(const T* __restrict grad, const T* __restrict x, const T* __restrict weight, float inverseRoot, T* __restrict into,             \
                                   std::int64_t width) {                                                               \
        normGradientRowOf(grad, x, weight, inverseRoot, into, width);                                                  \
    }                                                                                                                  \
    CW_CLONES void swigluRow(const T* __restrict gate, const T* __restrict up, T* __restrict out, std::int64_t width) {                                 \
        swigluRowOf(gate, up, out, width);                                                                             \
    }                                                                                                                  \
    CW_CLONES void swigluGradientRow(const T* __restrict grad, T* __restrict gate, T* __restrict up, std::int64_t width) {                              \
        swigluGradientRowOf(grad, gate, up, width);                                                                    \
    }                                                                                                                  \
    CW_CLONES void rotateRow(T* __restrict x, const float* __restrict cosine, const float* __restrict sine, std::int64_t heads, std::int64_t half,      \
                             float sign) {                                                                             \
        rotateRowOf(x, cosine, sine, heads, half, sign);                                                               \
    }                                                                                                                  \
    CW_CLONES void dropRow(const T* __restrict x, T* __restrict out, std::int64_t width, DropoutRow mask) {                                  \
        dropRowOf(x, out, width, mask);                                                                                \
    }                                                                                                                  \
    CW_CLONES void addDroppedRow(T* __restrict into, const T* __restrict grad, std::int64_t width, DropoutRow mask) {                        \
        addDroppedRowOf(into, grad, width, mask);                                                                      \
    }

CW_ROW_KERNELS(float)
CW_ROW_KERNELS(BFloat16)

std::uint32_t dropoutHash(std::uint32_t rowKey, std::uint32_t column) {
    return columnHash(rowKey, column);
}

} // namespace cw::kernels
