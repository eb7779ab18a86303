// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Annotating with the keyboard alone: go to a clause, take its sentence, decide, undo, and find it all again.
#include "app/services/result_qt.h"
#include "tests/support/pictures.h"
#include "tests/support/visible_view.h"
#include "tests/support/window_fixture.h"
#include "ui/models/history_table_model.h"
#include "ui/pages/annotate_page.h"
#include "ui/widgets/contract_view.h"
#include "ui/widgets/status_strip.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTextEdit>
#include <QTreeView>

#include <algorithm>

using namespace cw;
using namespace cw::test;

class TestAnnotateJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        newProject();
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

    void enterAcceptsInTheContractTheListAndTheValue() {
        goToClause(Qt::Key_L, Qt::Key_5);
        view().setCaret(placeOf("Lucid appoints the Distributor"));
        press(window(), {Qt::Key_Space, Qt::Key_Return});
        QVERIFY(stored("force_majeure").state == CellState::Present);
        goToClause(Qt::Key_R, Qt::Key_6);
        const std::string inTheList = desk().type().key;
        view().setCaret(placeOf("Lucid appoints the Distributor"));
        press(window(), {Qt::Key_Space});
        page().findChild<QTreeView*>(QStringLiteral("clauseTree"))->setFocus();
        press(window(), {Qt::Key_Return});
        QVERIFY(stored(inTheList).state == CellState::Present);
        goToClause(Qt::Key_T, Qt::Key_1);
        view().setCaret(placeOf("After the initial term"));
        press(window(), {Qt::Key_Space, Qt::Key_V});
        auto* line = page().findChild<QLineEdit*>(QStringLiteral("valueLine"));
        QTest::keyClicks(line, QStringLiteral("P2Y"));
        press(window(), {Qt::Key_Return});
        QVERIFY(stored("renewal_term").value == ClauseValue(std::string("P2Y")));
        QVERIFY(view().hasFocus());
    }

    void escapeLeavesAFieldAndKeepsTheEvidence() {
        goToClause(Qt::Key_T, Qt::Key_1);
        view().setCaret(placeOf("After the initial term"));
        press(window(), {Qt::Key_Space, Qt::Key_V});
        QTest::keyClicks(page().findChild<QLineEdit*>(QStringLiteral("valueLine")), QStringLiteral("axu"));
        press(window(), {Qt::Key_Escape});
        QVERIFY(view().hasFocus() && desk().hasDraft());
        QCOMPARE(page().findChild<QLineEdit*>(QStringLiteral("valueLine"))->text(), QStringLiteral("P1Y"));
        press(window(), {Qt::Key_N});
        QTest::keyClicks(page().findChild<QLineEdit*>(QStringLiteral("noteLine")), QStringLiteral("no"));
        press(window(), {Qt::Key_Escape});
        QVERIFY(view().hasFocus() && desk().hasDraft());
        QCOMPARE(page().findChild<QLineEdit*>(QStringLiteral("noteLine"))->text(), QString());
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

        closeWindow();
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

    void ctrlPageDownGoesToTheNextContract() {
        const ContractId first = desk().contract().id;
        press(window(), {Qt::Key_PageDown}, Qt::ControlModifier);
        QVERIFY(desk().contract().id != first);
    }

    void aContractIsFinishedOnlyWithoutOpenClauses() {
        press(window(), {Qt::Key_Return}, Qt::ControlModifier);
        QVERIFY(!desk().isFinished());
        QVERIFY(says(QStringLiteral("undecided")) || says(QStringLiteral("open")));
        decideTheRestAbsent();
        press(window(), {Qt::Key_Return}, Qt::ControlModifier);
        QVERIFY(desk().contract().id != ContractId("lucid-distributor-agreement")); // on to the next one
        const auto readings = window().project()->store().readings().of(ContractId("lucid-distributor-agreement"));
        QVERIFY(readings && readings->size() == 1 && readings->front().isFinished());
    }

    // Two presses, between which the clauses were to be seen; one step of undo.
    void whatNobodyTouchedOfAGroupBecomesAbsentAtOnce() {
        for (const char* clause : {"insurance", "indemnification", "warranty_duration"})
            clear(clause);
        Cell unsure = cleared("insurance");
        unsure.flags.unsure = true;
        QVERIFY(window().project()->undo().setCell(ContractId("lucid-distributor-agreement"), unsure, QStringLiteral("unsure")).ok());
        goToClause(Qt::Key_R, Qt::Key_4);
        const AnnotationDesk::Untouched untouched = desk().untouchedOfGroup();
        QVERIFY(untouched.clauses.size() >= 2);
        press(window(), {Qt::Key_X}, Qt::ShiftModifier);
        QVERIFY(says(QStringLiteral("clauses of Risk and liability are untouched.")));
        press(window(), {Qt::Key_X}, Qt::ShiftModifier); // at once: nobody has seen them
        QVERIFY(stored("indemnification").state == CellState::NotReviewed);
        QTest::qWait(600);
        press(window(), {Qt::Key_X}, Qt::ShiftModifier);
        for (const int clause : untouched.clauses) {
            const Cell saved = desk().cells()[static_cast<size_t>(clause)];
            QVERIFY(saved.state == CellState::Absent);
            QCOMPARE(saved.lookedFor.size(), desk().taxonomy().types()[static_cast<size_t>(clause)].searchTerms.size());
        }
        QVERIFY(stored("insurance").flags.unsure); // that one waits for a person
        auto* undo = window().findChild<QPushButton*>(QStringLiteral("messageStep"));
        QVERIFY(undo);
        undo->click();
        for (const int clause : untouched.clauses)
            QVERIFY(!desk().cells()[static_cast<size_t>(clause)].isReviewed());
    }

    void aQuestionAboutAGroupIsForgottenWhenTheClauseChanges() {
        clear("indemnification");
        goToClause(Qt::Key_R, Qt::Key_4);
        press(window(), {Qt::Key_X}, Qt::ShiftModifier);
        QVERIFY(says(QStringLiteral("Shift+X again")));
        goToClause(Qt::Key_T, Qt::Key_1);
        QVERIFY(!says(QStringLiteral("Shift+X again")));
        goToClause(Qt::Key_R, Qt::Key_4);
        QTest::qWait(600);
        press(window(), {Qt::Key_X}, Qt::ShiftModifier); // asks anew
        QVERIFY(stored("indemnification").state == CellState::NotReviewed);
    }

    void aClauseOverAPageBreakHoldsNoHeadAndNoFoot() {
        Contract contract;
        contract.id = ContractId("paged");
        contract.title = "Supply agreement";
        contract.documentSha256 = "paged";
        DocumentText document;
        for (int page = 0; page < 3; ++page) {
            document.pages.push_back({612, 792});
            addLine(document, page, 0.05, "Supply agreement no. 7");
            addLine(document, page, 0.5, "The supplier delivers within " + std::to_string(page + 3) + " days and");
            addLine(document, page, 0.95, "Page " + std::to_string(page + 1));
        }
        QVERIFY(window().project()->store().contracts().add(contract, document).ok());
        window().openContract(contract.id, QStringLiteral("force_majeure"));
        view().setFocus();
        view().select({placeOf("The supplier"), placeOf("within 4 days") + 13});
        QCOMPARE(desk().evidence().size(), size_t(2));
        press(window(), {Qt::Key_BracketRight}); // the second piece gets shorter
        press(window(), {Qt::Key_A});
        const auto saved = window().project()->store().annotations().cell(contract.id, "force_majeure");
        QVERIFY(saved.ok());
        QCOMPARE(saved->spans.size(), size_t(2));
        QCOMPARE(saved->spans[0].quote, std::string("The supplier delivers within 3 days and"));
        QCOMPARE(saved->spans[1].quote, std::string("The supplier delivers within 4"));
    }

    void aNoteStaysWithItsClause() {
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_N});
        auto* line = page().findChild<QLineEdit*>(QStringLiteral("noteLine"));
        QVERIFY(line->hasFocus());
        QTest::keyClicks(line, QStringLiteral("ask the client about x"));
        QVERIFY(stored("force_majeure").state == CellState::NotReviewed); // letters are text there
        press(window(), {Qt::Key_Return});
        QVERIFY(view().hasFocus());
        QCOMPARE(stored("force_majeure").note, std::string("ask the client about x"));
        press(window(), {Qt::Key_X});
        QCOMPARE(stored("force_majeure").note, std::string("ask the client about x"));
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QCOMPARE(stored("force_majeure").note, std::string());
    }

    void wordsAreFoundInTheContract() {
        press(window(), {Qt::Key_F}, Qt::ControlModifier);
        auto* words = page().findChild<QLineEdit*>(QStringLiteral("findWords"));
        QVERIFY(words->hasFocus());
        QTest::keyClicks(words, QStringLiteral("initial term"));
        press(window(), {Qt::Key_Return});
        const size_t first = view().caret();
        QVERIFY(QString::fromStdString(desk().text().substr(first, 12)).toLower().startsWith(QStringLiteral("initial")));
        QVERIFY(view().hits().size() > 1);
        press(window(), {Qt::Key_Return});
        QVERIFY(view().caret() > first);
        press(window(), {Qt::Key_Return}, Qt::ShiftModifier);
        QCOMPARE(view().caret(), first);
        press(window(), {Qt::Key_Escape});
        QVERIFY(view().hasFocus() && words->isHidden() == false && !words->isVisible());
    }

    void threeLettersGoToAClauseType() {
        inDialog(window(), [&] { press(window(), {Qt::Key_Slash}); },
                 [](QWidget& dialog) {
                     auto* query = dialog.findChild<QLineEdit*>(QStringLiteral("paletteQuery"));
                     QTest::keyClicks(query, QStringLiteral("forc"));
                     QTest::keyClick(query, Qt::Key_Return);
                 });
        QCOMPARE(desk().type().key, std::string("force_majeure"));
    }

    void aDenialIsOneKey() {
        goToClause(Qt::Key_C, Qt::Key_1); // non-compete: yes or no
        view().setCaret(placeOf("Lucid appoints the Distributor"));
        press(window(), {Qt::Key_Space, Qt::Key_F});
        QVERIFY(stored("non_compete").value == ClauseValue(false));
        goToClause(Qt::Key_L, Qt::Key_5); // a text can't be denied
        view().setCaret(placeOf("Lucid appoints the Distributor"));
        press(window(), {Qt::Key_Space, Qt::Key_F});
        QVERIFY(stored("force_majeure").state == CellState::NotReviewed);
    }

    void aSuggestionIsAcceptedOrRejectedWithOneKeyAndComesBackWithUndo() {
        suggest({{"force_majeure", "", CellState::Absent, {}, {}, 0.9},
                 {"indemnification", "", CellState::Present, {{{0, 5}, ""}}, {}, 0.6}});
        goToClause(Qt::Key_L, Qt::Key_5);
        QVERIFY(desk().suggestion() != nullptr);
        QVERIFY(stored("force_majeure").state == CellState::NotReviewed); // a suggestion is nobody's decision
        press(window(), {Qt::Key_A});
        QVERIFY(stored("force_majeure").state == CellState::Absent);
        QCOMPARE(stored("force_majeure").suggestion, std::string("rules 1"));
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(stored("force_majeure").state == CellState::NotReviewed);
        QVERIFY(desk().suggestion() != nullptr);
        goToClause(Qt::Key_R, Qt::Key_4);
        QVERIFY(desk().type().key == "indemnification" && desk().suggestion());
        press(window(), {Qt::Key_X});
        QVERIFY(stored("indemnification").state == CellState::Absent);
    }

    void whatOtherWindowsReadStandsBesideTheSuggestion() {
        const ByteRange place = {desk().text().find("Lucid"), desk().text().find("Lucid") + 5};
        const std::string one = "P1Y", two = "P2Y";
        clear("renewal_term");
        suggest({{"renewal_term", "", CellState::Present, {{{0, 5}, ""}}, one, 0.6, 3.5, {{two, {{place, ""}}, 3, 0.5}}}});
        goToClause(Qt::Key_T, Qt::Key_1);
        QVERIFY(desk().suggestion());
        const auto lines = [this] {
            QStringList texts;
            for (const QLabel* label : page().findChildren<QLabel*>(QStringLiteral("otherReading")))
                if (label->isVisible())
                    texts << label->text();
            return texts;
        };
        QTRY_COMPARE(lines(), QStringList{QStringLiteral("Other reading: 2 years (window 3, less sure: 62 % beside 97 %)")});
        pictures(window(), QStringLiteral("other-reading"));
        press(window(), {Qt::Key_X}); // decided: it is history
        goToClause(Qt::Key_T, Qt::Key_1);
        QTRY_VERIFY(lines().isEmpty());
    }

    void wordsThatStandSeveralTimesAreCounted() {
        const size_t first = desk().text().find("Lucid"), second = desk().text().find("Lucid", first + 1);
        size_t count = 0;
        for (size_t at = first; at != std::string::npos; at = desk().text().find("Lucid", at + 1))
            ++count;
        QVERIFY(count > 1);
        clear("renewal_term");
        suggest({{"renewal_term", "", CellState::Present, {{{second, second + 5}, ""}}, std::string("P1Y"), 0.6}});
        goToClause(Qt::Key_T, Qt::Key_1);
        QVERIFY(desk().suggestion());
        const auto note = [this] {
            const auto* label = page().findChild<QLabel*>(QStringLiteral("sameWords"));
            return label && label->isVisible() ? label->text() : QString();
        };
        QTRY_COMPARE(note(), QStringLiteral("Place 2 of %1 with these words").arg(count));
        press(window(), {Qt::Key_X}); // a person's choice needs no such note
        goToClause(Qt::Key_T, Qt::Key_1);
        QTRY_VERIFY(note().isEmpty());
    }

    void theLeastSureSuggestionComesFirst() {
        decideTheRestAbsent();
        for (const char* clause : {"force_majeure", "insurance", "data_protection"})
            clear(clause);
        suggest({{"force_majeure", "", CellState::Absent, {}, {}, 0.9}, {"insurance", "", CellState::Absent, {}, {}, 0.3},
                 {"data_protection", "", CellState::Absent, {}, {}, 0.6}});
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_S}, Qt::ShiftModifier);
        press(window(), {Qt::Key_X});
        QCOMPARE(desk().type().key, std::string("insurance"));
        press(window(), {Qt::Key_X});
        QCOMPARE(desk().type().key, std::string("data_protection"));
    }

    void theHistoryOfTheContractLeadsToItsClause() {
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_X});
        goToClause(Qt::Key_T, Qt::Key_1);
        inDialog(window(), [&] { press(window(), {Qt::Key_H}, Qt::ControlModifier); },
                 [](QWidget& dialog) {
                     auto* table = dialog.findChild<QTableView*>(QStringLiteral("historyTable"));
                     QVERIFY(table->model()->rowCount() > 5);
                     QCOMPARE(table->model()->index(0, HistoryTableModel::Who).data().toString(), QStringLiteral("Mia Kern"));
                     QCOMPARE(table->model()->index(0, HistoryTableModel::Before).data().toString(), QStringLiteral("not reviewed"));
                     QCOMPARE(table->model()->index(0, HistoryTableModel::After).data().toString(), QStringLiteral("absent"));
                     table->setCurrentIndex(table->model()->index(0, 0));
                     QTest::keyClick(table, Qt::Key_Return);
                 });
        QCOMPARE(desk().type().key, std::string("force_majeure"));
    }

    // Two people read the same contract, the second one blind; a third decides with one key a conflict.
    void twoReadingsAreDecidedBetweenWithOneKey() {
        const ContractId contract("lucid-distributor-agreement");
        StoreSession& session = window().project()->session();
        QVERIFY(session.assignSecondReader({contract}, QStringLiteral("Ben")).ok());
        decideTheRestAbsent();
        clear("force_majeure");
        view().setCaret(placeOf("Lucid appoints the Distributor"));
        goToClause(Qt::Key_L, Qt::Key_5);
        view().setCaret(placeOf("Lucid appoints the Distributor"));
        press(window(), {Qt::Key_Space, Qt::Key_A});
        const Cell mine = stored("force_majeure");
        QVERIFY(mine.state == CellState::Present);

        session.setPerson(QStringLiteral("Ben"));
        QVERIFY(desk().reading() == Reading::Second);
        QCOMPARE(desk().openCount(), 47); // nothing of the record shows
        QVERIFY(!window().project()->undo().group().canUndo());
        decideTheRestAbsent();
        press(window(), {Qt::Key_Return}, Qt::ControlModifier);
        QVERIFY(stored("force_majeure") == mine);

        session.setPerson(QStringLiteral("Mia Kern"));
        window().openContract(contract, {});
        press(window(), {Qt::Key_Return}, Qt::ControlModifier);
        window().openContract(contract, QStringLiteral("force_majeure"));
        QVERIFY(stored("force_majeure").flags.conflict);
        QVERIFY(desk().conflict().has_value());
        const int conflicts = desk().openCount();
        QVERIFY(conflicts >= 1);
        view().setFocus();
        press(window(), {Qt::Key_2});
        QVERIFY(stored("force_majeure").state == CellState::Absent && !stored("force_majeure").flags.any());
        QCOMPARE(desk().openCount(), conflicts - 1);
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(stored("force_majeure").flags.conflict);
        goToClause(Qt::Key_L, Qt::Key_5);
        press(window(), {Qt::Key_1});
        QVERIFY(stored("force_majeure").state == CellState::Present && !stored("force_majeure").flags.any());
    }

    void whatTheReaderFoundIsThereToAsk() {
        QVERIFY(!page().findChild<QWidget*>(QStringLiteral("documentNotes"))->isVisible()); // nothing to tell
        Contract contract;
        contract.id = ContractId("odd");
        contract.title = "Odd agreement";
        contract.documentSha256 = "odd";
        DocumentText document;
        document.text = "Seen words and hidden words.\n";
        document.marks = {{TextMarkKind::NoInk, {15, 27}, "white letters", 1}};
        document.notes = {{ReaderNoteKind::Macros}};
        QVERIFY(window().project()->store().contracts().add(contract, document).ok());
        window().openContract(contract.id, {});
        view().setFocus();
        press(window(), {Qt::Key_H});
        QVERIFY(says(QStringLiteral("1 of 1: Hidden text: the page shows nothing here: white letters")));
        QVERIFY(page().findChild<QWidget*>(QStringLiteral("documentNotes"))->isVisible());
        inDialog(window(), [this] { press(window(), {Qt::Key_H}, Qt::ShiftModifier); },
                 [](QWidget& dialog) {
                     const QString told = dialog.findChild<QTextEdit*>()->toPlainText();
                     QVERIFY2(told.contains(QStringLiteral("\u201Chidden words\u201D")), qPrintable(told));
                     QVERIFY2(told.endsWith(QStringLiteral("It has macros. They were not run.")), qPrintable(told));
                 });
    }

