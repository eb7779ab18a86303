// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Vectors of sixteen f32 numbers for the kernels of this folder, written once and compiled for several instruction sets.
// Every sum over a row goes lane by lane and ends in one fixed tree: its bits depend on the row alone. Only for .cpp files
// of this folder.
#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

#if defined(__x86_64__)
#define CW_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CW_CLONES
#endif
#define CW_INLINE [[gnu::always_inline]] static inline

namespace cw::kernels {

inline constexpr std::int64_t kLanes = 16;

using F16 [[gnu::vector_size(64)]] = float;
using U16 [[gnu::vector_size(64)]] = std::uint32_t;
// In memory: anywhere, and whatever it was written as.
using F16Memory [[gnu::vector_size(64), gnu::aligned(4), gnu::may_alias]] = float;
using H16Memory [[gnu::vector_size(32), gnu::aligned(2), gnu::may_alias]] = std::uint16_t;
using B16Memory [[gnu::vector_size(16), gnu::aligned(1), gnu::may_alias]] = std::uint8_t;
using H16 [[gnu::vector_size(32)]] = std::uint16_t;

// Into a variable, not by value: how a vector of this size is handed over differs between instruction sets.
CW_INLINE void load(F16& into, const float* from) {
    into = *reinterpret_cast<const F16Memory*>(from);
}
CW_INLINE void load(F16& into, const c10::BFloat16* from) {
    const U16 wide = __builtin_convertvector(*reinterpret_cast<const H16Memory*>(from), U16);
    into = reinterpret_cast<F16>(wide << 16);
}

using F8 [[gnu::vector_size(32)]] = float;
using U8 [[gnu::vector_size(32)]] = std::uint32_t;
using F4 [[gnu::vector_size(16)]] = float;
using F8Memory [[gnu::vector_size(32), gnu::aligned(4), gnu::may_alias]] = float;
using H8Memory [[gnu::vector_size(16), gnu::aligned(2), gnu::may_alias]] = std::uint16_t;

// Eight numbers: half of a row that is as narrow.
CW_INLINE void load(F8& into, const float* from) {
    into = *reinterpret_cast<const F8Memory*>(from);
}
CW_INLINE void load(F8& into, const c10::BFloat16* from) {
    const U8 wide = __builtin_convertvector(*reinterpret_cast<const H8Memory*>(from), U8);
    into = reinterpret_cast<F8>(wide << 16);
}

// Lane l of the four: l and l + 4 of the eight; l, l + 4, l + 8 and l + 12 of the sixteen.
CW_INLINE void foldLanes(F4& into, const F8& from) {
    into = __builtin_shufflevector(from, from, 0, 1, 2, 3) + __builtin_shufflevector(from, from, 4, 5, 6, 7);
}
CW_INLINE void foldLanes(F4& into, const F16& from) {
    const F8 half = __builtin_shufflevector(from, from, 0, 1, 2, 3, 4, 5, 6, 7) +
                    __builtin_shufflevector(from, from, 8, 9, 10, 11, 12, 13, 14, 15);
    foldLanes(into, half);
}

CW_INLINE float sumOfLanes(const F4& four) {
    return (four[0] + four[2]) + (four[1] + four[3]);
}
CW_INLINE float sumOfLanes(const F16& vector) {
    F4 four;
    foldLanes(four, vector);
    return sumOfLanes(four);
}

// The sums of four vectors at once, each added up in the order of sumOfLanes().
CW_INLINE void sumsOfLanes(float* into, const F4& first, const F4& second, const F4& third, const F4& fourth) {
    const F4 left = __builtin_shufflevector(first, second, 0, 1, 4, 5) + __builtin_shufflevector(first, second, 2, 3, 6, 7);
    const F4 right = __builtin_shufflevector(third, fourth, 0, 1, 4, 5) + __builtin_shufflevector(third, fourth, 2, 3, 6, 7);
    const F4 sums = __builtin_shufflevector(left, right, 0, 2, 4, 6) + __builtin_shufflevector(left, right, 1, 3, 5, 7);
    for (int i = 0; i < 4; ++i)
        into[i] = sums[i];
}
CW_INLINE void sumsOfLanes(float* into, const F16& a, const F16& b, const F16& c, const F16& d) {
    F4 first, second, third, fourth;
    foldLanes(first, a);
    foldLanes(second, b);
    foldLanes(third, c);
    foldLanes(fourth, d);
    sumsOfLanes(into, first, second, third, fourth);
}

// Sixteen bytes as numbers; in two steps, since GCC 12 makes sixteen scalar ones of a single step.
CW_INLINE void load(U16& into, const std::uint8_t* from) {
    into = __builtin_convertvector(__builtin_convertvector(*reinterpret_cast<const B16Memory*>(from), H16), U16);
}

CW_INLINE void store(float* into, const F16& from) {
    *reinterpret_cast<F16Memory*>(into) = from;
}
CW_INLINE void store(float* into, const F8& from) {
    *reinterpret_cast<F8Memory*>(into) = from;
}
// To the nearest, ties to even; not for NaNs.
CW_INLINE void store(c10::BFloat16* into, const F16& from) {
    const U16 bits = reinterpret_cast<U16>(from);
    const U16 rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    *reinterpret_cast<H16Memory*>(into) = __builtin_convertvector(rounded, H16);
}

using U16Memory [[gnu::vector_size(64), gnu::aligned(1), gnu::may_alias]] = std::uint32_t;

// 32 numbers as two vectors. Of bf16 numbers the first has those at even places and the second those at odd ones: taking a
// pair apart is one step each, widening it several. What they are multiplied with must lie the same way (see arrange()).
CW_INLINE void loadPair(F16& first, F16& second, const float* from) {
    load(first, from);
    load(second, from + kLanes);
}
CW_INLINE void loadPair(F16& first, F16& second, const c10::BFloat16* from) {
    const U16 pairs = *reinterpret_cast<const U16Memory*>(from);
    first = reinterpret_cast<F16>(pairs << 16);
    second = reinterpret_cast<F16>(pairs & 0xffff0000u);
}

// Lays out `count` numbers (a multiple of 32) as loadPair() of that type gives them, and back.
CW_INLINE void arrange(const float* __restrict from, std::int64_t count, float* __restrict into, bool back = false) {
    for (std::int64_t block = 0; block < count; block += 2 * kLanes)
        for (std::int64_t i = 0; i < kLanes; ++i) {
            const std::int64_t even = block + 2 * i, first = block + i;
            into[back ? even : first] = from[back ? first : even];
            into[back ? even + 1 : first + kLanes] = from[back ? first + kLanes : even + 1];
        }
}

CW_INLINE float one(float value) {
    return value;
}
CW_INLINE float one(c10::BFloat16 value) {
    return value;
}

} // namespace cw::kernels
