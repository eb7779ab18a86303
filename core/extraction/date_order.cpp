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
#include <initializer_list>
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
    bool isEmpty() const { return m_dayFirst == 0 && m_monthFirst == 0; }
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

// The contract's own dates, each ambiguous one with the order that its twin tells.
std::vector<WrittenDate> datesWithOrders(std::string_view text) {
    std::vector<WrittenDate> dates = writtenDates(text);
    std::set<std::string> spelt;
    for (const WrittenDate& date : dates)
        if (!date.isNumeric)
            spelt.insert(date.readings.front());
    std::erase_if(dates, [text](const WrittenDate& date) { return isOfArchive(text, date.begin); });
    for (WrittenDate& date : dates)
        if (date.isNumeric && !date.order)
            date.order = orderByTwin(date, spelt);
    return dates;
}

void addDates(std::string_view text, DateOrderVote& vote) {
    Counter numbers(kNumber, kMostNumbers), words(kSpelt, kMostSpelt);
    for (const WrittenDate& date : datesWithOrders(text))
        if (date.order)
            (date.isNumeric ? numbers : words).add(*date.order);
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

bool hasAnyOf(std::string_view sentence, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [sentence](std::string_view word) { return sentence.find(word) != std::string_view::npos; });
}

bool namesLaw(std::string_view sentence) { return hasAnyOf(sentence, {"overned", "OVERNED", "govern ", "onstrued", "ONSTRUED"}); }

// "shall be interpreted in accordance with the laws of Indiana", but not of a party that was formed so.
bool appliesLaw(std::string_view sentence) {
    return hasAnyOf(sentence, {"ccordance", "CCORDANCE"}) &&
           !hasAnyOf(sentence, {"rganized", "rganised", "ncorporated", "xisting", " formed ", "good standing"});
}

Counter lawsIn(std::string_view text, const std::vector<ByteRange>& sentences, bool (*isOnLaw)(std::string_view)) {
    Counter laws(kLaw, kLaw);
    for (const ByteRange& range : sentences) {
        const std::string_view sentence = text.substr(range.begin, range.size());
        const auto code = isOnLaw(sentence) ? governingLawFromText(sentence) : std::nullopt;
        if (const auto order = code ? orderUnder(*code) : std::nullopt)
            laws.add(*order);
    }
    return laws;
}

// Only where no sentence says what governs the contract do those count that apply a law: they may be on duties, not on the contract.
void addLaw(std::string_view text, DateOrderVote& vote) {
    const std::vector<ByteRange> sentences = segmentSentences(text);
    const Counter governing = lawsIn(text, sentences, namesLaw);
    (governing.isEmpty() ? lawsIn(text, sentences, appliesLaw) : governing).addTo(vote);
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

bool writesDayFirst(std::string_view text) {
    const std::vector<WrittenDate> dates = datesWithOrders(text);
    return std::any_of(dates.begin(), dates.end(), [](const WrittenDate& date) { return date.isNumeric && date.order == DateOrder::DayFirst; });
}

DateOrderVote voteOnDateOrder(std::string_view text) {
    DateOrderVote vote;
    addDates(text, vote);
    addLaw(text, vote);
    addAddresses(text, vote);
    return vote;
}

} // namespace cw
