// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The open project: what is written is told, and a project that can't be written is opened to look at, with the reason.
#include "app/services/result_qt.h"
#include "app/services/settings.h"
#include "app/services/store_session.h"
#include "tests/support/project_fixture.h"

#include <QSignalSpy>

#include <unistd.h>

using namespace cw;

namespace {

using Opened = Result<std::unique_ptr<StoreSession>>;

Opened open(const test::ProjectFixture& project, StoreSession::Fallback fallback = StoreSession::Fallback::None) {
    return StoreSession::open(toQString(project.folder.string()), OpenMode::ReadWrite, fallback, test::ana(),
                              project.clock);
}

} // namespace

class TestStoreSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewProjectHasTheDefaultTaxonomy();
    void aDecisionIsWrittenThenTold();
    void aDecisionThatFailsIsNotTold();
    void aVoteIsWrittenThenTold();
    void servicesTellWhatTheyWrote();
    void aLockedProjectIsRefusedOrViewed();
    void aNewerProjectIsNotViewedEither();
    void theIdentityIsThisPersonOnThisDevice();
};

void TestStoreSession::aNewProjectHasTheDefaultTaxonomy() {
    const QTemporaryDir folder;
    const FixedClock clock(test::noon());
    const auto session =
        StoreSession::create(folder.filePath(QStringLiteral("Übung.clausewright")), test::ana(), clock);
    CW_VERIFY(session);
    QCOMPARE((*session)->name(), QStringLiteral("Übung"));
    QVERIFY((*session)->taxonomy().types() == test::defaultTaxonomy().types());
    QVERIFY(!(*session)->viewOnly());
}

void TestStoreSession::aDecisionIsWrittenThenTold() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    project.store.reset();
    const auto session = open(project);
    CW_VERIFY(session);
    bool storedWhenTold = false;
    connect(session->get(), &StoreSession::cellChanged, this, [&](const ContractId& contract, const QString& clause) {
        storedWhenTold =
            (*session)->store().annotations().cell(contract, clause.toStdString()).value().state == CellState::Absent;
    });
    QSignalSpy changed(session->get(), &StoreSession::cellChanged);
    QSignalSpy saved(session->get(), &StoreSession::saved);
    CW_VERIFY((*session)->setCell(project.msa, test::absentCell("non_compete"), "absent"));
    QVERIFY(storedWhenTold);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(saved.at(0).at(0).toDateTime(), QDateTime(QDate(2026, 11, 24), QTime(12, 2, 7, 250), Qt::UTC));
    CW_VERIFY(
        (*session)->setCells(project.msa, {test::absentCell("exclusivity"), test::absentCell("insurance")}, "absent"));
    QCOMPARE(changed.size(), 3);
    QCOMPARE(saved.size(), 2); // one commit
}

void TestStoreSession::aDecisionThatFailsIsNotTold() {
    test::ProjectFixture project;
    project.store.reset();
    const auto session = open(project);
    CW_VERIFY(session);
    QSignalSpy changed(session->get(), &StoreSession::cellChanged);
    QSignalSpy saved(session->get(), &StoreSession::saved);
    QVERIFY(!(*session)->setCell(project.msa, test::absentCell("no_such_clause"), "absent").ok());
    QCOMPARE(changed.size() + saved.size(), 0);
}

void TestStoreSession::aVoteIsWrittenThenTold() {
    test::ProjectFixture project;
    project.store.reset();
    const auto session = open(project);
    CW_VERIFY(session);
    PreferencePair pair;
    pair.id = PairId("01A");
    pair.prompt = "p";
    pair.first = "a";
    QCOMPARE((*session)->store().preferences().add({pair}).value(), 1);
    QSignalSpy voted(session->get(), &StoreSession::pairVoted);
    CW_VERIFY((*session)->vote(pair.id, Verdict::BothBad, {}));
    QCOMPARE(voted.size(), 1);
    QCOMPARE((*session)->store().preferences().get(pair.id).value().verdict, Verdict::BothBad);
    QVERIFY(!(*session)->vote(PairId("01X"), Verdict::BothBad, {}).ok());
    QCOMPARE(voted.size(), 1);
}

void TestStoreSession::servicesTellWhatTheyWrote() {
    test::ProjectFixture project;
    project.store.reset();
    const auto session = open(project);
    CW_VERIFY(session);
    QSignalSpy contracts(session->get(), &StoreSession::contractsChanged),
        splits(session->get(), &StoreSession::splitsChanged), pairs(session->get(), &StoreSession::pairsChanged),
        runs(session->get(), &StoreSession::runsChanged), saved(session->get(), &StoreSession::saved);
    (*session)->notifyContracts();
    (*session)->notifySplits();
    (*session)->notifyPairs();
    (*session)->notifyRuns();
    QCOMPARE(contracts.size(), 1);
    QCOMPARE(splits.size(), 1);
    QCOMPARE(pairs.size(), 1);
    QCOMPARE(runs.size(), 1);
    QCOMPARE(saved.size(), 4);
}

void TestStoreSession::aLockedProjectIsRefusedOrViewed() {
    const test::ProjectFixture project; // holds the lock
    QVERIFY(project.store);
    QCOMPARE(open(project).error().code, ErrorCode::Locked);
    const auto session = open(project, StoreSession::Fallback::ViewOnly);
    CW_VERIFY(session);
    QVERIFY((*session)->viewOnly());
    QCOMPARE((*session)->lockReason().code, ErrorCode::Locked);
    QVERIFY((*session)->lockReason().detail.find("by Ana on ") != std::string::npos);
    QCOMPARE((*session)->setCell(project.msa, test::absentCell("non_compete"), "absent").error().code,
             ErrorCode::Locked);
    const auto view = StoreSession::open(toQString(project.folder.string()), OpenMode::ViewOnly,
                                         StoreSession::Fallback::None, test::ana(), project.clock);
    CW_VERIFY(view);
    QVERIFY((*view)->lockReason().detail.empty()); // it was asked for
}

void TestStoreSession::aNewerProjectIsNotViewedEither() {
    test::ProjectFixture project;
    project.store.reset();
    {
        const auto database = Database::open(project.file(), Database::Mode::Write);
        CW_VERIFY((*database)->execute("PRAGMA user_version = 99"));
    }
    QCOMPARE(open(project, StoreSession::Fallback::ViewOnly).error().code, ErrorCode::NewerVersion);
}

void TestStoreSession::theIdentityIsThisPersonOnThisDevice() {
    const QTemporaryDir folder;
    qputenv("CLAUSEWRIGHT_SETTINGS", folder.path().toLocal8Bit());
    const Identity unnamed = currentIdentity();
    QVERIFY(!unnamed.person.empty());
    QCOMPARE(unnamed.osUser, std::to_string(::getuid()));
    QCOMPARE(unnamed.device.size(), size_t(36));
    Settings().setAnnotator(QStringLiteral("Ana"));
    QCOMPARE(currentIdentity().person, std::string("Ana"));
    QCOMPARE(currentIdentity(QStringLiteral(" Ben ")).person, std::string("Ben"));
    QCOMPARE(currentIdentity().device, unnamed.device);
    qunsetenv("CLAUSEWRIGHT_SETTINGS");
}

QTEST_GUILESS_MAIN(TestStoreSession)
#include "test_store_session.moc"
