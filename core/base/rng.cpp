// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"

namespace cw {

Rng::Rng(std::uint64_t seed, std::string_view purpose) : m_state(seed) {
    for (char c : purpose) // FNV-1a over the name, folded into the seed
        m_state = (m_state ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    next();
}

std::uint64_t Rng::next() {
    std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

std::uint64_t Rng::below(std::uint64_t bound) {
    std::uint64_t value = next();
    if (value < bound) { // it may be in the incomplete last interval, whose size takes a division to know
        const std::uint64_t reject = (0 - bound) % bound;
        while (value < reject)
            value = next();
    }
    return value % bound;
}

} // namespace cw
