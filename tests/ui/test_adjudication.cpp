// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What agreement and adjudication show: the table's order and words, marked quotes, and the pane's keys.
#include "app/services/agreement_service.h"
#include "tests/support/project_fixture.h"
#include "ui/appearance.h"
#include "ui/models/agreement_table_model.h"
#include "ui/models/answer_words.h"
#include "ui/models/conflict_table_model.h"
#include "ui/widgets/adjudication_pane.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace cw;
using namespace cw::test;

namespace {

AgreementTable exampleTable() {
    AgreementTable table;
    const auto add = [&](const char* clause, int both, int firstOnly, int secondOnly, int neither) {
        Agreement of;
        of.both = both;
        of.firstOnly = firstOnly;
        of.secondOnly = secondOnly;
        of.neither = neither;
        table.perClause.emplace_back(clause, of);
    };
    add("non_compete", 20, 5, 10, 15); // 0.4
    add("insurance", 25, 0, 0, 25);    // 1
    add("exclusivity", 0, 0, 0, 50);   // undefined
    add("parties", 0, 0, 0, 0);
    add("governing_law", 1, 1, 1, 0); // low, but who knows
    add("document_name", 50, 0, 0, 0); // undefined too
    table.total = table.perClause.front().second;
    return table;
}

QStringList columnOf(const QAbstractItemModel& model, int column) {
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        out << model.index(row, column).data().toString();
    return out;
}

} // namespace

