// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/shingles.h"

#include "core/base/rng.h"

#include <algorithm>

namespace cw {

namespace {

bool isWordByte(unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A hash of each word, in lower case (ASCII); what is between words doesn't count.
std::vector<std::uint64_t> wordHashes(std::string_view text) {
    constexpr std::uint64_t kEmpty = 0xcbf29ce484222325ULL; // FNV-1a, 64 bits
    std::vector<std::uint64_t> out;
    std::uint64_t hash = kEmpty;
    for (const unsigned char c : text) {
        if (isWordByte(c)) {
            hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 0x100000001b3ULL;
        } else if (hash != kEmpty) {
            out.push_back(hash);
            hash = kEmpty;
        }
    }
    if (hash != kEmpty)
        out.push_back(hash);
    return out;
}

} // namespace

std::uint64_t mixedHash(std::uint64_t x) { return Rng(x).next(); }

Shingles shingles(std::string_view text, size_t words) {
    const auto hashes = wordHashes(text);
    Shingles out;
    for (size_t begin = 0; begin < hashes.size() && (begin == 0 || begin + words <= hashes.size()); ++begin) {
        std::uint64_t hash = 0;
        for (size_t i = begin; i < std::min(begin + words, hashes.size()); ++i)
            hash = mixedHash(hash ^ hashes[i]);
        out.push_back(hash);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

size_t commonShingles(const Shingles& a, const Shingles& b) {
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        common += a[i] == b[j] ? 1 : 0;
        const bool left = a[i] <= b[j], right = b[j] <= a[i];
        i += left ? 1 : 0;
        j += right ? 1 : 0;
    }
    return common;
}

} // namespace cw
