// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Undo and redo: every step is in the store, with the audit's word for it, and a step that can't be written isn't
// taken.
#include "app/services/undo/undo_service.h"
#include "core/base/rng.h"
#include "tests/support/full_disk.h"
#include "tests/support/project_fixture.h"

#include <QAction>
#include <QSignalSpy>

using namespace cw;

namespace {

// The session of a project with the contracts msa and b, and its undo.
struct UndoFixture : test::ProjectFixture {
    std::unique_ptr<StoreSession> session;
    std::unique_ptr<UndoService> undo;
    ContractId other{"b"};

    UndoFixture() {
        if (!store || !store->contracts().add(test::contractNamed("b"), test::documentOf("x")))
            return;
        store.reset();
        auto opened = StoreSession::open(QString::fromStdString(folder.string()), OpenMode::ReadWrite,
                                         StoreSession::Fallback::None, test::ana(), clock);
        if (!opened)
            return;
        session = std::move(*opened);
        undo = std::make_unique<UndoService>(*session);
        undo->activate(msa);
    }
    Cell cell(const std::string& clause) { return session->store().annotations().cell(msa, clause).value(); }
    // What closing the window and opening it again does.
    void restart(const Identity& who = test::ana()) {
        undo.reset();
        session.reset();
        session = std::move(*StoreSession::open(QString::fromStdString(folder.string()), OpenMode::ReadWrite,
                                                StoreSession::Fallback::None, who, clock));
        undo = std::make_unique<UndoService>(*session);
        undo->activate(msa);
    }
    QUndoGroup& group() { return undo->group(); }
    std::string lastAction() { return session->store().audit().entries("", 1).value().at(0).action; }
    // Another writer's decision, outside undo.
    Status decideElsewhere(const std::string& clause) {
        return session->setCell(msa, test::absentCell(clause), "absent");
    }
};

} // namespace

class TestUndo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDecisionIsUndoneAndRedoneInTheStore();
    void undoRestoresEverythingOfTheCell();
    void severalCellsAreOneStep();
    void theAuditSaysWhatWasDecided_data();
    void theAuditSaysWhatWasDecided();
    void contractsHaveStacksOfTheirOwn();
    void aVoteIsUndoneAndRedone();
    void aWriteThatFailsLeavesTheStackAsItWas();
    void anUndoThatFailsLeavesTheStackAsItWas();
    void aRedoThatFailsLeavesTheStackAsItWas();
    void aCellThatWasChangedSinceIsNotUndone();
    void everyStepUndoneGivesTheFirstState();
    void aLaterWindowGoesOn();
    void aPersonUndoesNobodyElsesSteps();
    void aNewDecisionEndsWhatWasUndoneBefore();
    void randomStepsOverRestartsEndAsTheModelSays();
};

void TestUndo::aDecisionIsUndoneAndRedoneInTheStore() {
    UndoFixture project;
    QVERIFY(project.undo);
    QVERIFY(!project.group().canUndo());
    const Cell before = project.cell("non_compete");
    QSignalSpy changed(project.session.get(), &StoreSession::cellChanged);
    CW_VERIFY(
        project.undo->setCell(project.msa, test::absentCell("non_compete"), QStringLiteral("Non-compete: absent")));
    const Cell after = project.cell("non_compete");
    QCOMPARE(after.state, CellState::Absent);
    QCOMPARE(after.annotator, std::string("Ana"));
    QCOMPARE(project.group().undoText(), QStringLiteral("Non-compete: absent"));
    QCOMPARE(changed.size(), 1); // written once
    project.group().undo();
    QVERIFY(project.cell("non_compete") == before);
    QCOMPARE(project.lastAction(), std::string("undo"));
    QVERIFY(!project.group().canUndo() && project.group().canRedo());
    project.group().redo();
    QVERIFY(project.cell("non_compete") == after);
    QCOMPARE(project.lastAction(), std::string("absent"));
    QCOMPARE(changed.size(), 3);
}

