// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The one date that words state, and the dates of CUAD's answers.
#include "core/extraction/derive.h"
#include "core/extraction/months.h"
#include "core/extraction/tokens.h"
#include "core/extraction/values.h"
#include "core/extraction/written_dates.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

void decide(std::vector<WrittenDate>& dates, std::optional<DateOrder> order) {
    for (WrittenDate& date : dates)
        if (date.readings.size() == 2 && order)
            date.readings = {date.readings[*order == DateOrder::DayFirst ? 1 : 0]};
}

std::optional<std::string> dateOfParts(const std::array<std::string_view, 3>& parts) {
    const auto blank = [](std::string_view part) { return part.find_first_not_of("[] ") == std::string_view::npos; };
    const int month = numberOf(parts[0]), day = numberOf(parts[1]);
    if (numberOf(parts[2]) < 0 || (parts[2].size() != 2 && parts[2].size() != 4))
        return std::nullopt;
    const int year = fullYear(parts[2]);
    if (blank(parts[0]) && blank(parts[1]))
        return formatCalendarDate({year, 0, 0});
    if (month >= 1 && month <= 12 && blank(parts[1]))
        return formatCalendarDate({year, month, 0});
    const std::string full = formatCalendarDate({year, month, day});
    return month >= 1 && month <= 12 && day >= 1 && parseCalendarDate(full) ? std::optional(full) : std::nullopt;
}

} // namespace

std::optional<std::string> dateFromCuadAnswer(std::string_view answer) {
    const auto tokens = tokenize(answer);
    if (tokens.size() == 1 && tokens[0].lower == "perpetual")
        return "perpetual";
    const size_t first = answer.find('/'), second = answer.find('/', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos)
        return std::nullopt;
    const auto trimmed = [](std::string_view part) {
        const size_t begin = std::min(part.find_first_not_of(' '), part.size());
        return part.substr(begin, part.find_last_not_of(' ') + 1 - begin);
    };
    return dateOfParts({trimmed(answer.substr(0, first)), trimmed(answer.substr(first + 1, second - first - 1)),
                        trimmed(answer.substr(second + 1))});
}

std::optional<std::string> dateFromText(std::string_view text, std::optional<DateOrder> order) {
    auto dates = writtenDates(text);
    decide(dates, order);
    std::optional<std::string> only;
    for (const WrittenDate& date : dates) {
        if (date.readings.size() == 1 && only && *only != date.readings[0])
            return std::nullopt;
        if (date.readings.size() == 1)
            only = date.readings[0];
    }
    const auto mayBe = [&](const WrittenDate& date) { return only && std::find(date.readings.begin(), date.readings.end(), *only) != date.readings.end(); };
    return std::all_of(dates.begin(), dates.end(), mayBe) ? only : std::nullopt; // a numeric date doesn't decide, but it may contradict
}

std::optional<EitherDate> eitherDateFromText(std::string_view text) {
    const auto dayFirst = dateFromText(text, DateOrder::DayFirst), monthFirst = dateFromText(text, DateOrder::MonthFirst);
    if (dateFromText(text, std::nullopt) || !dayFirst || !monthFirst || dayFirst == monthFirst)
        return std::nullopt;
    return EitherDate{*dayFirst, *monthFirst};
}

bool isDateWritten(std::string_view date, std::string_view source) {
    const auto parsed = parseCalendarDate(date);
    if (!parsed)
        return false;
    if (parsed->day != 0) {
        const auto dates = writtenDates(source);
        return std::any_of(dates.begin(), dates.end(), [&](const WrittenDate& each) {
            return std::find(each.readings.begin(), each.readings.end(), date) != each.readings.end();
        });
    }
    const auto tokens = tokenize(source);
    const auto year = std::any_of(tokens.begin(), tokens.end(),
                                  [&](const Token& t) { return isYear(t) && numberOf(t.text) == parsed->year; });
    const auto month =
        std::any_of(tokens.begin(), tokens.end(), [&](const Token& t) { return monthNamed(t.lower) == parsed->month; });
    return year && (month || parsed->month == 0);
}

} // namespace cw
