// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One cell: every value kind's comparison, and every error kind with the example that defines it.
#include "core/eval/party_match.h"
#include "core/eval/scorer.h"
#include "core/eval/value_compare.h"

#include <QTest>

#include <set>

using namespace cw;

Q_DECLARE_METATYPE(cw::ErrorKind)

namespace {

ClauseType typeOf(ValueKind kind) {
    ClauseType type;
    type.key = "clause";
    type.kind = kind;
    return type;
}

Finding textFinding(std::vector<std::string> quotes) { return {std::move(quotes), {}}; }
Finding finding(std::string quote, ClauseValue value) { return {{std::move(quote)}, std::move(value)}; }

// A prediction whose quotes all lie in the text.
PredictedCell found(Finding finding) {
    const size_t quotes = finding.quotes.size();
    return {false, false, std::move(finding), std::vector<bool>(quotes, true)};
}

PredictedCell notFound(Finding finding) {
    const size_t quotes = finding.quotes.size();
    return {false, false, std::move(finding), std::vector<bool>(quotes, false)};
}

PredictedCell unknown(Finding finding) { return {false, false, std::move(finding), {}}; }

using Parties = std::vector<Party>;

const std::string kScope = "The Supplier shall indemnify the Customer against all losses";
const std::string kProviso =
    " provided that the Customer gives notice without delay and lets the Supplier defend the claim";
const std::string kSection = "Each party keeps records for six years. " + kScope + kProviso +
                             ". This section survives the end of the Agreement and binds successors of the parties.";
const std::string kGrant = "Vendor grants Customer a non-exclusive, non-transferable license to use the Software.";
const std::string kSecondGrant = "Vendor also grants a license to the Documentation.";

const Parties kParties = {{"Harrow & Pike Limited", "supplier"}, {"Oakfield Robotics plc", "customer"}};

CellScore strictOf(ValueKind kind, const Finding& gold, const PredictedCell& prediction,
                   const std::vector<OtherGold>& others = {}) {
    return scoreCell(typeOf(kind), gold, prediction, Rules::Strict, others);
}

CellScore compatOf(ValueKind kind, const Finding& gold, const PredictedCell& prediction) {
    return scoreCell(typeOf(kind), gold, prediction, Rules::Compat);
}

ErrorKind textKinds(const std::string& gold, const std::string& predicted) {
    return strictOf(ValueKind::Text, textFinding({gold}), found(textFinding({predicted}))).kind;
}

} // namespace

#define COMPARE_KIND(actual, expected) QCOMPARE(toString(actual), toString(ErrorKind::expected))

class TestScorer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAndColumnsCoverEveryKind();
    void nullsAgainstNulls();
    void unusableOutputsAreWrong();
    void inventionsAreToldApart();
    void aQuoteOfAnotherTypeIsWrongClause();
    void whatTypesUsuallyShareIsNoWrongClause();
    void realNumbersReachTheGuard();
    void booleansAreExact();
    void textPassesCompatAndFailsStrictWithoutItsNot();
    void theGuardNamesWhatChanged();
    void theGuardSeesWhatChangedPlaces();
    void aQuoteOutOfPlaceIsATagOfARightValue();
    void quotesWithoutAPartAreNoPair();
    void quotesJoinOneAfterTheOther();
    void theGuardKnowsThePartiesNames();
    void boundariesNeedTheText();
    void spansMatchBothWays();
    void neighboursMayBeJoined();
    void dates_data();
    void dates();
    void relativeDatesResolveByTheContractsOwnDates();
    void durations_data();
    void durations();
    void money_data();
    void money();
    void numbersAndCodes();
    void partyNamesSplitIntoCoreAndForm_data();
    void partyNamesSplitIntoCoreAndForm();
    void partiesMatchAsSets();
    void partyRules();
};

