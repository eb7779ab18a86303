// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Amounts from words: "8 % of Net Sales", "at least 10,000 units in each Contract Year", "the greater of $1,000,000 and the fees paid in the
// preceding twelve months".
#include "core/extraction/derive.h"
#include "core/extraction/tokens.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cw {

namespace {

struct Amount {
    std::string text; // canonical, without a period: "USD 1000000", "125%fees_paid"
    size_t end = 0;   // the token behind it
};

using Names = std::pair<std::string_view, std::string_view>; // as written, in the canonical form

template <size_t size> std::string_view nameOf(const std::array<Names, size>& names, std::string_view word) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const Names& each) { return each.first == word; });
    return found == names.end() ? std::string_view() : found->second;
}

// "1", "000": digits times ten to the power of zeros, without needless zeros.
std::string scaled(const std::string& whole, std::string fraction, size_t zeros) {
    std::string digits = whole;
    const size_t moved = std::min(zeros, fraction.size());
    digits += fraction.substr(0, moved) + std::string(zeros - moved, '0');
    fraction.erase(0, moved);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return fraction.empty() ? digits : digits + "." + fraction;
}

size_t zerosOf(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, size_t>, 3> kScales = {{{"thousand", 3}, {"million", 6}, {"billion", 9}}};
    for (const auto& [name, zeros] : kScales)
        if (word == name)
            return zeros;
    return 0;
}

// "7", "7.5", "1.2 million".
std::optional<Amount> decimalAt(const TokenView& text, size_t i) {
    if (!text.isNumber(i))
        return std::nullopt;
    size_t end = i + 1;
    std::string fraction;
    if (text.is(end, ".") && text.touchesPrevious(end) && text.isNumber(end + 1) && text.touchesPrevious(end + 1)) {
        fraction = text.at(end + 1).text;
        end += 2;
    }
    const size_t zeros = zerosOf(text.at(end).lower);
    return Amount{scaled(text.at(i).text, fraction, zeros), zeros ? end + 1 : end};
}

// Dollars are somebody's only where the text says whose.
std::string_view currencyOf(const TokenView& text, size_t i) {
    static constexpr std::array<Names, 4> kSigns = {{{"$", "XXX"}, {"\u00A3", "GBP"}, {"\u20AC", "EUR"}, {"\u00A5", "JPY"}}};
    static constexpr std::array<Names, 9> kCodes = {{{"USD", "USD"}, {"GBP", "GBP"}, {"EUR", "EUR"}, {"CAD", "CAD"}, {"AUD", "AUD"},
                                                     {"CHF", "CHF"}, {"JPY", "JPY"}, {"SGD", "SGD"}, {"INR", "INR"}}};
    const std::string_view sign = nameOf(kSigns, text.at(i).text);
    if (sign == "XXX" && i > 0 && text.isOneOf(i - 1, {"us", "u.s", "usd"}))
        return "USD";
    return sign.empty() ? nameOf(kCodes, text.at(i).text) : sign;
}

std::optional<Amount> moneyAt(const TokenView& text, size_t i) {
    const std::string_view currency = currencyOf(text, i);
    if (currency.empty())
        return std::nullopt;
    const size_t digits = text.is(i + 1, "$") ? i + 2 : i + 1; // "USD $500"
    const auto decimal = decimalAt(text, digits);
    return decimal ? std::optional(Amount{std::string(currency) + " " + decimal->text, decimal->end}) : std::nullopt;
}

// Behind the number: "%", "per cent", "percent", also in words and brackets before: "eight percent (8%)".
std::optional<Amount> percentAt(const TokenView& text, size_t i) {
    const auto decimal = decimalAt(text, i);
    if (!decimal)
        return std::nullopt;
    size_t end = text.is(decimal->end, ")") ? decimal->end + 1 : decimal->end;
    if (text.isOneOf(end, {"%", "percent"}))
        return Amount{decimal->text, end + 1};
    return text.startsWith(end, {"per", "cent"}) ? std::optional(Amount{decimal->text, end + 2}) : std::nullopt;
}

std::optional<Amount> countedAt(const TokenView& text, size_t i) {
    static constexpr std::array<Names, 12> kUnits = {{{"unit", "units"}, {"units", "units"}, {"user", "users"}, {"users", "users"},
                                                      {"hour", "hours"}, {"hours", "hours"}, {"order", "orders"}, {"orders", "orders"},
                                                      {"tonne", "tonnes"}, {"tonnes", "tonnes"}, {"products", "units"}, {"devices", "units"}}};
    const auto decimal = decimalAt(text, i);
    if (!decimal)
        return std::nullopt;
    const size_t at = text.skip(decimal->end, {")", "named", "individual", "concurrent", "authorized", "authorised", "such", "the"});
    const std::string_view unit = nameOf(kUnits, text.at(at).lower);
    return unit.empty() ? std::nullopt : std::optional(Amount{decimal->text + " " + std::string(unit), at + 1});
}

