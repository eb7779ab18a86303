// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// UTF-8: validation, code points, and the conversion between byte offsets and UTF-16 offsets. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// The byte offset of the first byte that is not valid UTF-8 (RFC 3629: no overlong forms, no surrogates), or nothing.
std::optional<size_t> firstInvalidUtf8(std::string_view text);

// Reads the code point that begins at `offset` and moves `offset` behind it. An invalid byte reads as U+FFFD, one byte long.
char32_t decodeCodePoint(std::string_view text, size_t& offset);

void appendCodePoint(std::string& out, char32_t codePoint);

size_t codePointCount(std::string_view text);

std::u32string toCodePoints(std::string_view text);

std::string fromCodePoints(std::u32string_view codePoints);

// Unicode's White_Space property.
bool isWhitespace(char32_t codePoint);

// General category Cc: U+0000 to U+001F (tab and line ends among them) and U+007F to U+009F.
bool isControl(char32_t codePoint);

// True if `offset` is the text's end or the first byte of a code point.
bool isCodePointBoundary(std::string_view text, size_t offset);

// Byte offset <-> UTF-16 offset within one text, both in O(log n) after one pass. Holds a view: the text must outlive it.
class Utf16Map {
public:
    explicit Utf16Map(std::string_view text);

    // Offsets beyond the end give the end; an offset within a code point gives the code point's begin.
    size_t toUtf16(size_t byteOffset) const;
    size_t toBytes(size_t utf16Offset) const;

private:
    struct Mark {
        size_t bytes;
        size_t units;
    };
    static constexpr size_t kStride = 256; // bytes between two marks
    std::string_view m_text;
    std::vector<Mark> m_marks;
};

} // namespace cw
