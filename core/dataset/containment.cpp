// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A sample of each text, its smallest hashes (Broder 1997: the sketch that estimates containment as well as resemblance), is looked for in
// the others; who holds enough of it is compared whole. Work: texts by sample by the texts that hold a shingle of it, and the comparisons.
#include "core/dataset/containment.h"

#include "core/dataset/partition.h"
#include "core/dataset/shingles.h"

#include <algorithm>
#include <unordered_map>

namespace cw {

namespace {

constexpr size_t kShingleWords = 5;
constexpr size_t kSample = 128;
// Of a sample of 128 half is expected at the border, give or take 4.4 %: fewer than three in ten, less than once in 100,000 pairs.
constexpr size_t kCandidateTenths = 3;

using Holders = std::unordered_map<std::uint64_t, std::vector<size_t>>;

size_t sampleSize(const Shingles& set) { return std::min(set.size(), kSample); }

// Of each sampled shingle the texts that hold it.
Holders holdersOf(const std::vector<Shingles>& sets) {
    Holders holders;
    for (const Shingles& set : sets)
        for (size_t i = 0; i < sampleSize(set); ++i)
            holders[set[i]];
    for (size_t text = 0; text < sets.size(); ++text)
        for (const std::uint64_t shingle : sets[text])
            if (const auto found = holders.find(shingle); found != holders.end())
                found->second.push_back(text);
    return holders;
}

// How much of the text's sample each of the others holds.
std::unordered_map<size_t, size_t> sharesOf(const Shingles& set, const Holders& holders) {
    std::unordered_map<size_t, size_t> shares;
    for (size_t i = 0; i < sampleSize(set); ++i)
        for (const size_t other : holders.at(set[i]))
            ++shares[other];
    return shares;
}

bool isHalfIn(const Shingles& shorter, const Shingles& longer) { return 2 * commonShingles(shorter, longer) >= shorter.size(); }

} // namespace

std::vector<int> containmentGroups(const std::vector<std::string>& texts) {
    std::vector<Shingles> sets;
    for (const std::string& text : texts)
        sets.push_back(shingles(text, kShingleWords));
    const Holders holders = holdersOf(sets);
    Partition partition(texts.size());
    for (size_t text = 0; text < texts.size(); ++text)
        for (const auto& [other, share] : sharesOf(sets[text], holders))
            if (sets[text].size() <= sets[other].size() && 10 * share >= kCandidateTenths * sampleSize(sets[text]) &&
                partition.find(text) != partition.find(other) && isHalfIn(sets[text], sets[other]))
                partition.join(text, other);
    std::vector<int> groups;
    for (size_t text = 0; text < texts.size(); ++text)
        groups.push_back(static_cast<int>(partition.find(text)));
    return groups;
}

} // namespace cw
