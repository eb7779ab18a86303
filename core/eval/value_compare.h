// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Structured comparison of canonical values (taxonomy section 3), by evaluation rules 2.4 and 2.6. Each gives
// ErrorKind::None for equal values, else the kind of the difference. Any thread.
#pragma once

#include "core/eval/scorer.h"

#include <string_view>
#include <vector>

namespace cw {

// Same precision and components. Relative dates: same anchor, sign and offset; where an anchor is a date among
// `others`, what it resolves to counts too (a month later than 31 January is the last of February).
ErrorKind compareDates(std::string_view gold, std::string_view predicted, const std::vector<OtherGold>& others);

// Twelve months are a year, seven days a week; days are never months, business days and hours are their own.
ErrorKind compareDurations(std::string_view gold, std::string_view predicted);

// ISO currency and decimal; formulas as trees, max and min without order.
ErrorKind compareMoney(std::string_view gold, std::string_view predicted);

// Value, unit and period all equal.
ErrorKind compareNumbers(std::string_view gold, std::string_view predicted);

// Equal codes; a different ISO 3166 code is a different jurisdiction.
ErrorKind compareCodes(std::string_view gold, std::string_view predicted);

// Values of one kind, whichever it is. Kinds of value that differ (or a value on one side alone) are a wrong value.
ErrorKind compareValues(ValueKind kind, const ClauseValue& gold, const ClauseValue& predicted, Rules rules,
                        const std::vector<OtherGold>& others);

} // namespace cw
