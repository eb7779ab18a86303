// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A set of token ids: which tokens may come next. Plain value.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace cw {

class TokenMask {
public:
    TokenMask() = default;
    explicit TokenMask(std::int64_t vocabSize) : m_words((static_cast<size_t>(vocabSize) + 63) / 64) {}

    void set(std::int64_t id) { m_words[static_cast<size_t>(id) / 64] |= std::uint64_t(1) << (id % 64); }
    void clear() { std::fill(m_words.begin(), m_words.end(), 0); }
    void add(const TokenMask& other) {
        for (size_t i = 0; i < m_words.size(); ++i)
            m_words[i] |= other.m_words[i];
    }
    bool test(std::int64_t id) const { return (m_words[static_cast<size_t>(id) / 64] >> (id % 64)) & 1; }

    size_t count() const {
        size_t total = 0;
        for (const std::uint64_t word : m_words)
            total += static_cast<size_t>(std::popcount(word));
        return total;
    }

    // Calls `visit` with each id, in order.
    template <typename Visit> void forEach(Visit visit) const {
        for (size_t i = 0; i < m_words.size(); ++i)
            for (std::uint64_t word = m_words[i]; word != 0; word &= word - 1)
                visit(static_cast<std::int64_t>(i * 64) + std::countr_zero(word));
    }

private:
    std::vector<std::uint64_t> m_words;
};

} // namespace cw
