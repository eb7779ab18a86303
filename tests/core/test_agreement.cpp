// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Agreement of two readings: the published tables of kappa's textbooks, its undefined case, and what counts as a difference.
#include "core/eval/agreement.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

Agreement tableOf(int both, int firstOnly, int secondOnly, int neither) {
    Agreement agreement;
    agreement.both = both;
    agreement.firstOnly = firstOnly;
    agreement.secondOnly = secondOnly;
    agreement.neither = neither;
    return agreement;
}

bool isNear(const std::optional<double>& value, double expected, double within = 0.005) {
    return value && std::abs(*value - expected) < within;
}

Cell cellAt(const std::string& clause, std::vector<ByteRange> ranges, ClauseValue value = {}, const std::string& text = kText) {
    Cell cell;
    cell.clause = clause;
    cell.state = CellState::Present;
    for (const ByteRange range : ranges)
        cell.spans.push_back({range, text.substr(range.begin, range.size())});
    cell.value = std::move(value);
    return cell;
}

// Pairs of one clause in contracts of their own, as a table of presence gives them.
std::vector<ReadingPair> pairsOf(int both, int firstOnly, int secondOnly, int neither) {
    std::vector<ReadingPair> pairs;
    const auto add = [&](int count, bool first, bool second) {
        const auto cell = [](bool present) { return present ? presentCell("non_compete", "3 April 2024") : absentCell("non_compete"); };
        for (int i = 0; i < count; ++i)
            pairs.push_back({ContractId("c" + std::to_string(pairs.size())), {cell(first)}, {cell(second)}, true});
    };
    add(both, true, true);
    add(firstOnly, true, false);
    add(secondOnly, false, true);
    add(neither, false, false);
    return pairs;
}

} // namespace

