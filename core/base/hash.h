// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4). Any thread.
#pragma once

#include "core/base/sha256_blocks.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cw {

class Sha256 {
public:
    void update(std::string_view bytes);
    // The digest of what was given so far, as 64 lower-case hex digits. Ends the object's use.
    std::string hex();

private:
    Sha256State m_state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> m_buffer{};
    std::uint64_t m_length = 0;
};

std::string sha256Hex(std::string_view bytes);

} // namespace cw
