// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/value_compare.h"

#include "core/eval/decimal.h"
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
    return a.unit != b.unit ? ErrorKind::Unit : compareDecimals(decimalOf(a.count), decimalOf(b.count));
}

// Of "/P12M" at the end of a term: none on both sides, or the same time.
bool samePeriod(const std::optional<Duration>& gold, const std::optional<Duration>& predicted) {
    if (!gold || !predicted)
        return !gold && !predicted;
    return compareUnified(*gold, *predicted) == ErrorKind::None;
}

// A term's text without its period, and the period.
std::pair<std::string_view, std::optional<Duration>> splitPeriod(std::string_view term) {
    const size_t slash = term.rfind('/');
    if (slash == term.npos)
        return {term, std::nullopt};
    return {term.substr(0, slash), parseDuration(term.substr(slash + 1))};
}

// "USD 5/P1M", "100%fees_paid/P12M", "7.5 %", "500 users": an amount of something.
struct Amount {
    Decimal amount;
    std::string what;     // a currency, a unit or a basis
    bool percent = false; // of a basis
    std::optional<Duration> period;
};

std::optional<Amount> makeAmount(std::string_view amount, std::string_view what, bool percent, std::optional<Duration> period) {
    const auto decimal = parseDecimal(amount);
    return decimal ? std::optional(Amount{*decimal, std::string(what), percent, period}) : std::nullopt;
}

std::optional<Amount> readMoneyTerm(std::string_view text) {
    const auto [head, period] = splitPeriod(text);
    if (const size_t percent = head.find('%'); percent != head.npos)
        return makeAmount(head.substr(0, percent), head.substr(percent + 1), true, period);
    const size_t blank = head.find(' ');
    return blank == head.npos ? std::nullopt : makeAmount(head.substr(blank + 1), head.substr(0, blank), false, period);
}

std::optional<Amount> readNumber(std::string_view text) {
    const auto [head, period] = splitPeriod(text);
    const size_t blank = head.find(' ');
    return blank == head.npos ? std::nullopt : makeAmount(head.substr(0, blank), head.substr(blank + 1), false, period);
}

ErrorKind compareTerms(const Amount& gold, const Amount& predicted) {
    if (gold.percent != predicted.percent)
        return ErrorKind::WrongValue;
    if (gold.what != predicted.what) {
        if (isCurrencyCode(gold.what) && isCurrencyCode(predicted.what))
            return ErrorKind::Currency;
        return gold.percent ? ErrorKind::WrongValue : ErrorKind::Unit;
    }
    if (!samePeriod(gold.period, predicted.period))
        return ErrorKind::Unit;
    return compareDecimals(gold.amount, predicted.amount);
}

// A money value as a tree: one term, or the greater or lesser of two.
struct Formula {
    std::string operation; // "", "max", "min"
    std::vector<Amount> terms;
};

std::optional<Formula> readFormula(std::string_view text) {
    Formula formula;
    if ((text.starts_with("max(") || text.starts_with("min(")) && text.ends_with(")")) {
        formula.operation = text.substr(0, 3);
        text = text.substr(4, text.size() - 5);
    }
    for (bool more = true; more;) {
        const size_t comma = text.find(',');
        const auto term = readMoneyTerm(text.substr(0, comma));
        if (!term)
            return std::nullopt;
        formula.terms.push_back(*term);
        more = comma != text.npos;
        text.remove_prefix(more ? comma + 1 : 0);
    }
    return formula;
}

// Of two formulas over two terms: the kind of what is left when an equal term is taken from both.
ErrorKind comparePairs(const std::vector<Amount>& gold, const std::vector<Amount>& predicted) {
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

// The calendar date that a relative one stands for, if the contract's own gold gives its anchor.
std::optional<CalendarDate> resolved(const RelativeDate& date, const std::vector<OtherGold>& others) {
    for (const OtherGold& other : others)
        if (other.key == date.anchor)
            if (const auto anchor = dateOf(other))
                return addTo(*anchor, date.sign, date.offset);
    return std::nullopt;
}

bool isDayMonthSwap(const CalendarDate& gold, const CalendarDate& predicted) {
    return gold.year == predicted.year && gold.month == predicted.day && gold.day == predicted.month && gold.day > 0;
}

bool agreeWhereBothSay(const CalendarDate& a, const CalendarDate& b) {
    const auto agree = [](int x, int y) { return x == 0 || y == 0 || x == y; };
    return a.year == b.year && agree(a.month, b.month) && agree(a.day, b.day);
}

ErrorKind compareCalendarDates(const CalendarDate& gold, const CalendarDate& predicted, const std::vector<OtherGold>& others) {
    if (gold == predicted)
        return ErrorKind::None;
    if (isDayMonthSwap(gold, predicted))
        return ErrorKind::DateOrder;
    if (agreeWhereBothSay(gold, predicted))
        return ErrorKind::DatePrecision;
    const bool dateOfAnother = std::any_of(others.begin(), others.end(), [&](const OtherGold& other) { return dateOf(other) == predicted; });
    return dateOfAnother ? ErrorKind::DateAnchor : ErrorKind::WrongValue;
}

ErrorKind compareRelativeDates(const RelativeDate& gold, const RelativeDate& predicted) {
    if (gold.anchor != predicted.anchor || gold.sign != predicted.sign)
        return ErrorKind::DateAnchor;
    return compareUnified(gold.offset, predicted.offset);
}

// Two upper-case letters, a hyphen and a part of the country or nothing: ISO 3166-1 alpha-2 and 3166-2.
bool isJurisdictionCode(std::string_view code) {
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return code.size() >= 2 && isUpper(code[0]) && isUpper(code[1]) && (code.size() == 2 || code[2] == '-');
}

} // namespace

ErrorKind compareDates(std::string_view gold, std::string_view predicted, const std::vector<OtherGold>& others) {
    if (gold == predicted)
        return ErrorKind::None;
    const auto goldRelative = parseRelativeDate(gold);
    const auto predictedRelative = parseRelativeDate(predicted);
    const auto goldDate = goldRelative ? resolved(*goldRelative, others) : parseCalendarDate(gold);
    const auto predictedDate = predictedRelative ? resolved(*predictedRelative, others) : parseCalendarDate(predicted);
    if (goldDate && goldDate == predictedDate)
        return ErrorKind::None;
    if (goldRelative && predictedRelative)
        return compareRelativeDates(*goldRelative, *predictedRelative);
    if (goldDate && predictedDate)
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
    const auto a = readFormula(gold);
    const auto b = readFormula(predicted);
    if (!a || !b)
        return gold == predicted ? ErrorKind::None : ErrorKind::WrongValue;
    if (a->operation != b->operation || a->terms.size() != b->terms.size())
        return ErrorKind::WrongValue;
    return a->terms.size() == 2 ? comparePairs(a->terms, b->terms) : compareTerms(a->terms[0], b->terms[0]);
}

ErrorKind compareNumbers(std::string_view gold, std::string_view predicted) {
    const auto a = readNumber(gold);
    const auto b = readNumber(predicted);
    if (!a || !b)
        return gold == predicted ? ErrorKind::None : ErrorKind::WrongValue;
    return compareTerms(*a, *b);
}

ErrorKind compareCodes(std::string_view gold, std::string_view predicted) {
    if (gold == predicted)
        return ErrorKind::None;
    return isJurisdictionCode(gold) || isJurisdictionCode(predicted) ? ErrorKind::Jurisdiction : ErrorKind::WrongCode;
}

} // namespace cw
