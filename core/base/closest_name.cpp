// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/closest_name.h"

#include <algorithm>
#include <numeric>

namespace cw {

size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<size_t> beforeLast(b.size() + 1), last(b.size() + 1), current(b.size() + 1);
    std::iota(last.begin(), last.end(), size_t{0});
    for (size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (size_t j = 1; j <= b.size(); ++j) {
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[j] = std::min(current[j], beforeLast[j - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, current);
    }
    return last[b.size()];
}

std::string closestName(std::string_view wanted, const std::vector<std::string>& names) {
    std::string best;
    size_t bestDistance = std::max<size_t>(1, wanted.size() / 3) + 1;
    for (const std::string& name : names)
        if (const size_t distance = editDistance(wanted, name); distance < bestDistance)
            bestDistance = distance, best = name;
    return best;
}

} // namespace cw
