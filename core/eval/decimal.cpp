// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/decimal.h"

namespace cw {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

Decimal withoutEndZeros(Decimal value) {
    value.significand.erase(0, value.significand.find_first_not_of('0'));
    while (!value.significand.empty() && value.significand.back() == '0') {
        value.significand.pop_back();
        ++value.exponent;
    }
    if (value.significand.empty())
        value.exponent = 0;
    return value;
}

} // namespace

std::optional<Decimal> parseDecimal(std::string_view text) {
    if (text.empty() || !isDigit(text.front()) || !isDigit(text.back()))
        return std::nullopt;
    Decimal value;
    bool fraction = false;
    for (char c : text) {
        if (isDigit(c)) {
            value.significand.push_back(c);
            value.exponent -= fraction ? 1 : 0;
        } else if (c == '.' && !fraction) {
            fraction = true;
        } else if (c != ',' || fraction) {
            return std::nullopt;
        }
    }
    return withoutEndZeros(std::move(value));
}

Decimal decimalOf(long long value) { return withoutEndZeros({std::to_string(value), 0}); }

bool differByPowerOfTen(const Decimal& a, const Decimal& b) {
    return !a.significand.empty() && a.significand == b.significand && a.exponent != b.exponent;
}

std::string toString(const Decimal& value) {
    const int digits = static_cast<int>(value.significand.size());
    if (digits == 0)
        return "0";
    if (value.exponent >= 0)
        return value.significand + std::string(static_cast<size_t>(value.exponent), '0');
    const int whole = digits + value.exponent; // digits before the point
    if (whole <= 0)
        return "0." + std::string(static_cast<size_t>(-whole), '0') + value.significand;
    return value.significand.substr(0, static_cast<size_t>(whole)) + "." +
           value.significand.substr(static_cast<size_t>(whole));
}

} // namespace cw
