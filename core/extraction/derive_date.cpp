// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Dates from words: "March 15, 2021", "3rd day of April 2024", "03/04/2024", "November ___, 2006".
#include "core/extraction/derive.h"
#include "core/extraction/tokens.h"
#include "core/extraction/values.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cw {

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

// A date in the text, in each way that it can be read: one, or two for "03/04/2024".
using Readings = std::vector<std::string>;

struct Found {
    Readings readings;
    size_t end = 0; // the token behind it
};

int monthOf(const Token& token) {
    for (size_t i = 0; i < kMonths.size(); ++i)
        if (token.lower == kMonths[i] ||
            (token.lower.size() >= 3 && token.lower.size() <= 4 && kMonths[i].starts_with(token.lower)))
            return static_cast<int>(i) + 1;
    return 0;
}

int numberOf(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
}

bool isYear(const Token& token) {
    return token.kind == TokenKind::Number && token.text.size() == 4 && token.text >= "1800" && token.text < "2200";
}

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
    const int month = monthOf(text.at(i));
    size_t day = text.is(i + 1, ".") ? i + 2 : i + 1;
    if (!month || !isDay(text.at(day)))
        return std::nullopt;
    const size_t year = text.skip(day + 1, {"st", "nd", "rd", "th", ","});
    if (!isYear(text.at(year)))
        return std::nullopt;
    Found found{{}, year + 1};
    addReading(found.readings, numberOf(text.at(year).text), month, numberOf(text.at(day).text));
    return found;
}

// "3 April 2024", "20th day of March, 2018".
std::optional<Found> dayFirstInWords(const TokenView& text, size_t i) {
    if (!isDay(text.at(i)))
        return std::nullopt;
    const size_t name = text.skip(
        i + 1, {"st", "nd", "rd", "th", "t", "h", ")", "day", "of", "-"}); // "24t h" is how a raised "th" is read
    const int month = monthOf(text.at(name));
    const size_t year = text.skip(name + 1, {".", ",", "-"});
    if (!month || !isYear(text.at(year)))
        return std::nullopt;
    Found found{{}, year + 1};
    addReading(found.readings, numberOf(text.at(year).text), month, numberOf(text.at(i).text));
    return found;
}

// "March 2018", "November ___, 2006": a month without a day, or with a blank for it.
std::optional<Found> monthAlone(const TokenView& text, size_t i) {
    const int month = monthOf(text.at(i));
    const size_t year = text.skip(i + 1, {".", ",", "_", "[", "]", "*", "of"});
    if (!month || !text.at(i).isCapital() || !isYear(text.at(year)))
        return std::nullopt;
    return Found{{formatCalendarDate({numberOf(text.at(year).text), month, 0})}, year + 1};
}

int fullYear(const std::string& digits) {
    const int year = numberOf(digits);
    return digits.size() == 4 ? year : year < 50 ? 2000 + year : 1900 + year;
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
    Found found{{}, i + 5};
    if (isYear(first) && isDay(third) && mark == "-")
        addReading(found.readings, numberOf(first.text), numberOf(second.text), numberOf(third.text));
    else if (isDay(first) && isDay(second) && (isYear(third) || (mark != "." && third.text.size() == 2))) {
        addReading(found.readings, fullYear(third.text), numberOf(first.text), numberOf(second.text));
        addReading(found.readings, fullYear(third.text), numberOf(second.text), numberOf(first.text));
    }
    return found.readings.empty() ? std::nullopt : std::optional(found);
}

std::vector<Readings> datesIn(std::string_view source) {
    const auto tokens = tokenize(source);
    const TokenView text(tokens);
    std::vector<Readings> out;
    for (size_t i = 0; i < text.size();) {
        std::optional<Found> found;
        for (const auto read : {monthFirst, dayFirstInWords, inNumbers, monthAlone})
            if (!found)
                found = read(text, i);
        if (found && !found->readings.empty())
            out.push_back(found->readings);
        i = found ? found->end : i + 1;
    }
    return out;
}

// A numeric date's readings are: month first, then day first.
void decide(std::vector<Readings>& dates, std::optional<bool> dayFirst) {
    for (Readings& readings : dates)
        if (readings.size() == 2 && dayFirst)
            readings = {readings[*dayFirst ? 1 : 0]};
}

std::optional<std::string> dateOfParts(const std::array<std::string_view, 3>& parts) {
    const auto blank = [](std::string_view part) { return part.find_first_not_of("[] ") == std::string_view::npos; };
    const int month = numberOf(parts[0]), day = numberOf(parts[1]);
    if (numberOf(parts[2]) < 0 || (parts[2].size() != 2 && parts[2].size() != 4))
        return std::nullopt;
    const int year = fullYear(std::string(parts[2]));
    if (blank(parts[0]) && blank(parts[1]))
        return formatCalendarDate({year, 0, 0});
    if (month >= 1 && month <= 12 && blank(parts[1]))
        return formatCalendarDate({year, month, 0});
    Readings full;
    addReading(full, year, month, day);
    return full.empty() ? std::nullopt : std::optional(full.front());
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

std::optional<std::string> dateFromText(std::string_view text, std::optional<bool> dayFirst) {
    auto dates = datesIn(text);
    decide(dates, dayFirst);
    std::optional<std::string> only;
    for (const Readings& readings : dates) {
        if (readings.size() == 1 && only && *only != readings[0])
            return std::nullopt;
        if (readings.size() == 1)
            only = readings[0];
    }
    for (const Readings& readings : dates) // a numeric date doesn't decide, but it may contradict
        if (!only || std::find(readings.begin(), readings.end(), *only) == readings.end())
            return std::nullopt;
    return only;
}

bool isDateWritten(std::string_view date, std::string_view source) {
    const auto parsed = parseCalendarDate(date);
    if (!parsed)
        return false;
    if (parsed->day != 0) {
        const auto dates = datesIn(source);
        return std::any_of(dates.begin(), dates.end(), [&](const Readings& readings) {
            return std::find(readings.begin(), readings.end(), date) != readings.end();
        });
    }
    const auto tokens = tokenize(source);
    const auto year = std::any_of(tokens.begin(), tokens.end(),
                                  [&](const Token& t) { return isYear(t) && numberOf(t.text) == parsed->year; });
    const auto month =
        std::any_of(tokens.begin(), tokens.end(), [&](const Token& t) { return monthOf(t) == parsed->month; });
    return year && (month || parsed->month == 0);
}

} // namespace cw