void TestUndo::undoRestoresEverythingOfTheCell() {
    UndoFixture project;
    QVERIFY(project.undo);
    Cell first = test::presentCell("governing_law", "laws of England", std::string("GB-EAW"));
    first.flags.unsure = true;
    first.annotator = "Ben";
    CW_VERIFY(project.session->setCell(project.msa, first, "import"));
    const Cell before = project.cell("governing_law");
    QCOMPARE(before.annotator, std::string("Ben"));
    CW_VERIFY(project.undo->setCell(project.msa, test::presentCell("governing_law", "England", std::string("GB")),
                                    QStringLiteral("x")));
    QCOMPARE(project.cell("governing_law").annotator, std::string("Ana"));
    project.group().undo();
    QVERIFY(project.cell("governing_law") == before);
}

void TestUndo::severalCellsAreOneStep() {
    UndoFixture project;
    QVERIFY(project.undo);
    QSignalSpy saved(project.session.get(), &StoreSession::saved);
    CW_VERIFY(project.undo->setCells(project.msa, {test::absentCell("insurance"), test::absentCell("exclusivity")},
                                     QStringLiteral("x")));
    QCOMPARE(saved.size(), 1);
    QCOMPARE(project.group().activeStack()->count(), 1);
    project.group().undo();
    QCOMPARE(saved.size(), 2);
    QVERIFY(project.session->store().annotations().touchedCells().value().empty());
    CW_VERIFY(project.undo->setCells(project.msa, {}, QStringLiteral("nothing")));
    QCOMPARE(project.group().activeStack()->count(), 1);
}

void TestUndo::theAuditSaysWhatWasDecided_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("action");
    QTest::newRow("present") << static_cast<int>(CellState::Present) << "present";
    QTest::newRow("absent") << static_cast<int>(CellState::Absent) << "absent";
    QTest::newRow("not reviewed") << static_cast<int>(CellState::NotReviewed) << "unreviewed";
}

void TestUndo::theAuditSaysWhatWasDecided() {
    QFETCH(int, state);
    QFETCH(QString, action);
    UndoFixture project;
    QVERIFY(project.undo);
    Cell cell = test::presentCell("document_name", "This Agreement");
    cell.state = static_cast<CellState>(state);
    if (cell.state != CellState::Present)
        cell.spans.clear();
    CW_VERIFY(project.undo->setCell(project.msa, cell, QStringLiteral("x")));
    QCOMPARE(project.lastAction(), action.toStdString());
    CW_VERIFY(project.undo->setCells(
        project.msa, {test::absentCell("insurance"), test::presentCell("document_name", "This Agreement")},
        QStringLiteral("y")));
    QCOMPARE(project.lastAction(), std::string("bulk"));
}

void TestUndo::contractsHaveStacksOfTheirOwn() {
    UndoFixture project;
    QVERIFY(project.undo);
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("insurance"), QStringLiteral("msa")));
    CW_VERIFY(project.undo->setCell(project.other, test::absentCell("insurance"), QStringLiteral("b")));
    QCOMPARE(project.group().undoText(), QStringLiteral("msa"));
    project.undo->activate(project.other);
    QCOMPARE(project.group().undoText(), QStringLiteral("b"));
    project.group().undo();
    QVERIFY(!project.group().canUndo());
    QCOMPARE(project.cell("insurance").state, CellState::Absent);
    project.undo->activate(project.msa);
    QVERIFY(project.group().canUndo());
}

void TestUndo::aVoteIsUndoneAndRedone() {
    UndoFixture project;
    QVERIFY(project.undo);
    PreferencePair pair;
    pair.id = PairId("01A");
    pair.prompt = "p";
    pair.first = "a";
    QCOMPARE(project.session->store().preferences().add({pair}).value(), 1);
    const auto stored = [&] { return project.session->store().preferences().get(pair.id).value(); };
    CW_VERIFY(project.undo->vote(pair.id, Verdict::FirstBetter, {"wrong value"}, QStringLiteral("Left better")));
    QVERIFY(!project.group().canUndo()); // the contract's stack
    project.undo->activateVotes();
    QCOMPARE(project.group().undoText(), QStringLiteral("Left better"));
    project.group().undo();
    QVERIFY(stored() == pair);
    QCOMPARE(project.lastAction(), std::string("undo"));
    project.group().redo();
    QCOMPARE(stored().verdict, Verdict::FirstBetter);
    QCOMPARE(stored().reasons, std::vector<std::string>{"wrong value"});
    QCOMPARE(project.lastAction(), std::string("vote"));
    QVERIFY(!project.undo->vote(PairId("01X"), Verdict::Tie, {}, QStringLiteral("x")).ok());
    QCOMPARE(project.group().activeStack()->count(), 1);
}

