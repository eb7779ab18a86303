// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace cw {

namespace {

void block(Sha256State& state, const unsigned char* bytes) {
    std::array<std::uint32_t, 64> w;
    for (size_t i = 0; i < 16; ++i)
        w[i] = static_cast<std::uint32_t>(bytes[4 * i]) << 24 | static_cast<std::uint32_t>(bytes[4 * i + 1]) << 16 |
               static_cast<std::uint32_t>(bytes[4 * i + 2]) << 8 | bytes[4 * i + 3];
    for (size_t i = 16; i < 64; ++i) {
        const auto s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
        const auto s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (size_t i = 0; i < 64; ++i) {
        const auto s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const auto t1 = h + s1 + ((e & f) ^ (~e & g)) + kSha256Round[i] + w[i];
        const auto s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const auto t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    const Sha256State add = {a, b, c, d, e, f, g, h};
    for (size_t i = 0; i < 8; ++i)
        state[i] += add[i];
}

Sha256Blocks fastest() {
    const Sha256Blocks native = sha256BlocksNative();
    return native ? native : sha256BlocksPlain;
}

void takeBlocks(Sha256State& state, const unsigned char* bytes, size_t count) {
    static const Sha256Blocks blocks = fastest();
    blocks(state, bytes, count);
}

} // namespace

void sha256BlocksPlain(Sha256State& state, const unsigned char* bytes, size_t count) {
    for (size_t i = 0; i < count; ++i)
        block(state, bytes + 64 * i);
}

void Sha256::update(std::string_view bytes) {
    const size_t used = m_length % 64;
    m_length += bytes.size();
    if (used > 0) {
        const size_t take = std::min(bytes.size(), 64 - used);
        std::memcpy(m_buffer.data() + used, bytes.data(), take);
        bytes.remove_prefix(take);
        if (used + take < 64)
            return;
        takeBlocks(m_state, m_buffer.data(), 1);
    }
    takeBlocks(m_state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size() / 64);
    bytes.remove_prefix(bytes.size() / 64 * 64);
    if (!bytes.empty())
        std::memcpy(m_buffer.data(), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
    const std::uint64_t bits = m_length * 8;
    const size_t used = m_length % 64;
    std::string tail(used < 56 ? 64 - used : 128 - used, '\0');
    tail[0] = static_cast<char>(0x80);
    for (size_t i = 0; i < 8; ++i)
        tail[tail.size() - 1 - i] = static_cast<char>(bits >> (8 * i));
    update(tail);
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (std::uint32_t word : m_state)
        for (int shift = 28; shift >= 0; shift -= 4)
            out.push_back(kDigits[(word >> shift) & 15]);
    return out;
}

std::string sha256Hex(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.hex();
}

} // namespace cw