// What a share is of; "fees paid" by itself is all of them.
std::optional<Amount> basisAt(const TokenView& text, size_t i) {
    if (text.startsWith(i, {"purchase", "price"}))
        return Amount{"purchase_price", i + 2};
    if (text.isOneOf(i, {"contract"}) && text.isOneOf(i + 1, {"price", "value", "sum"}))
        return Amount{"contract_value", i + 2};
    if (text.startsWith(i, {"order", "value"}))
        return Amount{"order_value", i + 2};
    if (!text.isOneOf(i, {"fees", "charges", "amounts", "sums"}))
        return std::nullopt;
    const size_t at = text.skip(i + 1, {"actually", "that", "are", "were", "have", "been"});
    if (text.is(at, "paid"))
        return Amount{text.startsWith(at, {"paid", "or", "payable"}) ? "fees_payable" : "fees_paid", at + 1};
    return text.is(at, "payable") ? std::optional(Amount{"fees_payable", at + 1}) : std::nullopt;
}

// "/P12M" where a period stands near behind: "in the preceding twelve (12) months", "in each Contract Year", "per month".
std::string periodBehind(const TokenView& text, size_t i, std::string_view source) {
    constexpr size_t kNear = 14;
    for (size_t at = i; at < std::min(i + kNear, text.size()) && !text.isOneOf(at, {".", ";"}); ++at) {
        if (text.isOneOf(at, {"preceding", "previous", "prior", "last", "past"})) {
            const size_t begin = text.at(at).begin, end = text.at(std::min(at + 7, text.size() - 1)).end;
            const auto durations = durationsInText(source.substr(begin, end - begin));
            return durations.size() == 1 ? "/" + durations.front() : "";
        }
        if (!text.isOneOf(at, {"per", "each", "every", "any"}))
            continue;
        const size_t unit = text.skip(at + 1, {"contract", "calendar", "fiscal", "license", "licence"});
        if (text.isOneOf(unit, {"year", "annum"}))
            return "/P1Y";
        if (text.isOneOf(unit, {"month", "quarter"}))
            return text.is(unit, "month") ? "/P1M" : "/P3M";
    }
    return {};
}

std::optional<Amount> shareAt(const TokenView& text, size_t i) {
    constexpr size_t kNear = 6; // "of the total fees"
    const auto percent = percentAt(text, i);
    if (!percent)
        return std::nullopt;
    for (size_t at = percent->end; at < percent->end + kNear; ++at)
        if (const auto basis = basisAt(text, at))
            return Amount{percent->text + "%" + basis->text, basis->end};
    return std::nullopt;
}

// Every term of the text once, each with its period.
std::vector<std::string> moneyTerms(const TokenView& text, std::string_view source) {
    std::vector<std::string> out;
    for (size_t i = 0; i < text.size();) {
        auto term = moneyAt(text, i);
        if (!term)
            term = shareAt(text, i);
        if (!term)
            if (auto basis = basisAt(text, i))
                term = Amount{"100%" + basis->text, basis->end};
        if (term) {
            const bool isShare = term->text.find('%') != std::string::npos;
            const std::string whole = term->text + (isShare ? periodBehind(text, term->end, source) : "");
            if (std::find(out.begin(), out.end(), whole) == out.end())
                out.push_back(whole);
        }
        i = term ? term->end : i + 1;
    }
    return out;
}

bool holds(const TokenView& text, std::initializer_list<std::string_view> words) {
    for (size_t i = 0; i < text.size(); ++i)
        if (text.isOneOf(i, words) && text.is(i + 1, "of"))
            return true;
    return false;
}

} // namespace

std::optional<std::string> moneyFromText(std::string_view source) {
    const auto tokens = tokenize(source);
    const TokenView text(tokens);
    const std::vector<std::string> terms = moneyTerms(text, source);
    if (terms.size() == 1)
        return terms.front();
    if (terms.size() != 2)
        return std::nullopt;
    if (holds(text, {"greater", "higher", "larger"}))
        return "max(" + terms[0] + "," + terms[1] + ")";
    return holds(text, {"lesser", "lower", "smaller"}) ? std::optional("min(" + terms[0] + "," + terms[1] + ")") : std::nullopt;
}

std::optional<std::string> numberFromText(std::string_view source) {
    const auto tokens = tokenize(source);
    const TokenView text(tokens);
    std::optional<std::string> only;
    for (size_t i = 0; i < text.size();) {
        std::optional<Amount> found = percentAt(text, i);
        if (found)
            found->text += " %";
        else if (found = countedAt(text, i); found)
            found->text += periodBehind(text, found->end, source);
        else if (found = moneyAt(text, i); found)
            found->text = found->text.substr(4) + " " + found->text.substr(0, 3) + periodBehind(text, found->end, source);
        if (found && only && *only != found->text)
            return std::nullopt;
        if (found)
            only = found->text;
        i = found ? found->end : i + 1;
    }
    return only;
}

} // namespace cw
