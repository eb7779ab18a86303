// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Whether a contract writes 3 April 2024 as 03/04/2024 or as 04/03/2024, by what the whole document says (evaluation rule 2.4). Pure; any
// thread.
#pragma once

#include <optional>
#include <string_view>

namespace cw {

enum class DateOrder { DayFirst, MonthFirst };

// What speaks for either order, in points. A numeric date with a day above 12 counts most, and one that stands elsewhere with its month
// spelt; then the governing law; then dates whose month is spelt before or behind the day, and addresses.
struct DateOrderVote {
    int dayFirst = 0;
    int monthFirst = 0;
    std::optional<DateOrder> order() const; // nothing: ambiguous, for want of a clear margin
};

DateOrderVote voteOnDateOrder(std::string_view text);

// A date in numbers shows that the contract writes the day first: by a day above 12, or since the contract spells it elsewhere.
bool writesDayFirst(std::string_view text);

} // namespace cw