class TestAdjudication : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeMode::Light); }

    void theTotalStaysLastHoweverTheTableIsSorted() {
        AgreementTableModel model;
        model.setTable(exampleTable(), m_taxonomy);
        AgreementOrder order(model);
        for (int column = 0; column < AgreementTableModel::ColumnCount; ++column)
            for (const Qt::SortOrder way : {Qt::AscendingOrder, Qt::DescendingOrder}) {
                order.sort(column, way);
                QCOMPARE(columnOf(order, AgreementTableModel::Clause).last(), QStringLiteral("All clause types"));
            }
        order.sort(AgreementTableModel::Kappa, Qt::AscendingOrder);
        QCOMPARE(columnOf(order, AgreementTableModel::Kappa).first(), QStringLiteral("-0.50")); // the worst on top
    }

    void adviceIsInWords() {
        AgreementTableModel model;
        model.setTable(exampleTable(), m_taxonomy);
        const QStringList advice = columnOf(model, AgreementTableModel::Advice);
        QCOMPARE(advice[0], QStringLiteral("low: rewrite the guideline"));
        QCOMPARE(advice[1], QString());
        QCOMPARE(advice[2], QStringLiteral("both never find it"));
        QCOMPARE(advice[3], QStringLiteral("nothing to compare yet"));
        QCOMPARE(advice[4], QStringLiteral("low, but from few contracts"));
        QCOMPARE(advice[5], QStringLiteral("both always find it"));
        QCOMPARE(columnOf(model, AgreementTableModel::Kappa)[2], QStringLiteral("n/a"));
        QCOMPARE(model.lowCount(), 1); // neither the total nor the one of three contracts
    }

    void aConflictIsOneRow() {
        ConflictTableModel model;
        Cell second = presentCell("non_compete", "3 April 2024");
        second.annotator = "Ben";
        model.setConflicts({{{ContractId("a"), "non_compete", Difference::Presence, absentCell("non_compete"), second}, "Agreement a", true}}, m_taxonomy);
        QCOMPARE(model.index(0, ConflictTableModel::First).data().toString(), QStringLiteral("absent"));
        QCOMPARE(model.index(0, ConflictTableModel::Second).data().toString(), QStringLiteral("present, \u201C3 April 2024\u201D (Ben)"));
        QCOMPARE(model.index(0, ConflictTableModel::Kind).data().toString(), QStringLiteral("presence"));
        QCOMPARE(model.index(0, ConflictTableModel::State).data().toString(), QStringLiteral("to adjudicate"));
    }

    void wordsThatDifferAreUnderlined() {
        const auto [first, second] = markedQuotes({spanAt("on 3 April 2024")}, {spanAt("made on 3 April 2024")}, tokens());
        QVERIFY(!first.contains(QStringLiteral("underline")));
        QVERIFY(second.contains(QStringLiteral("text-decoration:underline\">made")));
        QVERIFY(second.contains(QStringLiteral("3 April 2024")));
    }

    void everyQuoteIsALinkToItsPlace() {
        const Span a = spanAt("This Agreement"), b = spanAt("England");
        const auto [first, second] = markedQuotes({a, b}, {b}, tokens());
        QCOMPARE(first.count(QStringLiteral("<p ")), 2);
        QCOMPARE(second.count(QStringLiteral("<p ")), 1);
        const QString link = QStringLiteral("%1:%2").arg(b.range.begin).arg(b.range.end);
        QVERIFY(first.contains(link) && second.contains(link));
        QCOMPARE(rangeOfLink(link), b.range);
        QVERIFY(rangeOfLink(QStringLiteral("nowhere")).empty());
    }

    void whatStandsAloneIsNotMarked() {
        const auto [first, second] = markedQuotes({}, {spanAt("England")}, tokens());
        QVERIFY(first.isEmpty());
        QVERIFY(!second.contains(QStringLiteral("underline")));
    }

    void markupIsEscaped() {
        Span span{{0, 9}, "<b> & \"c\""};
        QVERIFY(markedQuotes({span}, {}, tokens()).first.contains(QStringLiteral("&lt;b&gt; &amp;")));
    }

    void aLongCommonStretchIsShortened() {
        std::string same;
        for (int i = 0; i < 200; ++i)
            same += "word" + std::to_string(i) + " ";
        const Span first{{0, same.size() + 3}, same + "end"}, second{{0, same.size() + 5}, same + "other"};
        const QString shown = markedQuotes({first}, {second}, tokens()).first;
        QVERIFY(shown.size() < 500);
        QVERIFY(shown.contains(QStringLiteral("word0")) && shown.contains(QStringLiteral("word199")));
    }

    void thePaneTellsWhatWasTaken() {
        AdjudicationPane pane;
        QSignalSpy first(&pane, &AdjudicationPane::firstTaken), second(&pane, &AdjudicationPane::secondTaken),
            wanted(&pane, &AdjudicationPane::rangeWanted);
        pane.takeFirst(); // nothing is shown
        QCOMPARE(first.size(), 0);
        Cell noted = presentCell("agreement_date", "3 April 2024", std::string("2024-04-03"));
        noted.note = "see the recital";
        pane.show(*m_taxonomy.find("agreement_date"), {QStringLiteral("Ana"), noted}, {QStringLiteral("Ben"), absentCell("agreement_date")},
                  Difference::Presence);
        QVERIFY(pane.isVisible() && pane.hasConflict());
        QStringList words;
        for (const QLabel* label : pane.findChildren<QLabel*>())
            if (label->isVisibleTo(&pane))
                words << label->text();
        const QString all = words.join(QLatin1Char('\n'));
        for (const char* part : {"Ana", "Ben", "2024-04-03", "3 April 2024", "see the recital"})
            QVERIFY2(all.contains(QLatin1String(part)), qPrintable(all));
        for (QLabel* label : pane.findChildren<QLabel*>())
            if (label->text().contains(QStringLiteral("href")))
                Q_EMIT label->linkActivated(QStringLiteral("26:38"));
        QCOMPARE(wanted.size(), 1); // one reader has no quote
        QCOMPARE(wanted.first().first().value<ByteRange>(), (ByteRange{26, 38}));
        const auto buttons = pane.findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 2);
        buttons[0]->click();
        buttons[1]->click();
        pane.takeSecond();
        QCOMPARE(first.size(), 1);
        QCOMPARE(second.size(), 2);
        pane.clear();
        QVERIFY(!pane.isVisible());
    }

    void theAnswersStandSideBySideWhereThereIsRoom() {
        AdjudicationPane pane;
        pane.show(*m_taxonomy.find("non_compete"), {QStringLiteral("Ana"), presentCell("non_compete", "England")},
                  {QStringLiteral("Ben"), presentCell("non_compete", "3 April 2024")}, Difference::Evidence);
        const auto buttons = pane.findChildren<QPushButton*>();
        const auto place = [&](int at) { return buttons[at]->mapTo(&pane, QPoint()); };
        pane.resize(700, 400);
        QTRY_VERIFY(place(0).y() == place(1).y() && place(0).x() < place(1).x());
        pane.resize(326, 600);
        QTRY_VERIFY(place(0).y() < place(1).y() && place(0).x() == place(1).x());
    }

private:
    static Span spanAt(const char* quote) { return {rangeOf(quote), quote}; }
    Taxonomy m_taxonomy = defaultTaxonomy();
};

QTEST_MAIN(TestAdjudication)
#include "test_adjudication.moc"
