// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The exponential function for the kernels of this folder, written so that loops of it become vectors: std::exp is a call
// for each element. Only for .cpp files of this folder.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace cw::kernels {

// e^x within 2 units in the last place for |x| <= 87: Cephes' expf (Moshier, "Methods and Programs for Mathematical
// Functions", 1989).
[[gnu::always_inline]] static inline float exponential(float x) {
    const float n = std::floor(x * 1.44269504088896341f + 0.5f);
    const float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    const auto power = static_cast<std::uint32_t>(static_cast<std::int32_t>(n) + 127) << 23;
    return (p * r * r + r + 1) * std::bit_cast<float>(power);
}

} // namespace cw::kernels
