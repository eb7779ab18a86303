// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The grammars of the canonical values (dates, durations, money, numbers, codes): validation and typed reading. Any thread.
#pragma once

#include "core/model/clause_type.h"
#include "core/model/clause_value.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Bounds of the figures: what fits a double and a long long, and lets a decoder's automaton end.
inline constexpr size_t kMaxDurationDigits = 6;
inline constexpr size_t kMaxIntegerDigits = 15;
inline constexpr size_t kMaxFractionDigits = 6;

// True if `value` is a legal "v" of the type: its kind, its grammar, its codes. monostate is legal for text only.
bool isCanonicalValue(const ClauseType& type, const ClauseValue& value);

enum class DurationUnit { Hour, Day, BusinessDay, Week, Month, Year };

struct Duration { // "P30D", "P5BD", "PT24H"
    long long count = 0;
    DurationUnit unit = DurationUnit::Day;
    friend bool operator==(const Duration&, const Duration&) = default;
};

std::optional<Duration> parseDuration(std::string_view text);
std::string formatDuration(const Duration& duration);

// A calendar date of full, month or year precision: month and day are 0 where they are not given.
struct CalendarDate {
    int year = 0;
    int month = 0;
    int day = 0;
    friend auto operator<=>(const CalendarDate&, const CalendarDate&) = default;
};

// "2024-04-03", "2024-04", "2024"; refuses days that don't exist.
std::optional<CalendarDate> parseCalendarDate(std::string_view text);
std::string formatCalendarDate(const CalendarDate& date);

// "effective_date+P3Y".
struct RelativeDate {
    std::string anchor;
    char sign = '+';
    Duration offset;
    friend bool operator==(const RelativeDate&, const RelativeDate&) = default;
};

std::optional<RelativeDate> parseRelativeDate(std::string_view text);

// A decimal is "0" or digits without a leading zero, then perhaps "." and digits that don't end in 0. Figures stay text: exact.
bool isDecimal(std::string_view text);

// "USD 1000000", "100%fees_paid/P12M": either a currency or a basis is set.
struct MoneyTerm {
    std::string currency;
    std::string basis;
    std::string amount;
    std::optional<Duration> per;
    friend bool operator==(const MoneyTerm&, const MoneyTerm&) = default;
};

enum class MoneyForm { Single, Maximum, Minimum };

struct Money { // "max(USD 1000000,100%fees_paid/P12M)": one term, or two in their written order
    MoneyForm form = MoneyForm::Single;
    std::vector<MoneyTerm> terms;
    friend bool operator==(const Money&, const Money&) = default;
};

std::optional<Money> parseMoney(std::string_view text);

struct Quantity { // "7.5 %", "10000 units/P1Y"
    std::string amount;
    std::string unit;
    std::optional<Duration> per;
    friend bool operator==(const Quantity&, const Quantity&) = default;
};

std::optional<Quantity> parseQuantity(std::string_view text);

inline constexpr std::array<std::string_view, 11> kDateAnchors = {"effective_date", "agreement_date", "expiration_date", "termination",
                                                                  "notice",         "delivery",       "acceptance",      "invoice",
                                                                  "payment",        "disclosure",     "other"};
inline constexpr std::array<std::string_view, 7> kMoneyBases = {"fees_paid",      "fees_payable",    "purchase_price", "order_value",
                                                                "contract_value", "insurance_limit", "other"};
inline constexpr std::array<std::string_view, 7> kNumberUnits = {"%", "units", "users", "hours", "orders", "tonnes", "other"}; // or an ISO 4217 code
inline constexpr std::array<std::string_view, 2> kSpecialValues = {"unspecified", "redacted"};

bool isCurrencyCode(std::string_view text); // three upper-case letters

} // namespace cw
