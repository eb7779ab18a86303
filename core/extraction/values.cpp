// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/values.h"

#include "core/base/utf.h"
#include "core/extraction/canonical_json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cw {

namespace {

template <typename List> bool holds(const List& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool allDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

int toInt(std::string_view digits) {
    int value = 0;
    for (char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

// Takes `prefix` off the front of `text` if it is there.
bool take(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix)
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

// Text before and after the first `separator`; nothing after it if there is none.
std::pair<std::string_view, std::optional<std::string_view>> splitAt(std::string_view text, char separator) {
    const size_t at = text.find(separator);
    if (at == std::string_view::npos)
        return {text, std::nullopt};
    return {text.substr(0, at), text.substr(at + 1)};
}

struct UnitName {
    DurationUnit unit;
    std::string_view prefix;
    std::string_view suffix;
};

constexpr std::array<UnitName, 6> kUnitNames = {{{DurationUnit::Hour, "PT", "H"},
                                                 {DurationUnit::BusinessDay, "P", "BD"},
                                                 {DurationUnit::Day, "P", "D"},
                                                 {DurationUnit::Week, "P", "W"},
                                                 {DurationUnit::Month, "P", "M"},
                                                 {DurationUnit::Year, "P", "Y"}}};

int daysInMonth(int year, int month) {
    static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

// A duration behind "/", which may be missing. False if there is one that isn't well formed.
bool readPer(std::optional<std::string_view> text, std::optional<Duration>& per) {
    per = text ? parseDuration(*text) : std::nullopt;
    return !text || per.has_value();
}

std::optional<MoneyTerm> parseMoneyTerm(std::string_view text) {
    MoneyTerm term;
    const auto [body, period] = splitAt(text, '/');
    if (!readPer(period, term.per))
        return std::nullopt;
    if (const size_t percent = body.find('%'); percent != std::string_view::npos) {
        term.amount = body.substr(0, percent);
        term.basis = body.substr(percent + 1);
        return isDecimal(term.amount) && holds(kMoneyBases, term.basis) ? std::optional(term) : std::nullopt;
    }
    const auto [currency, amount] = splitAt(body, ' ');
    term.currency = currency;
    term.amount = amount.value_or("");
    return isCurrencyCode(currency) && isDecimal(term.amount) ? std::optional(term) : std::nullopt;
}

bool isDateValue(std::string_view text) {
    return text == "perpetual" || holds(kSpecialValues, text) || parseCalendarDate(text) || parseRelativeDate(text);
}

bool isDurationValue(std::string_view text) {
    return text == "perpetual" || holds(kSpecialValues, text) || parseDuration(text);
}

bool isPartyName(std::string_view name) {
    if (name.empty() || firstInvalidUtf8(name) || codePointCount(name) > kMaxQuoteCodePoints)
        return false;
    for (size_t i = 0; i < name.size();)
        if (isControl(decodeCodePoint(name, i)))
            return false;
    return true;
}

bool isPartyList(const ClauseType& type, const ClauseValue& value) {
    const auto* parties = std::get_if<std::vector<Party>>(&value);
    if (!parties || parties->empty() || parties->size() > kMaxParties)
        return false;
    return std::all_of(parties->begin(), parties->end(), [&](const Party& party) {
        return isPartyName(party.name) && (party.role == "other" || holds(type.codes, party.role));
    });
}

} // namespace

bool isCanonicalValue(const ClauseType& type, const ClauseValue& value) {
    if (type.kind == ValueKind::Text)
        return !hasValue(value);
    if (type.kind == ValueKind::Boolean)
        return std::holds_alternative<bool>(value);
    if (type.kind == ValueKind::PartyList)
        return isPartyList(type, value);
    const auto* text = std::get_if<std::string>(&value);
    if (!text)
        return false;
    switch (type.kind) {
    case ValueKind::Date:
        return isDateValue(*text);
    case ValueKind::Duration:
        return isDurationValue(*text);
    case ValueKind::Money:
        return holds(kSpecialValues, *text) || parseMoney(*text).has_value();
    case ValueKind::Number:
        return holds(kSpecialValues, *text) || parseQuantity(*text).has_value();
    default: // an enum: its codes are data
        return *text == "other" || holds(kSpecialValues, *text) || holds(type.codes, *text);
    }
}

std::optional<Duration> parseDuration(std::string_view text) {
    for (const UnitName& name : kUnitNames) {
        std::string_view count = text;
        if (!take(count, name.prefix) || count.size() <= name.suffix.size() ||
            count.substr(count.size() - name.suffix.size()) != name.suffix)
            continue;
        count.remove_suffix(name.suffix.size());
        if (allDigits(count) && count.size() <= kMaxDurationDigits && (count == "0" || count.front() != '0'))
            return Duration{toInt(count), name.unit};
    }
    return std::nullopt;
}

std::string formatDuration(const Duration& duration) {
    const auto name = std::find_if(kUnitNames.begin(), kUnitNames.end(),
                                   [&](const UnitName& candidate) { return candidate.unit == duration.unit; });
    return std::string(name->prefix) + std::to_string(duration.count) + std::string(name->suffix);
}

std::optional<CalendarDate> parseCalendarDate(std::string_view text) {
    const auto number = [&](size_t at, size_t length) {
        const std::string_view digits = text.substr(at, length);
        return allDigits(digits) ? toInt(digits) : -1;
    };
    const bool hasMonth = text.size() >= 7;
    const bool hasDay = text.size() == 10;
    if ((text.size() != 4 && text.size() != 7 && !hasDay) || (hasMonth && text[4] != '-') || (hasDay && text[7] != '-'))
        return std::nullopt;
    const CalendarDate date{number(0, 4), hasMonth ? number(5, 2) : 0, hasDay ? number(8, 2) : 0};
    if (date.year < 0 || (hasMonth && (date.month < 1 || date.month > 12)))
        return std::nullopt;
    if (hasDay && (date.day < 1 || date.day > daysInMonth(date.year, date.month)))
        return std::nullopt;
    return date;
}

std::string formatCalendarDate(const CalendarDate& date) {
    const auto padded = [](int number, size_t width) {
        const std::string digits = std::to_string(number);
        return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    std::string out = padded(date.year, 4);
    if (date.month > 0)
        out += "-" + padded(date.month, 2);
    if (date.day > 0)
        out += "-" + padded(date.day, 2);
    return out;
}

std::optional<RelativeDate> parseRelativeDate(std::string_view text) {
    const size_t at = text.find_first_of("+-");
    if (at == std::string_view::npos || !holds(kDateAnchors, text.substr(0, at)))
        return std::nullopt;
    const auto offset = parseDuration(text.substr(at + 1));
    if (!offset)
        return std::nullopt;
    return RelativeDate{std::string(text.substr(0, at)), text[at], *offset};
}

bool isDecimal(std::string_view text) {
    const auto [whole, fraction] = splitAt(text, '.');
    if (!allDigits(whole) || whole.size() > kMaxIntegerDigits || (whole.size() > 1 && whole.front() == '0'))
        return false;
    return !fraction || (allDigits(*fraction) && fraction->size() <= kMaxFractionDigits && fraction->back() != '0');
}

std::optional<Money> parseMoney(std::string_view text) {
    Money money;
    if (take(text, "max("))
        money.form = MoneyForm::Maximum;
    else if (take(text, "min("))
        money.form = MoneyForm::Minimum;
    std::vector<std::string_view> parts = {text};
    if (money.form != MoneyForm::Single) {
        if (text.empty() || text.back() != ')')
            return std::nullopt;
        const auto [first, second] = splitAt(text.substr(0, text.size() - 1), ',');
        parts = {first, second.value_or("")};
    }
    for (std::string_view part : parts) {
        const auto term = parseMoneyTerm(part);
        if (!term)
            return std::nullopt;
        money.terms.push_back(*term);
    }
    return money;
}

std::optional<Quantity> parseQuantity(std::string_view text) {
    Quantity quantity;
    const auto [body, period] = splitAt(text, '/');
    const auto [amount, unit] = splitAt(body, ' ');
    quantity.amount = amount;
    quantity.unit = unit.value_or("");
    const bool isUnit = holds(kNumberUnits, quantity.unit) || isCurrencyCode(quantity.unit);
    if (!readPer(period, quantity.per) || !isDecimal(amount) || !isUnit)
        return std::nullopt;
    return quantity;
}

bool isCurrencyCode(std::string_view text) {
    return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

} // namespace cw
