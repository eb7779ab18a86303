// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Whether a text is ASCII alone, of which a byte is a character and which most contracts are made of. Any thread.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace cw {

inline bool isAscii(std::string_view text) {
    std::uint64_t bits = 0;
    for (; text.size() >= sizeof bits; text.remove_prefix(sizeof bits)) {
        std::uint64_t word;
        std::memcpy(&word, text.data(), sizeof word);
        bits |= word;
    }
    for (const char byte : text)
        bits |= static_cast<unsigned char>(byte);
    return (bits & 0x8080808080808080) == 0;
}

} // namespace cw