void TestUndo::aWriteThatFailsLeavesTheStackAsItWas() {
    UndoFixture project;
    QVERIFY(project.undo);
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("insurance"), QStringLiteral("first")));
    project.group().undo();
    QSignalSpy failed(project.undo.get(), &UndoService::failed);
    Cell wrong = test::absentCell("insurance");
    wrong.state = CellState::Present; // without a span
    QVERIFY(!project.undo->setCell(project.msa, wrong, QStringLiteral("second")).ok());
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, ErrorCode::BadInput);
    QVERIFY(project.group().canRedo()); // the step that was undone is still there
    QCOMPARE(project.group().redoText(), QStringLiteral("first"));
    QCOMPARE(project.cell("insurance").state, CellState::NotReviewed);
}

void TestUndo::anUndoThatFailsLeavesTheStackAsItWas() {
    UndoFixture project;
    QVERIFY(project.undo);
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("insurance"), QStringLiteral("first")));
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("exclusivity"), QStringLiteral("second")));
    QSignalSpy failed(project.undo.get(), &UndoService::failed);
    QAction* action = project.group().createUndoAction(this);
    {
        const test::FullDisk disk(1);
        action->trigger();
    }
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, ErrorCode::WriteFailed);
    QCOMPARE(project.cell("exclusivity").state, CellState::Absent);
    QCOMPARE(project.group().activeStack()->index(), 2);
    QVERIFY(action->isEnabled() && !project.group().canRedo());
    QCOMPARE(project.group().undoText(), QStringLiteral("second"));
    action->trigger(); // there is space again
    QCOMPARE(failed.size(), 1);
    QCOMPARE(project.cell("exclusivity").state, CellState::NotReviewed);
    QCOMPARE(project.group().activeStack()->index(), 1);
    delete action;
}

void TestUndo::aRedoThatFailsLeavesTheStackAsItWas() {
    UndoFixture project;
    QVERIFY(project.undo);
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("insurance"), QStringLiteral("first")));
    project.group().undo();
    QSignalSpy failed(project.undo.get(), &UndoService::failed);
    {
        const test::FullDisk disk(1);
        project.group().redo();
    }
    QCOMPARE(failed.size(), 1);
    QCOMPARE(project.group().activeStack()->index(), 0);
    QCOMPARE(project.cell("insurance").state, CellState::NotReviewed);
    project.group().redo();
    QCOMPARE(project.cell("insurance").state, CellState::Absent);
}

void TestUndo::aCellThatWasChangedSinceIsNotUndone() {
    UndoFixture project;
    QVERIFY(project.undo);
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("insurance"), QStringLiteral("the step before")));
    CW_VERIFY(
        project.undo->setCell(project.msa, test::presentCell("document_name", "This Agreement"), QStringLiteral("x")));
    CW_VERIFY(project.decideElsewhere("document_name"));
    QSignalSpy failed(project.undo.get(), &UndoService::failed);
    project.group().undo();
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.at(0).at(0).value<Error>().detail.find("changed since by Ana") != std::string::npos);
    QCOMPARE(project.cell("document_name").state, CellState::Absent);
    QCOMPARE(project.group().undoText(), QStringLiteral("the step before")); // the other one bars the way no longer
    project.restart();
    QCOMPARE(project.group().undoText(), QStringLiteral("the step before"));
    project.group().undo();
    QCOMPARE(project.cell("insurance").state, CellState::NotReviewed);
    QVERIFY(!project.group().canUndo());
}

void TestUndo::everyStepUndoneGivesTheFirstState() {
    UndoFixture project;
    QVERIFY(project.undo);
    const auto& types = project.session->taxonomy().types();
    const auto before = project.session->store().annotations().cells(project.msa).value();
    for (size_t i = 0; i < 60; ++i) {
        const std::string& clause = types[i * 7 % 20].key;
        const bool absent = i % 3 != 0;
        CW_VERIFY(project.undo->setCell(project.msa,
                                        absent ? test::absentCell(clause) : test::presentCell(clause, "England"),
                                        QString::fromStdString(clause)));
    }
    const auto after = project.session->store().annotations().cells(project.msa).value();
    while (project.group().canUndo())
        project.group().undo();
    QVERIFY(project.session->store().annotations().cells(project.msa).value() == before);
    while (project.group().canRedo())
        project.group().redo();
    QVERIFY(project.session->store().annotations().cells(project.msa).value() == after);
    QCOMPARE(project.session->store().audit().verify().value(), 3 + 60 * 3);
}

