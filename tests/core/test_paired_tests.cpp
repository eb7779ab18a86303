// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The tests and rules of two runs where their answers are known: McNemar, sign flips, Benjamini and Hochberg, what can be found, shipping,
// claims of validity.
#include "core/eval/detectable.h"
#include "core/eval/non_inferiority.h"
#include "core/eval/paired_tests.h"
#include "core/eval/validity_claim.h"

#include <QTest>

#include <cmath>

using namespace cw;

namespace {

// `clusters` of 47 cells each, of which the first `changed` have a broken one.
NonInferiority shippingOf(int clusters, int changed) {
    Evaluation before, after;
    for (int c = 0; c < clusters; ++c)
        for (int i = 0; i < 47; ++i) {
            ScoredCell cell;
            cell.contract = ContractId("c" + std::to_string(c));
            cell.clause = "clause" + std::to_string(i);
            before.cells.push_back(cell);
            if (c < changed && i == 0)
                cell.strict.outcome = Outcome::FalsePositive;
            after.cells.push_back(cell);
        }
    return shippingVerdict(comparePaired(before, after, Rules::Strict));
}

int perMille(double share) { return static_cast<int>(std::lround(1000 * share)); }

double points(double discordance, double effect) { return 100 * *detectableDifference(discordance, effect, 150 * 47); }

std::string verdict(double change, double low, double high) {
    return std::string(toString(shippingVerdict(change, std::array{low, high}, 150).verdict));
}

} // namespace

class TestPairedTests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mcnemarIsTheBinomial();
    void sixFlipsAreTheLeast();
    void signFlipsAgreeWithTheExactTest();
    void signFlipsTakeClustersWhole();
    void adjustedValuesAreThoseOfThePaper();
    void whatCanBeFoundIsTheDesignsTable();
    void shippingHasThreeVerdicts();
    void fewContractsAnsweredAlikeProveNothing();
    void sixHundredOutputsProveTheirShare();
};

void TestPairedTests::mcnemarIsTheBinomial() {
    QCOMPARE(mcnemarExact(0, 0), 1.0);
    QCOMPARE(mcnemarExact(5, 5), 1.0);
    QVERIFY(std::abs(mcnemarExact(1, 9) - 22.0 / 1024) < 1e-12); // 2 (1 + 10) / 2^10
    QCOMPARE(mcnemarExact(9, 1), mcnemarExact(1, 9));
    QVERIFY(std::abs(mcnemarExact(2, 3) - 1.0) < 1e-12); // both tails are all
}

void TestPairedTests::sixFlipsAreTheLeast() {
    QVERIFY(mcnemarExact(kLeastFlips, 0) < 0.05);
    QVERIFY(mcnemarExact(kLeastFlips - 1, 0) > 0.05);
}

void TestPairedTests::signFlipsAgreeWithTheExactTest() {
    const std::vector<int> gains = {1, 1, 1, 1, 1, 1, 1, 1, 1, -1, 0, 0, 0}; // one cell a cluster: McNemar's own table
    QVERIFY(std::abs(signFlip(gains, 20000, "test") - mcnemarExact(9, 1)) < 0.004);
    QCOMPARE(signFlip({}, 100, "test"), 1.0);
    QCOMPARE(signFlip({0, 0}, 100, "test"), 1.0);
    QCOMPARE(signFlip(gains, 500, "a"), signFlip(gains, 500, "a"));
}

void TestPairedTests::signFlipsTakeClustersWhole() {
    QCOMPARE(signFlip({40}, 1000, "test"), 1.0); // forty cells of one contract tell nothing of others
    QVERIFY(mcnemarExact(40, 0) < 1e-10);
    QVERIFY(signFlip(std::vector<int>(20, 2), 10000, "test") < 0.001);
    QVERIFY(signFlip(std::vector<int>(130, 1), 10000, "test") < 0.001); // more clusters than one draw has bits
}

