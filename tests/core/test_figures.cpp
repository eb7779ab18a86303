// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Draws and swaps of clusters, against sums that are made one count at a time.
#include "core/eval/figures.h"

#include <QTest>

using namespace cw;

namespace {

std::vector<CountRow> randomRows(Rng& rng, size_t rows, size_t columns) {
    std::vector<CountRow> out(rows, CountRow(columns));
    for (CountRow& row : out)
        for (int& count : row)
            count = static_cast<int>(rng.below(50)) - 10;
    return out;
}

void add(CountRow& sum, const CountRow& row, int times) {
    for (size_t i = 0; i < sum.size(); ++i)
        sum[i] += times * row[i];
}

} // namespace

class TestFigures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachRowIsLeftOutOnce() {
        std::vector<CountRow> sums;
        forEachLeftOut({{1, 10}, {2, 20}, {4, 40}}, [&](const CountRow& sum) { sums.push_back(sum); });
        QCOMPARE(sums, (std::vector<CountRow>{{6, 60}, {5, 50}, {3, 30}}));
        forEachLeftOut({}, [](const CountRow&) { QFAIL("there is nothing to leave out"); });
    }

    void chosenRowsAddUp_data();
    void chosenRowsAddUp();
    void drawsAreSumsOfRows();
    void swapsAreSumsUnderSigns();
    void figuresAreRatiosOfTheirCounts();
};

void TestFigures::chosenRowsAddUp_data() {
    QTest::addColumn<int>("columns");
    for (int columns : {0, 1, 15, 16, 17, 32, 103})
        QTest::addRow("%d columns", columns) << columns;
}

void TestFigures::chosenRowsAddUp() {
    QFETCH(int, columns);
    Rng rng(1);
    const std::vector<CountRow> rows = randomRows(rng, 7, static_cast<size_t>(columns));
    const RowSums sums(rows);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::uint32_t> places(static_cast<size_t>(rng.below(20)));
        CountRow expected(static_cast<size_t>(columns)), sum(static_cast<size_t>(columns), 99);
        for (std::uint32_t& place : places) {
            place = static_cast<std::uint32_t>(rng.below(rows.size()));
            add(expected, rows[place], 1);
        }
        sums.take(places, sum);
        QCOMPARE(sum, expected);
    }
}

void TestFigures::drawsAreSumsOfRows() {
    Rng rng(2);
    const std::vector<CountRow> rows = randomRows(rng, 40, 21);
    Rng draws(3);
    int times = 0;
    forEachDraw(rows, 200, Rng(3), [&](const CountRow& sum) {
        CountRow expected(21);
        for (size_t i = 0; i < rows.size(); ++i)
            add(expected, rows[static_cast<size_t>(draws.below(rows.size()))], 1);
        QCOMPARE(sum, expected);
        ++times;
    });
    QCOMPARE(times, 200);
}

void TestFigures::swapsAreSumsUnderSigns() {
    Rng rng(4);
    const std::vector<CountRow> rows = randomRows(rng, 40, 21);
    Rng signs(5);
    int times = 0;
    forEachSwap(rows, 200, Rng(5), [&](const CountRow& sum) {
        CountRow expected(21);
        for (const CountRow& row : rows)
            add(expected, row, signs.below(2) == 0 ? 1 : -1);
        QCOMPARE(sum, expected);
        ++times;
    });
    QCOMPARE(times, 200);
}

void TestFigures::figuresAreRatiosOfTheirCounts() {
    const CountLayout layout({"b", "a", "b", "never"});
    CountRow row = layout.emptyRow();
    QVERIFY(!layout.value(Figure::MacroF1, row) && !layout.value(Figure::Accuracy, row));
    layout.add(row, "a", {Outcome::TruePositive}, false);
    layout.add(row, "a", {Outcome::FalsePositive}, true); // F1 of a: 2 * 1 / (2 + 1)
    layout.add(row, "b", {Outcome::FalseNegative}, false);
    layout.add(row, "b", {Outcome::Substitution}, false); // F1 of b: 0 / (1 + 2)
    layout.add(row, "never", {Outcome::TrueNegative}, true);
    QCOMPARE(*layout.value(Figure::MacroF1, row), (2.0 / 3 + 0) / 2); // "never" has no data
    QCOMPARE(*layout.value(Figure::MicroF1, row), 2.0 / 6);
    QCOMPARE(*layout.value(Figure::PresenceF1, row), 4.0 / 6);
    QCOMPARE(*layout.value(Figure::Accuracy, row), 2.0 / 5);
    QCOMPARE(*layout.value(Figure::PresentAccuracy, row), 1.0 / 3);
    QCOMPARE(*layout.value(Figure::Hallucination, row), 1.0 / 2);
    QCOMPARE(*layout.value(Figure::Omission, row), 1.0 / 3);
}

QTEST_APPLESS_MAIN(TestFigures)
#include "test_figures.moc"