void TestUndo::aLaterWindowGoesOn() {
    UndoFixture project;
    QVERIFY(project.undo);
    const auto first = project.session->store().annotations().cells(project.msa).value();
    CW_VERIFY(project.undo->setCell(project.msa, test::presentCell("governing_law", "laws of England", std::string("GB-EAW")),
                                    QStringLiteral("Governing law: present")));
    CW_VERIFY(project.undo->setCells(project.msa, {test::absentCell("insurance"), test::absentCell("exclusivity")}, QStringLiteral("two")));
    const auto last = project.session->store().annotations().cells(project.msa).value();
    project.group().undo();
    project.restart();
    QVERIFY(project.group().canUndo() && project.group().canRedo());
    QCOMPARE(project.group().redoText(), QStringLiteral("two"));
    QCOMPARE(project.group().undoText(), QStringLiteral("Governing law: present"));
    project.group().redo();
    QVERIFY(project.session->store().annotations().cells(project.msa).value() == last);
    project.restart();
    QVERIFY(!project.group().canRedo());
    project.group().undo();
    project.group().undo();
    QVERIFY(project.session->store().annotations().cells(project.msa).value() == first);
    QVERIFY(!project.group().canUndo());
}

void TestUndo::aPersonUndoesNobodyElsesSteps() {
    UndoFixture project;
    QVERIFY(project.undo);
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("insurance"), QStringLiteral("by Ana")));
    Identity ben = test::ana();
    ben.person = "Ben";
    project.restart(ben);
    QVERIFY(!project.group().canUndo());
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("exclusivity"), QStringLiteral("by Ben")));
    project.restart();
    QCOMPARE(project.group().undoText(), QStringLiteral("by Ana"));
}

void TestUndo::aNewDecisionEndsWhatWasUndoneBefore() {
    UndoFixture project;
    QVERIFY(project.undo);
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("insurance"), QStringLiteral("first")));
    project.group().undo();
    project.restart();
    CW_VERIFY(project.undo->setCell(project.msa, test::absentCell("exclusivity"), QStringLiteral("second")));
    project.restart();
    QVERIFY(!project.group().canRedo());
    QCOMPARE(project.group().undoText(), QStringLiteral("second"));
}

// A list of states and a place in it is all that undo is. CW_UNDO_STEPS asks for more of them.
void TestUndo::randomStepsOverRestartsEndAsTheModelSays() {
    UndoFixture project;
    QVERIFY(project.undo);
    const std::vector<std::string> clauses = {"insurance", "exclusivity", "governing_law"};
    const auto cells = [&] { return project.session->store().annotations().cells(project.msa).value(); };
    std::vector<std::vector<Cell>> states{cells()};
    size_t at = 0;
    Rng random(20261126);
    const int wished = qEnvironmentVariableIntValue("CW_UNDO_STEPS");
    for (int step = 0; step < (wished > 0 ? wished : 600); ++step) {
        const auto what = random.below(10);
        if (what < 5) {
            const std::string& clause = clauses[random.below(clauses.size())];
            const Cell wish = random.below(2) ? test::absentCell(clause) : test::presentCell(clause, "laws of England");
            CW_VERIFY(project.undo->setCell(project.msa, wish, QString::number(step)));
            states.resize(++at);
            states.push_back(cells());
        } else if (what < 8 && at > 0) {
            project.group().undo();
            --at;
        } else if (what == 8 && at + 1 < states.size()) {
            project.group().redo();
            ++at;
        } else if (what == 9 && step % 7 == 0) {
            project.restart();
        }
        QVERIFY2(cells() == states[at], qPrintable(QString::number(step)));
    }
}

QTEST_MAIN(TestUndo) // an action needs the GUI application
#include "test_undo.moc"