void TestPairedTests::adjustedValuesAreThoseOfThePaper() {
    const std::vector<double> p = {0.04, 0.01, 0.03, 0.02, 0.9};
    const std::vector<double> q = benjaminiHochberg(p); // 0.01 * 5, 0.02 * 5 / 2, 0.03 * 5 / 3, 0.04 * 5 / 4
    for (size_t i : {0U, 1U, 2U, 3U})
        QVERIFY(std::abs(q[i] - 0.05) < 1e-12);
    QCOMPARE(q[4], 0.9);
    const std::vector<double> steps = benjaminiHochberg({0.001, 0.04, 0.03}); // 0.003; 0.04 and 0.045, which the greater one pulls down
    QVERIFY(std::abs(steps[0] - 0.003) < 1e-12);
    QVERIFY(std::abs(steps[1] - 0.04) < 1e-12);
    QVERIFY(std::abs(steps[2] - 0.04) < 1e-12);
    QVERIFY(benjaminiHochberg({}).empty());
}

void TestPairedTests::whatCanBeFoundIsTheDesignsTable() {
    QCOMPARE(qRound(10 * points(0.03, 1)), 6);
    QCOMPARE(qRound(10 * points(0.10, 1)), 11);
    QCOMPARE(qRound(10 * points(0.05, 2)), 11);
    QCOMPARE(qRound(10 * points(0.08, 3)), 16);
    QVERIFY(!detectableDifference(0.1, 1, 0));
    const int cells = cellsToDetect(0.011, 0.05, 2);
    QVERIFY(*detectableDifference(0.05, 2, cells) <= 0.011 && *detectableDifference(0.05, 2, cells - 1) > 0.011);
}

void TestPairedTests::shippingHasThreeVerdicts() {
    QCOMPARE(verdict(0.001, -0.004, 0.006), std::string("fit"));
    QCOMPARE(verdict(-0.012, -0.019, -0.006), std::string("not_fit"));
    QCOMPARE(verdict(-0.001, -0.009, 0.007), std::string("cannot_tell"));
    QCOMPARE(verdict(-0.001, -0.005, 0.003), std::string("cannot_tell")); // on the margin isn't above it
    const NonInferiority open = shippingVerdict(0.0, std::array{-0.010, 0.010}, 150);
    QCOMPARE(*open.contractsNeeded, 600); // half the width takes four times the contracts
    QVERIFY(!shippingVerdict(0.001, std::array{-0.004, 0.006}, 150).contractsNeeded);
    QVERIFY(shippingVerdict(0.0, std::nullopt, 1).verdict == ShippingVerdict::CannotTell);
}

void TestPairedTests::fewContractsAnsweredAlikeProveNothing() {
    for (const int contracts : {2, 3, 29}) {
        const NonInferiority found = shippingOf(contracts, 0);
        QVERIFY(found.verdict == ShippingVerdict::CannotTell);
        QVERIFY(!found.interval);
        QCOMPARE(*found.contractsNeeded, 30);
    }
    QVERIFY(shippingOf(2, 2).verdict == ShippingVerdict::CannotTell); // both lost one cell: t knows no spread
    QVERIFY(shippingOf(5, 1).verdict == ShippingVerdict::CannotTell); // t with four degrees
    const NonInferiority many = shippingOf(150, 0);
    QVERIFY(many.verdict == ShippingVerdict::Fit);
    QCOMPARE((*many.interval)[0], -3.0 / (150 * 47));
    QVERIFY(shippingOf(150, 1).verdict == ShippingVerdict::Fit);
}

void TestPairedTests::sixHundredOutputsProveTheirShare() {
    QVERIFY(validAtLeast(600, 600) >= 0.995);
    QVERIFY(validAtLeast(597, 597) < 0.995);
    QCOMPARE(outputsToClaim(0.995), 598);
    QCOMPARE(validAtLeast(0, 100), 0.0);
    QCOMPARE(perMille(validAtLeast(149, 150)), 969); // 1 - 4.744 / 150
    QVERIFY(validAtLeast(599, 600) < 0.995);
}

QTEST_APPLESS_MAIN(TestPairedTests)
#include "test_paired_tests.moc"
