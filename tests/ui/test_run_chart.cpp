// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/run_chart.h"

#include <QTest>

using namespace cw;

class TestRunChart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smoothingKeepsAConstantAndStartsAtTheFirstValue() {
        const auto flat = smoothed({{1, 2}, {2, 2}, {3, 2}});
        for (const QPointF& point : flat)
            QVERIFY(std::abs(point.y() - 2) < 1e-12);
        QCOMPARE(smoothed({{1, 5}, {2, 1}}).front().y(), 5.0);
    }

    void smoothingWeighsByTheBiasCorrectedAverage() {
        const auto out = smoothed({{1, 1}, {2, 0}});
        // (0.85 * 0.15 * 1 + 0.15 * 0) / (0.85 * 0.15 + 0.15)
        QVERIFY(std::abs(out[1].y() - 0.1275 / 0.2775) < 1e-12);
    }

    void decimationKeepsTheExtremesOfEachColumn() {
        std::vector<QPointF> points;
        for (int i = 0; i < 1000; ++i)
            points.emplace_back(i, i == 613 ? 99 : i == 207 ? -99 : 0);
        const auto out = decimated(points, 50);
        QVERIFY(out.size() <= 100);
        const auto has = [&](double y) { return std::any_of(out.begin(), out.end(), [&](QPointF p) { return p.y() == y; }); };
        QVERIFY(has(99) && has(-99));
        QVERIFY(std::is_sorted(out.begin(), out.end(), [](QPointF a, QPointF b) { return a.x() < b.x(); }));
    }

    void shortSeriesAreDrawnWhole() {
        const std::vector<QPointF> points{{1, 3}, {2, 1}, {3, 2}};
        QCOMPARE(decimated(points, 400), points);
    }

    void ticksAreRoundAndInsideTheRange() {
        QCOMPARE(ticks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
        for (double value : ticks(0.31, 0.74, 3))
            QVERIFY(value >= 0.31 && value <= 0.74 + 1e-9);
        QCOMPARE(ticks(4, 4, 3), std::vector<double>{4});
    }

    void aLogarithmicAxisHasPowersOfTen() {
        QCOMPARE(logTicks(0.05, 2000), (std::vector<double>{0.1, 1, 10, 100, 1000}));
        const auto few = logTicks(0.3, 1.2);
        QCOMPARE(few.size(), size_t{2}); // 0.5 and 1
        QVERIFY(std::abs(few[0] - 0.5) < 1e-12 && few[1] == 1);
    }

    void labelsThatWouldCoverEachOtherStandApart() {
        QCOMPARE(spreadLabels({10, 12, 60}, 15, 0, 100), (std::vector<double>{10, 25, 60}));
        QCOMPARE(spreadLabels({12, 10}, 15, 0, 100), (std::vector<double>{25, 10})); // in their own order
        QCOMPARE(spreadLabels({90, 95}, 15, 0, 100), (std::vector<double>{85, 100}));
    }

    void aValueThatIsNoNumberIsAMark() {
        RunChart chart(QStringLiteral("Loss"));
        chart.setSeries({{QStringLiteral("train"), 0, {{1, 3}, {2, std::nan("")}, {3, 2}}}});
        QVERIFY2(chart.accessibleDescription().contains(QStringLiteral("mark at step 2: train is not a number here")), qPrintable(chart.accessibleDescription()));
        QVERIFY(chart.accessibleDescription().startsWith(QStringLiteral("train 2 at step 3")));
        QVERIFY(!chart.grab().isNull()); // draws what is left
    }

    void whatStoodOutIsDrawnAndSaid() {
        RunChart chart(QStringLiteral("Loss"));
        chart.resize(400, 200);
        chart.setSeries({{QStringLiteral("train"), 0, {{0, 1}, {10, 1}}}});
        const QImage before = chart.grab().toImage();
        chart.setMarks({{ChartMark::Kind::Outlier, 5, QStringLiteral("Step 5 stands out: msa-203.")}, {ChartMark::Kind::Resume, 2, QStringLiteral("resumed")}});
        QVERIFY(chart.grab().toImage() != before);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("mark at step 5: Step 5 stands out: msa-203.")));
    }
};

QTEST_MAIN(TestRunChart)
#include "test_run_chart.moc"
