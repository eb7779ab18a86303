// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/cell_pattern.h"

#include "core/extraction/canonical_json.h"
#include "core/extraction/values.h"

#include <utility>

namespace cw {

namespace {

Pattern digits(size_t least, size_t most) { return repeated(anyOf('0', '9'), least, most); }

template <typename List> Pattern oneOf(const List& texts) {
    std::vector<Pattern> parts;
    for (const auto& text : texts)
        parts.push_back(literal(jsonEscaped(text)));
    return choice(std::move(parts));
}

Pattern special() { return oneOf(kSpecialValues); }

// No needless zeros: "0" or a number that begins with another digit.
Pattern wholeNumber(size_t mostDigits) {
    return choice({literal("0"), sequence({anyOf('1', '9'), digits(0, mostDigits - 1)})});
}

Pattern decimal() {
    const Pattern fraction = sequence({literal("."), digits(0, kMaxFractionDigits - 1), anyOf('1', '9')});
    return sequence({wholeNumber(kMaxIntegerDigits), optional(fraction)});
}

Pattern duration() {
    const Pattern count = wholeNumber(kMaxDurationDigits);
    return choice({sequence({literal("P"), count, oneOf(std::vector<std::string>{"D", "BD", "W", "M", "Y"})}),
                   sequence({literal("PT"), count, literal("H")})});
}

Pattern perDuration() { return optional(sequence({literal("/"), duration()})); }

Pattern twoDigits(int from, int to) {
    std::vector<std::string> texts;
    for (int number = from; number <= to; ++number)
        texts.push_back({static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)});
    return oneOf(texts);
}

// Years 1000 to 2999.
Pattern year() { return sequence({anyOf('1', '2'), digits(3, 3)}); }

Pattern leapYear() {
    std::vector<std::string> fourths;
    for (int number = 4; number < 100; number += 4)
        fourths.push_back({static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)});
    const Pattern inCentury = sequence({anyOf('1', '2'), digits(1, 1), oneOf(fourths)});
    return choice({inCentury, oneOf(std::vector<std::string>{"1200", "1600", "2000", "2400", "2800"})});
}

Pattern calendarDate() {
    const auto days = [](std::vector<std::string> months, int last) {
        return sequence({literal("-"), oneOf(months), literal("-"), twoDigits(1, last)});
    };
    const Pattern anyYear = choice({days({"01", "03", "05", "07", "08", "10", "12"}, 31), days({"04", "06", "09", "11"}, 30),
                                    days({"02"}, 28), sequence({literal("-"), twoDigits(1, 12)}), sequence({})});
    return choice({sequence({year(), anyYear}), sequence({leapYear(), literal("-02-29")})});
}

Pattern date() {
    const Pattern relative = sequence({oneOf(kDateAnchors), oneOf(std::vector<std::string>{"+", "-"}), duration()});
    return choice({calendarDate(), relative, literal("perpetual"), special()});
}

Pattern currency() { return repeated(anyOf('A', 'Z'), 3, 3); }

Pattern money() {
    const Pattern amount = sequence({currency(), literal(" "), decimal(), perDuration()});
    const Pattern share = sequence({decimal(), literal("%"), oneOf(kMoneyBases), perDuration()});
    const Pattern term = choice({amount, share});
    const Pattern extreme = sequence({oneOf(std::vector<std::string>{"max(", "min("}), term, literal(","), term, literal(")")});
    return choice({term, extreme, special()});
}

Pattern number() {
    const Pattern unit = choice({oneOf(kNumberUnits), currency()});
    return choice({sequence({decimal(), literal(" "), unit, perDuration()}), special()});
}

Pattern code(const ClauseType& type) { return choice({oneOf(type.codes), literal("other"), special()}); }

Pattern role(const ClauseType& type) { return choice({oneOf(type.codes), literal("other")}); }

Pattern parties(const ClauseType& type) {
    const Pattern party = sequence({literal("{\"n\":"), symbol(kNameSymbol), literal(",\"r\":\""), role(type), literal("\"}")});
    const Pattern more = repeated(sequence({literal(","), party}), 0, kMaxParties - 1);
    return sequence({literal(",\"v\":["), party, more, literal("]")});
}

// What stands behind the quotes of a cell.
Pattern valueMember(const ClauseType& type) {
    switch (type.kind) {
    case ValueKind::Text:
        return sequence({});
    case ValueKind::Boolean:
        return sequence({literal(",\"v\":"), oneOf(std::vector<std::string>{"true", "false"})});
    case ValueKind::PartyList:
        return parties(type);
    default:
        return sequence({literal(",\"v\":\""), valuePattern(type), literal("\"")});
    }
}

} // namespace

Pattern valuePattern(const ClauseType& type) {
    switch (type.kind) {
    case ValueKind::Date:
        return date();
    case ValueKind::Duration:
        return choice({duration(), literal("perpetual"), special()});
    case ValueKind::Money:
        return money();
    case ValueKind::Number:
        return number();
    default:
        return code(type);
    }
}

Pattern cellPattern(const ClauseType& type) {
    return choice({literal("null"), sequence({literal("{\"q\":["), symbol(kQuotesSymbol), literal("]"), valueMember(type), literal("}")})});
}

std::string jsonEscaped(std::string_view text) {
    std::string escaped;
    for (const char byte : text) {
        if (byte == '"' || byte == '\\')
            escaped += '\\';
        escaped += byte;
    }
    return escaped;
}

} // namespace cw
