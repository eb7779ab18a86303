// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/anchors.h"

#include <algorithm>
#include <bit>

namespace cw {

namespace {

constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ull; // the golden ratio in 64 bits

// A run's hash; two runs with one hash are compared before they are believed.
std::uint64_t hashOf(std::span<const std::uint32_t> run) {
    std::uint64_t hash = run.size();
    for (const std::uint32_t id : run)
        hash = (std::rotl(hash, 23) ^ id) * kFactor;
    return hash ^ (hash >> 29);
}

// Where a run stands and how often, by its hash: open addressing, because an allocation a token would cost more than all the rest.
class RunTable {
public:
    struct Entry {
        std::uint64_t hash = 0;
        std::uint32_t left = 0, right = 0;
        std::uint8_t onLeft = 0, onRight = 0; // 0, 1, or 2 for more
    };

    explicit RunTable(size_t runs) : m_entries(std::bit_ceil(std::max<size_t>(16, runs * 2))), m_mask(m_entries.size() - 1) {}

    // The entry of the hash, or the free one where it would stand.
    Entry& at(std::uint64_t hash) {
        hash += hash == 0; // 0 marks a free place
        size_t place = hash & m_mask;
        while (m_entries[place].hash != 0 && m_entries[place].hash != hash)
            place = (place + 1) & m_mask;
        return m_entries[place];
    }
    void take(Entry& entry, std::uint64_t hash) { entry.hash = hash + (hash == 0); }

private:
    std::vector<Entry> m_entries;
    size_t m_mask;
};

// Anchors on one diagonal that touch or overlap are one.
void append(std::vector<Anchor>& anchors, const Anchor& next) {
    if (!anchors.empty()) {
        Anchor& last = anchors.back();
        const bool sameDiagonal = next.left - last.left == next.right - last.right && next.right >= last.right;
        if (sameDiagonal && next.left <= last.left + last.length) {
            last.length = next.left + next.length - last.left;
            return;
        }
    }
    anchors.push_back(next);
}

} // namespace

std::vector<Anchor> sharedRuns(std::span<const std::uint32_t> left, std::span<const std::uint32_t> right, size_t length) {
    if (left.size() < length || right.size() < length)
        return {};
    const size_t lefts = left.size() - length + 1, rights = right.size() - length + 1;
    RunTable table(lefts); // runs that only the right has are nobody's anchors
    std::vector<RunTable::Entry*> byPlace(lefts);
    for (size_t at = 0; at < lefts; ++at) {
        const std::uint64_t hash = hashOf(left.subspan(at, length));
        RunTable::Entry& entry = table.at(hash);
        table.take(entry, hash);
        entry.left = static_cast<std::uint32_t>(at);
        entry.onLeft = static_cast<std::uint8_t>(std::min(2, entry.onLeft + 1));
        byPlace[at] = &entry;
    }
    for (size_t at = 0; at < rights; ++at) {
        RunTable::Entry& entry = table.at(hashOf(right.subspan(at, length)));
        if (entry.hash == 0)
            continue;
        entry.right = static_cast<std::uint32_t>(at);
        entry.onRight = static_cast<std::uint8_t>(std::min(2, entry.onRight + 1));
    }
    std::vector<Anchor> anchors;
    for (size_t at = 0; at < lefts; ++at) {
        const RunTable::Entry& entry = *byPlace[at];
        if (entry.onLeft == 1 && entry.onRight == 1 && std::ranges::equal(left.subspan(at, length), right.subspan(entry.right, length)))
            append(anchors, {at, entry.right, length});
    }
    return anchors;
}

// Weighted by length: best[i] is the most tokens of a chain that ends with anchor i. A Fenwick tree over the places on the right holds the
// best chain that ends before each of them.
std::vector<Anchor> inOrder(const std::vector<Anchor>& anchors) {
    if (anchors.empty())
        return {};
    std::vector<size_t> byRight(anchors.size());
    for (size_t i = 0; i < byRight.size(); ++i)
        byRight[i] = i;
    std::sort(byRight.begin(), byRight.end(), [&](size_t a, size_t b) { return anchors[a].right < anchors[b].right; });
    std::vector<size_t> rank(anchors.size());
    for (size_t i = 0; i < byRight.size(); ++i)
        rank[byRight[i]] = i + 1;
    constexpr size_t kNone = static_cast<size_t>(-1);
    std::vector<size_t> best(anchors.size()), before(anchors.size(), kNone), tree(anchors.size() + 1, kNone);
    size_t last = 0;
    for (size_t i = 0; i < anchors.size(); ++i) {
        size_t previous = kNone;
        for (size_t at = rank[i] - 1; at > 0; at &= at - 1)
            if (tree[at] != kNone && (previous == kNone || best[tree[at]] > best[previous]))
                previous = tree[at];
        before[i] = previous;
        best[i] = anchors[i].length + (previous == kNone ? 0 : best[previous]);
        for (size_t at = rank[i]; at < tree.size(); at += at & (~at + 1))
            if (tree[at] == kNone || best[tree[at]] < best[i])
                tree[at] = i;
        if (best[i] > best[last])
            last = i;
    }
    std::vector<Anchor> chain;
    for (size_t at = last; at != kNone; at = before[at])
        chain.push_back(anchors[at]);
    std::reverse(chain.begin(), chain.end());
    std::vector<Anchor> apart; // those that begin within the one before lose their beginning
    size_t leftEnd = 0, rightEnd = 0;
    for (Anchor anchor : chain) {
        const size_t cut = std::max(leftEnd > anchor.left ? leftEnd - anchor.left : 0, rightEnd > anchor.right ? rightEnd - anchor.right : 0);
        if (cut >= anchor.length)
            continue;
        anchor = {anchor.left + cut, anchor.right + cut, anchor.length - cut};
        leftEnd = anchor.left + anchor.length;
        rightEnd = anchor.right + anchor.length;
        apart.push_back(anchor);
    }
    return apart;
}

} // namespace cw
