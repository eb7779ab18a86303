// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which steps stand out.
#include "core/base/rng.h"
#include "training/optim/outlier_guard.h"

#include <QtTest>

#include <cmath>

using namespace cw;

namespace {

// A guard that has seen `steps` losses around 1 and norms around 2, with a deviation of about 0.06 each.
OutlierGuard seasoned(size_t steps) {
    Rng rng(3);
    OutlierGuard guard;
    for (size_t i = 0; i < steps; ++i)
        guard.judge(0.9 + 0.2 * rng.uniform(), 1.9 + 0.2 * rng.uniform());
    return guard;
}

} // namespace

class TestOutlierGuard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsJudgedBeforeSixteenSteps() {
        OutlierGuard young = seasoned(15);
        QVERIFY(!young.judge(100, 100));
        OutlierGuard old = seasoned(16);
        QVERIFY(old.judge(100, 2));
    }

    void whatStandsOutMoreIsNamed() {
        OutlierGuard guard = seasoned(40);
        const auto byLoss = guard.judge(5, 2);
        QVERIFY(byLoss && byLoss->what == "loss" && byLoss->value == 5);
        guard = seasoned(40);
        const auto byNorm = guard.judge(2, 50);
        QVERIFY(byNorm && byNorm->what == "gradient norm" && byNorm->value == 50);
        guard = seasoned(40);
        QVERIFY(!guard.judge(1.1, 2.1));
    }

    void theScoreIsThatOfTheStepsBefore() {
        std::vector<double> losses, norms(20, 2.0);
        for (int i = 0; i < 20; ++i)
            losses.push_back(i % 2 == 0 ? 1.0 : 3.0); // mean 2, deviation 1
        OutlierGuard guard(losses, norms);
        const auto outlier = guard.judge(9, 2);
        QVERIFY(outlier);
        QCOMPARE(outlier->z, 7.0);
        QVERIFY(!OutlierGuard(losses, norms).judge(7.9, 2)); // 5.9 deviations
    }

    void lowValuesAreNoOutliers() {
        QVERIFY(!seasoned(40).judge(-100, 0));
    }

    void aStandingWindowHasNoOutliers() {
        OutlierGuard guard;
        for (int i = 0; i < 30; ++i)
            QVERIFY(!guard.judge(1, 2));
        QVERIFY(!guard.judge(1.5, 2)); // no deviation to measure with
    }

    void aLastingRiseBecomesNormal() {
        OutlierGuard guard = seasoned(128);
        int outliers = 0;
        Rng rng(5);
        for (int i = 0; i < 60; ++i)
            outliers += guard.judge(2.9 + 0.2 * rng.uniform(), 2) ? 1 : 0;
        QVERIFY2(outliers >= 1 && outliers < 10, std::to_string(outliers).c_str());
        QVERIFY(!guard.judge(3, 2));
    }

    void onlyTheLast128StepsCount() {
        const OutlierGuard guard = seasoned(300);
        QCOMPARE(guard.losses().size(), OutlierGuard::kWindow);
        QCOMPARE(guard.gradNorms().size(), OutlierGuard::kWindow);
    }

    void aGuardFromStoredWindowsJudgesTheSame() {
        OutlierGuard guard = seasoned(140);
        OutlierGuard copy(guard.losses(), guard.gradNorms());
        const auto a = guard.judge(4, 2), b = copy.judge(4, 2);
        QVERIFY(a && b);
        QCOMPARE(a->z, b->z); // the same bits
        QVERIFY(guard == copy);
    }

    void namesAreKnown() {
        QVERIFY(outlierActionFromString("off") == OutlierAction::Off);
        QVERIFY(outlierActionFromString("warn") == OutlierAction::Warn);
        QVERIFY(outlierActionFromString("skip") == OutlierAction::Skip);
        QVERIFY(!outlierActionFromString("stop"));
    }
};

QTEST_APPLESS_MAIN(TestOutlierGuard)
#include "test_outlier_guard.moc"
