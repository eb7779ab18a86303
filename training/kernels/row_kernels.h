// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The CPU's side of fused_ops: plain loops over one row, compiled for several instruction sets, of which the best one
// that the processor has is taken when the program starts. Every function exists for f32 and for bf16 rows. Any thread.
#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace cw::kernels {

struct DropoutRow {
    std::uint32_t key;       // of this row
    std::uint32_t threshold; // an element whose hash is below is left out
    float scale;             // of the others
};

#define CW_ROW_KERNELS(T)                                                                                              \
    float normRow(const T* x, const T* weight, T* out, std::int64_t width, float epsilon);                             \
    void normGradientRow(const T* grad, const T* x, const T* weight, float inverseRoot, T* into, std::int64_t width);  \
    void swigluRow(const T* gate, const T* up, T* out, std::int64_t width);                                            \
    void swigluGradientRow(const T* grad, T* gate, T* up, std::int64_t width);                                         \
    void rotateRow(T* x, const float* cosine, const float* sine, std::int64_t heads, std::int64_t half, float sign);   \
    void dropRow(const T* x, T* out, std::int64_t width, DropoutRow mask);                                             \
    void addDroppedRow(T* into, const T* grad, std::int64_t width, DropoutRow mask);

CW_ROW_KERNELS(float)
CW_ROW_KERNELS(c10::BFloat16)
#undef CW_ROW_KERNELS

// The hash of a row's key and a column: uniform in 32 bits.
std::uint32_t dropoutHash(std::uint32_t rowKey, std::uint32_t column);

} // namespace cw::kernels
