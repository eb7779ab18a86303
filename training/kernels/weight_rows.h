// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Products of a weight matrix with few rows, as decoding has them: bound by how fast the weights come from memory. A
// result depends on its weight row and its input row alone, never on how many rows or columns are computed together.
// Plain data and pure functions; any thread.
#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace cw::kernels {

enum class WeightForm { F32, BF16, Int4 };

// Four bits a weight: of 64 weights that follow each other in a row, byte j of the first 16 holds weight j in its low and
// weight 16 + j in its high bits, the other 16 bytes the rest alike. A weight is (bits - 8) * scale.
inline constexpr std::int64_t kInt4Group = 64;

// A matrix [out, in], row by row. Borrowed.
struct WeightView {
    WeightForm form = WeightForm::F32;
    const void* data = nullptr;              // F32: float; BF16: c10::BFloat16; Int4: bytes, in / 2 a row
    const c10::BFloat16* scales = nullptr;   // Int4: in / kInt4Group a row
    std::int64_t out = 0;
    std::int64_t in = 0;                     // Int4: a multiple of kInt4Group
};

// Rows of f32 numbers, `stride` numbers from one to the next. Borrowed.
struct InputRows {
    const float* data = nullptr;
    std::int64_t stride = 0;
    std::int64_t count = 0;
};
struct OutputRows {
    float* data = nullptr;
    std::int64_t stride = 0;
};

// into[m][o] = weight row o * rows[m] for o in [begin, end), sums in f32; `adds`: added to what is there.
void multiplyRows(const WeightView& weight, std::int64_t begin, std::int64_t end, InputRows rows, OutputRows into,
                  bool adds = false);

// Rounds one row of `in` weights to four bits: scale = largest magnitude / 7, in bf16, per group. bytes [in / 2], scales
// [in / kInt4Group].
void toInt4(const float* row, std::int64_t in, std::uint8_t* bytes, c10::BFloat16* scales);
// The weights that such a row stands for.
void fromInt4(const std::uint8_t* bytes, const c10::BFloat16* scales, std::int64_t in, float* row);
void fromInt4(const std::uint8_t* bytes, const c10::BFloat16* scales, std::int64_t in, c10::BFloat16* row);

} // namespace cw::kernels
