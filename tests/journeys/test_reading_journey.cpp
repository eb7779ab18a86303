// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Double annotation with the keyboard: give contracts to a second reader, switch to that person, see the agreement and go to a
// difference.
#include "tests/support/project_fixture.h"
#include "tests/support/window_fixture.h"
#include "ui/agreement_dialog.h"
#include "ui/pages/annotate_page.h"
#include "ui/people_dialog.h"
#include "ui/project.h"
#include "ui/settings_dialog.h"
#include "ui/models/contract_filter_model.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/table_view.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPointer>
#include <QTimer>

using namespace cw;
using namespace cw::test;

class TestReadingJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        newProject(kSmallProject, false); // nobody has decided anything yet
        m_fixture->openWindow(m_project);
    }
    void cleanup() { m_fixture.reset(); }

    void assignByKeys() {
        table().setFocus();
        press(window(), {Qt::Key_Home});
        press(window(), {Qt::Key_Down}, Qt::ShiftModifier); // two contracts
        drive([&] { press(window(), {Qt::Key_A}, Qt::ControlModifier | Qt::ShiftModifier); },
                 [&](QWidget& dialog) {
                     auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("peopleNew"));
                     name->setFocus();
                     QTest::keyClicks(name, QStringLiteral("Ben Ode"));
                     QTest::keyClick(name, Qt::Key_Return);
                 });
        QVERIFY(!QTest::currentTestFailed());
        const auto rows = session().store().readings().all();
        QCOMPARE(rows->size(), size_t(2));
        QCOMPARE(rows->front().annotator, std::string("Ben Ode"));
        QCOMPARE(rows->front().assignedBy, std::string("Mia Kern"));
        QVERIFY(window().messages().texts().last().contains(QStringLiteral("Ben Ode reads 2 contracts a second time")));
        QCOMPARE(m_fixture->settings->people().size(), 2);
        QCOMPARE(m_fixture->settings->annotator(), QStringLiteral("Mia Kern")); // who sits here is the same
    }

    void switchingThePersonChangesWhoDecidesAndWhatIsSeen() {
        CW_VERIFY(session().assignSecondReader({contract()}, QStringLiteral("Ben Ode")));
        CW_VERIFY(session().setCell(contract(), absentCell("non_compete"), "absent"));
        switchTo(QStringLiteral("Ben Ode"));
        QVERIFY(!QTest::currentTestFailed());
        QCOMPARE(session().person(), QStringLiteral("Ben Ode"));
        QCOMPARE(session().readingOf(contract()), Reading::Second);
        QCOMPARE(decidedInTheTable(), 0); // the library shows the record no more
        CW_VERIFY(window().project()->undo().setCell(contract(), absentCell("exclusivity"), QStringLiteral("Exclusivity: absent")));
        QCOMPARE(session().store().annotations().cell(contract(), "exclusivity", Reading::Second)->annotator, std::string("Ben Ode"));
        QCOMPARE(decidedInTheTable(), 1);
        switchTo(QStringLiteral("Mia Kern"));
        QCOMPARE(decidedInTheTable(), 1); // her own
        QCOMPARE(session().store().annotations().cell(contract(), "exclusivity")->state, CellState::NotReviewed);
    }

    void theFilterShowsMySecondReadings() {
        CW_VERIFY(session().assignSecondReader({contract()}, QStringLiteral("Mia Kern")));
        auto* state = page().findChild<ChoiceButton*>(QStringLiteral("libraryState"));
        state->setFocus();
        QTimer::singleShot(0, this, [] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            QVERIFY(menu);
            const auto there = [menu] { return menu->activeAction() && menu->activeAction()->text() == QStringLiteral("my second readings"); };
            for (qsizetype i = 0; i < menu->actions().size() && !there(); ++i)
                QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        press(window(), {Qt::Key_Space});
        QTRY_COMPARE(state->text(), QStringLiteral("State: my second readings"));
        QCOMPARE(table().model()->rowCount(), 1);
    }

    void finishingSaysWhatIsMissing() {
        table().setFocus();
        press(window(), {Qt::Key_Home});
        press(window(), {Qt::Key_Return}, Qt::ControlModifier);
        QVERIFY2(window().messages().texts().last().contains(QStringLiteral("47 clauses are not decided")),
                 qPrintable(window().messages().texts().join(QLatin1Char('\n'))));
    }

    void theAgreementTableAndTheWayToADifference() {
        readTwice();
        QVERIFY(!QTest::currentTestFailed());
        table().setFocus();
        press(window(), {Qt::Key_G}, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = window().findChild<AgreementDialog*>();
        QVERIFY(dialog);
        auto* agreement = dialog->findChild<TableView*>(QStringLiteral("agreementTable"));
        QTRY_COMPARE_WITH_TIMEOUT(agreement->model()->rowCount(), 48, 10000);
        QCOMPARE(agreement->model()->index(47, 0).data().toString(), QStringLiteral("All clause types"));
        QCOMPARE(agreement->model()->index(47, AgreementTableModel::Cells).data().toString(), QStringLiteral("47"));
        QVERIFY(agreement->hasFocus());
        auto* copy = dialog->findChild<QAbstractButton*>(QStringLiteral("agreementCopy"));
        copy->setFocus();
        QTest::keyClick(copy, Qt::Key_Space);
        QCOMPARE(QApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts).size(), 49);
        for (QAbstractButton* button : dialog->findChildren<QAbstractButton*>())
            if (button->text() == QStringLiteral("Differences")) {
                button->setFocus();
                QTest::keyClick(button, Qt::Key_Space);
            }
        auto* conflicts = dialog->findChild<TableView*>(QStringLiteral("conflictTable"));
        QCOMPARE(conflicts->model()->rowCount(), 1);
        QTRY_VERIFY(conflicts->hasFocus());
        QTest::keyClick(conflicts, Qt::Key_Return);
        QTRY_COMPARE(window().currentPage()->id(), QStringLiteral("annotate"));
        const auto* annotate = qobject_cast<AnnotatePage*>(window().currentPage());
        QCOMPARE(annotate->desk()->type().key, std::string("insurance"));
    }

    void profilesAreKeptInTheSettings() {
        drive([&] { press(window(), {Qt::Key_U}, Qt::ControlModifier | Qt::ShiftModifier); },
                 [&](QWidget& dialog) {
                     auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("peopleName"));
                     name->setFocus();
                     name->selectAll();
                     QTest::keyClicks(name, QStringLiteral("Mia Kern-Lee"));
                     dialog.findChild<QListWidget*>(QStringLiteral("peopleList"))->setFocus(); // editing ends
                 });
        QCOMPARE(m_fixture->settings->people().size(), 1);
        QCOMPARE(session().person(), QStringLiteral("Mia Kern-Lee"));
    }

    void aDoubleClickTakesThatPersonWhateverIsTyped() {
        switchTo(QStringLiteral("Ben Ode"));
        drive([&] { press(window(), {Qt::Key_U}, Qt::ControlModifier | Qt::ShiftModifier); },
              [&](QWidget& dialog) {
                  auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("peopleNew"));
                  name->setFocus();
                  QTest::keyClicks(name, QStringLiteral("An"));
                  auto* list = dialog.findChild<QListWidget*>(QStringLiteral("peopleList"));
                  const QPoint mia = list->visualItemRect(list->findItems(QStringLiteral("Mia Kern"), Qt::MatchExactly).first()).center();
                  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, mia);
                  QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, mia);
              });
        QCOMPARE(session().person(), QStringLiteral("Mia Kern"));
        QCOMPARE(m_fixture->settings->people().size(), 2); // "An" was never meant
    }

    void aNameInTheSettingsHoldsAtOnce() {
        drive([&] { press(window(), {Qt::Key_Comma}, Qt::ControlModifier); },
                 [&](QWidget& dialog) {
                     auto* name = dialog.findChild<QLineEdit*>();
                     name->selectAll();
                     QTest::keyClicks(name, QStringLiteral("Mia K"));
                     QTest::keyClick(name, Qt::Key_Tab);
                 });
        QCOMPARE(session().person(), QStringLiteral("Mia K"));
        QCOMPARE(m_fixture->settings->people().size(), 1); // the same person
    }

    void withoutAnybodyTheFirstNameIsTaken() {
        m_fixture->settings->setPeople({});
        m_fixture->settings->setAnnotator(QString());
        drive([&] { window().choosePerson(); },
                 [&](QWidget& dialog) {
                     auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("peopleNew"));
                     QVERIFY(name->hasFocus());
                     const auto* choose = dialog.findChild<QAbstractButton*>(QStringLiteral("peopleChoose"));
                     QVERIFY(!choose->isEnabled());
                     QTest::keyClicks(name, QStringLiteral("Ana"));
                     QCOMPARE(choose->text(), QStringLiteral("Continue as Ana"));
                     QTest::keyClick(name, Qt::Key_Return);
                 });
        QCOMPARE(session().person(), QStringLiteral("Ana"));
    }