class TestAgreement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Both tables of Feinstein and Cicchetti 1990: raw agreement is 0.85 in each.
    void publishedTablesOfHighAgreementAndLowKappa() {
        const Agreement balanced = tableOf(40, 9, 6, 45), skewed = tableOf(80, 10, 5, 5);
        QVERIFY(isNear(balanced.raw(), 0.85) && isNear(skewed.raw(), 0.85));
        QVERIFY(isNear(balanced.kappa(), 0.70));
        QVERIFY(isNear(skewed.kappa(), 0.32));
        QVERIFY(isNear(skewed.positive(), 160.0 / 175, 1e-12));
        QVERIFY(isNear(skewed.negative(), 10.0 / 25, 1e-12));
    }

    // 50 grant proposals, the usual worked example of Cohen's kappa.
    void kappaOfTheWorkedExample() { QVERIFY(isNear(tableOf(20, 5, 10, 15).kappa(), 0.4, 1e-12)); }

    void kappaOfIndependentReadersIsNothing() { QVERIFY(isNear(tableOf(9, 21, 21, 49).kappa(), 0, 1e-12)); }

    void withoutVariationKappaIsUndefined() {
        QVERIFY(!tableOf(0, 0, 0, 30).kappa());
        QVERIFY(!tableOf(30, 0, 0, 0).kappa());
        QVERIFY(isNear(tableOf(0, 0, 0, 30).raw(), 1, 1e-12));
        QVERIFY(!tableOf(0, 0, 0, 30).positive()); // nobody found one
        QVERIFY(isNear(tableOf(0, 0, 5, 25).kappa(), 0, 1e-12)); // one reader varies: no better than chance
        QVERIFY(!tableOf(0, 0, 0, 0).raw());
    }

    // The delta method on kappa, worked out by numeric derivatives.
    void largeSampleIntervals() {
        const struct { int a, b, c, d; double low, high; } cases[] = {
            {20, 5, 10, 15, 0.1511, 0.6489}, {40, 9, 6, 45, 0.5596, 0.8394}, {80, 10, 5, 5, 0.0566, 0.5798}};
        for (const auto& of : cases) {
            const AgreementTable table = agreement(pairsOf(of.a, of.b, of.c, of.d), defaultTaxonomy());
            const Agreement& clause = table.perClause[*defaultTaxonomy().indexOf("non_compete")].second;
            QCOMPARE(clause.cells(), of.a + of.b + of.c + of.d);
            QVERIFY(clause.kappaInterval.has_value());
            QVERIFY2(std::abs((*clause.kappaInterval)[0] - of.low) < 5e-4, qPrintable(QString::number((*clause.kappaInterval)[0], 'g', 8)));
            QVERIFY2(std::abs((*clause.kappaInterval)[1] - of.high) < 5e-4, qPrintable(QString::number((*clause.kappaInterval)[1], 'g', 8)));
            // One cell a contract: drawing contracts anew gives nearly the same.
            QVERIFY(std::abs((*table.total.kappaInterval)[0] - of.low) < 0.06);
            QVERIFY(std::abs((*table.total.kappaInterval)[1] - of.high) < 0.06);
        }
    }

    void oneContractGivesNoInterval() {
        const AgreementTable table = agreement(pairsOf(1, 0, 0, 0), defaultTaxonomy());
        QVERIFY(!table.total.kappaInterval);
        QCOMPARE(table.total.both, 1);
    }

    void aSampleWithoutSpreadGivesNoIntervalOfItsType() {
        const AgreementTable table = agreement(pairsOf(2, 0, 0, 2), defaultTaxonomy());
        const Agreement& clause = table.perClause[*defaultTaxonomy().indexOf("non_compete")].second;
        QVERIFY(isNear(clause.kappa(), 1, 1e-12));
        QVERIFY(!clause.kappaInterval);
    }

    void untouchedCellsAreLeftOutAndCounted() {
        std::vector<ReadingPair> pairs = pairsOf(0, 0, 0, 2);
        pairs.front().second.front().state = CellState::NotReviewed;
        const AgreementTable table = agreement(pairs, defaultTaxonomy());
        QCOMPARE(table.total.cells(), 1);
        QCOMPARE(table.total.unreviewed, 2 * 47 - 1);
        QVERIFY(table.conflicts.empty());
    }

    void aDecisionThatSomebodyIsUnsureOfCounts() {
        Cell unsure = absentCell("non_compete");
        unsure.flags.unsure = true;
        const CellComparison cell = compareCells(typeOf("non_compete"), unsure, absentCell("non_compete"));
        QVERIFY(cell.counted);
        QVERIFY(cell.difference == Difference::None);
    }

    void presenceDiffers() {
        const CellComparison cell =
            compareCells(typeOf("non_compete"), absentCell("non_compete"), presentCell("non_compete", "3 April 2024"));
        QVERIFY(cell.difference == Difference::Presence);
    }

    void valuesDifferAsTheScorerSeesThem() {
        const auto differs = [this](const char* clause, ClauseValue first, ClauseValue second) {
            return compareCells(typeOf(clause), presentCell(clause, "3 April 2024", std::move(first)),
                                presentCell(clause, "3 April 2024", std::move(second))).difference;
        };
        QVERIFY(differs("renewal_term", std::string("P12M"), std::string("P1Y")) == Difference::None); // a year
        QVERIFY(differs("renewal_term", std::string("P30D"), std::string("P1M")) == Difference::Value);
        QVERIFY(differs("agreement_date", std::string("2024-04-03"), std::string("2024-03-04")) == Difference::Value);
        QVERIFY(differs("agreement_date", std::string("2024-04-03"), ClauseValue()) == Difference::Value);
        QVERIFY(differs("agreement_date", ClauseValue(), ClauseValue()) == Difference::None);
    }

    // A term that ends three years after the effective date ends on a day that the first reader's cells tell.
    void aRelativeDateMeansTheDayThatItHangsOn() {
        const Cell anchor = presentCell("effective_date", "3 April 2024", std::string("2024-04-03"));
        const Cell relative = presentCell("expiration_date", "April 2024", std::string("effective_date+P3Y"));
        const Cell absolute = presentCell("expiration_date", "April 2024", std::string("2027-04-03"));
        QVERIFY(compareCells(typeOf("expiration_date"), relative, absolute, {anchor, relative}).difference == Difference::None);
        QVERIFY(compareCells(typeOf("expiration_date"), relative, absolute).difference == Difference::Value);
    }

    void evidenceDiffersWhereLessThanHalfIsCommon() {
        const auto differenceOf = [this](ByteRange first, ByteRange second) {
            return compareCells(typeOf("non_compete"), cellAt("non_compete", {first}), cellAt("non_compete", {second})).difference;
        };
        const ByteRange whole = rangeOf("This Agreement is made on 3 April 2024.");
        QVERIFY(differenceOf(whole, whole) == Difference::None);
        QVERIFY(differenceOf(whole, rangeOf("Agreement is made on 3 April 2024")) == Difference::None);
        QVERIFY(differenceOf(whole, rangeOf("3 April 2024")) == Difference::Evidence);
        QVERIFY(differenceOf(whole, rangeOf("governed by the laws of England")) == Difference::Evidence);
    }

    void whiteSpaceIsNoDifference() {
        const ByteRange tight = rangeOf("It is governed"), wide = {tight.begin - 1, tight.end + 1}; // line end, blank
        const SpanOverlap overlap = spanOverlap(cellAt("x", {tight}).spans, cellAt("x", {wide}).spans);
        QVERIFY(overlap.same());
        QCOMPARE(overlap.jaccard(), 1.0);
        QCOMPARE(overlap.f1(), 1.0);
    }

    void severalSpansAgainstOneThatCoversThem() {
        const ByteRange a = rangeOf("This Agreement"), b = rangeOf("made on"), all = {a.begin, b.end};
        const SpanOverlap overlap = spanOverlap(cellAt("x", {a, b}).spans, cellAt("x", {all}).spans);
        QCOMPARE(overlap.common, size_t(19)); // "ThisAgreement" and "madeon"
        QCOMPARE(overlap.first, size_t(19));
        QCOMPARE(overlap.second, size_t(21)); // and "is"
        QCOMPARE(overlap.f1(), 38.0 / 40);
    }

    void charactersCountNotBytes() {
        const SpanOverlap overlap = spanOverlap(cellAt("x", {rangeOf("caf\xC3\xA9")}).spans, cellAt("x", {rangeOf("caf")}).spans);
        QCOMPARE(overlap.first, size_t(4));
        QCOMPARE(overlap.common, size_t(3));
    }

    void conflictsAreListedOnlyOnceBothAreFinished() {
        std::vector<ReadingPair> pairs = pairsOf(1, 1, 0, 0);
        QCOMPARE(agreement(pairs, defaultTaxonomy()).conflicts.size(), size_t(1));
        pairs.back().settled = false;
        QVERIFY(agreement(pairs, defaultTaxonomy()).conflicts.empty());
    }

    void sameAnswersTwice() {
        const auto pairs = pairsOf(12, 3, 4, 30);
        const auto first = agreement(pairs, defaultTaxonomy()).total.kappaInterval, second = agreement(pairs, defaultTaxonomy()).total.kappaInterval;
        QVERIFY(first && first == second);
    }

private:
    const ClauseType& typeOf(const std::string& key) { return *m_taxonomy.find(key); }
    Taxonomy m_taxonomy = defaultTaxonomy();
};

QTEST_APPLESS_MAIN(TestAgreement)
#include "test_agreement.moc"