void TestScorer::namesAndColumnsCoverEveryKind() {
    std::set<std::string_view> names;
    std::set<ErrorColumn> columns;
    for (ErrorKind kind : allErrorKinds()) {
        names.insert(toString(kind));
        columns.insert(columnOf(kind));
    }
    QCOMPARE(names.size(), allErrorKinds().size());
    QCOMPARE(columns.size(), size_t{kErrorColumns});
    COMPARE_KIND(allErrorKinds().back(), Format);
    QCOMPARE(toString(ErrorKind::SpanTooLong), std::string_view("boundary_long"));
    QCOMPARE(toString(ErrorKind::DuplicateQuote), std::string_view("duplicate"));
    QCOMPARE(title(ErrorColumn::QuoteNotFound), std::string_view("Quote not found"));
    QCOMPARE(columnOf(ErrorKind::PartySwap), ErrorColumn::WrongValue);
}

void TestScorer::nullsAgainstNulls() {
    const CellScore right = scoreCell(typeOf(ValueKind::Boolean), std::nullopt, {}, Rules::Strict);
    QCOMPARE(right.outcome, Outcome::TrueNegative);
    QVERIFY(right.right());
    const CellScore missed =
        strictOf(ValueKind::Boolean, finding("shall not compete", true), {}); // non_compete in schedule 2 -> null
    QCOMPARE(missed.outcome, Outcome::FalseNegative);
    COMPARE_KIND(missed.kind, Missed);
}

void TestScorer::unusableOutputsAreWrong() {
    PredictedCell cut; // the object is cut at key 31
    cut.invalid = true;
    QCOMPARE(scoreCell(typeOf(ValueKind::Text), std::nullopt, cut, Rules::Strict).outcome, Outcome::Invalid);
    COMPARE_KIND(scoreCell(typeOf(ValueKind::Text), std::nullopt, cut, Rules::Strict).kind, OutputInvalid);
    cut.truncated = true;
    COMPARE_KIND(scoreCell(typeOf(ValueKind::Text), textFinding({"a"}), cut, Rules::Compat).kind, Truncated);
}

void TestScorer::inventionsAreToldApart() {
    const auto kind = [](const PredictedCell& cell) {
        return scoreCell(typeOf(ValueKind::Boolean), std::nullopt, cell, Rules::Strict).kind;
    };
    COMPARE_KIND(kind(notFound(textFinding({"disputes go to the LCIA"}))), HallucinatedUngrounded);
    COMPARE_KIND(kind(found(finding("health insurance of staff", true))), HallucinatedMisread);
    COMPARE_KIND(kind(unknown(finding("health insurance of staff", true))), Hallucinated);
}

void TestScorer::aQuoteOfAnotherTypeIsWrongClause() {
    const Finding notice =
        finding("unless either party gives notice at least ninety (90) days before expiry", std::string("P90D"));
    const Finding term = finding("renews for successive one (1) year terms", std::string("P1Y"));
    const std::vector<OtherGold> others = {{"renewal_notice_period", &notice}};
    COMPARE_KIND(strictOf(ValueKind::Duration, term, found(notice), others).kind, WrongClause);
    COMPARE_KIND(scoreCell(typeOf(ValueKind::Duration), std::nullopt, found(notice), Rules::Strict, others).kind,
                 WrongClause);
    COMPARE_KIND(scoreCell(typeOf(ValueKind::Duration), std::nullopt, notFound(notice), Rules::Strict, others).kind,
                 HallucinatedUngrounded);
    // A piece of its own gold is short, even where it is like a quote of another type.
    const Finding alias = finding("Franchisee", Parties{{"Franchisee", "other"}});
    const std::vector<OtherGold> parties = {{"parties", &alias}};
    COMPARE_KIND(
        strictOf(ValueKind::Text, textFinding({"FRANCHISE AGREEMENT"}), found(textFinding({"FRANCHISE"})), parties)
            .kind,
        SpanTooShort);
    // A sentence that is gold of both types: its value alone is wrong.
    COMPARE_KIND(strictOf(ValueKind::Duration, notice, found({notice.quotes, std::string("P30D")}), others).kind,
                 WrongValue);
}

