// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/scorer.h"

#include "core/eval/critical_tokens.h"
#include "core/eval/decimal.h"
#include "core/eval/span_match.h"
#include "core/eval/value_compare.h"

#include <algorithm>

namespace cw {

namespace {

bool isAlikeQuote(const std::string& a, const std::string& b) {
    return similarity(scoringForm(a), scoringForm(b)).passes();
}

bool sharesQuote(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& left) {
        return std::any_of(b.begin(), b.end(), [&](const std::string& right) { return isAlikeQuote(left, right); });
    });
}

bool isQuoteOfAnother(const Finding& predicted, const std::vector<OtherGold>& others) {
    return std::any_of(others.begin(), others.end(),
                       [&](const OtherGold& other) { return sharesQuote(predicted.quotes, other.finding->quotes); });
}

bool hasUnfoundQuote(const PredictedCell& prediction) {
    return std::find(prediction.quoteFound.begin(), prediction.quoteFound.end(), false) != prediction.quoteFound.end();
}

ErrorKind inventionKind(const PredictedCell& prediction, const std::vector<OtherGold>& others) {
    if (hasUnfoundQuote(prediction))
        return ErrorKind::HallucinatedUngrounded;
    if (isQuoteOfAnother(*prediction.finding, others))
        return ErrorKind::WrongClause;
    return prediction.quoteFound.empty() ? ErrorKind::Hallucinated : ErrorKind::HallucinatedMisread;
}

std::vector<std::string> partyNames(const std::vector<OtherGold>& others) {
    std::vector<std::string> names;
    for (const OtherGold& other : others)
        if (const auto* parties = std::get_if<std::vector<Party>>(&other.finding->value))
            for (const Party& party : *parties)
                names.push_back(scoringForm(party.name));
    return names;
}

bool isMagnitude(const CriticalDifference& difference) {
    return std::any_of(difference.onlyLeft.begin(), difference.onlyLeft.end(), [&](const CriticalToken& left) {
        const auto a = parseDecimal(left.value);
        return a &&
               std::any_of(difference.onlyRight.begin(), difference.onlyRight.end(), [&](const CriticalToken& right) {
                   const auto b = parseDecimal(right.value);
                   return b && differByPowerOfTen(*a, *b);
               });
    });
}

// The kind of the first class that differs, in the order of the kinds.
ErrorKind kindOf(const CriticalDifference& difference) {
    if (difference.has(CriticalClass::Negator))
        return ErrorKind::Polarity;
    if (difference.has(CriticalClass::TimeUnit) || difference.has(CriticalClass::Percent))
        return ErrorKind::Unit;
    if (isMagnitude(difference))
        return ErrorKind::Magnitude;
    if (difference.has(CriticalClass::Currency))
        return ErrorKind::Currency;
    if (difference.has(CriticalClass::Jurisdiction))
        return ErrorKind::Jurisdiction;
    return difference.empty() ? ErrorKind::None : ErrorKind::WrongValue;
}

// The guard: what alike texts differ in that changes the clause.
ErrorKind guardKind(const SpanMatching& matching, const std::vector<OtherGold>& others) {
    const std::vector<std::string> names = partyNames(others);
    ErrorKind first = ErrorKind::None;
    for (const SpanPair& pair : matching.pairs) {
        if (!pair.similarity.passes() || pair.gold == pair.predicted)
            continue;
        const ErrorKind kind = kindOf(criticalDifference(pair.gold, pair.predicted, names));
        if (kind != ErrorKind::None && (first == ErrorKind::None || kind < first))
            first = kind;
    }
    return first;
}

const SpanPair* worstPair(const SpanMatching& matching) {
    const SpanPair* worst = nullptr;
    for (const SpanPair& pair : matching.pairs)
        if (!pair.similarity.passes() && (!worst || pair.similarity.ratio() < worst->similarity.ratio()))
            worst = &pair;
    return worst;
}

bool isRepeated(const std::string& extra, const SpanMatching& matching) {
    const auto same = [&](const SpanPair& pair) { return pair.predicted == extra; };
    return std::any_of(matching.pairs.begin(), matching.pairs.end(), same) ||
           std::count(matching.extra.begin(), matching.extra.end(), extra) > 1;
}

// How quotes fail that don't match.
ErrorKind spanKind(const SpanMatching& matching, const PredictedCell& prediction) {
    if (hasUnfoundQuote(prediction))
        return ErrorKind::QuoteNotFound;
    const bool elsewhere = matching.pairs.empty(); // nothing in common at all
    const SpanPair* worst = worstPair(matching);
    if ((worst || elsewhere) && prediction.quoteFound.empty())
        return ErrorKind::WrongValue; // boundaries are told by the text
    if (worst)
        return boundaryKind(*worst);
    if (elsewhere)
        return ErrorKind::SpanShifted;
    if (!matching.missed.empty())
        return ErrorKind::MissedSpan;
    return isRepeated(matching.extra.front(), matching) ? ErrorKind::DuplicateQuote : ErrorKind::ExtraSpan;
}

ErrorKind textKind(const SpanMatching& matching, const PredictedCell& prediction, Rules rules,
                   const std::vector<OtherGold>& others) {
    const ErrorKind guard = rules == Rules::Strict ? guardKind(matching, others) : ErrorKind::None;
    if (guard != ErrorKind::None || matching.passes())
        return guard;
    return spanKind(matching, prediction);
}

// A predicted quote is its own gold's, or most of one lies in the other.
bool touchesItsGold(const SpanMatching& matching) {
    return std::any_of(matching.pairs.begin(), matching.pairs.end(), [](const SpanPair& pair) {
        return pair.similarity.passes() || boundaryKind(pair) != ErrorKind::SpanShifted;
    });
}

CellScore scorePresent(const ClauseType& type, const Finding& gold, const PredictedCell& prediction, Rules rules,
                       const std::vector<OtherGold>& others) {
    const Finding& predicted = *prediction.finding;
    const SpanMatching matching = matchSpans(gold.quotes, predicted.quotes);
    const bool byText = type.kind == ValueKind::Text || !hasValue(gold.value);
    ErrorKind kind = byText ? textKind(matching, prediction, rules, others)
                            : compareValues(type.kind, gold.value, predicted.value, rules, others);
    if (kind != ErrorKind::None && !touchesItsGold(matching) && isQuoteOfAnother(predicted, others))
        kind = ErrorKind::WrongClause;
    return {kind == ErrorKind::None ? Outcome::TruePositive : Outcome::Substitution, kind, matching.worst()};
}

} // namespace

CellScore scoreCell(const ClauseType& type, const std::optional<Finding>& gold, const PredictedCell& prediction,
                    Rules rules, const std::vector<OtherGold>& others) {
    if (prediction.invalid)
        return {Outcome::Invalid, prediction.truncated ? ErrorKind::Truncated : ErrorKind::OutputInvalid};
    if (!gold && !prediction.finding)
        return {};
    if (!gold)
        return {Outcome::FalsePositive, inventionKind(prediction, others)};
    if (!prediction.finding)
        return {Outcome::FalseNegative, ErrorKind::Missed};
    return scorePresent(type, *gold, prediction, rules, others);
}

} // namespace cw
