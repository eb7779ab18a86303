// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/months.h"

#include <algorithm>
#include <array>

namespace cw {

int monthNamed(std::string_view word) {
    constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                          "july",    "august",   "september", "october", "november", "december"};
    constexpr size_t kShort = 3;
    if (word == "sept")
        word = "sep";
    const auto isNamed = [word](std::string_view month) { return word == month || (word.size() == kShort && month.starts_with(word)); };
    const auto found = std::find_if(kMonths.begin(), kMonths.end(), isNamed);
    return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

} // namespace cw
