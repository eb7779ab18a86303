// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// American and British documents of one contract, in which only some witnesses tell how dates are written.
#pragma once

#include "core/eval/shift/shift.h"
#include "core/extraction/date_order.h"
#include "tests/support/taxonomy.h"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace cw::test {

// Parts of an American contract, whose dates are spelt with the month first.
struct DatedParts {
    std::string contract, head, law, address;
    std::vector<std::string> dated; // sentences with dates
};

// What is left to tell the order by.
enum class Witness { DayAbove12, Twin, Spelt, Law, Address, None };
inline constexpr std::array kWitnesses = {Witness::DayAbove12, Witness::Twin, Witness::Spelt, Witness::Law, Witness::Address, Witness::None};

inline const std::array<std::string, 12>& monthNames() {
    static const std::array<std::string, 12> names = {"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};
    return names;
}

// `text` with each "April 3, 2024" as `write` writes it, which is given the month (1 to 12), day, year, and how many dates came before.
template <typename Write> std::string withDates(const std::string& text, Write write) {
    static const std::regex spelt("(January|February|March|April|May|June|July|August|September|October|November|December) ([0-9]{1,2}), ([0-9]{4})");
    std::string out;
    auto from = text.begin();
    int index = 0;
    for (std::sregex_iterator at(text.begin(), text.end(), spelt), end; at != end; ++at, ++index) {
        out.append(from, (*at)[0].first);
        const auto month = std::find(monthNames().begin(), monthNames().end(), (*at)[1].str()) - monthNames().begin() + 1;
        out += write(static_cast<int>(month), std::stoi((*at)[2].str()), (*at)[3].str(), index);
        from = (*at)[0].second;
    }
    return out.append(from, text.end());
}

inline std::string inNumbers(DateOrder order, int month, int day, const std::string& year) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return order == DateOrder::DayFirst ? two(day) + '/' + two(month) + '/' + year : two(month) + '/' + two(day) + '/' + year;
}

// A day that could be a month, and isn't this one.
inline int ambiguousDay(int month, int day) {
    const int low = (day - 1) % 12 + 1;
    return low == month ? low % 12 + 1 : low;
}

inline std::string datesOf(const std::string& text, DateOrder order, Witness witness) {
    return withDates(text, [&](int month, int day, const std::string& year, int index) {
        const int low = ambiguousDay(month, day);
        const std::string& name = monthNames()[static_cast<size_t>(month) - 1];
        if (witness == Witness::DayAbove12)
            return inNumbers(order, month, index == 0 ? low : low + 12, year);
        if (witness == Witness::Twin && index == 0)
            return std::to_string(low) + "th day of " + name + ", " + year; // as both write it
        if (witness == Witness::Spelt && index > 0)
            return order == DateOrder::DayFirst ? std::to_string(day) + ' ' + name + ' ' + year : name + ' ' + std::to_string(day) + ", " + year;
        return inNumbers(order, month, low, witness == Witness::Spelt ? "2031" : year); // no twin of a spelt one
    });
}

// The same contract under the law of a part of the United Kingdom between British companies; as it is where that doesn't apply.
inline std::string underBritishLaw(const std::string& text, const std::string& contract) {
    GoldRow gold;
    gold.contract = ContractId(contract);
    std::string out = text;
    for (const ShiftKind kind : {ShiftKind::GoverningLaw, ShiftKind::LegalForms})
        if (const auto shifted = shiftContract(kind, gold, out, defaultTaxonomy()))
            out = shifted->text;
    return out;
}

// A document that shows its order by one witness alone; by none: its order can't be told.
inline std::string documentOf(const DatedParts& parts, DateOrder order, Witness witness) {
    const bool british = order == DateOrder::DayFirst;
    std::string text = parts.dated.front() + "\n\n"; // twice: a date and its twin
    for (const std::string& sentence : parts.dated)
        text += sentence + "\n\n";
    text += parts.head + "\n\n";
    text = datesOf(text, order, witness);
    if (witness == Witness::Law)
        text += british ? underBritishLaw(parts.law, parts.contract) : parts.law;
    if (witness == Witness::Address)
        text += british ? "Notices: 12 Finsbury Court, London EC2M 7LT, United Kingdom" : "Notices: " + parts.address;
    return text + '\n';
}

} // namespace cw::test
