// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Money: dollars that become pounds, and figures as a continental counterparty writes them.
#include "core/eval/shift/source.h"
#include "core/extraction/values.h"

#include <algorithm>

namespace cw {

namespace {

// A dollar of another country: "C$", "HK$", "Canadian dollars".
bool isOtherDollar(const TokenView& words, size_t at) {
    if (at == 0)
        return false;
    if (words.isOneOf(at - 1, {"canadian", "australian", "singapore", "kong", "zealand", "taiwan", "jamaican", "cdn", "cad", "aud", "hkd", "sgd", "nzd", "nt"}))
        return true;
    return words.is(at, "$") && words.touchesPrevious(at) && words.isOneOf(at - 1, {"c", "a", "hk", "nz", "r", "can"}) && !words.is(at - 2, ".");
}

// "USD $5": the code says no more than the sign behind it.
bool isCodeOfSign(const ShiftSource& source, size_t at) {
    return source.words().at(at).text == "USD" && source.words().is(at + 1, "$") && !source.beginsLine(at + 1);
}

// "$5 million USD": the code at `at` says no more than the sign of the sum in front of it.
bool repeatsSign(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    size_t from = at;
    while (from > 0 && (words.isNumber(from - 1) || words.isOneOf(from - 1, {".", "million", "billion", "thousand"})))
        --from;
    return from > 0 && from < at && !words.is(at - 1, ".") && !source.beginsLine(at) && words.is(from - 1, "$") && !isOtherDollar(words, from - 1);
}

// "US", "U.S.", "United States", "USD" in front of a currency: the token where it begins, or `at` itself.
size_t withCountry(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    if (at >= 1 && isCodeOfSign(source, at - 1))
        return at - 1;
    if (at >= 1 && words.isOneOf(at - 1, {"us", "usa"}) && words.at(at - 1).isCapital())
        return at - 1;
    if (at >= 4 && words.startsWith(at - 4, {"u", ".", "s", "."}))
        return at - 4;
    return at >= 2 && words.startsWith(at - 2, {"united", "states"}) ? at - 2 : at;
}

// What stands for the word "dollar" or "dollars" at `at`, whose country begins at `from`; nothing where it isn't money of the United States.
std::optional<std::string> sterlingWord(const TokenView& words, size_t from, size_t at) {
    const Token& word = words.at(at);
    const auto inItsCase = [&word](const char* small, const char* capitals) {
        return !word.isCapital() ? small : word.text == inCaseOf("ALL", word.lower) ? inCaseOf("ALL", small) : std::string(capitals);
    };
    if (word.lower == "dollars")
        return inItsCase("pounds sterling", "Pounds Sterling");
    if (word.lower != "dollar")
        return std::nullopt;
    if (at > 0 && words.isOneOf(at - 1, {"one", "per", "each", "a"}))
        return inCaseOf(word.text, "pound");
    if (words.isOneOf(at + 1, {"amount", "amounts", "value", "limit", "limits"}))
        return inCaseOf(word.text, "sterling");
    return from < at ? std::optional(inItsCase("pound sterling", "Pound Sterling")) : std::nullopt;
}

// "lawful money of the United States of America", the token behind it.
std::optional<size_t> currencyOfCountryEnd(const TokenView& words, size_t at) {
    if (!words.isOneOf(at, {"money", "currency"}) || at == 0 || !words.isOneOf(at - 1, {"lawful", "legal", "the"}) || !words.startsWith(at + 1, {"of", "the", "united", "states"}))
        return std::nullopt;
    return words.startsWith(at + 5, {"of", "america"}) ? at + 7 : at + 5;
}

std::optional<TextEdit> sterlingEditAt(const ShiftSource& source, size_t at) {
    const TokenView& words = source.words();
    const Token& word = words.at(at);
    const size_t from = withCountry(source, at);
    if (word.text == "$")
        return TextEdit{source.rangeOf(from, at + 1), "£"};
    if (word.text == "USD") {
        if (isCodeOfSign(source, at))
            return std::nullopt; // goes with the sign
        return repeatsSign(source, at) ? TextEdit{{words.at(at - 1).end, word.end}, ""} : TextEdit{source.rangeOf(at, at + 1), "GBP"};
    }
    if (auto sterling = sterlingWord(words, from, at))
        return TextEdit{source.rangeOf(from, at + 1), std::move(*sterling)};
    if (word.lower == "cents" && !(at > 0 && words.is(at - 1, "per")))
        return TextEdit{source.rangeOf(at, at + 1), inCaseOf(word.text, "pence")};
    if (const auto end = currencyOfCountryEnd(words, at))
        return TextEdit{source.rangeOf(at, *end), "currency of the United Kingdom"};
    return std::nullopt;
}

std::vector<TextEdit> sterlingEdits(const ShiftSource& source) {
    std::vector<TextEdit> edits;
    for (size_t i = 0; i < source.words().size(); ++i)
        if (!isOtherDollar(source.words(), i))
            if (auto edit = sterlingEditAt(source, i))
                edits.push_back(std::move(*edit));
    return edits;
}

bool isDollar(std::string_view currency) { return currency == "USD" || currency == "XXX"; }

std::string withoutDollars(std::string value) {
    for (const std::string_view code : {"USD", "XXX"})
        for (size_t at = value.find(code); at != std::string::npos; at = value.find(code, at + 3))
            value.replace(at, 3, "GBP");
    return value;
}

bool statesDollars(const std::string& value) {
    if (const auto money = parseMoney(value))
        return std::any_of(money->terms.begin(), money->terms.end(), [](const MoneyTerm& term) { return isDollar(term.currency); });
    const auto quantity = parseQuantity(value);
    return quantity && isDollar(quantity->unit);
}

// The quotes themselves say dollars: nowhere else would the currency come from.
bool isEdited(const ShiftSource& source, std::string_view clause, const std::vector<TextEdit>& edits) {
    const auto& ranges = source.ranges(clause);
    return std::any_of(ranges.begin(), ranges.end(), [&](const ByteRange& range) {
        return std::any_of(edits.begin(), edits.end(), [&](const TextEdit& edit) { return edit.range.overlaps(range); });
    });
}

bool isGroup(std::string_view text, size_t comma) {
    const auto digit = [&](size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    return text[comma] == ',' && digit(comma + 1) && digit(comma + 2) && digit(comma + 3) && !digit(comma + 4);
}

} // namespace

ShiftDraft shiftSterling(const ShiftSource& source) {
    ShiftDraft draft;
    draft.edits = sterlingEdits(source);
    for (const AnswerCell& cell : source.gold().answer.cells) {
        const auto* value = cell.finding ? std::get_if<std::string>(&cell.finding->value) : nullptr;
        if (value && statesDollars(*value) && isEdited(source, cell.key, draft.edits))
            draft.changes.push_back({cell.key, withoutDollars(*value), {}});
    }
    return draft;
}

// Figures that stay clear: with decimals behind thousands, or with millions. "1,000" alone would become 1.
ShiftDraft shiftNumberFormat(const ShiftSource& source) {
    ShiftDraft draft;
    const TokenView& words = source.words();
    const std::string_view text = source.text();
    for (size_t i = 0; i < words.size(); ++i) {
        const Token& number = words.at(i);
        std::vector<size_t> commas;
        for (size_t at = number.begin; at < number.end && number.kind == TokenKind::Number; ++at)
            if (isGroup(text, at))
                commas.push_back(at);
        const bool decimals = words.is(i + 1, ".") && words.touchesPrevious(i + 1) && words.isNumber(i + 2) && words.touchesPrevious(i + 2) && words.at(i + 2).text.size() == 2;
        if (commas.empty() || (commas.size() < 2 && !decimals))
            continue;
        for (const size_t comma : commas)
            draft.edits.push_back({{comma, comma + 1}, "."});
        if (decimals)
            draft.edits.push_back({source.rangeOf(i + 1, i + 2), ","});
    }
    return draft;
}

} // namespace cw
