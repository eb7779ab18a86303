// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Annotating with the keyboard alone: go to a clause, take its sentence, decide, undo, and find it all again.
#include "app/services/result_qt.h"
#include "tests/support/window_fixture.h"
#include "ui/pages/annotate_page.h"
#include "ui/widgets/contract_view.h"
#include "ui/widgets/status_strip.h"

#include <QLabel>
#include <QLineEdit>

using namespace cw;
using namespace cw::test;

class TestAnnotateJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<WindowFixture>();
        m_project = m_fixture->makeProject();
        QVERIFY(!m_project.isEmpty());
        open();
    }

    void cleanup() { m_fixture.reset(); }

    void aClauseIsTakenFromItsSentenceWithThreeKeys() {
        goToClause(Qt::Key_T, Qt::Key_1);
        view().setCaret(placeOf("After the initial term"));
        press(window(), {Qt::Key_Space});
        QVERIFY(desk().hasDraft());
        QCOMPARE(cell("renewal_term").state, stored("renewal_term").state); // nothing is saved by choosing
        press(window(), {Qt::Key_A});
        const Cell saved = stored("renewal_term");
        QVERIFY(saved.state == CellState::Present);
        QCOMPARE(saved.spans.size(), size_t(1));
        QVERIFY(QString::fromStdString(saved.spans.front().quote).startsWith(QStringLiteral("After the initial term, unless terminated")));
        QVERIFY(saved.value == ClauseValue(std::string("P1Y"))); // proposed from the words
        QCOMPARE(saved.annotator, std::string("Mia Kern"));
        QVERIFY(desk().type().key != "renewal_term"); // it moved on
        QVERIFY(window().status().savedText().startsWith(QStringLiteral("saved ")));
    }

    void absentUndoRedoAndReopen() {
        goToClause(Qt::Key_L, Qt::Key_5);
        QVERIFY(stored("force_majeure").state == CellState::NotReviewed);
        press(window(), {Qt::Key_X});
        QVERIFY(stored("force_majeure").state == CellState::Absent);
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(stored("force_majeure").state == CellState::NotReviewed);
        QCOMPARE(desk().type().key, std::string("force_majeure")); // an undo shows what it changed
        press(window(), {Qt::Key_Z}, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(stored("force_majeure").state == CellState::Absent);

        m_fixture->window.reset();
        open();
        QVERIFY(stored("force_majeure").state == CellState::Absent);
        QVERIFY(cell("force_majeure").state == CellState::Absent);
    }

    void unsureLaterAndClear() {
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_U});
        QVERIFY(stored("force_majeure").flags.unsure);
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_S});
        QVERIFY(stored("force_majeure").flags.unsure);
        QVERIFY(desk().type().key != "force_majeure");
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_Backspace});
        QVERIFY(stored("force_majeure") == blank("force_majeure"));
    }

    void acceptingNothingSaysWhatToDo() {
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_A});
        QVERIFY(stored("force_majeure").state == CellState::NotReviewed);
        bool said = false;
        for (const QLabel* label : page().findChildren<QLabel*>())
            said |= label->isVisible() && label->text().contains(QStringLiteral("press Space"));
        QVERIFY(said);
    }

    void wordsExtendAndTrimASelection() {
        goToClause(Qt::Key_L, Qt::Key_5);
        view().setCaret(placeOf("After the initial term"));
        press(window(), {Qt::Key_Right, Qt::Key_Right, Qt::Key_Right}, Qt::ShiftModifier);
        QCOMPARE(draft(), QStringLiteral("After the initial"));
        press(window(), {Qt::Key_BracketRight});
        QCOMPARE(draft(), QStringLiteral("After the"));
        press(window(), {Qt::Key_BracketLeft});
        QCOMPARE(draft(), QStringLiteral("the"));
        press(window(), {Qt::Key_Escape});
        QVERIFY(!desk().hasDraft());
    }

    void aSecondFragmentJoinsTheFirst() {
        goToClause(Qt::Key_L, Qt::Key_5);
        view().setCaret(placeOf("Lucid appoints the Distributor"));
        press(window(), {Qt::Key_Space, Qt::Key_Plus});
        view().setCaret(placeOf("After the initial term"));
        press(window(), {Qt::Key_Space, Qt::Key_A});
        QCOMPARE(stored("force_majeure").spans.size(), size_t(2));
    }

    void lettersAreTextInATextField() {
        goToClause(Qt::Key_T, Qt::Key_1);
        view().setCaret(placeOf("After the initial term"));
        press(window(), {Qt::Key_Space, Qt::Key_V});
        auto* line = page().findChild<QLineEdit*>(QStringLiteral("valueLine"));
        QVERIFY(line->hasFocus());
        QTest::keyClicks(line, QStringLiteral("axu"));
        QCOMPARE(line->text(), QStringLiteral("axu"));
        QCOMPARE(desk().type().key, std::string("renewal_term"));
        QVERIFY(line->property("invalid").toBool());
        view().setFocus();
        press(window(), {Qt::Key_A}); // an illegal value is not saved
        QCOMPARE(desk().type().key, std::string("renewal_term"));
        QVERIFY(stored("renewal_term").value != ClauseValue(std::string("axu")));
    }

    void theTextViewTakesTheSamePlaces() {
        press(window(), {Qt::Key_T}, Qt::ControlModifier);
        QCOMPARE(view().objectName(), QStringLiteral("textView"));
        goToClause(Qt::Key_L, Qt::Key_5);
        view().setCaret(placeOf("Lucid appoints the Distributor"));
        QVERIFY(view().hasFocus());
        press(window(), {Qt::Key_Space});
        QVERIFY(draft().startsWith(QStringLiteral("Lucid appoints the Distributor")));
        press(window(), {Qt::Key_T}, Qt::ControlModifier);
        QCOMPARE(view().objectName(), QStringLiteral("pageView"));
        QVERIFY(!view().rectsOf(desk().activeFragment()).empty());
    }

    void ctrlEnterGoesToTheNextContract() {
        const ContractId first = desk().contract().id;
        press(window(), {Qt::Key_Return}, Qt::ControlModifier);
        QVERIFY(desk().contract().id != first);
    }

