// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/value_compare.h"

#include "core/eval/decimal.h"
#include "core/eval/party_match.h"
#include "core/extraction/values.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace cw {

namespace {

// Weeks as days, years as months.
Duration unified(Duration duration) {
    if (duration.unit == DurationUnit::Week)
        return {duration.count * 7, DurationUnit::Day};
    if (duration.unit == DurationUnit::Year)
        return {duration.count * 12, DurationUnit::Month};
    return duration;
}

ErrorKind compareDecimals(const Decimal& gold, const Decimal& predicted) {
    if (gold == predicted)
        return ErrorKind::None;
    return differByPowerOfTen(gold, predicted) ? ErrorKind::Magnitude : ErrorKind::WrongValue;
}

ErrorKind compareUnified(const Duration& gold, const Duration& predicted) {
    const Duration a = unified(gold);
    const Duration b = unified(predicted);
    if (a != b && gold.count == predicted.count) // a year for a month
        return ErrorKind::Unit;
    return a.unit != b.unit ? ErrorKind::Unit : compareDecimals(decimalOf(a.count), decimalOf(b.count));
}

// Of "/P12M" at the end of a term: none on both sides, or the same time.
bool samePeriod(const std::optional<Duration>& gold, const std::optional<Duration>& predicted) {
    if (!gold || !predicted)
        return !gold && !predicted;
    return compareUnified(*gold, *predicted) == ErrorKind::None;
}

ErrorKind compareAmounts(std::string_view gold, std::string_view predicted) {
    const auto a = parseDecimal(gold);
    const auto b = parseDecimal(predicted);
    return a && b ? compareDecimals(*a, *b) : ErrorKind::WrongValue;
}

ErrorKind compareTerms(const MoneyTerm& gold, const MoneyTerm& predicted) {
    if (gold.basis != predicted.basis) // one of them may be a sum of money
        return ErrorKind::WrongValue;
    if (gold.currency != predicted.currency)
        return ErrorKind::Currency;
    return samePeriod(gold.per, predicted.per) ? compareAmounts(gold.amount, predicted.amount) : ErrorKind::Unit;
}

// Of two formulas over two terms: the kind of what is left when an equal term is taken from both.
ErrorKind comparePairs(const std::vector<MoneyTerm>& gold, const std::vector<MoneyTerm>& predicted) {
    for (size_t g = 0; g < 2; ++g)
        for (size_t p = 0; p < 2; ++p)
            if (compareTerms(gold[g], predicted[p]) == ErrorKind::None)
                return compareTerms(gold[1 - g], predicted[1 - p]);
    return ErrorKind::WrongValue;
}

std::optional<CalendarDate> addTo(const CalendarDate& date, char sign, const Duration& offset) {
    const Duration step = unified(offset);
    if (date.day == 0 || (step.unit != DurationUnit::Day && step.unit != DurationUnit::Month) || step.count > 120000)
        return std::nullopt;
    using namespace std::chrono;
    const int count = static_cast<int>(sign == '-' ? -step.count : step.count);
    year_month_day at{year(date.year), month(static_cast<unsigned>(date.month)), day(static_cast<unsigned>(date.day))};
    at = step.unit == DurationUnit::Day ? year_month_day(sys_days(at) + days(count)) : at + months(count);
    if (!at.ok())
        at = at.year() / at.month() / last;
    return CalendarDate{static_cast<int>(at.year()), static_cast<int>(static_cast<unsigned>(at.month())),
                        static_cast<int>(static_cast<unsigned>(at.day()))};
}

std::optional<CalendarDate> dateOf(const OtherGold& other) {
    const auto* text = std::get_if<std::string>(&other.finding->value);
    return text ? parseCalendarDate(*text) : std::nullopt;
}

// The calendar date that a relative one stands for, if the contract's own gold gives its anchor, be it by way of another one.
std::optional<CalendarDate> resolved(const RelativeDate& date, const std::vector<OtherGold>& others, int depth = 0) {
    constexpr int kDeepest = 4; // anchors that name each other
    for (const OtherGold& other : others) {
        const auto* text = other.key == date.anchor ? std::get_if<std::string>(&other.finding->value) : nullptr;
        const auto next = text && depth < kDeepest ? parseRelativeDate(*text) : std::nullopt;
        if (const auto anchor = next ? resolved(*next, others, depth + 1) : dateOf(other); text && anchor)
            return addTo(*anchor, date.sign, date.offset);
    }
    return std::nullopt;
}

bool isDayMonthSwap(const CalendarDate& gold, const CalendarDate& predicted) {
    return gold.year == predicted.year && gold.month == predicted.day && gold.day == predicted.month && gold.day > 0;
}

bool agreeWhereBothSay(const CalendarDate& a, const CalendarDate& b) {
    const auto agree = [](int x, int y) { return x == 0 || y == 0 || x == y; };
    return a.year == b.year && agree(a.month, b.month) && agree(a.day, b.day);
}

ErrorKind compareCalendarDates(const CalendarDate& gold, const CalendarDate& predicted,
                               const std::vector<OtherGold>& others) {
    if (gold == predicted)
        return ErrorKind::None;
    if (isDayMonthSwap(gold, predicted))
        return ErrorKind::DateOrder;
    if (agreeWhereBothSay(gold, predicted))
        return ErrorKind::DatePrecision;
    const bool dateOfAnother =
        std::any_of(others.begin(), others.end(), [&](const OtherGold& other) { return dateOf(other) == predicted; });
    return dateOfAnother ? ErrorKind::DateAnchor : ErrorKind::WrongValue;
}

// Two upper-case letters, a hyphen and a part of the country or nothing: ISO 3166-1 alpha-2 and 3166-2.
bool isJurisdictionCode(std::string_view code) {
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return code.size() >= 2 && isUpper(code[0]) && isUpper(code[1]) && (code.size() == 2 || code[2] == '-');
}

ErrorKind compareTexts(ValueKind kind, std::string_view gold, std::string_view predicted,
                       const std::vector<OtherGold>& others) {
    switch (kind) {
    case ValueKind::Date:
        return compareDates(gold, predicted, others);
    case ValueKind::Duration:
        return compareDurations(gold, predicted);
    case ValueKind::Money:
        return compareMoney(gold, predicted);
    case ValueKind::Number:
        return compareNumbers(gold, predicted);
    default:
        return compareCodes(gold, predicted);
    }
}

} // namespace

