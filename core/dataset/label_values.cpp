// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/label_values.h"

#include "core/extraction/derive.h"
#include "core/extraction/tokens.h"
#include "core/extraction/values.h"

#include <algorithm>
#include <chrono>

namespace cw {

namespace {

std::string joined(const std::vector<std::string>& quotes) {
    std::string out;
    for (const std::string& quote : quotes)
        out += quote + " ; ";
    return out;
}

bool isFull(const std::string& date) {
    return date.size() == 10;
}

std::chrono::sys_days dayOf(const CalendarDate& date) {
    using namespace std::chrono;
    const year_month_day exact =
        year(date.year) / month(static_cast<unsigned>(date.month)) / day(static_cast<unsigned>(date.day));
    return exact.ok() ? sys_days(exact)
                      : sys_days(exact.year() / exact.month() / last); // 31 January and a month: the last of February
}

std::optional<std::chrono::sys_days> plus(const CalendarDate& date, const Duration& duration) {
    using namespace std::chrono;
    const auto count = static_cast<int>(std::min<long long>(duration.count, 10000));
    switch (duration.unit) {
    case DurationUnit::Day:
        return dayOf(date) + days(count);
    case DurationUnit::Week:
        return dayOf(date) + weeks(count);
    case DurationUnit::Month:
    case DurationUnit::Year: {
        const int month = date.month - 1 + count * (duration.unit == DurationUnit::Year ? 12 : 1);
        return dayOf({date.year + month / 12, month % 12 + 1, date.day});
    }
    default:
        return std::nullopt;
    }
}

// True if anchor and span lead to the date that the annotators gave, or to the day before or after it.
bool leadsTo(const std::string& answer, const RelativeDate& relative, const AnswerContext& context) {
    const auto& from = relative.anchor == "effective_date" ? context.effectiveDate : context.agreementDate;
    if (!from || !isFull(*from) || !isFull(answer))
        return false;
    const auto end = plus(*parseCalendarDate(*from), relative.offset);
    return end && std::chrono::abs(*end - dayOf(*parseCalendarDate(answer))) <= std::chrono::days(1);
}

std::optional<ClauseValue> dateValue(const ClauseType& type, const std::string& answer, const std::string& evidence,
                                     const AnswerContext& context) {
    const auto date = dateFromCuadAnswer(answer);
    if (!date)
        return std::nullopt;
    if (*date == "perpetual" || isDateWritten(*date, evidence))
        return isCanonicalValue(type, *date) ? std::optional<ClauseValue>(*date) : std::nullopt;
    const auto relative = relativeDateFromText(evidence);
    const auto parsed = relative ? parseRelativeDate(*relative) : std::nullopt;
    if (parsed && leadsTo(*date, *parsed, context))
        return ClauseValue(*relative);
    return std::nullopt;
}

bool areEqual(const Duration& a, const Duration& b) {
    const auto inBase = [](const Duration& d) {
        return d.unit == DurationUnit::Year   ? Duration{d.count * 12, DurationUnit::Month}
               : d.unit == DurationUnit::Week ? Duration{d.count * 7, DurationUnit::Day}
                                              : d;
    };
    return inBase(a) == inBase(b);
}

// The answer's duration in the unit of the quotes: "1 year" where the contract says twelve months is P12M.
std::optional<ClauseValue> durationValue(const std::string& answer, const std::string& evidence) {
    const auto stated = durationFromText(answer);
    const auto wanted = stated ? parseDuration(*stated) : std::nullopt;
    if (!wanted)
        return std::nullopt;
    std::optional<ClauseValue> value;
    for (const std::string& written : durationsInText(evidence)) {
        if (const auto duration = parseDuration(written); duration && areEqual(*duration, *wanted)) {
            if (value)
                return std::nullopt;
            value = ClauseValue(written);
        }
    }
    return value;
}

std::optional<ClauseValue> lawValue(const std::string& answer, const std::string& evidence) {
    const auto stated = governingLawFromText(answer), written = governingLawFromText(evidence);
    if (!stated)
        return written ? std::optional<ClauseValue>(*written) : std::nullopt;
    const bool agrees = written ? *written == *stated : isJurisdictionNamed(*stated, evidence);
    return agrees ? std::optional<ClauseValue>(*stated) : std::nullopt;
}

std::string comparable(const Token& token) {
    return token.lower == "&" ? "and" : token.lower;
}

// Where the quote spells the name, whatever its case and its spaces; a full stop behind it belongs to it.
std::optional<std::string> spelling(const std::string& quote, const std::string& name) {
    auto wanted = tokenize(name);
    while (!wanted.empty() && wanted.back().kind == TokenKind::Mark)
        wanted.pop_back();
    const auto tokens = tokenize(quote);
    const auto at = std::search(tokens.begin(), tokens.end(), wanted.begin(), wanted.end(),
                                [](const Token& a, const Token& b) { return comparable(a) == comparable(b); });
    if (wanted.empty() || at == tokens.end())
        return std::nullopt;
    const auto last = at + static_cast<std::ptrdiff_t>(wanted.size()) - 1;
    const bool hasStop = last + 1 != tokens.end() && (last + 1)->lower == "." && (last + 1)->begin == last->end;
    return quote.substr(at->begin, (hasStop ? last + 1 : last)->end - at->begin);
}

// The parties in the order and the spelling of the quotes; nothing if one of them is in none.
std::optional<ClauseValue> partiesValue(const std::vector<std::string>& answers,
                                        const std::vector<std::string>& quotes) {
    auto parties = partiesFromCuadAnswer(answers);
    std::vector<std::pair<size_t, Party>> placed;
    for (Party& party : parties) {
        for (size_t i = 0; i < quotes.size(); ++i) {
            if (auto name = spelling(quotes[i], party.name)) {
                placed.push_back({i, {std::move(*name), std::move(party.role)}});
                break;
            }
        }
    }
    if (parties.empty() || placed.size() != parties.size())
        return std::nullopt;
    std::stable_sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Party> out;
    for (auto& [quote, party] : placed)
        out.push_back(std::move(party));
    return ClauseValue(std::move(out));
}

// "Yes" of CUAD and "Entailment" of ContractNLI are findings, unless the words may deny the clause.
std::optional<ClauseValue> booleanValue(const ClauseType& type, const std::string& answer,
                                        const std::string& evidence) {
    const bool isFinding = answer == "Yes" || answer == "Entailment";
    return isFinding && !mayDeny(type.key, evidence) ? std::optional<ClauseValue>(true) : std::nullopt;
}

std::optional<std::string> dateAnswer(const LabelledContract& labels, const std::string& category) {
    for (const LabelClause& clause : labels.clauses)
        if (clause.category == category && clause.values.size() == 1)
            return dateFromCuadAnswer(clause.values[0]);
    return std::nullopt;
}

} // namespace

AnswerContext answerContext(const LabelledContract& labels) {
    return {dateAnswer(labels, "Agreement Date"), dateAnswer(labels, "Effective Date")};
}

std::optional<ClauseValue> valueFromAnswer(const ClauseType& type, const LabelClause& clause,
                                           const std::vector<std::string>& quotes, const AnswerContext& context) {
    const std::string evidence = joined(quotes);
    if (clause.values.empty())
        return std::nullopt;
    if (type.kind == ValueKind::PartyList)
        return partiesValue(clause.values, quotes);
    if (clause.values.size() != 1)
        return std::nullopt;
    const std::string& answer = clause.values[0];
    switch (type.kind) {
    case ValueKind::Boolean:
        return booleanValue(type, answer, evidence);
    case ValueKind::Date:
        return dateValue(type, answer, evidence, context);
    case ValueKind::Duration:
        return durationValue(answer, evidence);
    case ValueKind::Enum:
        return type.key == "governing_law" ? lawValue(answer, evidence) : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace cw