// Taxonomy rule 1.5: one sentence often is evidence of two types.
void TestScorer::whatTypesUsuallyShareIsNoWrongClause() {
    const Finding notice = finding("unless either party gives 60 days' notice before the end of the term", std::string("P60D"));
    const auto kindFor = [&](const char* predicted, const char* other) {
        ClauseType type = typeOf(ValueKind::Duration);
        type.key = predicted;
        return scoreCell(type, std::nullopt, found(notice), Rules::Strict, {{other, &notice}}).kind;
    };
    COMPARE_KIND(kindFor("renewal_term", "renewal_notice_period"), HallucinatedMisread);
    COMPARE_KIND(kindFor("renewal_notice_period", "renewal_term"), HallucinatedMisread);
    COMPARE_KIND(kindFor("warranty_duration", "renewal_notice_period"), WrongClause);
}

void TestScorer::realNumbersReachTheGuard() {
    COMPARE_KIND(textKinds("7.5 USD per unit sold under this Agreement", "9.5 USD per unit sold under this Agreement"), WrongValue);
    COMPARE_KIND(textKinds("(30) Business Days' notice in writing to the other party", "(60) Business Days' notice in writing to the other party"), WrongValue);
    COMPARE_KIND(textKinds("11.2 The Supplier shall give notice", "14.1 The Supplier shall give notice"), None);
}

void TestScorer::booleansAreExact() {
    const Finding restricted = finding("Neither party may assign this Agreement", true);
    QVERIFY(strictOf(ValueKind::Boolean, restricted, found(restricted)).right());
    const CellScore free =
        strictOf(ValueKind::Boolean, restricted, found({restricted.quotes, false})); // "may not assign" -> free
    QCOMPARE(free.outcome, Outcome::Substitution);
    COMPARE_KIND(free.kind, Polarity);
    // The value decides; the evidence is a second axis.
    const CellScore otherEvidence = strictOf(ValueKind::Boolean, restricted, found(finding("Consent is needed", true)));
    QCOMPARE(otherEvidence.outcome, Outcome::TruePositive);
    QVERIFY(otherEvidence.textSimilarity < 0.85);
}

void TestScorer::textPassesCompatAndFailsStrictWithoutItsNot() {
    const Finding gold =
        textFinding({"The price shall not be raised without the prior written consent of the Customer"});
    const PredictedCell dropped =
        found(textFinding({"The price shall be raised without the prior written consent of the Customer"}));
    QVERIFY(compatOf(ValueKind::Text, gold, dropped).right());
    QVERIFY(compatOf(ValueKind::Text, gold, dropped).textSimilarity > 0.96);
    COMPARE_KIND(strictOf(ValueKind::Text, gold, dropped).kind, Polarity);
    QVERIFY(strictOf(ValueKind::Text, gold, found(gold)).right());
}

void TestScorer::theGuardNamesWhatChanged() {
    const std::string base =
        "Supplier shall pay the amount of USD 100,000 within 30 days of each invoice under the laws of England";
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string text = base;
        text.replace(text.find(from), from.size(), to);
        const PredictedCell prediction = found(textFinding({text}));
        if (!compatOf(ValueKind::Text, textFinding({base}), prediction).right())
            return ErrorKind::None;
        return strictOf(ValueKind::Text, textFinding({base}), prediction).kind;
    };
    COMPARE_KIND(changed("30 days", "90 days"), WrongValue);
    COMPARE_KIND(changed("30 days", "30 months"), Unit);
    COMPARE_KIND(changed("100,000", "1,000,000"), Magnitude);
    COMPARE_KIND(changed("USD", "GBP"), Currency);
    COMPARE_KIND(changed("England", "Ireland"), Jurisdiction);
    COMPARE_KIND(changed("shall", "may"), WrongValue);
    COMPARE_KIND(changed("shall", "must"), None);
    COMPARE_KIND(changed("30 days", "thirty (30) days"), None);
}

