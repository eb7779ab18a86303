// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Calibration, risk and review where they can be worked out by hand.
#include "core/base/rng.h"
#include "core/eval/confidence.h"
#include "core/eval/intervals.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <iterator>

using namespace cw;

namespace {

// `cells` of a contract, all of one confidence, of which the first `right` are right.
void addCells(std::vector<Decision>& decisions, const std::string& contract, double confidence, int cells, int right) {
    for (int i = 0; i < cells; ++i)
        decisions.push_back({contract, confidence, i < right, i < right, contract + " " + std::to_string(1000 + i)});
}

std::vector<Decision> drawn(Rng& rng, int contracts, int cells, bool sure) {
    std::vector<Decision> decisions;
    for (int c = 0; c < contracts; ++c)
        for (int i = 0; i < cells; ++i) {
            const double p = 0.5 + rng.uniform() / 2;
            const bool right = rng.uniform() < p;
            decisions.push_back({std::to_string(c), sure ? 0.5 + p / 2 : p, right, right, std::to_string(c) + " " + std::to_string(i)});
        }
    return decisions;
}

} // namespace

class TestConfidence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsKnownOfNothing();
    void binsHaveEqualMass();
    void theErrorIsThatOfTheBins();
    void resamplesTakeWholeClusters();
    void truthfulConfidencesAreCalibrated();
    void theLeastSureCellsHoldTheErrors();
    void ofTheSurestCellsFewAreWrong();
    void valuesMayBeWrongWhereTheDecisionIsRight();
    void theOrderOfCellsChangesNothing();
};

void TestConfidence::nothingIsKnownOfNothing() {
    const ConfidenceReport report = confidenceReport({});
    QCOMPARE(report.cells, 0);
    QVERIFY(report.bins.empty() && report.review.empty() && !report.interval);
    QVERIFY(!errorsCaught(report, 0.1));
}

void TestConfidence::binsHaveEqualMass() {
    Rng rng(1);
    const ConfidenceReport report = confidenceReport(drawn(rng, 10, 16, false)); // 160 in 15 bins
    QCOMPARE(report.bins.size(), size_t{kConfidenceBins});
    int cells = 0;
    for (const ConfidenceBin& bin : report.bins) {
        QVERIFY(bin.cells == 10 || bin.cells == 11);
        QVERIFY(bin.least <= bin.mean && bin.mean <= bin.most);
        cells += bin.cells;
    }
    QCOMPARE(cells, 160);
    std::vector<Decision> few;
    addCells(few, "a", 0.7, 4, 2);
    QCOMPARE(confidenceReport(few).bins.size(), size_t{4});
}

void TestConfidence::theErrorIsThatOfTheBins() {
    std::vector<Decision> decisions; // fifteen bins of two cells at 0.75, one right and one wrong each, whatever the order within
    for (int i = 0; i < kConfidenceBins; ++i) {
        decisions.push_back({"a", 0.6 + 0.02 * i, true, true, "1"});
        decisions.push_back({"b", 0.6 + 0.02 * i, false, false, "2"});
    }
    const ConfidenceReport report = confidenceReport(decisions);
    double expected = 0, brier = 0;
    for (int i = 0; i < kConfidenceBins; ++i) {
        const double p = 0.6 + 0.02 * i;
        expected += std::abs(0.5 - p) / kConfidenceBins;
        brier += ((1 - p) * (1 - p) + p * p) / (2 * kConfidenceBins);
    }
    QVERIFY(std::abs(report.calibrationError - expected) < 1e-12);
    QVERIFY(std::abs(report.brier - brier) < 1e-12);
    QVERIFY(report.interval && (*report.interval)[0] <= (*report.interval)[1]);
}

