// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A seeded random source whose numbers are the same on every machine (std's distributions are not). One thread an object.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace cw {

// SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
class Rng {
public:
    explicit Rng(std::uint64_t seed) : m_state(seed) {}
    // A stream of its own for a named purpose under one seed.
    Rng(std::uint64_t seed, std::string_view purpose);

    std::uint64_t next();
    // Uniform in [0, bound), without bias. bound > 0.
    std::uint64_t below(std::uint64_t bound);
    // Uniform in [0, 1).
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    // Fisher-Yates.
    template <typename T> void shuffle(std::vector<T>& values) {
        for (size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[static_cast<size_t>(below(i))]);
    }

private:
    std::uint64_t m_state;
};

} // namespace cw