void TestScorer::theGuardSeesWhatChangedPlaces() {
    const std::string base = "The Licensor shall indemnify the Licensee within 30 days of a claim and the Licensee shall keep the records "
                             "of each claim for 6 years in its own offices, open to inspection by auditors of either side";
    std::string swapped = base;
    swapped.replace(swapped.find("Licensor"), 8, "Licensee");
    swapped.replace(swapped.find("the Licensee within"), 12, "the Licensor");
    QVERIFY(compatOf(ValueKind::Text, textFinding({base}), found(textFinding({swapped}))).right());
    COMPARE_KIND(textKinds(base, swapped), WrongValue); // the same words, in another order
    std::string figures = base;
    figures.replace(figures.find("30"), 2, "6");
    figures.replace(figures.find("6 years"), 1, "30");
    COMPARE_KIND(textKinds(base, figures), WrongValue);
}

void TestScorer::aQuoteOutOfPlaceIsATagOfARightValue() {
    const Finding gold = finding("The Supplier carries public liability insurance of USD 5,000,000", true);
    const CellScore moved = strictOf(ValueKind::Boolean, gold, found(finding("This Agreement binds the parties and their heirs", true)));
    QVERIFY(moved.right());
    COMPARE_KIND(moved.kind, None);
    QVERIFY(moved.tags.has(ErrorKind::SpanShifted));
    const CellScore altered = strictOf(ValueKind::Boolean, gold, notFound(finding("The Supplier carries insurance of 5,000,000", true)));
    QVERIFY(altered.right() && altered.tags.has(ErrorKind::QuoteNotFound));
    QVERIFY(strictOf(ValueKind::Boolean, gold, found(gold)).tags.empty());
    // Of a wrong cell every kind is kept, the first one is its kind.
    const CellScore both = strictOf(ValueKind::Text, textFinding({kScope + " for 30 days"}), found(textFinding({kScope + " for 30 months, not"})));
    COMPARE_KIND(both.kind, Polarity);
    QVERIFY(both.tags.has(ErrorKind::Polarity) && both.tags.has(ErrorKind::Unit));
}

void TestScorer::quotesWithoutAPartAreNoPair() {
    const std::string stranger = "Claims are to be brought within a year of the event that gave rise to them";
    const CellScore one = strictOf(ValueKind::Text, textFinding({kGrant, kScope}), found(textFinding({kGrant, stranger})));
    COMPARE_KIND(one.kind, MissedSpan); // the one is missed and the other extra, rather than a pair that shifted
    QCOMPARE(one.textSimilarity, 0.0);
}

void TestScorer::quotesJoinOneAfterTheOther() {
    const std::string first = "Vendor grants a license", second = "to use the Software",
                      third = "on every machine of the Customer in the United Kingdom";
    QVERIFY(strictOf(ValueKind::Text, textFinding({first + " " + second + " " + third}), found(textFinding({first, second, third}))).right());
}

void TestScorer::theGuardKnowsThePartiesNames() {
    const Finding parties = finding("Harrow & Pike Limited and Oakfield Robotics plc", kParties);
    const std::vector<OtherGold> others = {{"parties", &parties}};
    const std::string tail = " shall keep the personal data of the other party's staff safe and tell of every breach "
                             "at once, in writing, by "
                             "post or by electronic mail to the address given on the cover";
    const Finding gold = textFinding({"Harrow & Pike Limited" + tail});
    const PredictedCell swapped = found(textFinding({"Oakfield Robotics plc" + tail}));
    QVERIFY(strictOf(ValueKind::Text, gold, swapped).right());
    COMPARE_KIND(strictOf(ValueKind::Text, gold, swapped, others).kind, WrongValue);
    const Finding shortGold = textFinding({"Harrow & Pike" + tail}); // the text calls it by its name without the legal form
    COMPARE_KIND(strictOf(ValueKind::Text, shortGold, found(textFinding({"Oakfield Robotics" + tail})), others).kind, WrongValue);
    QVERIFY(strictOf(ValueKind::Text, shortGold, found(textFinding({"Harrow & Pike Limited" + tail})), others).right());
}