void TestConfidence::resamplesTakeWholeClusters() {
    Rng rng(4);
    const std::vector<Decision> decisions = drawn(rng, 9, 7, false); // few, so that some are drawn many times
    Rng draws(kIntervalSeed, "calibration_error");
    std::vector<double> errors;
    for (int i = 0; i < 1000; ++i) {
        std::vector<Decision> sample;
        for (int draw = 0; draw < 9; ++draw) {
            const std::string cluster = std::to_string(draws.below(9));
            std::copy_if(decisions.begin(), decisions.end(), std::back_inserter(sample),
                         [&](const Decision& decision) { return decision.cluster == cluster; });
        }
        for (Decision& decision : sample)
            decision.cluster = "all"; // no interval of its own
        errors.push_back(confidenceReport(sample).calibrationError);
    }
    std::sort(errors.begin(), errors.end());
    const auto interval = *confidenceReport(decisions).interval;
    QVERIFY(std::abs(interval[0] - errors[25]) < 1e-12);
    QVERIFY(std::abs(interval[1] - errors[974]) < 1e-12);
}

void TestConfidence::truthfulConfidencesAreCalibrated() {
    Rng rng(2);
    const ConfidenceReport honest = confidenceReport(drawn(rng, 150, 47, false)), sure = confidenceReport(drawn(rng, 150, 47, true));
    QVERIFY(honest.calibrationError < 0.03);
    QVERIFY(sure.calibrationError > 0.1); // it says (1 + p) / 2 where p is true: 0.125 too much
    QVERIFY((*sure.interval)[0] > (*honest.interval)[1]);
    QVERIFY((*sure.interval)[0] < sure.calibrationError && sure.calibrationError < (*sure.interval)[1]);
}

void TestConfidence::theLeastSureCellsHoldTheErrors() {
    std::vector<Decision> decisions;
    addCells(decisions, "a", 0.99, 90, 88); // two errors among the sure
    addCells(decisions, "b", 0.55, 10, 2);  // eight among the ten least sure
    const ConfidenceReport report = confidenceReport(decisions);
    QCOMPARE(report.wrong, 10);
    QCOMPARE(report.review.size(), size_t{101});
    QCOMPARE(*errorsCaught(report, 0.1), 0.8);
    QCOMPARE(*errorsCaught(report, 0), 0.0);
    QCOMPARE(*errorsCaught(report, 1), 1.0);
    for (size_t i = 1; i < report.review.size(); ++i)
        QVERIFY(report.review[i].value >= report.review[i - 1].value);
}

void TestConfidence::ofTheSurestCellsFewAreWrong() {
    std::vector<Decision> decisions;
    addCells(decisions, "a", 0.99, 90, 90);
    addCells(decisions, "b", 0.55, 10, 2);
    const ConfidenceReport report = confidenceReport(decisions);
    QCOMPARE(report.riskCoverage.size(), size_t{20});
    QCOMPARE(report.riskCoverage[17].share, 0.9);
    QCOMPARE(report.riskCoverage[17].value, 0.0);
    QCOMPARE(report.riskCoverage[19].value, 0.08);
}

void TestConfidence::valuesMayBeWrongWhereTheDecisionIsRight() {
    const ConfidenceReport report = confidenceReport({{"a", 0.9, true, false, "1"}, {"b", 0.8, true, true, "2"}});
    QCOMPARE(report.wrong, 1);
    QVERIFY(std::abs(report.calibrationError - 0.15) < 1e-12); // of the decisions, which are both right
}

void TestConfidence::theOrderOfCellsChangesNothing() {
    Rng rng(3);
    std::vector<Decision> decisions = drawn(rng, 10, 20, false);
    for (Decision& decision : decisions)
        decision.confidence = std::round(decision.confidence * 10) / 10; // many of one confidence
    const ConfidenceReport before = confidenceReport(decisions);
    for (int i = 0; i < 3; ++i) {
        rng.shuffle(decisions);
        const ConfidenceReport after = confidenceReport(decisions);
        QVERIFY(after.bins == before.bins && after.review == before.review && after.riskCoverage == before.riskCoverage);
        QVERIFY(after.interval == before.interval);
        QCOMPARE(after.brier, before.brier);
    }
}

QTEST_APPLESS_MAIN(TestConfidence)
#include "test_confidence.moc"
