// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Sets that join (a disjoint-set forest). One thread an object.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace cw {

// The smallest member stands for its set.
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

} // namespace cw