void TestScorer::boundariesNeedTheText() {
    COMPARE_KIND(textKinds(kScope + kProviso, kSection), SpanTooLong); // whole section
    COMPARE_KIND(textKinds(kScope + kProviso, kScope), SpanTooShort);  // proviso lost
    COMPARE_KIND(textKinds(kScope, "Claims are to be brought within a year of the event that gave rise to them"),
                 SpanShifted);
    const PredictedCell blind = unknown(textFinding({kSection}));
    COMPARE_KIND(strictOf(ValueKind::Text, textFinding({kScope}), blind).kind, WrongValue);
    const PredictedCell altered = notFound(textFinding({"The Supplier ... all losses"})); // "..." inside
    COMPARE_KIND(strictOf(ValueKind::Text, textFinding({kScope}), altered).kind, QuoteNotFound);
}

void TestScorer::spansMatchBothWays() {
    const Finding both = textFinding({kGrant, kSecondGrant});
    QVERIFY(strictOf(ValueKind::Text, both, found(textFinding({kSecondGrant, kGrant}))).right());
    COMPARE_KIND(strictOf(ValueKind::Text, both, found(textFinding({kGrant}))).kind,
                 MissedSpan); // second licence grant lost
    COMPARE_KIND(strictOf(ValueKind::Text, textFinding({kGrant}), found(both)).kind, ExtraSpan);
    COMPARE_KIND(strictOf(ValueKind::Text, textFinding({kGrant}), found(textFinding({kGrant, kGrant}))).kind,
                 DuplicateQuote);
    QCOMPARE(strictOf(ValueKind::Text, both, found(textFinding({kGrant}))).textSimilarity, 0.0);
}

void TestScorer::neighboursMayBeJoined() {
    const PredictedCell joined = found(textFinding({kGrant + " " + kSecondGrant}));
    QVERIFY(strictOf(ValueKind::Text, textFinding({kGrant, kSecondGrant}), joined).right());
    QVERIFY(strictOf(ValueKind::Text, textFinding({kGrant + " " + kSecondGrant}),
                     found(textFinding({kGrant, kSecondGrant})))
                .right());
}

void TestScorer::dates_data() {
    QTest::addColumn<QString>("gold");
    QTest::addColumn<QString>("predicted");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("equal") << "2024-04-03"
                           << "2024-04-03" << ErrorKind::None;
    QTest::newRow("03/04/2024 UK") << "2024-04-03"
                                   << "2024-03-04" << ErrorKind::DateOrder;
    QTest::newRow("no swap above 12") << "2024-04-13"
                                      << "2024-04-03" << ErrorKind::WrongValue;
    QTest::newRow("April 2024") << "2024-04"
                                << "2024-04-01" << ErrorKind::DatePrecision;
    QTest::newRow("less precise") << "2024-04-01"
                                  << "2024" << ErrorKind::DatePrecision;
    QTest::newRow("another year and precision") << "2024-04"
                                                << "2023-04-01" << ErrorKind::WrongValue;
    QTest::newRow("anchor") << "effective_date+P30D"
                            << "agreement_date+P30D" << ErrorKind::DateAnchor;
    QTest::newRow("sign") << "expiration_date-P30D"
                          << "expiration_date+P30D" << ErrorKind::DateAnchor;
    QTest::newRow("30 days is no month") << "effective_date+P30D"
                                         << "effective_date+P1M" << ErrorKind::Unit;
    QTest::newRow("offset") << "effective_date+P30D"
                            << "effective_date+P45D" << ErrorKind::WrongValue;
    QTest::newRow("years in months") << "effective_date+P3Y"
                                     << "effective_date+P36M" << ErrorKind::None;
    QTest::newRow("unresolved anchor") << "effective_date+P3Y"
                                       << "2024-03-15" << ErrorKind::DateAnchor;
    QTest::newRow("perpetual") << "perpetual"
                               << "perpetual" << ErrorKind::None;
    QTest::newRow("special") << "perpetual"
                             << "unspecified" << ErrorKind::WrongValue;
}

