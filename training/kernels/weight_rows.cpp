// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/kernels/weight_rows.h"

#include "training/kernels/vector_rows.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace cw::kernels {

using c10::BFloat16;

namespace {

template <int Out, typename Vector> CW_INLINE void sumUp(float* into, Vector vector) {
    if constexpr (Out == 4)
        sumsOfLanes(into, vector(0), vector(1), vector(2), vector(3));
    else
        for (int o = 0; o < Out; ++o)
            into[o] = sumOfLanes(vector(o));
}

template <int Out> CW_INLINE void put(const float* sums, float* into, bool adds) {
    for (int o = 0; o < Out; ++o)
        into[o] = adds ? into[o] + sums[o] : sums[o];
}

// x lies as loadPair() gives the weights. One product of `Out` weight rows with `Rows` input rows: each pair has an accumulator of its own, and each loaded vector
// serves a whole line of pairs.
template <typename T, int Out, int Rows>
CW_INLINE void block(const T* __restrict weights, std::int64_t in, const float* __restrict x, std::int64_t stride,
                     float* __restrict y, std::int64_t yStride, bool adds) {
    F16 sums[Out][Rows] = {};
    std::int64_t i = 0;
    for (; i + 2 * kLanes <= in; i += 2 * kLanes) {
        F16 firsts[Rows], seconds[Rows];
        for (int r = 0; r < Rows; ++r) {
            load(firsts[r], x + r * stride + i);
            load(seconds[r], x + r * stride + i + kLanes);
        }
        for (int o = 0; o < Out; ++o) {
            F16 first, second;
            loadPair(first, second, weights + o * in + i);
            for (int r = 0; r < Rows; ++r) {
                sums[o][r] += first * firsts[r];
                sums[o][r] += second * seconds[r];
            }
        }
    }
    for (; i + kLanes <= in; i += kLanes) {
        F16 input[Rows];
        for (int r = 0; r < Rows; ++r)
            load(input[r], x + r * stride + i);
        for (int o = 0; o < Out; ++o) {
            F16 weight;
            load(weight, weights + o * in + i);
            for (int r = 0; r < Rows; ++r)
                sums[o][r] += weight * input[r];
        }
    }
    for (int r = 0; r < Rows; ++r) {
        float outs[Out];
        sumUp<Out>(outs, [&](int o) -> const F16& { return sums[o][r]; });
        for (int o = 0; o < Out; ++o)
            for (std::int64_t rest = i; rest < in; ++rest)
                outs[o] += one(weights[o * in + rest]) * x[r * stride + rest];
        put<Out>(outs, y + r * yStride, adds);
    }
}

// The same over four-bit weights. With a = bits and s = scale of a group, sum(s (a - 8) x) = s (sum(a x) - 8 sum(x));
// `laneSums` has the second sum of every group of every row.
template <int Out, int Rows>
CW_INLINE void int4Block(const std::uint8_t* __restrict bytes, const BFloat16* __restrict scales, std::int64_t in,
                         const float* __restrict x, std::int64_t stride, const float* __restrict laneSums,
                         float* __restrict y, std::int64_t yStride, bool adds) {
    const std::int64_t groups = in / kInt4Group;
    F16 sums[Out][Rows] = {};
    for (std::int64_t group = 0; group < groups; ++group) {
        F16 parts[Out][Rows] = {};
        for (std::int64_t half = 0; half < 2; ++half) {
            const std::int64_t at = group * kInt4Group + half * 2 * kLanes;
            F16 low[Rows], high[Rows];
            for (int r = 0; r < Rows; ++r) {
                load(low[r], x + r * stride + at);
                load(high[r], x + r * stride + at + kLanes);
            }
            for (int o = 0; o < Out; ++o) {
                U16 bits;
                load(bits, bytes + (o * in + at) / 2);
                const F16 first = __builtin_convertvector(bits & 15, F16), second = __builtin_convertvector(bits >> 4, F16);
                for (int r = 0; r < Rows; ++r) {
                    parts[o][r] += first * low[r];
                    parts[o][r] += second * high[r];
                }
            }
        }
        for (int r = 0; r < Rows; ++r) {
            F16 input;
            load(input, laneSums + (r * groups + group) * kLanes);
            for (int o = 0; o < Out; ++o)
                sums[o][r] += (parts[o][r] - 8 * input) * one(scales[o * groups + group]);
        }
    }
    for (int r = 0; r < Rows; ++r) {
        float outs[Out];
        sumUp<Out>(outs, [&](int o) -> const F16& { return sums[o][r]; });
        put<Out>(outs, y + r * yStride, adds);
    }
}

// Calls `call` with the sizes of the blocks that cover [begin, end) and all rows.
template <typename Call> CW_INLINE void forBlocks(std::int64_t begin, std::int64_t end, std::int64_t rows, Call call) {
    for (std::int64_t r = 0; r < rows; r += 4) {
        std::int64_t o = begin;
        for (; o + 4 <= end; o += 4)
            call(o, 4, r, std::min<std::int64_t>(rows - r, 4));
        for (; o < end; ++o)
            call(o, 1, r, std::min<std::int64_t>(rows - r, 4));
    }
}

template <typename T>
CW_INLINE void multiply(const WeightView& weight, std::int64_t begin, std::int64_t end, InputRows rows, OutputRows into,
                        bool adds) {
    const T* weights = static_cast<const T*>(weight.data);
    const std::int64_t in = weight.in;
    forBlocks(begin, end, rows.count, [&](std::int64_t o, int outs, std::int64_t r, std::int64_t count) __attribute__((always_inline)) {
        const T* w = weights + o * in;
        const float* x = rows.data + r * rows.stride;
        float* y = into.data + r * into.stride + o;
        if (outs == 4) {
            switch (count) {
            case 1: return block<T, 4, 1>(w, in, x, rows.stride, y, into.stride, adds);
            case 2: return block<T, 4, 2>(w, in, x, rows.stride, y, into.stride, adds);
            case 3: return block<T, 4, 3>(w, in, x, rows.stride, y, into.stride, adds);
            default: return block<T, 4, 4>(w, in, x, rows.stride, y, into.stride, adds);
            }
        }
        for (std::int64_t i = 0; i < count; ++i)
            block<T, 1, 1>(w, in, x + i * rows.stride, rows.stride, y + i * into.stride, into.stride, adds);
    });
}

CW_INLINE void multiplyInt4(const WeightView& weight, std::int64_t begin, std::int64_t end, InputRows rows,
                            const float* laneSums, OutputRows into, bool adds) {
    const auto* bytes = static_cast<const std::uint8_t*>(weight.data);
    const std::int64_t in = weight.in, groups = in / kInt4Group;
    forBlocks(begin, end, rows.count, [&](std::int64_t o, int outs, std::int64_t r, std::int64_t count) __attribute__((always_inline)) {
        const std::uint8_t* w = bytes + o * in / 2;
        const BFloat16* s = weight.scales + o * groups;
        const float* x = rows.data + r * rows.stride;
        const float* sums = laneSums + r * groups * kLanes;
        float* y = into.data + r * into.stride + o;
        if (outs == 4) {
            switch (count) {
            case 1: return int4Block<4, 1>(w, s, in, x, rows.stride, sums, y, into.stride, adds);
            case 2: return int4Block<4, 2>(w, s, in, x, rows.stride, sums, y, into.stride, adds);
            default: break;
            }
            // More would not fit the registers.
            for (int half = 0; half < 4; half += 2)
                if (count == 3)
                    int4Block<2, 3>(w + half * in / 2, s + half * groups, in, x, rows.stride, sums, y + half, into.stride, adds);
                else
                    int4Block<2, 4>(w + half * in / 2, s + half * groups, in, x, rows.stride, sums, y + half, into.stride, adds);
            return;
        }
        for (std::int64_t i = 0; i < count; ++i)
            int4Block<1, 1>(w, s, in, x + i * rows.stride, rows.stride, sums + i * groups * kLanes, y + i * into.stride,
                            into.stride, adds);
    });
}

CW_CLONES void multiplyF32(const WeightView& weight, std::int64_t begin, std::int64_t end, InputRows rows,
                           OutputRows into, bool adds) {
    multiply<float>(weight, begin, end, rows, into, adds);
}
CW_CLONES void multiplyBF16(const WeightView& weight, std::int64_t begin, std::int64_t end, InputRows rows,
                            float* arranged, OutputRows into, bool adds) {
    const std::int64_t whole = weight.in / (2 * kLanes) * 2 * kLanes;
    for (std::int64_t r = 0; r < rows.count; ++r) {
        const float* x = rows.data + r * rows.stride;
        arrange(x, whole, arranged + r * weight.in);
        std::copy(x + whole, x + weight.in, arranged + r * weight.in + whole);
    }
    multiply<BFloat16>(weight, begin, end, {arranged, weight.in, rows.count}, into, adds);
}
CW_CLONES void multiplyInt4Rows(const WeightView& weight, std::int64_t begin, std::int64_t end, InputRows rows,
                                const float* laneSums, OutputRows into, bool adds) {
    multiplyInt4(weight, begin, end, rows, laneSums, into, adds);
}

// Of each row and group, lane by lane: the sum of its inputs.
CW_CLONES void laneSumsOf(InputRows rows, std::int64_t in, float* into) {
    for (std::int64_t r = 0; r < rows.count; ++r)
        for (std::int64_t at = 0; at < in; at += kInt4Group, into += kLanes) {
            F16 sum = {};
            for (std::int64_t i = 0; i < kInt4Group; i += kLanes) {
                F16 input;
                load(input, rows.data + r * rows.stride + at + i);
                sum += input;
            }
            *reinterpret_cast<F16Memory*>(into) = sum;
        }
}

// Memory of this thread's own, kept: a pass comes here several hundred times.
float* scratch(std::int64_t size) {
    thread_local std::vector<float> buffer;
    if (static_cast<std::int64_t>(buffer.size()) < size)
        buffer.resize(static_cast<size_t>(size));
    return buffer.data();
}

} // namespace