ErrorKind compareDates(std::string_view gold, std::string_view predicted, const std::vector<OtherGold>& others) {
    if (gold == predicted)
        return ErrorKind::None;
    const auto goldRelative = parseRelativeDate(gold);
    const auto predictedRelative = parseRelativeDate(predicted);
    // From one anchor: a month is never thirty days, though both may end on one day.
    if (goldRelative && predictedRelative && goldRelative->anchor == predictedRelative->anchor && goldRelative->sign == predictedRelative->sign)
        return compareUnified(goldRelative->offset, predictedRelative->offset);
    const auto goldDate = goldRelative ? resolved(*goldRelative, others) : parseCalendarDate(gold);
    const auto predictedDate = predictedRelative ? resolved(*predictedRelative, others) : parseCalendarDate(predicted);
    if (goldDate && goldDate == predictedDate)
        return ErrorKind::None;
    if (goldDate && predictedDate && !(goldRelative && predictedRelative))
        return compareCalendarDates(*goldDate, *predictedDate, others);
    return goldRelative || predictedRelative ? ErrorKind::DateAnchor : ErrorKind::WrongValue;
}

ErrorKind compareDurations(std::string_view gold, std::string_view predicted) {
    const auto a = parseDuration(gold);
    const auto b = parseDuration(predicted);
    if (!a || !b)
        return gold == predicted ? ErrorKind::None : ErrorKind::WrongValue;
    return compareUnified(*a, *b);
}

ErrorKind compareMoney(std::string_view gold, std::string_view predicted) {
    const auto a = parseMoney(gold);
    const auto b = parseMoney(predicted);
    if (!a || !b)
        return gold == predicted ? ErrorKind::None : ErrorKind::WrongValue;
    if (a->form != b->form)
        return ErrorKind::WrongValue;
    return a->form == MoneyForm::Single ? compareTerms(a->terms[0], b->terms[0]) : comparePairs(a->terms, b->terms);
}

ErrorKind compareNumbers(std::string_view gold, std::string_view predicted) {
    const auto a = parseQuantity(gold);
    const auto b = parseQuantity(predicted);
    if (!a || !b)
        return gold == predicted ? ErrorKind::None : ErrorKind::WrongValue;
    if (a->unit != b->unit)
        return isCurrencyCode(a->unit) && isCurrencyCode(b->unit) ? ErrorKind::Currency : ErrorKind::Unit;
    return samePeriod(a->per, b->per) ? compareAmounts(a->amount, b->amount) : ErrorKind::Unit;
}

ErrorKind compareCodes(std::string_view gold, std::string_view predicted) {
    if (gold == predicted)
        return ErrorKind::None;
    return isJurisdictionCode(gold) || isJurisdictionCode(predicted) ? ErrorKind::Jurisdiction : ErrorKind::WrongCode;
}

ErrorKind compareValues(ValueKind kind, const ClauseValue& gold, const ClauseValue& predicted, Rules rules,
                        const std::vector<OtherGold>& others) {
    if (gold.index() != predicted.index())
        return ErrorKind::WrongValue;
    if (const bool* flag = std::get_if<bool>(&gold))
        return *flag == std::get<bool>(predicted) ? ErrorKind::None : ErrorKind::Polarity;
    if (const auto* parties = std::get_if<std::vector<Party>>(&gold))
        return compareParties(*parties, std::get<std::vector<Party>>(predicted), rules);
    return compareTexts(kind, std::get<std::string>(gold), std::get<std::string>(predicted), others);
}

} // namespace cw