void TestScorer::dates() {
    QFETCH(QString, gold);
    QFETCH(QString, predicted);
    QFETCH(ErrorKind, kind);
    QCOMPARE(toString(compareDates(gold.toStdString(), predicted.toStdString(), {})), toString(kind));
}

void TestScorer::relativeDatesResolveByTheContractsOwnDates() {
    const Finding effective = finding("as of January 31, 2021", std::string("2021-01-31"));
    const Finding agreed = finding("signed on January 12, 2021", std::string("2021-01-12"));
    const std::vector<OtherGold> others = {{"effective_date", &effective}, {"agreement_date", &agreed}};
    COMPARE_KIND(compareDates("effective_date+P3Y", "2024-01-31", others), None);
    COMPARE_KIND(compareDates("2021-02-28", "effective_date+P1M", others), None); // clamped
    COMPARE_KIND(compareDates("effective_date+P2W", "2021-02-14", others), None);
    COMPARE_KIND(compareDates("effective_date+P3Y", "2024-01-30", others), WrongValue);
    COMPARE_KIND(compareDates("2021-01-31", "2021-01-12", others), DateAnchor); // signature for effective date
    const Finding april = finding("as of April 1, 2024", std::string("2024-04-01")); // a month of thirty days
    COMPARE_KIND(compareDates("effective_date+P1M", "effective_date+P30D", {{"effective_date", &april}}), Unit);
    COMPARE_KIND(compareDates("effective_date+P1Y", "effective_date+P12M", {{"effective_date", &april}}), None);
    COMPARE_KIND(compareDates("effective_date+P2W", "effective_date+P14D", {{"effective_date", &april}}), None);
    const Finding expiry = finding("three years from the Effective Date", std::string("effective_date+P3Y"));
    const std::vector<OtherGold> chain = {{"effective_date", &effective}, {"expiration_date", &expiry}};
    COMPARE_KIND(compareDates("expiration_date-P30D", "2024-01-01", chain), None); // by way of another date
    const Finding loop = finding("a day after it ends", std::string("expiration_date+P1D"));
    COMPARE_KIND(compareDates("expiration_date-P30D", "2024-01-01", {{"expiration_date", &loop}}), DateAnchor);
}

void TestScorer::durations_data() {
    QTest::addColumn<QString>("gold");
    QTest::addColumn<QString>("predicted");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("year in months") << "P1Y"
                                    << "P12M" << ErrorKind::None;
    QTest::newRow("weeks in days") << "P2W"
                                   << "P14D" << ErrorKind::None;
    QTest::newRow("30 days -> 1 month") << "P30D"
                                        << "P1M" << ErrorKind::Unit;
    QTest::newRow("business days") << "P5D"
                                   << "P5BD" << ErrorKind::Unit;
    QTest::newRow("hours are their own") << "P1D"
                                         << "PT24H" << ErrorKind::Unit;
    QTest::newRow("net 45 -> net 30") << "P45D"
                                      << "P30D" << ErrorKind::WrongValue;
    QTest::newRow("30 -> 90") << "P30D"
                              << "P90D" << ErrorKind::WrongValue;
    QTest::newRow("ten times") << "P3M"
                               << "P30M" << ErrorKind::Magnitude;
    QTest::newRow("perpetual") << "perpetual"
                               << "P99Y" << ErrorKind::WrongValue;
}

void TestScorer::durations() {
    QFETCH(QString, gold);
    QFETCH(QString, predicted);
    QFETCH(ErrorKind, kind);
    QCOMPARE(toString(compareDurations(gold.toStdString(), predicted.toStdString())), toString(kind));
}

