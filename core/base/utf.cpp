// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf.h"

#include <algorithm>

namespace cw {

namespace {

bool isContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The length of the well-formed sequence at `offset`, or 0. Table 3-7 of the Unicode standard.
size_t sequenceLength(std::string_view text, size_t offset) {
    const auto at = [&](size_t i) -> unsigned { return static_cast<unsigned char>(text[offset + i]); };
    const size_t left = text.size() - offset;
    const unsigned lead = at(0);
    if (lead < 0x80)
        return 1;
    const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || left < length)
        return 0;
    const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at(1) < low || at(1) > high)
        return 0;
    for (size_t i = 2; i < length; ++i)
        if (!isContinuation(text[offset + i]))
            return 0;
    return length;
}

} // namespace

std::optional<size_t> firstInvalidUtf8(std::string_view text) {
    for (size_t i = 0; i < text.size();) {
        const size_t length = sequenceLength(text, i);
        if (length == 0)
            return i;
        i += length;
    }
    return std::nullopt;
}

char32_t decodeCodePoint(std::string_view text, size_t& offset) {
    const size_t length = sequenceLength(text, offset);
    if (length == 0) {
        ++offset;
        return U'\uFFFD';
    }
    static constexpr unsigned kLeadMask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t codePoint = static_cast<unsigned char>(text[offset]) & kLeadMask[length];
    for (size_t i = 1; i < length; ++i)
        codePoint = (codePoint << 6) | (static_cast<unsigned char>(text[offset + i]) & 0x3F);
    offset += length;
    return codePoint;
}

void appendCodePoint(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

size_t codePointCount(std::string_view text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size(); ++count)
        decodeCodePoint(text, i);
    return count;
}

std::u32string toCodePoints(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size();)
        out.push_back(decodeCodePoint(text, i));
    return out;
}

std::string fromCodePoints(std::u32string_view codePoints) {
    std::string out;
    out.reserve(codePoints.size());
    for (char32_t c : codePoints)
        appendCodePoint(out, c);
    return out;
}

bool isWhitespace(char32_t c) {
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

bool isControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

bool isCodePointBoundary(std::string_view text, size_t offset) {
    return offset == text.size() || (offset < text.size() && !isContinuation(text[offset]));
}

Utf16Map::Utf16Map(std::string_view text) : m_text(text) {
    size_t units = 0;
    size_t nextMark = 0;
    for (size_t i = 0; i < text.size();) {
        if (i >= nextMark) {
            m_marks.push_back({i, units});
            nextMark = i + kStride;
        }
        units += decodeCodePoint(text, i) >= 0x10000 ? 2 : 1;
    }
    m_marks.push_back({text.size(), units});
}

size_t Utf16Map::toUtf16(size_t byteOffset) const {
    byteOffset = std::min(byteOffset, m_text.size());
    auto mark = std::upper_bound(m_marks.begin(), m_marks.end(), byteOffset,
                                 [](size_t value, const Mark& m) { return value < m.bytes; });
    if (mark == m_marks.begin())
        return 0;
    --mark;
    size_t units = mark->units;
    for (size_t i = mark->bytes; i < byteOffset;) {
        const size_t width = decodeCodePoint(m_text, i) >= 0x10000 ? 2 : 1;
        if (i <= byteOffset)
            units += width;
    }
    return units;
}

size_t Utf16Map::toBytes(size_t utf16Offset) const {
    auto mark = std::upper_bound(m_marks.begin(), m_marks.end(), utf16Offset,
                                 [](size_t value, const Mark& m) { return value < m.units; });
    if (mark == m_marks.begin())
        return 0;
    --mark;
    size_t units = mark->units;
    size_t i = mark->bytes;
    while (i < m_text.size() && units < utf16Offset) {
        const size_t begin = i;
        units += decodeCodePoint(m_text, i) >= 0x10000 ? 2 : 1;
        if (units > utf16Offset)
            return begin;
    }
    return i;
}

} // namespace cw