private:
    static void addLine(DocumentText& document, int page, double top, const std::string& words) {
        document.lines.push_back({page, {document.text.size(), document.text.size() + words.size()}, 0.1, top, 0.9, top + 0.02});
        document.text += words + '\n';
    }

    void open() {
        m_fixture->openWindow(m_project);
        window().openContract(ContractId("lucid-distributor-agreement"), {});
        QVERIFY(page().isVisible());
        view().setFocus();
    }

    bool says(const QString& words) {
        const auto labels = page().findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
    }
    void decideTheRestAbsent() {
        view().setFocus();
        for (int i = 0; i < 60 && desk().openCount() > 0; ++i)
            press(window(), {Qt::Key_X});
        QCOMPARE(desk().openCount(), 0);
    }
    void clear(const std::string& clause) {
        QVERIFY(window().project()->undo().setCell(ContractId("lucid-distributor-agreement"), cleared(clause), QStringLiteral("cleared")).ok());
    }
    static Cell cleared(const std::string& clause) {
        Cell cell;
        cell.clause = clause;
        return cell;
    }
    void suggest(std::vector<Suggestion> suggestions) {
        StoreSession& session = window().project()->session();
        QVERIFY(session.store().suggestions().replace(ContractId("lucid-distributor-agreement"), "rules 1", std::move(suggestions)).ok());
        session.notifySuggestions();
    }

    AnnotatePage& page() { return *qobject_cast<AnnotatePage*>(window().page(QStringLiteral("annotate"))); }
    const AnnotationDesk& desk() { return *page().desk(); }
    ContractView& view() { return visibleView(page()); }
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
};

QTEST_MAIN(TestAnnotateJourney)
#include "test_annotate_journey.moc"
