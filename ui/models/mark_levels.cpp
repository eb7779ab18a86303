// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/mark_levels.h"

#include <iterator>
#include <map>

namespace cw {

namespace {

// Ranges that don't overlap: the end of each by its begin.
using Level = std::map<size_t, size_t>;

bool hasRoom(const Level& level, ByteRange range) {
    const auto behind = level.lower_bound(range.end);
    return behind == level.begin() || std::prev(behind)->second <= range.begin;
}

} // namespace

std::vector<int> markLevels(const std::vector<ByteRange>& ranges) {
    std::vector<Level> levels;
    std::vector<int> out;
    for (const ByteRange range : ranges) {
        size_t level = 0;
        while (level < levels.size() && !hasRoom(levels[level], range))
            ++level;
        if (level == levels.size())
            levels.emplace_back();
        if (!range.empty())
            levels[level].emplace(range.begin, range.end);
        out.push_back(static_cast<int>(level));
    }
    return out;
}

} // namespace cw
