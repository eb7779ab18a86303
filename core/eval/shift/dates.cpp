// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Dates: with the day first, and numeric ones whose order the law decides.
#include "core/eval/shift/source.h"
#include "core/extraction/date_order.h"
#include "core/extraction/months.h"
#include "core/extraction/values.h"

#include <algorithm>
#include <charconv>

namespace cw {

namespace {

bool isMonth(const Token& token) { return token.isCapital() && monthNamed(token.lower) > 0; }

int numberOf(const Token& token) {
    int out = 0;
    if (token.kind != TokenKind::Number || token.text.size() > 4 || token.text.size() != token.end - token.begin)
        return 0;
    std::from_chars(token.text.data(), token.text.data() + token.text.size(), out);
    return out;
}

bool isDay(const Token& token) {
    const int number = numberOf(token);
    return token.text.size() <= 2 && number >= 1 && number <= 31;
}

bool isYear(const Token& token) {
    const int number = numberOf(token);
    return number >= 1800 && number <= 2199;
}

// "April 3, 2024", "Apr. 3rd 2024", "April 3": the tokens of one that begins with its month.
struct SpeltDate {
    size_t month = 0, day = 0, year = 0; // year 0: none
    size_t end = 0;
};

std::optional<SpeltDate> speltDateAt(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    if (!isMonth(words.at(at)))
        return std::nullopt;
    SpeltDate date{at, at + 1, 0, 0};
    if (words.is(date.day, ".") && words.touchesPrevious(date.day))
        ++date.day;
    if (!isDay(words.at(date.day)) || !source.followsClosely(date.day) || words.touchesPrevious(date.day))
        return std::nullopt;
    date.end = date.day + 1;
    if (words.isOneOf(date.end, {"st", "nd", "rd", "th"}) && words.touchesPrevious(date.end))
        ++date.end;
    const size_t next = words.is(date.end, ",") ? date.end + 1 : date.end;
    if (isYear(words.at(next)) && source.followsClosely(next)) {
        date.year = next;
        date.end = next + 1;
    } else if (words.touchesPrevious(date.end) && words.isOneOf(date.end, {"-", "/", "_", "(", "["})) {
        return std::nullopt; // "May 1-3", "May 1/2"
    }
    return date;
}

// "04/03/2024", "4-3-24": three numbers as they follow each other.
struct NumericDate {
    size_t first = 0, second = 0;
    int a = 0, b = 0, year = 0;
    size_t end = 0;
};

std::optional<NumericDate> numericDateAt(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    const bool slash = words.is(at + 1, "/") && words.is(at + 3, "/"), dash = words.is(at + 1, "-") && words.is(at + 3, "-");
    if ((!slash && !dash) || words.touchesPrevious(at))
        return std::nullopt;
    for (size_t i = at + 1; i <= at + 4; ++i)
        if (!words.touchesPrevious(i))
            return std::nullopt;
    const Token& year = words.at(at + 4);
    const bool whole = isYear(year), shortYear = slash && year.kind == TokenKind::Number && year.text.size() == 2;
    if (!isDay(words.at(at)) || !isDay(words.at(at + 2)) || (!whole && !shortYear))
        return std::nullopt;
    if (at + 5 < words.size() && words.touchesPrevious(at + 5) && (words.isOneOf(at + 5, {"/", "-"}) || words.isNumber(at + 5)))
        return std::nullopt; // a part of something longer
    const int number = whole ? numberOf(year) : std::stoi(year.text) + (year.text[0] < '5' ? 2000 : 1900);
    return NumericDate{at, at + 2, numberOf(words.at(at)), numberOf(words.at(at + 2)), number, at + 5};
}

// "Source: ACME, INC., 8-K, 3/26/2020" at a page's foot is the archive's, not the contract's.
bool isOfArchive(const ShiftSource& source, size_t token) {
    const size_t end = source.words().at(token).begin;
    const size_t line = source.text().rfind('\n', end);
    return source.text().substr(line == std::string_view::npos ? 0 : line + 1, 8) == "Source: ";
}

std::vector<NumericDate> numericDates(const ShiftSource& source) {
    std::vector<NumericDate> out;
    for (size_t i = 0; i < source.words().size(); ++i)
        if (const auto date = numericDateAt(source, i); date && !isOfArchive(source, i)) {
            out.push_back(*date);
            i = date->end - 1;
        }
    return out;
}

bool isMonthFirst(const NumericDate& date) { return date.a <= 12; }
bool isAmbiguous(const NumericDate& date) { return date.a <= 12 && date.b <= 12 && date.a != date.b; }

void append(std::vector<TextEdit>& to, std::vector<TextEdit> more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

bool isDateCell(const AnswerCell& cell) {
    const auto* value = cell.finding ? std::get_if<std::string>(&cell.finding->value) : nullptr;
    const auto date = value ? parseCalendarDate(*value) : std::nullopt;
    return date && date->day > 0;
}

// The other reading of a gold date that stands in its quotes as an ambiguous numeric date, and as nothing else.
std::optional<GoldChange> flippedChange(const ShiftSource& source, const AnswerCell& cell, const std::vector<NumericDate>& dates) {
    if (!isDateCell(cell))
        return std::nullopt;
    const CalendarDate gold = *parseCalendarDate(std::get<std::string>(cell.finding->value));
    if (gold.month > 12 || gold.day > 12 || gold.month == gold.day)
        return std::nullopt;
    bool isWritten = false;
    for (const ByteRange& range : source.ranges(cell.key))
        for (const NumericDate& date : dates)
            isWritten = isWritten || (range.contains(source.rangeOf(date.first, date.end)) && date.a == gold.month && date.b == gold.day && date.year == gold.year);
    if (!isWritten)
        return std::nullopt;
    return GoldChange{cell.key, formatCalendarDate({gold.year, gold.day, gold.month}), {}};
}

} // namespace

std::vector<TextEdit> dayFirstEdits(const ShiftSource& source) {
    std::vector<TextEdit> edits;
    const TokenView& words = source.words();
    for (size_t i = 0; i < words.size(); ++i) {
        const auto date = speltDateAt(source, i);
        if (!date)
            continue;
        const bool stop = date->day == date->month + 2; // "Apr." of a date in the middle of a sentence
        std::string text = words.at(date->day).text + ' ' + words.at(date->month).text + (stop ? "." : "");
        if (text[0] == '0')
            text.erase(0, 1);
        if (date->year > 0)
            text += ' ' + words.at(date->year).text;
        edits.push_back({source.rangeOf(date->month, date->end), std::move(text)});
        i = date->end - 1;
    }
    return edits;
}

ShiftDraft shiftDayFirst(const ShiftSource& source) {
    return {dayFirstEdits(source), {}};
}

// The law moves along, or the numbers would mean another day: the governing law is a changed answer.
ShiftDraft shiftNumericDates(const ShiftSource& source) {
    ShiftDraft draft;
    if (writesDayFirst(source.text()))
        return {}; // it does so already
    for (const NumericDate& date : numericDates(source)) {
        if (!isMonthFirst(date))
            return {}; // no date
        if (date.a == date.b)
            continue;
        const TokenView& words = source.words();
        draft.edits.push_back({source.rangeOf(date.first, date.first + 1), words.at(date.second).text});
        draft.edits.push_back({source.rangeOf(date.second, date.second + 1), words.at(date.first).text});
    }
    std::vector<TextEdit> law = lawEdits(source, kEngland);
    if (draft.edits.empty() || law.empty())
        return {};
    append(draft.edits, courtEdits(source, kEngland));
    append(draft.edits, std::move(law));
    append(draft.edits, dayFirstEdits(source));
    if (const auto change = lawChange(source, kEngland))
        draft.changes.push_back(*change);
    return draft;
}

ShiftDraft shiftFlippedOrder(const ShiftSource& source) {
    const std::vector<NumericDate> dates = numericDates(source);
    if (std::any_of(dates.begin(), dates.end(), [](const NumericDate& date) { return !isAmbiguous(date) && date.a != date.b; }))
        return {}; // a day above 12 says which order it is
    ShiftDraft draft;
    for (const AnswerCell& cell : source.gold().answer.cells)
        if (auto change = flippedChange(source, cell, dates))
            draft.changes.push_back(std::move(*change));
    std::vector<TextEdit> law = lawEdits(source, kEngland);
    if (draft.changes.empty() || law.empty())
        return {};
    draft.edits = courtEdits(source, kEngland);
    append(draft.edits, std::move(law));
    append(draft.edits, dayFirstEdits(source));
    if (const auto change = lawChange(source, kEngland))
        draft.changes.push_back(*change);
    return draft;
}

} // namespace cw
