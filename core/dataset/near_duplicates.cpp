// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Near duplicates by MinHash with banding (A. Broder, "On the resemblance and containment of documents", 1997; bands as
// in Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", section 3.4). Every candidate is checked with the exact
// Jaccard index.
#include "core/dataset/partition.h"
#include "core/dataset/shingles.h"
#include "core/dataset/stratify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>

namespace cw {

namespace {

constexpr size_t kShingleWords = 8;
constexpr size_t kHashes = 128;

using Signature = std::array<std::uint64_t, kHashes>;

Signature signatureOf(const Shingles& set) {
    Signature signature;
    signature.fill(std::numeric_limits<std::uint64_t>::max());
    for (std::uint64_t shingle : set)
        for (size_t i = 0; i < kHashes; ++i)
            signature[i] = std::min(signature[i], mixedHash(shingle + i * 0xd1342543de82ef95ULL));
    return signature;
}

double jaccard(const Shingles& a, const Shingles& b) {
    const size_t common = commonShingles(a, b);
    return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

// The longest band that misses a pair at the threshold less than once in a million: longer bands give fewer candidates
// to check.
size_t rowsOfBand(double threshold) {
    size_t rows = kHashes;
    while (rows > 1 &&
           std::pow(1 - std::pow(threshold, static_cast<double>(rows)), static_cast<double>(kHashes / rows)) > 1e-6)
        rows /= 2;
    return rows;
}

// The texts that share one band of their signatures.
std::map<std::uint64_t, std::vector<size_t>> buckets(const std::vector<Signature>& signatures, size_t begin,
                                                     size_t rows) {
    std::map<std::uint64_t, std::vector<size_t>> out;
    for (size_t text = 0; text < signatures.size(); ++text) {
        std::uint64_t key = 0;
        for (size_t row = begin; row < begin + rows; ++row)
            key = mixedHash(key ^ signatures[text][row]);
        out[key].push_back(text);
    }
    return out;
}

} // namespace

std::vector<int> nearDuplicateGroups(const std::vector<std::string>& texts, double threshold) {
    std::vector<Shingles> sets;
    std::vector<Signature> signatures;
    for (const std::string& text : texts) {
        sets.push_back(shingles(text, kShingleWords));
        signatures.push_back(signatureOf(sets.back()));
    }
    Partition partition(texts.size());
    const size_t rows = rowsOfBand(threshold);
    for (size_t band = 0; band + rows <= kHashes; band += rows)
        for (const auto& [key, members] : buckets(signatures, band, rows))
            for (size_t i = 1; i < members.size(); ++i)
                for (size_t j = 0; j < i; ++j)
                    if (partition.find(members[i]) != partition.find(members[j]) && !sets[members[i]].empty() &&
                        jaccard(sets[members[i]], sets[members[j]]) > threshold)
                        partition.join(members[i], members[j]);
    std::vector<int> groups;
    for (size_t text = 0; text < texts.size(); ++text)
        groups.push_back(static_cast<int>(partition.find(text)));
    return groups;
}

} // namespace cw
