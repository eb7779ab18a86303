// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/conflicts.h"
#include "core/prompt/merge.h"
#include "core/prompt/window_priors.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace cw;

namespace {

// Long enough that its ends are different places.
const std::string kText = "DISTRIBUTION AGREEMENT\n\nThis is made between Acme Ltd and Beta plc on 1 May 2020.\n\n1. Term\n"
                          "It lasts two years, or three years for the North. Amended on 2 June 2021.\n\n" +
                          std::string(4000, 'x') + ".\n\n2. Governing Law\nThe laws of Ireland apply.\n";

Answer answerOf(const std::string& key, std::vector<std::string> quotes, ClauseValue value) {
    return {{{key, Finding{std::move(quotes), std::move(value)}}}};
}

WindowAnswer window(ByteRange range, Answer answer, std::vector<std::optional<float>> margins) {
    return {range, std::move(answer), std::move(margins)};
}

WindowAnswer renewal(const std::string& quote, const std::string& value, float margin) {
    return window({0, kText.size()}, answerOf("renewal_term", {quote}, value), {margin});
}

WindowAnswer noRenewal(float margin) {
    return window({0, kText.size()}, {{{"renewal_term", std::nullopt}}}, {margin});
}

ByteRange placeOf(const std::string& words) {
    return {kText.find(words), kText.find(words) + words.size()};
}

WindowValue valueOf(ClauseValue value, size_t at, std::optional<float> margin, size_t quotes = 1) {
    return {std::move(value), std::vector<ByteRange>(quotes, {10 * at, 10 * at + 5}), at, margin, 0};
}

ClauseValue text(const std::string& value) {
    return value;
}

} // namespace

