// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/similarity.h"

#include "core/base/ascii.h"
#include "core/base/utf.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cw {

namespace {

// For each code point of a text, the bits of its places, in words of 64.
class PlaceMasks {
public:
    template <typename Text> explicit PlaceMasks(Text text) : m_words((text.size() + 63) / 64) {
        m_ascii.fill(kNowhere);
        for (size_t i = 0; i < text.size(); ++i)
            m_bits[rowFor(text[i]) + i / 64] |= std::uint64_t{1} << (i % 64);
    }

    size_t words() const { return m_words; }

    // The mask's words, or null for a code point that the text doesn't have.
    const std::uint64_t* of(char32_t c) const {
        const size_t row = find(c);
        return row == kNowhere ? nullptr : m_bits.data() + row;
    }

private:
    static constexpr size_t kNowhere = static_cast<size_t>(-1);

    size_t find(char32_t c) const {
        if (c < m_ascii.size())
            return m_ascii[c];
        const auto found = m_others.find(c);
        return found == m_others.end() ? kNowhere : found->second;
    }

    size_t rowFor(char32_t c) {
        if (const size_t row = find(c); row != kNowhere)
            return row;
        const size_t row = m_bits.size();
        m_bits.resize(row + m_words, 0);
        if (c < m_ascii.size())
            m_ascii[c] = row;
        else
            m_others.emplace(c, row);
        return row;
    }

    size_t m_words;
    std::array<size_t, 128> m_ascii{};
    std::unordered_map<char32_t, size_t> m_others;
    std::vector<std::uint64_t> m_bits;
};

// One row of the LCS table as bits: a zero bit stands for a step up. See H. Hyyrö, "Bit-parallel LCS-length computation
// revisited", 2004: V' = (V + (V & M)) | (V & ~M), the addition carried from word to word.
void advanceRow(std::vector<std::uint64_t>& row, const std::uint64_t* matches) {
    std::uint64_t carry = 0;
    for (size_t w = 0; w < row.size(); ++w) {
        const std::uint64_t v = row[w];
        const std::uint64_t matched = v & matches[w];
        const std::uint64_t partial = v + matched;
        const std::uint64_t sum = partial + carry;
        carry = static_cast<std::uint64_t>(partial < v) | static_cast<std::uint64_t>(sum < partial);
        row[w] = sum | (v & ~matches[w]);
    }
}

// Of views of code points: a char is one in ASCII.
template <typename Text> size_t longestCommonSubsequence(Text a, Text b) {
    if (a.empty() || b.empty())
        return 0;
    const PlaceMasks masks(a);
    std::vector<std::uint64_t> row(masks.words(), ~std::uint64_t{0});
    for (const auto c : b)
        if (const std::uint64_t* matches = masks.of(c))
            advanceRow(row, matches);
    size_t zeros = 0; // bits behind the end of `a` match nothing and stay one
    for (std::uint64_t word : row)
        zeros += static_cast<size_t>(std::popcount(~word));
    return zeros;
}

// The common ends don't need the table: an LCS always may take them.
template <typename Text> size_t trimCommonEnds(Text& a, Text& b) {
    const size_t most = std::min(a.size(), b.size());
    const size_t prefix = static_cast<size_t>(std::mismatch(a.begin(), a.begin() + most, b.begin()).first - a.begin());
    size_t suffix = 0;
    while (suffix < most - prefix && a[a.size() - 1 - suffix] == b[b.size() - 1 - suffix])
        ++suffix;
    a = a.substr(prefix, a.size() - prefix - suffix);
    b = b.substr(prefix, b.size() - prefix - suffix);
    return prefix + suffix;
}

template <typename Text> Similarity similarityOf(Text a, Text b) {
    const size_t total = a.size() + b.size();
    const size_t ends = trimCommonEnds(a, b);
    return {ends + longestCommonSubsequence(a, b), total};
}

} // namespace

Similarity similarity(std::string_view a, std::string_view b) {
    if (isAscii(a) && isAscii(b))
        return similarityOf(a, b);
    const std::u32string left = toCodePoints(a), right = toCodePoints(b);
    return similarityOf(std::u32string_view(left), std::u32string_view(right));
}

} // namespace cw
