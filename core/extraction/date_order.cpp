// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/extraction/date_order.h"

#include "core/extraction/derive.h"
#include "core/extraction/jurisdictions.h"
#include "core/extraction/tokens.h"
#include "core/extraction/written_dates.h"
#include "core/text/segment.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace cw {

namespace {

// Points, and what one sort of witness can give at most. A clear margin is more than one sort of weak witness against another.
constexpr int kNumber = 8, kMostNumbers = 16; // "25/12/2024"; "03/04/2024" and "3 April 2024"
constexpr int kLaw = 4;
constexpr int kSpelt = 1, kMostSpelt = 3;
constexpr int kAddress = 2, kMostAddresses = 2;
constexpr int kMargin = 2;

class Counter {
public:
    Counter(int points, int most) : m_points(points), m_most(most) {}
    void add(DateOrder order) { (order == DateOrder::DayFirst ? m_dayFirst : m_monthFirst) += m_points; }
    void addTo(DateOrderVote& vote) const {
        vote.dayFirst += std::min(m_dayFirst, m_most);
        vote.monthFirst += std::min(m_monthFirst, m_most);
    }

private:
    int m_points, m_most;
    int m_dayFirst = 0, m_monthFirst = 0;
};

// "Source: ACME, INC., 8-K, 3/26/2020" at a page's foot is the archive's, not the contract's.
bool isOfArchive(std::string_view text, size_t at) {
    const size_t line = text.rfind('\n', at);
    return text.substr(line == std::string_view::npos ? 0 : line + 1, 8) == "Source: ";
}

// The order in which an ambiguous date is one that the contract spells elsewhere.
std::optional<DateOrder> orderByTwin(const WrittenDate& date, const std::set<std::string>& spelt) {
    if (date.readings.size() != 2)
        return std::nullopt;
    const bool monthFirst = spelt.count(date.readings[0]) > 0, dayFirst = spelt.count(date.readings[1]) > 0;
    if (monthFirst == dayFirst)
        return std::nullopt;
    return dayFirst ? DateOrder::DayFirst : DateOrder::MonthFirst;
}

void addDates(std::string_view text, DateOrderVote& vote) {
    const std::vector<WrittenDate> dates = writtenDates(text);
    std::set<std::string> spelt;
    for (const WrittenDate& date : dates)
        if (!date.isNumeric)
            spelt.insert(date.readings.front());
    Counter numbers(kNumber, kMostNumbers), words(kSpelt, kMostSpelt);
    for (const WrittenDate& date : dates) {
        if (isOfArchive(text, date.begin))
            continue;
        if (const auto order = date.isNumeric && !date.order ? orderByTwin(date, spelt) : date.order)
            (date.isNumeric ? numbers : words).add(*order);
    }
    numbers.addTo(vote);
    words.addTo(vote);
}

// Of a law's code: the United States write the month first, Canada both; of countries that write the year first a contract in English tells
// nothing.
std::optional<DateOrder> orderUnder(std::string_view code) {
    const std::string_view country = code.substr(0, 2);
    if (country == "US" || country == "PR" || country == "GU" || country == "VI")
        return DateOrder::MonthFirst;
    static const std::set<std::string_view> others = {"CA", "CN", "JP", "KR", "TW", "PH", "HU", "LT", "MN", "mu"}; // "multiple"
    return code.empty() || others.count(country) ? std::nullopt : std::optional(DateOrder::DayFirst);
}

bool namesLaw(std::string_view sentence) {
    for (std::string_view word : {"overned", "OVERNED", "govern ", "onstrued", "ONSTRUED"})
        if (sentence.find(word) != std::string_view::npos)
            return true;
    return false;
}

void addLaw(std::string_view text, DateOrderVote& vote) {
    Counter laws(kLaw, kLaw);
    for (const ByteRange& range : segmentSentences(text)) {
        const std::string_view sentence = text.substr(range.begin, range.size());
        const auto code = namesLaw(sentence) ? governingLawFromText(sentence) : std::nullopt;
        if (const auto order = code ? orderUnder(*code) : std::nullopt)
            laws.add(*order);
    }
    laws.addTo(vote);
}

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

// "EC2M" and "7LT", "M1" and "3HE": the two halves of a British postcode, as the tokens that they are cut into.
bool isPostcodeAt(const TokenView& words, size_t at) {
    size_t next = at;
    const Token& area = words.at(next++);
    if (area.kind != TokenKind::Word || area.text.size() > 2 || !std::all_of(area.text.begin(), area.text.end(), isUpper))
        return false;
    const bool district = words.isNumber(next) && words.at(next).text.size() <= 2 && words.touchesPrevious(next);
    ++next;
    if (district && words.touchesPrevious(next) && words.at(next).text.size() == 1 && isUpper(words.at(next).text[0]))
        ++next;
    const Token& unit = words.at(next + 1);
    return district && words.isNumber(next) && words.at(next).text.size() == 1 && !words.touchesPrevious(next) && words.touchesPrevious(next + 1) &&
           unit.text.size() == 2 && isUpper(unit.text[0]) && isUpper(unit.text[1]);
}

// The last word of a state's name or its two letters, in front of five digits: "Dallas, TX 75201", "New York, New York 10017-2304".
bool isZipCodeAt(const TokenView& words, size_t at) {
    static const std::set<std::string_view> states = [] {
        std::set<std::string_view> out;
        for (const Jurisdiction& place : jurisdictions())
            if (place.code.starts_with("US-")) {
                out.insert(place.code.substr(3));
                out.insert(place.name.substr(place.name.rfind(' ') + 1));
            }
        return out;
    }();
    const Token& zip = words.at(at + 1);
    const bool isZip = zip.kind == TokenKind::Number && zip.text.size() == 5 && zip.end - zip.begin == 5 && std::all_of(zip.text.begin(), zip.text.end(), isDigit);
    return isZip && words.at(at).isCapital() && (states.count(words.at(at).text) || states.count(words.at(at).lower));
}

void addAddresses(std::string_view text, DateOrderVote& vote) {
    const std::vector<Token> tokens = tokenize(text);
    const TokenView words(tokens);
    Counter addresses(kAddress, kMostAddresses);
    for (size_t i = 0; i < words.size(); ++i)
        if (isPostcodeAt(words, i))
            addresses.add(DateOrder::DayFirst);
        else if (isZipCodeAt(words, i))
            addresses.add(DateOrder::MonthFirst);
    addresses.addTo(vote);
}

} // namespace

std::optional<DateOrder> DateOrderVote::order() const {
    if (std::abs(dayFirst - monthFirst) < kMargin)
        return std::nullopt;
    return dayFirst > monthFirst ? DateOrder::DayFirst : DateOrder::MonthFirst;
}

DateOrderVote voteOnDateOrder(std::string_view text) {
    DateOrderVote vote;
    addDates(text, vote);
    addLaw(text, vote);
    addAddresses(text, vote);
    return vote;
}

} // namespace cw
