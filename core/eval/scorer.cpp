// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/scorer.h"

#include "core/eval/critical_tokens.h"
#include "core/eval/decimal.h"
#include "core/eval/shared_evidence.h"
#include "core/eval/span_match.h"
#include "core/eval/value_compare.h"

#include <algorithm>

namespace cw {

namespace {

// So different in length that no form of them is alike: that saves making the forms.
bool areFarApart(const std::string& a, const std::string& b) {
    constexpr size_t kSlack = 32; // marks and section numbers, which the form drops
    return std::max(a.size(), b.size()) > 2 * std::min(a.size(), b.size()) + kSlack;
}

bool sharesQuote(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    for (const std::string& left : a) {
        std::string leftForm;
        for (const std::string& right : b) {
            if (areFarApart(left, right))
                continue;
            if (leftForm.empty())
                leftForm = scoringForm(left);
            if (similarity(leftForm, scoringForm(right)).passes())
                return true;
        }
    }
    return false;
}

bool isQuoteOf(const Finding& predicted, const OtherGold& other) { return sharesQuote(predicted.quotes, other.finding->quotes); }

// Of an invention: a sentence that serves another type by right may have been read for this one too.
bool isQuoteOfStranger(std::string_view clause, const Finding& predicted, const std::vector<OtherGold>& others) {
    return std::any_of(others.begin(), others.end(),
                       [&](const OtherGold& other) { return !mayShareEvidence(clause, other.key) && isQuoteOf(predicted, other); });
}

bool hasUnfoundQuote(const PredictedCell& prediction) {
    return std::find(prediction.quoteFound.begin(), prediction.quoteFound.end(), false) != prediction.quoteFound.end();
}

CellScore inventionScore(std::string_view clause, const PredictedCell& prediction, const std::vector<OtherGold>& others) {
    KindSet tags;
    if (prediction.quoteFound.empty())
        tags.add(ErrorKind::Hallucinated);
    else
        tags.add(hasUnfoundQuote(prediction) ? ErrorKind::HallucinatedUngrounded : ErrorKind::HallucinatedMisread);
    if (isQuoteOfStranger(clause, *prediction.finding, others))
        tags.add(ErrorKind::WrongClause);
    const bool isElsewhere = tags.has(ErrorKind::WrongClause) && !tags.has(ErrorKind::HallucinatedUngrounded);
    return {Outcome::FalsePositive, isElsewhere ? ErrorKind::WrongClause : tags.first(), 1, tags};
}

// What the contract calls its parties: their names, and the short ones among their quotes, which are their defined terms.
std::vector<std::string> partyNames(const std::vector<OtherGold>& others) {
    constexpr size_t kLongestTerm = 60;
    std::vector<std::string> names;
    for (const OtherGold& other : others)
        if (const auto* parties = std::get_if<std::vector<Party>>(&other.finding->value)) {
            for (const Party& party : *parties)
                names.push_back(scoringForm(party.name));
            for (const std::string& quote : other.finding->quotes)
                if (quote.size() <= kLongestTerm)
                    names.push_back(scoringForm(quote));
        }
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

// The kinds of the classes that differ.
KindSet kindsOf(const CriticalDifference& difference) {
    KindSet kinds;
    if (difference.has(CriticalClass::Negator))
        kinds.add(ErrorKind::Polarity);
    if (difference.has(CriticalClass::Unit) || difference.has(CriticalClass::Percent))
        kinds.add(ErrorKind::Unit);
    if (isMagnitude(difference))
        kinds.add(ErrorKind::Magnitude);
    if (difference.has(CriticalClass::Currency))
        kinds.add(ErrorKind::Currency);
    if (difference.has(CriticalClass::Jurisdiction))
        kinds.add(ErrorKind::Jurisdiction);
    if (kinds.empty() && !difference.empty())
        kinds.add(ErrorKind::WrongValue);
    return kinds;
}

// The guard: what alike texts differ in that changes the clause.
KindSet guardKinds(const SpanMatching& matching, const std::vector<OtherGold>& others) {
    const std::vector<std::string> names = partyNames(others);
    KindSet kinds;
    for (const SpanPair& pair : matching.pairs)
        if (pair.similarity.passes() && pair.gold != pair.predicted)
            kinds.add(kindsOf(criticalDifference(pair.gold, pair.predicted, names)));
    return kinds;
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

// All quotes match, and what is left repeats them.
bool onlyRepeats(const SpanMatching& matching) {
    const auto repeats = [&](const std::string& extra) { return isRepeated(extra, matching); };
    return !worstPair(matching) && matching.missed.empty() && !matching.extra.empty() && std::all_of(matching.extra.begin(), matching.extra.end(), repeats);
}

// How quotes fail that don't match.
ErrorKind spanKind(const SpanMatching& matching, const PredictedCell& prediction) {
    if (onlyRepeats(matching)) // a second time it is not in the text either
        return ErrorKind::DuplicateQuote;
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
    return ErrorKind::ExtraSpan;
}

// A predicted quote is its own gold's, or most of one lies in the other.
bool touchesItsGold(const SpanMatching& matching) {
    return std::any_of(matching.pairs.begin(), matching.pairs.end(), [](const SpanPair& pair) {
        return pair.similarity.passes() || boundaryKind(pair) != ErrorKind::SpanShifted;
    });
}

// Both sides have something: what both sets of rules need.
struct Compared {
    const ClauseType& type;
    const Finding& gold;
    const PredictedCell& prediction;
    const std::vector<OtherGold>& others;
    SpanMatching matching;
    ErrorKind span = ErrorKind::None; // how the quotes fail
    bool isOfAnother = false;         // they are another type's and not this one's

    bool byText() const { return type.kind == ValueKind::Text || !hasValue(gold.value); }
};

Compared compare(const ClauseType& type, const Finding& gold, const PredictedCell& prediction, const std::vector<OtherGold>& others) {
    Compared out{type, gold, prediction, others, matchSpans(gold.quotes, prediction.finding->quotes)};
    if (!out.matching.passes())
        out.span = spanKind(out.matching, prediction);
    // The gold says where this type stands: whichever type the sentence belongs to, it is another one's.
    out.isOfAnother = !touchesItsGold(out.matching) &&
                      std::any_of(others.begin(), others.end(), [&](const OtherGold& other) { return isQuoteOf(*prediction.finding, other); });
    return out;
}

bool passes(const SpanPair& pair) { return pair.similarity.passes(); }

CellScore scorePresent(const Compared& compared, Rules rules) {
    KindSet wrong;
    if (!compared.byText()) {
        wrong.add(compareValues(compared.type.kind, compared.gold.value, compared.prediction.finding->value, rules, compared.others));
    } else {
        wrong = rules == Rules::Strict ? guardKinds(compared.matching, compared.others) : KindSet();
        if (wrong.empty())
            wrong.add(compared.span);
    }
    CellScore score;
    const SpanMatching& matching = compared.matching;
    score.textSimilarity = matching.worst();
    score.anySpan = std::any_of(matching.pairs.begin(), matching.pairs.end(), passes);
    score.allSpans = matching.missed.empty() && std::all_of(matching.pairs.begin(), matching.pairs.end(), passes);
    score.kind = wrong.first();
    if (score.kind != ErrorKind::None && compared.isOfAnother)
        score.kind = ErrorKind::WrongClause;
    score.outcome = score.kind == ErrorKind::None ? Outcome::TruePositive : Outcome::Substitution;
    score.tags = wrong;
    score.tags.add(score.kind);
    score.tags.add(compared.span);
    if (hasUnfoundQuote(compared.prediction))
        score.tags.add(ErrorKind::QuoteNotFound);
    return score;
}

// What needs no comparison; nothing where both sides have a finding.
std::optional<CellScore> scoreOneSided(std::string_view clause, const std::optional<Finding>& gold, const PredictedCell& prediction,
                                       const std::vector<OtherGold>& others) {
    CellScore score;
    if (prediction.invalid)
        score = {Outcome::Invalid, prediction.truncated ? ErrorKind::Truncated : ErrorKind::OutputInvalid};
    else if (!gold && prediction.finding)
        score = inventionScore(clause, prediction, others);
    else if (gold && !prediction.finding)
        score = {Outcome::FalseNegative, ErrorKind::Missed};
    else if (gold)
        return std::nullopt;
    score.tags.add(score.kind);
    return score;
}

} // namespace

CellScore scoreCell(const ClauseType& type, const std::optional<Finding>& gold, const PredictedCell& prediction,
                    Rules rules, const std::vector<OtherGold>& others) {
    if (const auto score = scoreOneSided(type.key, gold, prediction, others))
        return *score;
    return scorePresent(compare(type, *gold, prediction, others), rules);
}

BothScores scoreCellBoth(const ClauseType& type, const std::optional<Finding>& gold, const PredictedCell& prediction,
                         const std::vector<OtherGold>& others) {
    if (const auto score = scoreOneSided(type.key, gold, prediction, others))
        return {*score, *score};
    const Compared compared = compare(type, *gold, prediction, others);
    return {scorePresent(compared, Rules::Strict), scorePresent(compared, Rules::Compat)};
}

} // namespace cw