void TestScorer::money_data() {
    QTest::addColumn<QString>("gold");
    QTest::addColumn<QString>("predicted");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("the same") << "USD 100000.5"
                              << "USD 100000.5" << ErrorKind::None;
    QTest::newRow("magnitude") << "USD 100000"
                               << "USD 1000000" << ErrorKind::Magnitude;
    QTest::newRow("currency") << "GBP 5000"
                              << "USD 5000" << ErrorKind::Currency;
    QTest::newRow("amount") << "USD 5000"
                            << "USD 7500" << ErrorKind::WrongValue;
    QTest::newRow("period") << "USD 5000/P1M"
                            << "USD 5000/P1Y" << ErrorKind::Unit;
    QTest::newRow("period lost") << "USD 5000/P1M"
                                 << "USD 5000" << ErrorKind::Unit;
    QTest::newRow("same period") << "100%fees_paid/P12M"
                                 << "100%fees_paid/P1Y" << ErrorKind::None;
    QTest::newRow("basis") << "100%fees_paid/P12M"
                           << "100%fees_payable/P12M" << ErrorKind::WrongValue;
    QTest::newRow("order-free") << "max(USD 1000000,100%fees_paid/P12M)"
                                << "max(100%fees_paid/P12M,USD 1000000)" << ErrorKind::None;
    QTest::newRow("inside max") << "max(USD 1000000,100%fees_paid/P12M)"
                                << "max(100%fees_paid/P12M,USD 100000)" << ErrorKind::Magnitude;
    QTest::newRow("max is not min") << "max(USD 1,USD 2)"
                                    << "min(USD 1,USD 2)" << ErrorKind::WrongValue;
    QTest::newRow("term against formula") << "USD 1"
                                          << "max(USD 1,USD 2)" << ErrorKind::WrongValue;
    QTest::newRow("nothing in common") << "max(USD 1,USD 2)"
                                       << "max(USD 3,USD 4)" << ErrorKind::WrongValue;
    QTest::newRow("special") << "unspecified"
                             << "unspecified" << ErrorKind::None;
    QTest::newRow("special against amount") << "redacted"
                                            << "USD 5" << ErrorKind::WrongValue;
}

void TestScorer::money() {
    QFETCH(QString, gold);
    QFETCH(QString, predicted);
    QFETCH(ErrorKind, kind);
    QCOMPARE(toString(compareMoney(gold.toStdString(), predicted.toStdString())), toString(kind));
    QCOMPARE(toString(compareMoney(predicted.toStdString(), gold.toStdString())), toString(kind));
}

void TestScorer::numbersAndCodes() {
    COMPARE_KIND(compareNumbers("7.5 %", "7.5 %"), None);
    COMPARE_KIND(compareNumbers("500 users", "500 hours"), Unit);
    COMPARE_KIND(compareNumbers("500 units/P1Y", "500 units/P1M"), Unit);
    COMPARE_KIND(compareNumbers("1000 USD/P1Y", "1000 GBP/P1Y"), Currency);
    COMPARE_KIND(compareNumbers("500 units", "5000 units"), Magnitude);
    COMPARE_KIND(compareNumbers("7.5 %", "8 %"), WrongValue);
    COMPARE_KIND(compareNumbers("redacted", "500 units"), WrongValue);
    COMPARE_KIND(compareCodes("GB-SCT", "GB-EAW"), Jurisdiction);
    COMPARE_KIND(compareCodes("US-DE", "other"), Jurisdiction);
    COMPARE_KIND(compareCodes("rofr", "rofo"), WrongCode);
    COMPARE_KIND(compareCodes("arbitration", "arbitration"), None);
    // Through the cell, by the type's kind.
    const Finding law = finding("the law of Scotland", std::string("GB-SCT"));
    COMPARE_KIND(strictOf(ValueKind::Enum, law, found({law.quotes, std::string("GB-EAW")})).kind, Jurisdiction);
    const Finding fee = finding("royalty of 7.5 per cent", std::string("7.5 %"));
    QVERIFY(strictOf(ValueKind::Number, fee, found({fee.quotes, std::string("7.5 %")})).right());
}

