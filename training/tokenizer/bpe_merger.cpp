// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/bpe_merger.h"

#include <functional>
#include <queue>
#include <tuple>

namespace cw {

namespace {

std::uint64_t pairKey(std::int32_t left, std::int32_t right) {
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32) | static_cast<std::uint32_t>(right);
}

// The word as a doubly linked list; a merged-away part has token -1.
struct Part {
    std::int32_t token;
    int previous;
    int next;
};

std::vector<Part> linked(const std::vector<std::int32_t>& tokens) {
    std::vector<Part> parts;
    const int count = static_cast<int>(tokens.size());
    for (int i = 0; i < count; ++i)
        parts.push_back({tokens[static_cast<size_t>(i)], i - 1, i + 1 < count ? i + 1 : -1});
    return parts;
}

// A merge that may still be possible: parts change after it was queued, so it is checked when its turn comes.
struct Candidate {
    std::int32_t rank;
    int left;
    std::int32_t leftToken, rightToken, merged;
    friend bool operator>(const Candidate& a, const Candidate& b) { return std::tie(a.rank, a.left) > std::tie(b.rank, b.left); }
};

} // namespace

void BpeMerger::add(std::int32_t left, std::int32_t right, std::int32_t merged) {
    m_merges.emplace(pairKey(left, right), Merge{static_cast<std::int32_t>(m_merges.size()), merged});
}

const BpeMerger::Merge* BpeMerger::find(std::int32_t left, std::int32_t right) const {
    const auto found = m_merges.find(pairKey(left, right));
    return found == m_merges.end() ? nullptr : &found->second;
}

std::vector<std::int32_t> BpeMerger::merge(const std::vector<std::int32_t>& tokens) const {
    std::vector<Part> parts = linked(tokens);
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
    const auto at = [&](int i) -> Part& { return parts[static_cast<size_t>(i)]; };
    const auto consider = [&](int left) {
        if (left < 0 || at(left).next < 0)
            return;
        const std::int32_t a = at(left).token, b = at(at(left).next).token;
        if (const Merge* merge = find(a, b))
            queue.push({merge->rank, left, a, b, merge->token});
    };
    for (int i = 0; i < static_cast<int>(parts.size()); ++i)
        consider(i);
    while (!queue.empty()) {
        const Candidate best = queue.top();
        queue.pop();
        Part& left = at(best.left);
        if (left.token != best.leftToken || left.next < 0 || at(left.next).token != best.rightToken)
            continue;
        at(left.next).token = -1;
        left.token = best.merged;
        left.next = at(left.next).next;
        if (left.next >= 0)
            at(left.next).previous = best.left;
        consider(left.previous);
        consider(best.left);
    }
    std::vector<std::int32_t> result;
    for (const Part& part : parts)
        if (part.token >= 0)
            result.push_back(part.token);
    return result;
}

} // namespace cw
