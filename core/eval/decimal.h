// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Decimal numbers of any length, compared as written and never as binary fractions. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cw {

// significand x 10^exponent, the significand without zeros at its ends; zero has no digits and exponent 0.
struct Decimal {
    std::string significand;
    int exponent = 0;
    friend bool operator==(const Decimal&, const Decimal&) = default;
};

// digits ["." digits]; thousands separated by commas are read too ("1,000,000.50").
std::optional<Decimal> parseDecimal(std::string_view text);

Decimal decimalOf(long long value); // value >= 0

// True if one is the other times 10, 100, ...: the same digits, another size.
bool differByPowerOfTen(const Decimal& a, const Decimal& b);

std::string toString(const Decimal& value); // "1000000", "7.5"

} // namespace cw
