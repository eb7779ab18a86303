// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What stands before the tensors of a GGUF file, version 3, little-endian: named values and a table of tensors. Files
// come from outside, so every number is checked before a byte is used. Pure; any thread.
#pragma once

#include "core/base/result.h"
#include "training/model/gguf_blocks.h"

#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct GgufTensor {
    BlockType type = BlockType::F32;
    std::vector<std::int64_t> shape; // row by row: [out, in], the reverse of the file's
    std::uint64_t begin = 0;         // bytes from the file's begin
    std::uint64_t bytes = 0;
};

// A value's type number in a file.
enum class GgufType : std::uint32_t { U8, I8, U16, I16, U32, I32, F32, Bool, Text, List, U64, I64, F64 };

// A value that lies in the file, checked to lie there whole.
struct GgufValue {
    GgufType type = GgufType::U8; // of the elements, where it is a list
    bool isList = false;
    std::uint64_t count = 1;
    std::string_view bytes = {}; // of a text without its length
};

struct GgufHeader {
    std::map<std::string, GgufValue, std::less<>> values;
    std::map<std::string, GgufTensor, std::less<>> tensors;
};

// `bytes` is the whole file, which the values refer to. Checks counts that fit into the file, names that occur once
// and are UTF-8 (as are texts outside of lists), known types, lists nested at most four deep, an alignment that is a
// power of two, tensors with whole blocks in each row that follow each other without overlaps or holes and end with the
// file. A tensor in a format that this program can't read is refused by name, and so is a part of a model in several
// files. `path` names the file in an error.
Result<GgufHeader> readGgufHeader(std::string_view bytes, const std::filesystem::path& path);

// A number as it lies in the file.
template <typename T> T numberAt(const char* bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

// Bytes of a value of that type; of a text and a list, those of the least one.
std::uint64_t leastSize(GgufType type);

// The value as a whole number, or nothing for another type and beyond the range.
std::optional<std::int64_t> integerAt(GgufType type, const char* bytes);

} // namespace cw