class TestConflicts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLargestMarginWinsAndTheOthersStay() {
        const auto ranked = rankValues({valueOf(text("P2Y"), 0, 1.5F, 3), valueOf(text("P3Y"), 1, 4.F), valueOf(text("P4Y"), 2, 0.5F)});
        QVERIFY(ranked.value == text("P3Y"));
        QCOMPARE(ranked.alternatives.size(), size_t{2});
        QVERIFY(ranked.alternatives[0].value == text("P2Y"));
        QCOMPARE(ranked.alternatives[0].window, size_t{0});
        QCOMPARE(*ranked.alternatives[0].margin, 1.5F);
        QVERIFY(ranked.alternatives[1].value == text("P4Y"));
    }

    void aTieGoesToTheEarlierWindow() {
        QVERIFY(rankValues({valueOf(text("P2Y"), 0, 2.F), valueOf(text("P3Y"), 1, 2.F)}).value == text("P2Y"));
    }

    void aPriorIsAddedToTheMargin() {
        WindowValue first = valueOf(text("US-DE"), 0, 3.F), last = valueOf(text("IE"), 1, 2.F);
        last.prior = 1.5;
        QVERIFY(rankValues({first, last}).value == text("IE"));
    }

    void withoutAMarginTheMostQuotesWin() {
        const auto ranked = rankValues({valueOf(true, 0, 9.F), valueOf(false, 1, std::nullopt, 2)});
        QVERIFY(ranked.value == ClauseValue(false));
        QVERIFY(ranked.alternatives[0].value == ClauseValue(true));
    }

    void equalValuesAreOneAndGatherTheirPlaces() {
        const auto ranked = rankValues({valueOf(true, 0, 5.F), valueOf(false, 1, 1.F), valueOf(false, 2, 2.F), valueOf(true, 3, 0.5F)});
        QCOMPARE(ranked.alternatives.size(), size_t{1});
        QCOMPARE(ranked.alternatives[0].window, size_t{2});
        QCOMPARE(ranked.alternatives[0].ranges, (std::vector<ByteRange>{{10, 15}, {20, 25}}));
    }

    void partyListsAddUpAndAnotherRoleIsAnAlternative() {
        const std::vector<Party> both = {{"Acme Ltd", "supplier"}, {"Beta plc", "customer"}};
        const std::vector<Party> other = {{"Acme Ltd", "licensor"}, {"Gamma", "agent"}};
        const auto ranked = rankValues({valueOf(both, 0, 1.F), valueOf(other, 1, 2.F)});
        QVERIFY(ranked.value == ClauseValue(std::vector<Party>{both[0], both[1], other[1]}));
        QCOMPARE(ranked.alternatives.size(), size_t{1});
        QVERIFY(ranked.alternatives[0].value == ClauseValue(other));
    }

    void mergingKeepsConflictsWithTheirPlaces() {
        const auto merged = mergeAnswers(kText, {{"renewal_term"}}, {renewal("two years", "P2Y", 1), renewal("three years", "P3Y", 2)});
        const MergedCell& cell = merged[0];
        QVERIFY(cell.finding->value == text("P3Y"));
        QCOMPARE(cell.finding->quotes, (std::vector<std::string>{"two years", "three years"})); // quotes are the union
        QCOMPARE(cell.alternatives.size(), size_t{1});
        QCOMPARE(cell.alternatives[0].ranges, std::vector<ByteRange>{placeOf("two years")});
        QCOMPARE(*cell.margin, 2.F);
    }

    void nullNeedsEveryWindow() {
        QVERIFY(mergeAnswers(kText, {{"renewal_term"}}, {noRenewal(-3), renewal("two years", "P2Y", 0.1F)})[0].finding.has_value());
        const auto nulls = mergeAnswers(kText, {{"renewal_term"}}, {noRenewal(-3), noRenewal(-1)});
        QVERIFY(!nulls[0].finding && nulls[0].alternatives.empty());
        QCOMPARE(*nulls[0].margin, -1.F);
    }

    void theTwoRulesAgreeOnOneWindow() {
        for (const float margin : {-200.F, -3.F, 0.F, 2.5F, 200.F})
            for (const MarginRule rule : {MarginRule::Largest, MarginRule::NullSum})
                QCOMPARE(*contractMargin(rule, {margin}), static_cast<double>(margin));
        QVERIFY(!contractMargin(MarginRule::NullSum, {}));
        QCOMPARE(nameOf(MarginRule::Largest), std::string_view("largest"));
        QCOMPARE(nameOf(MarginRule::NullSum), std::string_view("null_sum"));
    }

    void windowsThatAreHalfSureAddUp() {
        const std::vector<float> half(3, 0.F); // each says null with probability 1/2: all three with 1/8
        QCOMPARE(*contractMargin(MarginRule::Largest, half), 0.0);
        QVERIFY(std::abs(*contractMargin(MarginRule::NullSum, half) - std::log(7)) < 1e-12);
        // Windows that are sure of null change nothing, whatever their number; one that is sure of a value is enough.
        std::vector<float> many(50, -40.F);
        many.push_back(1.5F);
        QVERIFY(std::abs(*contractMargin(MarginRule::NullSum, many) - 1.5) < 1e-12);
        many.push_back(90.F);
        QVERIFY(std::abs(*contractMargin(MarginRule::NullSum, many) - 91.7) < 0.01);
        std::reverse(many.begin(), many.end());
        QVERIFY(*contractMargin(MarginRule::NullSum, many) == *contractMargin(MarginRule::NullSum, {many.rbegin(), many.rend()}));
    }

    void aBiasMakesACellNullAndKeepsItsValues() {
        const std::vector<WindowAnswer> windows = {renewal("two years", "P2Y", 0.5F), renewal("three years", "P3Y", 1)};
        const auto merged = [&](MarginRule rule, double bias) {
            return mergeAnswers(kText, {{"renewal_term"}}, windows, {rule, {{"renewal_term", bias}}})[0];
        };
        QVERIFY(merged(MarginRule::Largest, -0.9).finding.has_value());
        const MergedCell cell = merged(MarginRule::Largest, -1.1);
        QVERIFY(!cell.finding && cell.ranges.empty());
        QCOMPARE(cell.alternatives.size(), size_t{2});
        QVERIFY(cell.alternatives[0].value == text("P3Y"));
        QCOMPARE(*cell.margin, 1.F);
        QVERIFY(merged(MarginRule::NullSum, -1.1).finding.has_value()); // both together are surer than one
        QVERIFY(!merged(MarginRule::NullSum, -2.3).finding);
    }

    void aDatesWindowIsWeighedByItsPlace() {
        const std::vector<WindowAnswer> windows = {
            window({0, 120}, answerOf("agreement_date", {"1 May 2020"}, text("2020-05-01")), {1.F}),
            window({kText.size() - 30, kText.size()}, answerOf("agreement_date", {"laws of Ireland"}, text("2021")), {2.F})};
        const auto merged = mergeAnswers(kText, {{"agreement_date"}}, windows);
        QVERIFY(merged[0].finding->value == text("2020-05-01"));
        QVERIFY(merged[0].alternatives[0].value == text("2021"));
    }

    void placesAreTold() {
        const std::string signing = kText + "\nIN WITNESS WHEREOF, the parties have signed.\n\nBy: ____\n";
        const auto places = placesOf(signing, {{0, 100}, {3200, 4000}, {kText.size() - 60, kText.size()}, {kText.size(), signing.size()}});
        QVERIFY(places[0] == (WindowPlace{true, false, false}));
        QVERIFY(places[1] == WindowPlace());
        QVERIFY(places[2] == (WindowPlace{false, true, false}));
        QVERIFY(places[3] == (WindowPlace{false, false, true}));
        QVERIFY(priorOf("governing_law", places[2]) > priorOf("governing_law", places[0]));
        QVERIFY(priorOf("parties", places[0]) > priorOf("parties", places[3]));
        QCOMPARE(priorOf("parties", places[1]), 0.0);
        QCOMPARE(priorOf("insurance", places[0]), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestConflicts)
#include "test_conflicts.moc"
