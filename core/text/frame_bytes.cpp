// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/frame_bytes.h"

#include "core/base/utf.h"

namespace cw {

namespace {

constexpr size_t kMaxLineBytes = 4096;

bool breaksLine(char32_t c) { return (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool turnsDirection(char32_t c) { return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

} // namespace

void putNumber(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>(value >> (8 * i)));
}

void putDouble(std::string& out, double value) { putNumber(out, std::bit_cast<std::uint64_t>(value), 8); }

void putString(std::string& out, std::string_view text) {
    putNumber(out, text.size(), 8);
    out += text;
}

std::string_view ByteCursor::take(std::uint64_t bytes) {
    if (bytes > m_rest.size()) {
        m_ok = false;
        m_rest = {};
        return {};
    }
    const std::string_view taken = m_rest.substr(0, bytes);
    m_rest.remove_prefix(bytes);
    return taken;
}

std::uint64_t ByteCursor::number(int bytes) {
    std::uint64_t value = 0;
    int shift = 0;
    for (const char byte : take(static_cast<std::uint64_t>(bytes))) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
        shift += 8;
    }
    return value;
}

size_t ByteCursor::count(size_t itemBytes) {
    const std::uint64_t items = number(4);
    m_ok = m_ok && items <= m_rest.size() / itemBytes;
    return m_ok ? static_cast<size_t>(items) : 0;
}

std::string oneLine(std::string_view text) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
        const char32_t codePoint = decodeCodePoint(text, at);
        if (breaksLine(codePoint))
            out += ' ';
        else if (!isControl(codePoint) && !turnsDirection(codePoint))
            appendCodePoint(out, codePoint);
        if (out.size() > kMaxLineBytes - 4)
            break;
    }
    return out;
}

} // namespace cw