void TestScorer::partyNamesSplitIntoCoreAndForm_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("core");
    QTest::addColumn<QString>("form");
    QTest::newRow("limited") << "Harrow & Pike Limited"
                             << "harrow and pike"
                             << "ltd";
    QTest::newRow("description") << "Lumen Grid, Inc., a Delaware corporation"
                                 << "lumen grid"
                                 << "inc";
    QTest::newRow("stops") << "Castor Retail L.L.C."
                           << "castor retail"
                           << "llc";
    QTest::newRow("long form") << "Castor Retail Limited Liability Company"
                               << "castor retail"
                               << "llc";
    QTest::newRow("Pty Limited") << "Outback Pty Limited"
                                 << "outback"
                                 << "pty ltd";
    QTest::newRow("article and trading name") << "The Widget Company t/a Widgets"
                                              << "widget"
                                              << "co";
    QTest::newRow("ampersand before the suffix") << "Smith & Company Limited"
                                                 << "smith and co"
                                                 << "ltd";
    QTest::newRow("plc") << "Oakfield Robotics Public Limited Company"
                         << "oakfield robotics"
                         << "plc";
    QTest::newRow("address") << "Acme Ltd, 12 High Street, Leeds"
                             << "acme"
                             << "ltd";
    QTest::newRow("of an address") << "Acme Ltd, of 12 High Street, Leeds"
                                   << "acme"
                                   << "ltd";
    QTest::newRow("comma before the form") << "Widget Company, LLC"
                                           << "widget co"
                                           << "llc";
    QTest::newRow("suffix alone") << "Limited"
                                  << ""
                                  << "ltd";
    QTest::newRow("no form") << "Jane Roe"
                             << "jane roe"
                             << "";
}

void TestScorer::partyNamesSplitIntoCoreAndForm() {
    QFETCH(QString, name);
    const PartyName parts = partyName(name.toStdString());
    QTEST(QString::fromStdString(parts.core), "core");
    QTEST(QString::fromStdString(parts.form), "form");
}

void TestScorer::partiesMatchAsSets() {
    const auto same = [](const char* a, const char* b) { return sameCore(partyName(a), partyName(b)); };
    QVERIFY(same("Oakfield Robotics plc", "OAKFIELD ROBOTICS PLC"));
    QVERIFY(same("International Robotics Inc.", "Internationall Robotics Inc"));
    QVERIFY(!same("Fund 2018 Holdings Inc.", "Fund 2019 Holdings Inc."));
    QVERIFY(!same("Acme Ltd", "Acne Ltd"));
    QVERIFY(!same("Limited", "Ltd"));
    QVERIFY(!same("The Company", "Company"));
    QVERIFY(!same("J. R. Ltd", "J R Ltd"));
    QVERIFY(same("J. R. Ltd", "J. R. Ltd"));
    COMPARE_KIND(compareParties(kParties, {kParties[1], kParties[0]}, Rules::Strict), None);
}

void TestScorer::partyRules() {
    const Parties swapped = {{kParties[0].name, "customer"}, {kParties[1].name, "supplier"}};
    COMPARE_KIND(compareParties(kParties, swapped, Rules::Strict), PartySwap);
    COMPARE_KIND(compareParties(kParties, swapped, Rules::Compat), None);
    const Parties otherRole = {{kParties[0].name, "other"}, kParties[1]};
    COMPARE_KIND(compareParties(kParties, otherRole, Rules::Strict), WrongValue);
    COMPARE_KIND(compareParties(kParties, {kParties[0]}, Rules::Compat), PartyMissing);
    const Parties alias = {kParties[0], kParties[1], {"Harrow", "other"}}; // alias as a party
    COMPARE_KIND(compareParties(kParties, alias, Rules::Strict), PartyExtra);
    const Parties american = {{"Harrow & Pike LLC", "supplier"}, kParties[1]}; // Ltd -> LLC
    COMPARE_KIND(compareParties(kParties, american, Rules::Compat), LegalForm);
    const Parties bare = {{"Harrow & Pike", "supplier"}, kParties[1]};
    COMPARE_KIND(compareParties(kParties, bare, Rules::Strict), LegalForm);
    COMPARE_KIND(compareParties(kParties, bare, Rules::Compat), None);
}

QTEST_APPLESS_MAIN(TestScorer)
#include "test_scorer.moc"
