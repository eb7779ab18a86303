// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A half-open range of bytes [begin, end) in a contract's canonical text: the one unit of text position in the core.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>

namespace cw {

struct ByteRange {
    size_t begin = 0;
    size_t end = 0;

    size_t size() const { return end - begin; }
    bool empty() const { return begin >= end; }
    bool contains(ByteRange other) const { return begin <= other.begin && other.end <= end; }
    bool overlaps(ByteRange other) const { return begin < other.end && other.begin < end; }
    ByteRange intersected(ByteRange other) const {
        const size_t from = std::max(begin, other.begin);
        return {from, std::max(from, std::min(end, other.end))};
    }
    friend auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

} // namespace cw