void multiplyRows(const WeightView& weight, std::int64_t begin, std::int64_t end, InputRows rows, OutputRows into,
                  bool adds) {
    if (begin >= end)
        return;
    switch (weight.form) {
    case WeightForm::F32:
        return multiplyF32(weight, begin, end, rows, into, adds);
    case WeightForm::BF16: {
        return multiplyBF16(weight, begin, end, rows, scratch(rows.count * weight.in), into, adds);
    }
    case WeightForm::Int4: {
        float* sums = scratch(rows.count * weight.in / kInt4Group * kLanes);
        laneSumsOf(rows, weight.in, sums);
        return multiplyInt4Rows(weight, begin, end, rows, sums, into, adds);
    }
    }
}

void toInt4(const float* row, std::int64_t in, std::uint8_t* bytes, BFloat16* scales) {
    for (std::int64_t group = 0; group < in / kInt4Group; ++group) {
        const float* weights = row + group * kInt4Group;
        float largest = 0;
        for (std::int64_t i = 0; i < kInt4Group; ++i)
            largest = std::max(largest, std::abs(weights[i]));
        const BFloat16 scale = largest / 7; // rounded before the weights are: the stored grid is the one they are rounded to
        scales[group] = scale;
        const auto bitsOf = [&](std::int64_t i) {
            const float steps = one(scale) > 0 ? std::nearbyint(weights[i] / one(scale)) : 0;
            return static_cast<std::uint8_t>(std::clamp(steps, -8.0f, 7.0f) + 8);
        };
        for (std::int64_t half = 0; half < 2; ++half)
            for (std::int64_t j = 0; j < kLanes; ++j) {
                const std::int64_t at = half * 2 * kLanes + j;
                bytes[(group * kInt4Group + half * 2 * kLanes) / 2 + j] =
                    static_cast<std::uint8_t>(bitsOf(at) | bitsOf(at + kLanes) << 4);
            }
    }
}

