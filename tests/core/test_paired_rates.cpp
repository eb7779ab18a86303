// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// label: slow
// How often the paired test finds a difference where there is none: 4,000 pairs of equally good runs over 150 contracts of 47 clauses,
// in which a contract is easy or hard for both runs and suits one of them better. McNemar's test over all cells is printed beside it.
#include "core/base/rng.h"
#include "core/eval/intervals.h"
#include "core/eval/paired_tests.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace cw;

namespace {

constexpr int kRuns = 4000, kContracts = 150, kClauses = 47;
constexpr int kFlips = 1000; // the window throws 10,000; fewer make the test coarser, not wrong

double normal(Rng& rng) { return std::sqrt(-2 * std::log(1 - rng.uniform())) * std::cos(2 * std::numbers::pi * rng.uniform()); }
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

struct PairOfRuns {
    std::vector<int> gains;           // by contract
    std::vector<ClusterShare> shares; // the same with their cells
    int fixed = 0, broken = 0;
};

// `taste`: how much a contract may suit one run better than the other, in standard deviations of the log odds.
PairOfRuns drawPair(Rng& rng, double taste, const std::vector<double>& clauses) {
    PairOfRuns out;
    for (int contract = 0; contract < kContracts; ++contract) {
        const double ease = 2.5 + normal(rng), before = ease + taste * normal(rng), after = ease + taste * normal(rng);
        int gain = 0;
        for (double clause : clauses) {
            const bool was = rng.uniform() < sigmoid(before + clause), is = rng.uniform() < sigmoid(after + clause);
            gain += static_cast<int>(is) - static_cast<int>(was);
            out.fixed += !was && is;
            out.broken += was && !is;
        }
        out.gains.push_back(gain);
        out.shares.push_back({gain, kClauses});
    }
    return out;
}

} // namespace

class TestPairedRates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneInTwentyIsFoundWhereThereIsNothing_data();
    void oneInTwentyIsFoundWhereThereIsNothing();
};

void TestPairedRates::oneInTwentyIsFoundWhereThereIsNothing_data() {
    QTest::addColumn<double>("taste");
    QTest::newRow("some taste") << 0.5;
    QTest::newRow("strong taste") << 1.0;
}

void TestPairedRates::oneInTwentyIsFoundWhereThereIsNothing() {
    QFETCH(double, taste);
    Rng rng(20260101, "paired rates");
    std::vector<double> clauses;
    for (int i = 0; i < kClauses; ++i)
        clauses.push_back(normal(rng));
    int bySigns = 0, byCells = 0;
    double effects = 0;
    for (int run = 0; run < kRuns; ++run) {
        const PairOfRuns pair = drawPair(rng, taste, clauses);
        bySigns += signFlip(pair.gains, kFlips, "run " + std::to_string(run)) < 0.05 ? 1 : 0;
        byCells += mcnemarExact(pair.fixed, pair.broken) < 0.05 ? 1 : 0;
        effects += designEffect(pair.shares, pair.fixed + pair.broken).value_or(0) / kRuns;
    }
    qInfo("taste %.1f: design effect %.2f; of %d pairs of equal runs sign flips over contracts find %.2f %%, McNemar over cells %.2f %%",
          taste, effects, kRuns, 100.0 * bySigns / kRuns, 100.0 * byCells / kRuns);
    QVERIFY(bySigns >= kRuns * 4 / 100 && bySigns <= kRuns * 6 / 100);
    QVERIFY(byCells > bySigns);
}

QTEST_APPLESS_MAIN(TestPairedRates)
#include "test_paired_rates.moc"
