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
};

QTEST_APPLESS_MAIN(TestRunChart)
#include "test_run_chart.moc"