private:
    void open() {
        m_fixture->openWindow(m_project);
        window().openContract(ContractId("lucid-distributor-agreement"), {});
        QVERIFY(page().isVisible());
        view().setFocus();
    }

    MainWindow& window() { return *m_fixture->window; }
    AnnotatePage& page() { return *qobject_cast<AnnotatePage*>(window().page(QStringLiteral("annotate"))); }
    const AnnotationDesk& desk() { return *page().desk(); }
    ContractView& view() {
        for (ContractView* view : page().findChildren<ContractView*>())
            if (view->isVisible())
                return *view;
        qFatal("no view");
    }
    size_t placeOf(const char* words) { return desk().text().find(words); }
    void goToClause(int letter, int digit) {
        view().setFocus();
        press(window(), {letter, digit});
    }
    QString draft() {
        const ByteRange range = desk().activeFragment();
        return toQString(desk().text().substr(range.begin, range.size())).simplified();
    }
    Cell stored(const std::string& clause) {
        return *window().project()->store().annotations().cell(ContractId("lucid-distributor-agreement"), clause);
    }
    Cell cell(const std::string& clause) { return desk().cells()[*desk().taxonomy().indexOf(clause)]; }
    Cell blank(const std::string& clause) {
        Cell cell;
        cell.clause = clause;
        cell.annotator = "Mia Kern";
        return cell;
    }

    std::unique_ptr<WindowFixture> m_fixture;
    QString m_project;
};

QTEST_MAIN(TestAnnotateJourney)
#include "test_annotate_journey.moc"
