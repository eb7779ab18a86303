// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Wilson's interval and the cluster bootstrap.
#include "core/base/rng.h"
#include "core/eval/intervals.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace cw;

namespace {

std::optional<double> accuracyOf(const Tally& tally) { return tally.accuracy(); }

// A contract with `right` right nulls and `wrong` inventions.
Tally contract(int right, int wrong) {
    Tally tally;
    tally.tn = right;
    tally.fp = wrong;
    return tally;
}

int perMille(double share) { return static_cast<int>(std::lround(1000 * share)); }

} // namespace

class TestIntervals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wilsonOfPublishedCounts();
    void wilsonStaysInside();
    void bootstrapOfEqualContractsIsAPoint();
    void bootstrapNeedsTwoContracts();
    void bootstrapIsSeeded();
    void bootstrapHasTheWidthOfItsClusters();
    void undefinedResamplesAreLeftOut();
    void theMiddleIsBetweenTheTails();
    void theTPointIsThatOfTheTables();
    void theTIntervalIsWideForFewClusters();
    void theDesignEffectIsThatOfItsClusters();
};

void TestIntervals::theMiddleIsBetweenTheTails() {
    Rng rng(6);
    for (const size_t size : {1, 2, 39, 40, 41, 1000}) {
        std::vector<double> values(size);
        for (double& value : values)
            value = static_cast<double>(rng.below(300));
        std::vector<double> sorted = values;
        std::sort(sorted.begin(), sorted.end());
        QCOMPARE(*middleOf(values), (Interval{sorted[size / 40], sorted[size - 1 - size / 40]}));
    }
    std::vector<double> none;
    QVERIFY(!middleOf(none));
}

void TestIntervals::theTPointIsThatOfTheTables() {
    QCOMPARE(perMille(tPoint(1)), 12706);
    QCOMPARE(perMille(tPoint(2)), 4303);
    QCOMPARE(perMille(tPoint(3)), 3182);
    QCOMPARE(perMille(tPoint(10)), 2228);
    QCOMPARE(perMille(tPoint(29)), 2045);
    QCOMPARE(perMille(tPoint(10000)), 1960);
}

void TestIntervals::theTIntervalIsWideForFewClusters() {
    const auto interval = *tInterval({{9, 10}, {7, 10}, {8, 10}}); // mean 0.8, standard error 0.1 / sqrt(3)
    QCOMPARE(perMille(interval[0]), perMille(0.8 - 4.3027 * 0.1 / std::sqrt(3)));
    QCOMPARE(perMille(interval[1]), perMille(0.8 + 4.3027 * 0.1 / std::sqrt(3)));
    QVERIFY(!tInterval({{9, 10}}));
    QVERIFY(!tInterval({{0, 0}, {0, 0}}));
    QVERIFY((*tInterval({{5, 5}, {5, 5}}) == Interval{1, 1}));
}

void TestIntervals::theDesignEffectIsThatOfItsClusters() {
    std::vector<ClusterShare> whole, mixed; // all of a cluster alike: 47 times; each cluster like the whole: none at all
    for (int i = 0; i < 100; ++i) {
        whole.push_back({i % 10 == 0 ? 0 : 47, 47});
        mixed.push_back({9, 10});
    }
    const double effect = *designEffect(whole, 90 * 47);
    QVERIFY(std::abs(effect - 47.0 * 100 / 99) < 1e-9);
    QCOMPARE(*designEffect(mixed, 900), 0.0);
    QVERIFY(!designEffect({{5, 5}, {5, 5}}, 10)); // nothing varies
    Rng rng(4); // independent cells: about 1
    std::vector<ClusterShare> independent(2000, {0, 20});
    int parts = 0;
    for (ClusterShare& cluster : independent)
        for (int cell = 0; cell < 20; ++cell)
            if (rng.below(4) == 0) {
                ++cluster.part;
                ++parts;
            }
    QVERIFY(std::abs(*designEffect(independent, parts) - 1) < 0.1);
}

void TestIntervals::wilsonOfPublishedCounts() {
    const auto valid = wilson(149, 150);
    QCOMPARE(perMille(valid[0]), 963);
    QCOMPARE(perMille(valid[1]), 999);
    const auto clause = wilson(41, 45);
    QCOMPARE(static_cast<int>(std::lround(100 * clause[0])), 79);
    QCOMPARE(static_cast<int>(std::lround(100 * clause[1])), 96);
}

void TestIntervals::wilsonStaysInside() {
    QVERIFY(wilson(0, 0) == (std::array<double, 2>{0, 1}));
    QCOMPARE(wilson(0, 20)[0], 0.0);
    QCOMPARE(wilson(20, 20)[1], 1.0);
    QVERIFY(wilson(20, 20)[0] > 0.8 && wilson(20, 20)[0] < 0.85);
    QCOMPARE(perMille(wilson(5, 20)[0]), 1000 - perMille(wilson(15, 20)[1]));
}

void TestIntervals::bootstrapOfEqualContractsIsAPoint() {
    const auto interval = bootstrap(std::vector<Tally>(10, contract(9, 1)), accuracyOf, "test");
    QVERIFY(interval);
    QCOMPARE((*interval)[0], 0.9);
    QCOMPARE((*interval)[1], 0.9);
}

void TestIntervals::bootstrapNeedsTwoContracts() {
    QVERIFY(!bootstrap({contract(9, 1)}, accuracyOf, "test"));
    QVERIFY(!bootstrap({}, accuracyOf, "test"));
    const auto two =
        bootstrap({contract(10, 0), contract(0, 10)}, accuracyOf, "test"); // both of one kind in a quarter each
    QVERIFY(*two == (std::array<double, 2>{0, 1}));
}

void TestIntervals::bootstrapIsSeeded() {
    const std::vector<Tally> contracts = {contract(3, 7), contract(8, 2), contract(5, 5), contract(9, 1)};
    QVERIFY(*bootstrap(contracts, accuracyOf, "a") == *bootstrap(contracts, accuracyOf, "a"));
}

void TestIntervals::bootstrapHasTheWidthOfItsClusters() {
    std::vector<Tally> contracts; // all cells of a contract right or all wrong: as if there were 100 cells, not 4,700
    for (int i = 0; i < 100; ++i)
        contracts.push_back(i % 10 == 0 ? contract(0, 47) : contract(47, 0));
    const auto interval = *bootstrap(contracts, accuracyOf, "test");
    QVERIFY(interval[0] < 0.9 && 0.9 < interval[1]);
    const double width = 2 * 1.96 * std::sqrt(0.9 * 0.1 / 100);
    QVERIFY(std::abs(interval[1] - interval[0] - width) < 0.25 * width);
}

void TestIntervals::undefinedResamplesAreLeftOut() {
    Tally present;
    present.tp = 1;
    const auto f1 = [](const Tally& tally) { return tally.f1(); };
    const auto interval = bootstrap({present, contract(5, 0)}, f1, "test"); // a quarter of the resamples has no data
    QVERIFY(*interval == (std::array<double, 2>{1, 1}));
    QVERIFY(!bootstrap({contract(5, 0), contract(5, 0)}, f1, "test"));
}

QTEST_APPLESS_MAIN(TestIntervals)
#include "test_intervals.moc"
