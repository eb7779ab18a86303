// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/written_dates.h"

#include "core/extraction/months.h"
#include "core/extraction/tokens.h"
#include "core/extraction/values.h"

#include <algorithm>
#include <charconv>

namespace cw {

namespace {

using Readings = std::vector<std::string>;

struct Found {
    Readings readings;
    size_t end = 0; // the token behind it
    std::optional<DateOrder> order = {};
    bool isNumeric = false;
};

bool isDay(const Token& token) {
    return token.kind == TokenKind::Number && token.text.size() <= 2;
}

void addReading(Readings& out, int year, int month, int day) {
    const std::string text = formatCalendarDate({year, month, day});
    if (month >= 1 && month <= 12 && day >= 1 && parseCalendarDate(text) &&
        std::find(out.begin(), out.end(), text) == out.end())
        out.push_back(text);
}

// "March 15th, 2021".
std::optional<Found> monthFirst(const TokenView& text, size_t i) {
    const int month = monthNamed(text.at(i).lower);
    size_t day = text.is(i + 1, ".") ? i + 2 : i + 1;
    if (!month || !isDay(text.at(day)))
        return std::nullopt;
    const size_t year = text.skip(day + 1, {"st", "nd", "rd", "th", ","});
    if (!isYear(text.at(year)))
        return std::nullopt;
    Found found{{}, year + 1, DateOrder::MonthFirst};
    addReading(found.readings, numberOf(text.at(year).text), month, numberOf(text.at(day).text));
    return found;
}

// "3 April 2024", "20th day of March, 2018".
std::optional<Found> dayFirstInWords(const TokenView& text, size_t i) {
    if (!isDay(text.at(i)))
        return std::nullopt;
    const size_t name = text.skip(
        i + 1, {"st", "nd", "rd", "th", "t", "h", ")", "day", "of", "-"}); // "24t h" is how a raised "th" is read
    const int month = monthNamed(text.at(name).lower);
    const size_t year = text.skip(name + 1, {".", ",", "-"});
    if (!month || !isYear(text.at(year)))
        return std::nullopt;
    const bool isPlain = name <= i + 2; // "3 April", "3rd April"
    Found found{{}, year + 1, isPlain ? std::optional(DateOrder::DayFirst) : std::nullopt};
    addReading(found.readings, numberOf(text.at(year).text), month, numberOf(text.at(i).text));
    return found;
}

// "March 2018", "November ___, 2006": a month without a day, or with a blank for it.
std::optional<Found> monthAlone(const TokenView& text, size_t i) {
    const int month = monthNamed(text.at(i).lower);
    const size_t year = text.skip(i + 1, {".", ",", "_", "[", "]", "*", "of"});
    if (!month || !text.at(i).isCapital() || !isYear(text.at(year)))
        return std::nullopt;
    return Found{{formatCalendarDate({numberOf(text.at(year).text), month, 0})}, year + 1};
}

// "2024-04-03", "03/04/2024", "3.4.2024", "9/21/98". With points and two digits it could be a section number.
std::optional<Found> inNumbers(const TokenView& text, size_t i) {
    const std::string& mark = text.at(i + 1).lower;
    const bool joined = text.isNumber(i) && text.isNumber(i + 2) && text.isNumber(i + 4) &&
                        text.at(i + 3).lower == mark && text.touchesPrevious(i + 1) && text.touchesPrevious(i + 2) &&
                        text.touchesPrevious(i + 3) && text.touchesPrevious(i + 4);
    if (!joined || (mark != "/" && mark != "-" && mark != "."))
        return std::nullopt;
    const Token &first = text.at(i), &second = text.at(i + 2), &third = text.at(i + 4);
    Found found{{}, i + 5, {}, true};
    if (isYear(first) && isDay(third) && mark == "-")
        addReading(found.readings, numberOf(first.text), numberOf(second.text), numberOf(third.text));
    else if (isDay(first) && isDay(second) && (isYear(third) || (mark != "." && third.text.size() == 2))) {
        addReading(found.readings, fullYear(third.text), numberOf(first.text), numberOf(second.text));
        addReading(found.readings, fullYear(third.text), numberOf(second.text), numberOf(first.text));
        if (found.readings.size() == 1 && first.text != second.text)
            found.order = numberOf(first.text) > 12 ? DateOrder::DayFirst : DateOrder::MonthFirst;
    }
    return found.readings.empty() ? std::nullopt : std::optional(found);
}

} // namespace

bool isYear(const Token& token) {
    return token.kind == TokenKind::Number && token.text.size() == 4 && token.text >= "1800" && token.text < "2200";
}

int numberOf(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
}

int fullYear(std::string_view digits) {
    const int year = numberOf(digits);
    return digits.size() == 4 ? year : year < 50 ? 2000 + year : 1900 + year;
}

std::vector<WrittenDate> writtenDates(std::string_view source) {
    const auto tokens = tokenize(source);
    const TokenView text(tokens);
    std::vector<WrittenDate> out;
    for (size_t i = 0; i < text.size();) {
        std::optional<Found> found;
        for (const auto read : {monthFirst, dayFirstInWords, inNumbers, monthAlone})
            if (!found)
                found = read(text, i);
        if (found && !found->readings.empty())
            out.push_back({std::move(found->readings), found->order, found->isNumeric, text.at(i).begin});
        i = found ? found->end : i + 1;
    }
    return out;
}

} // namespace cw
