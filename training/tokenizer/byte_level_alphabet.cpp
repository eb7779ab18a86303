// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/byte_level_alphabet.h"

#include "core/base/utf.h"

namespace cw {

namespace {

constexpr char32_t kFirstStandIn = 0x100;
constexpr size_t kStandIns = 68;

bool standsForItself(int byte) {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || (byte >= 0xAE && byte <= 0xFF);
}

// The character of each byte, as a code point.
std::array<char32_t, 256> makeCodePoints() {
    std::array<char32_t, 256> codePoints{};
    char32_t next = kFirstStandIn;
    for (int byte = 0; byte < 256; ++byte)
        codePoints[static_cast<size_t>(byte)] = standsForItself(byte) ? static_cast<char32_t>(byte) : next++;
    return codePoints;
}

std::array<int, kFirstStandIn + kStandIns> makeInverse() {
    std::array<int, kFirstStandIn + kStandIns> bytes{};
    bytes.fill(-1);
    const auto codePoints = makeCodePoints();
    for (int byte = 0; byte < 256; ++byte)
        bytes[codePoints[static_cast<size_t>(byte)]] = byte;
    return bytes;
}

} // namespace

const std::array<std::string, 256>& byteLevelAlphabet() {
    static const auto alphabet = [] {
        std::array<std::string, 256> names;
        const auto codePoints = makeCodePoints();
        for (size_t byte = 0; byte < 256; ++byte)
            appendCodePoint(names[byte], codePoints[byte]);
        return names;
    }();
    return alphabet;
}

std::optional<std::string> bytesOfName(std::string_view name) {
    static const auto inverse = makeInverse();
    std::string bytes;
    for (size_t at = 0; at < name.size();) {
        const char32_t c = decodeCodePoint(name, at);
        if (c >= inverse.size() || inverse[c] < 0)
            return std::nullopt;
        bytes += static_cast<char>(inverse[c]);
    }
    return bytes;
}

} // namespace cw