namespace {

template <typename T>
CW_INLINE void unpack(const std::uint8_t* __restrict bytes, const BFloat16* __restrict scales, std::int64_t in, T* __restrict row) {
    for (std::int64_t at = 0; at < in; at += 2 * kLanes) {
        U16 bits;
        load(bits, bytes + at / 2);
        const float scale = one(scales[at / kInt4Group]);
        const F16 low = (__builtin_convertvector(bits & 15, F16) - 8) * scale;
        const F16 high = (__builtin_convertvector(bits >> 4, F16) - 8) * scale;
        store(row + at, low);
        store(row + at + kLanes, high);
    }
}

CW_CLONES void unpackF32(const std::uint8_t* bytes, const BFloat16* scales, std::int64_t in, float* row) {
    unpack(bytes, scales, in, row);
}
CW_CLONES void unpackBF16(const std::uint8_t* bytes, const BFloat16* scales, std::int64_t in, BFloat16* row) {
    unpack(bytes, scales, in, row);
}

} // namespace

void fromInt4(const std::uint8_t* bytes, const BFloat16* scales, std::int64_t in, float* row) {
    unpackF32(bytes, scales, in, row);
}

void fromInt4(const std::uint8_t* bytes, const BFloat16* scales, std::int64_t in, BFloat16* row) {
    unpackBF16(bytes, scales, in, row);
}

} // namespace cw::kernels
