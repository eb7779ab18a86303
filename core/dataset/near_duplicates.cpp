// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Near duplicates by MinHash with banding (A. Broder, "On the resemblance and containment of documents", 1997; bands as
// in Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", section 3.4). Every candidate is checked with the exact
// Jaccard index.
#include "core/base/rng.h"
#include "core/dataset/stratify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <string_view>

namespace cw {

namespace {

constexpr size_t kShingleWords = 8;
constexpr size_t kHashes = 128;

using Signature = std::array<std::uint64_t, kHashes>;

std::uint64_t mixed(std::uint64_t x) {
    return Rng(x).next();
}

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

// The set of runs of eight words, as sorted hashes; a shorter text is one run.
std::vector<std::uint64_t> shingles(std::string_view text) {
    const auto words = wordHashes(text);
    std::vector<std::uint64_t> out;
    for (size_t begin = 0; begin < words.size() && (begin == 0 || begin + kShingleWords <= words.size()); ++begin) {
        std::uint64_t hash = 0;
        for (size_t i = begin; i < std::min(begin + kShingleWords, words.size()); ++i)
            hash = mixed(hash ^ words[i]);
        out.push_back(hash);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Signature signatureOf(const std::vector<std::uint64_t>& set) {
    Signature signature;
    signature.fill(std::numeric_limits<std::uint64_t>::max());
    for (std::uint64_t shingle : set)
        for (size_t i = 0; i < kHashes; ++i)
            signature[i] = std::min(signature[i], mixed(shingle + i * 0xd1342543de82ef95ULL));
    return signature;
}

double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        common += a[i] == b[j] ? 1 : 0;
        const bool left = a[i] <= b[j], right = b[j] <= a[i];
        i += left ? 1 : 0;
        j += right ? 1 : 0;
    }
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

// Sets that join; the smallest member stands for its set.
class Partition {
public:
    explicit Partition(size_t size) : m_parent(size) { std::iota(m_parent.begin(), m_parent.end(), size_t{0}); }
    size_t find(size_t member) {
        while (m_parent[member] != member)
            member = m_parent[member] = m_parent[m_parent[member]];
        return member;
    }
    void join(size_t a, size_t b) {
        const size_t first = find(a), second = find(b);
        m_parent[std::max(first, second)] = std::min(first, second);
    }

private:
    std::vector<size_t> m_parent;
};

// The texts that share one band of their signatures.
std::map<std::uint64_t, std::vector<size_t>> buckets(const std::vector<Signature>& signatures, size_t begin,
                                                     size_t rows) {
    std::map<std::uint64_t, std::vector<size_t>> out;
    for (size_t text = 0; text < signatures.size(); ++text) {
        std::uint64_t key = 0;
        for (size_t row = begin; row < begin + rows; ++row)
            key = mixed(key ^ signatures[text][row]);
        out[key].push_back(text);
    }
    return out;
}

} // namespace

std::vector<int> nearDuplicateGroups(const std::vector<std::string>& texts, double threshold) {
    std::vector<std::vector<std::uint64_t>> sets;
    std::vector<Signature> signatures;
    for (const std::string& text : texts) {
        sets.push_back(shingles(text));
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
