// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The number formats of GGUF tensors: values stored one by one, or in blocks that share a scale. Pure functions; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace cw {

enum class BlockType { F32, F16, Bf16, Q8_0, Q4_0, Q4_1, Q4_K, Q6_K };

struct BlockLayout {
    std::int64_t values; // of a block
    std::int64_t bytes;
};
BlockLayout layoutOf(BlockType type);

// Of the type's number in a file; nothing for a format that this program can't read.
std::optional<BlockType> blockTypeFromNumber(std::uint32_t number);
// "Q4_K", also of known formats that can't be read; "type 99" of others.
std::string blockTypeName(std::uint32_t number);

// Writes the f32 values of `blocks` whole blocks. The layouts are those of the ggml library.
void dequantise(BlockType type, const char* from, std::int64_t blocks, float* to);

} // namespace cw
