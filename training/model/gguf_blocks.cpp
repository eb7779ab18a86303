// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/gguf_blocks.h"

#include <c10/util/BFloat16.h>
#include <c10/util/Half.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace cw {

namespace {

constexpr std::int64_t kSmall = 32;  // values of a block with one scale
constexpr std::int64_t kSuper = 256; // values of a block whose parts have scales of their own ("K")

struct TypeRow {
    BlockType type;
    std::uint32_t number;
    BlockLayout layout;
};

constexpr std::array<TypeRow, 8> kTypes{{{BlockType::F32, 0, {1, 4}},
                                         {BlockType::F16, 1, {1, 2}},
                                         {BlockType::Q4_0, 2, {kSmall, 18}},
                                         {BlockType::Q4_1, 3, {kSmall, 20}},
                                         {BlockType::Q8_0, 8, {kSmall, 34}},
                                         {BlockType::Q4_K, 12, {kSuper, 144}},
                                         {BlockType::Q6_K, 14, {kSuper, 210}},
                                         {BlockType::Bf16, 30, {1, 2}}}};

constexpr std::pair<std::uint32_t, std::string_view> kNames[] = {
    {0, "F32"},      {1, "F16"},     {2, "Q4_0"},     {3, "Q4_1"},   {6, "Q5_0"},    {7, "Q5_1"},   {8, "Q8_0"},
    {9, "Q8_1"},     {10, "Q2_K"},   {11, "Q3_K"},    {12, "Q4_K"},  {13, "Q5_K"},   {14, "Q6_K"},  {15, "Q8_K"},
    {16, "IQ2_XXS"}, {17, "IQ2_XS"}, {18, "IQ3_XXS"}, {19, "IQ1_S"}, {20, "IQ4_NL"}, {21, "IQ3_S"}, {22, "IQ2_S"},
    {23, "IQ4_XS"},  {24, "I8"},     {25, "I16"},     {26, "I32"},   {27, "I64"},    {28, "F64"},   {29, "IQ1_M"},
    {30, "BF16"},    {34, "TQ1_0"},  {35, "TQ2_0"},   {39, "MXFP4"}};

std::uint16_t bits16(const char* bytes) {
    std::uint16_t bits;
    std::memcpy(&bits, bytes, sizeof bits);
    return bits;
}

float half(const char* bytes) {
    return c10::Half(bits16(bytes), c10::Half::from_bits());
}

float brainFloat(const char* bytes) {
    return c10::BFloat16(bits16(bytes), c10::BFloat16::from_bits());
}

int byteAt(const char* bytes, std::int64_t i) {
    return static_cast<unsigned char>(bytes[i]);
}

// Half a byte each: the low halves are the first values, the high ones those `apart` places on.
void nibbles(const char* from, std::int64_t apart, float scale, float lowest, float* to) {
    for (std::int64_t i = 0; i < apart; ++i) {
        const int byte = byteAt(from, i);
        to[i] = scale * static_cast<float>(byte & 15) + lowest;
        to[i + apart] = scale * static_cast<float>(byte >> 4) + lowest;
    }
}

// f16 d; 32 int8: d * q.
void q8_0(const char* from, float* to) {
    const float d = half(from);
    for (std::int64_t i = 0; i < kSmall; ++i)
        to[i] = d * static_cast<float>(static_cast<signed char>(from[2 + i]));
}

// f16 d; 16 bytes: d * (q - 8).
void q4_0(const char* from, float* to) {
    const float d = half(from);
    for (std::int64_t i = 0; i < kSmall / 2; ++i) {
        to[i] = d * static_cast<float>((byteAt(from, 2 + i) & 15) - 8);
        to[i + kSmall / 2] = d * static_cast<float>((byteAt(from, 2 + i) >> 4) - 8);
    }
}

// f16 d; f16 m; 16 bytes: d * q + m.
void q4_1(const char* from, float* to) {
    nibbles(from + 4, kSmall / 2, half(from), half(from + 2), to);
}

// The scale and the minimum, 6 bits each, of part i of 8. Those of the last four are split: four bits in the last four
// bytes, the upper two above those of the first four.
std::pair<int, int> scaleAndMinimum(const char* scales, std::int64_t i) {
    if (i < 4)
        return {byteAt(scales, i) & 63, byteAt(scales, i + 4) & 63};
    const int low = byteAt(scales, i + 4);
    return {(low & 15) | (byteAt(scales, i - 4) >> 6 << 4), (low >> 4) | (byteAt(scales, i) >> 6 << 4)};
}

// f16 d; f16 m; 12 bytes of scales; 128 bytes: d * scale * q - m * minimum, in parts of 32, two of which share bytes.
void q4_k(const char* from, float* to) {
    const float d = half(from), m = half(from + 2);
    const char* scales = from + 4;
    const char* values = from + 16;
    for (std::int64_t part = 0; part < 8; ++part) {
        const auto [scale, minimum] = scaleAndMinimum(scales, part);
        const float step = d * static_cast<float>(scale), lowest = m * static_cast<float>(minimum);
        for (std::int64_t i = 0; i < 32; ++i) {
            const int byte = byteAt(values, part / 2 * 32 + i);
            to[part * 32 + i] = step * static_cast<float>(part % 2 == 0 ? byte & 15 : byte >> 4) - lowest;
        }
    }
}

// 128 bytes of low halves; 64 bytes of upper pairs of bits; 16 int8 scales; f16 d: d * scale * (q - 32), a scale for
// each 16 values.
void q6_k(const char* from, float* to) {
    const char* low = from;
    const char* high = from + 128;
    const char* scales = from + 192;
    const float d = half(from + 208);
    for (std::int64_t i = 0; i < kSuper; ++i) {
        const std::int64_t side = i / 128, within = i % 128; // two sides of 128, of four rows of 32
        const std::int64_t row = within / 32, column = within % 32;
        const int byte = byteAt(low, side * 64 + row % 2 * 32 + column);
        const int four = row < 2 ? byte & 15 : byte >> 4;
        const int two = (byteAt(high, side * 32 + column) >> (2 * row)) & 3;
        const float step = d * static_cast<float>(static_cast<signed char>(scales[i / 16]));
        to[i] = step * static_cast<float>((four | two << 4) - 32);
    }
}

void dequantiseBlock(BlockType type, const char* from, float* to) {
    switch (type) {
    case BlockType::F32:
        std::memcpy(to, from, sizeof *to);
        return;
    case BlockType::F16:
        *to = half(from);
        return;
    case BlockType::Bf16:
        *to = brainFloat(from);
        return;
    case BlockType::Q8_0:
        return q8_0(from, to);
    case BlockType::Q4_0:
        return q4_0(from, to);
    case BlockType::Q4_1:
        return q4_1(from, to);
    case BlockType::Q4_K:
        return q4_k(from, to);
    case BlockType::Q6_K:
        return q6_k(from, to);
    }
}

} // namespace

BlockLayout layoutOf(BlockType type) {
    return std::ranges::find(kTypes, type, &TypeRow::type)->layout;
}

std::optional<BlockType> blockTypeFromNumber(std::uint32_t number) {
    const auto found = std::ranges::find(kTypes, number, &TypeRow::number);
    return found == kTypes.end() ? std::nullopt : std::optional(found->type);
}

std::string blockTypeName(std::uint32_t number) {
    for (const auto& [known, name] : kNames)
        if (known == number)
            return std::string(name);
    return "type " + std::to_string(number);
}

void dequantise(BlockType type, const char* from, std::int64_t blocks, float* to) {
    const BlockLayout layout = layoutOf(type);
    for (std::int64_t i = 0; i < blocks; ++i)
        dequantiseBlock(type, from + i * layout.bytes, to + i * layout.values);
}

} // namespace cw
