// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Byte-pair merging within one word: Sennrich, Haddow, Birch, "Neural machine translation of rare words with subword units", 2016.
// Immutable once filled; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace cw {

class BpeMerger {
public:
    // Merges are tried in the order in which they were added. Adding a pair again changes nothing.
    void add(std::int32_t left, std::int32_t right, std::int32_t merged);

    // Merges the word's tokens as far as they go: always the earliest-added pair, the leftmost one at a tie. O(n log n).
    std::vector<std::int32_t> merge(const std::vector<std::int32_t>& tokens) const;

private:
    struct Merge {
        std::int32_t rank;
        std::int32_t token;
    };
    const Merge* find(std::int32_t left, std::int32_t right) const;

    std::unordered_map<std::uint64_t, Merge> m_merges; // by both tokens
};

} // namespace cw
