// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A text as the set of its runs of words, to compare texts by what they share (A. Broder, "On the resemblance and containment of documents",
// 1997). Case (ASCII), spaces and punctuation don't count. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cw {

using Shingles = std::vector<std::uint64_t>; // distinct hashes, ascending

// The runs of `words` words; a shorter text is one run, a text without words has none.
Shingles shingles(std::string_view text, size_t words);
// How many are in both.
size_t commonShingles(const Shingles& a, const Shingles& b);
// A hash of a hash, unlike it in every bit.
std::uint64_t mixedHash(std::uint64_t x);

} // namespace cw