private:
    // Opens a dialog that doesn't block, works in it, and closes it where that left it open.
    void drive(const std::function<void()>& open, const std::function<void(QWidget&)>& work) {
        open();
        QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
        const QPointer<QWidget> dialog = QApplication::activeModalWidget();
        dialog->activateWindow();
        QTRY_VERIFY(QApplication::activeWindow() == dialog); // to qWaitForWindowActive() a dialog is active as soon as its parent is
        work(*dialog);
        if (dialog && dialog->isVisible())
            dialog->close();
        QTRY_VERIFY(!dialog); // it deletes itself
        window().activateWindow(); // a desktop does so when a dialog closes
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    void switchTo(const QString& name) {
        drive([&] { press(window(), {Qt::Key_U}, Qt::ControlModifier | Qt::ShiftModifier); },
                 [&](QWidget& dialog) {
                     auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("peopleNew"));
                     field->setFocus();
                     QTest::keyClicks(field, name); // one that is there already is just taken
                     QCOMPARE(dialog.findChild<QAbstractButton*>(QStringLiteral("peopleChoose"))->text(), QStringLiteral("Continue as ") + name);
                     QTest::keyClick(field, Qt::Key_Return);
                 });
    }

    void decideAll() {
        std::vector<Cell> all;
        for (const ClauseType& type : session().taxonomy().types())
            all.push_back(absentCell(type.key));
        CW_VERIFY(session().setCells(contract(), all, "bulk", session().readingOf(contract())));
    }

    // Mia's record and Ben's reading differ in one clause.
    void readTwice() {
        CW_VERIFY(session().assignSecondReader({contract()}, QStringLiteral("Ben Ode")));
        decideAll();
        Cell present = absentCell("insurance");
        present.state = CellState::Present;
        present.spans = {{{0, 10}, {}}};
        CW_VERIFY(session().setCell(contract(), present, "present"));
        CW_VERIFY(session().finish(contract()));
        session().setPerson(QStringLiteral("Ben Ode"));
        decideAll();
        CW_VERIFY(session().finish(contract()));
        session().setPerson(QStringLiteral("Mia Kern"));
    }

    int decidedInTheTable() {
        const auto& model = static_cast<const ContractFilterModel&>(*table().model());
        for (int row = 0; row < model.rowCount(); ++row)
            if (model.at(row).contract.id == contract())
                return model.at(row).reviewed;
        return -1;
    }

    const ContractId& contract() const { return m_contract; }
    StoreSession& session() { return window().project()->session(); }
    Page& page() { return *window().page(QStringLiteral("library")); }
    TableView& table() { return *page().findChild<TableView*>(QStringLiteral("libraryTable")); }

    ContractId m_contract{"business-sale-nda"};
};

QTEST_MAIN(TestReadingJourney)
#include "test_reading_journey.moc"
