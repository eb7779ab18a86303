// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the clause card says where a clause has more than one answer: a date that may have its day or its month first, answers that count as right
// beside the clause's own.
#include "tests/support/pictures.h"
#include "tests/support/visible_view.h"
#include "tests/support/window_fixture.h"
#include "ui/pages/annotate_page.h"
#include "ui/project.h"
#include "ui/widgets/contract_view.h"
#include "ui/widgets/key_button.h"

#include <QLabel>
#include <QLineEdit>

using namespace cw;
using namespace cw::test;

class TestAnnotateAnswers : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        newProject({kSmallProject.front()}, false);
        m_fixture->openWindow(m_project);
        Contract contract;
        contract.id = m_contract;
        contract.title = "Dated agreement";
        contract.documentSha256 = "dated";
        DocumentText document;
        document.text = "This Agreement is dated 03/04/2024 between the parties.\nIt renews for one year, or for two years if both agree.\n";
        QVERIFY(window().project()->store().contracts().add(contract, document).ok());
    }
    void cleanupTestCase() { m_fixture.reset(); }

    // The keys that decide between two readers; the value waits to be accepted.
    void aDateOfTwoReadingsIsSaidAndDecidedWithOneKey() {
        goTo("agreement_date");
        QVERIFY(!choice().isVisible());
        view().setCaret(placeOf("dated 03"));
        press(window(), {Qt::Key_Space});
        QVERIFY(choice().isVisible());
        QCOMPARE(line().text(), QString());
        const auto buttons = choice().findChildren<KeyButton*>();
        QCOMPARE(buttons.size(), 2);
        QCOMPARE(buttons[0]->text(), QStringLiteral("3 Apr 2024"));
        QCOMPARE(buttons[1]->text(), QStringLiteral("4 Mar 2024"));
        pictures(window(), QStringLiteral("date-of-two-readings"));
        press(window(), {Qt::Key_2});
        QCOMPARE(line().text(), QStringLiteral("2024-03-04"));
        QVERIFY(buttons[1]->isChecked() && !buttons[0]->isChecked());
        buttons[0]->click();
        QCOMPARE(line().text(), QStringLiteral("2024-04-03"));
        QVERIFY(buttons[0]->isChecked() && !buttons[1]->isChecked());
        QVERIFY(stored("agreement_date").state == CellState::NotReviewed); // nobody has decided yet
        view().setFocus();
        press(window(), {Qt::Key_A});
        QVERIFY(stored("agreement_date").value == ClauseValue(std::string("2024-04-03")));
        goTo("agreement_date");
        QVERIFY(!choice().isVisible()); // it is decided
        press(window(), {Qt::Key_1});
        QVERIFY(stored("agreement_date").value == ClauseValue(std::string("2024-04-03"))); // there is nothing to take
    }

    void whatCountsAsRightTooStandsBelowTheEvidence() {
        Cell cell;
        cell.clause = "renewal_term";
        cell.state = CellState::Present;
        cell.spans = {spanOf("renews for one year")};
        cell.value = std::string("P1Y");
        cell.alternatives = {{{spanOf("two years if both agree")}, std::string("P2Y")}};
        QVERIFY(window().project()->undo().setCell(m_contract, cell, QStringLiteral("present")).ok());
        goTo("renewal_term");
        const auto* words = page().findChild<QLabel*>(QStringLiteral("acceptedAnswer"));
        QVERIFY(words);
        QTRY_VERIFY(words->isVisible()); // a layout shows what it is given when the window is next idle
        QCOMPARE(words->text(), QStringLiteral("Counts as right too: 2 years"));
        pictures(window(), QStringLiteral("accepted-answer"));
    }

private:
    void goTo(const char* clause) {
        window().openContract(m_contract, QString::fromLatin1(clause));
        QVERIFY(page().isVisible());
        view().setFocus();
    }
    AnnotatePage& page() { return *qobject_cast<AnnotatePage*>(window().page(QStringLiteral("annotate"))); }
    const AnnotationDesk& desk() { return *page().desk(); }
    ContractView& view() { return visibleView(page()); }
    QWidget& choice() { return *page().findChild<QWidget*>(QStringLiteral("dateChoice")); }
    QLineEdit& line() { return *page().findChild<QLineEdit*>(QStringLiteral("valueLine")); }
    size_t placeOf(const std::string& words) { return desk().text().find(words); }
    Span spanOf(const std::string& words) {
        window().openContract(m_contract, {});
        return {{placeOf(words), placeOf(words) + words.size()}, words};
    }
    Cell stored(const char* clause) { return *window().project()->store().annotations().cell(m_contract, clause); }

    const ContractId m_contract{"dated"};
};

QTEST_MAIN(TestAnnotateAnswers)
#include "test_annotate_answers.moc"
