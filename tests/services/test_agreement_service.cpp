// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Double annotation through the session: progress, what is adjudicated, what exports leave out, and who sees what.
#include "app/services/agreement_service.h"
#include "app/services/dataset_service.h"
#include "app/services/result_qt.h"
#include "app/services/store_view.h"
#include "app/services/undo/undo_service.h"
#include "app/services/verify_service.h"
#include "tests/support/project_fixture.h"

#include <QSignalSpy>

using namespace cw;
using namespace cw::test;

class TestAgreementService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto made = StoreSession::create(path(), ana(), m_clock);
        CW_VERIFY(made);
        m_session = std::move(*made);
        for (const char* id : {"a", "b", "c"})
            CW_VERIFY(m_session->store().contracts().add(contractNamed(id), documentOf(kText + id)));
    }
    void cleanup() { m_session.reset(); }

    void progressCountsTheContractsByState() {
        CW_VERIFY(m_session->assignSecondReader({ContractId("a"), ContractId("b"), ContractId("c")}, QStringLiteral(" Ben ")));
        DoubleProgress of = report().progress;
        QCOMPARE(of.assigned, 3);
        readTwice("a");
        as("Ben");
        decideAll("b");
        as("Ana");
        of = report().progress;
        QCOMPARE(of.assigned, 1);
        QCOMPARE(of.inProgress, 1);
        QCOMPARE(of.toAdjudicate, 1);
        QCOMPARE(of.all(), 3);
        as("Ben");
        CW_VERIFY(m_session->finish(ContractId("b")));
        QCOMPARE(report().progress.waiting, 1);
    }

    void theReportNamesWhatDiffers() {
        CW_VERIFY(m_session->assignSecondReader({ContractId("a")}, QStringLiteral("Ben")));
        readTwice("a");
        const AgreementReport found = report();
        QCOMPARE(found.conflicts.size(), size_t(2));
        QCOMPARE(found.openConflicts, 2);
        QCOMPARE(found.conflicts[0].conflict.clause, std::string("non_compete")); // the taxonomy's order
        QVERIFY(found.conflicts[0].conflict.difference == Difference::Presence);
        QCOMPARE(found.conflicts[0].conflict.second.annotator, std::string("Ben"));
        QCOMPARE(found.conflicts[0].title, std::string("Agreement a"));
        QCOMPARE(found.table.total.cells(), 47);
        QCOMPARE(found.table.total.firstOnly + found.table.total.secondOnly, 2);
    }

    void exportsLeaveConflictsOutUntilSomebodyDecides() {
        for (const char* id : {"a", "b", "c"}) {
            CW_VERIFY(m_session->assignSecondReader({ContractId(id)}, QStringLiteral("Ben")));
            readTwice(id);
        }
        CW_VERIFY(DatasetService(*m_session).makeSplit("default", {{1}, {1}, 17}, {"contract_type"}));
        QVERIFY(!askedFor("non_compete") && !askedFor("insurance"));
        QVERIFY(askedFor("exclusivity"));
        for (const char* id : {"a", "b", "c"})
            CW_VERIFY(takeReading(*m_session, ContractId(id), "non_compete", Reading::Second));
        QVERIFY(askedFor("non_compete"));
        QVERIFY(!askedFor("insurance"));
    }

    void takingAReadingDecides() {
        CW_VERIFY(m_session->assignSecondReader({ContractId("a")}, QStringLiteral("Ben")));
        QVERIFY(takeReading(*m_session, ContractId("a"), "non_compete", Reading::First).error().code == ErrorCode::BadUsage);
        readTwice("a");
        as("Cleo");
        const auto taken = takeReading(*m_session, ContractId("a"), "non_compete", Reading::Second);
        CW_VERIFY(taken);
        QVERIFY(taken->isReviewed());
        QCOMPARE(taken->state, CellState::Present);
        QCOMPARE(taken->annotator, std::string("Cleo"));
        QCOMPARE(m_session->store().audit().entries("a/non_compete")->back().action, std::string("adjudicate"));
        QVERIFY(takeReading(*m_session, ContractId("a"), "non_compete", Reading::First).error().code == ErrorCode::BadUsage);
        QCOMPARE(report().openConflicts, 1);
        QCOMPARE(report().conflicts.size(), size_t(2)); // one of them settled
    }

    void anAdjudicationIsUndoneAndTakenAgain() {
        CW_VERIFY(m_session->assignSecondReader({ContractId("a")}, QStringLiteral("Ben")));
        readTwice("a");
        UndoService undo(*m_session);
        const ContractId a("a");
        undo.activate(a);
        const Cell second = m_session->store().annotations().cell(a, "non_compete", Reading::Second).value();
        CW_VERIFY(undo.setCell(a, takenFrom(second), QStringLiteral("Non-compete: second")));
        QVERIFY(record("a", "non_compete").isReviewed());
        undo.group().undo();
        QVERIFY(record("a", "non_compete").flags.conflict);
        undo.group().redo();
        QVERIFY(record("a", "non_compete").isReviewed());
        QCOMPARE(m_session->store().audit().entries("a/non_compete")->back().action, std::string("adjudicate"));
    }

    void whoReadsBlindLearnsNothingFromTheReport() {
        CW_VERIFY(m_session->assignSecondReader({ContractId("a")}, QStringLiteral("Ben")));
        decideAll("a");
        as("Ben");
        decideAll("a");
        QCOMPARE(report().table.contracts, 0);
        as("Ana");
        QCOMPARE(report().table.contracts, 1); // live
        QVERIFY(report().conflicts.empty());
    }

    void aBlindReaderWorksAndUndoesInTheirOwnReading() {
        CW_VERIFY(m_session->assignSecondReader({ContractId("a")}, QStringLiteral("Ben")));
        const ContractId a("a");
        CW_VERIFY(m_session->setCell(a, presentCell("non_compete", "3 April 2024", true), "present"));
        as("Ben");
        UndoService undo(*m_session);
        undo.activate(a);
        CW_VERIFY(undo.setCell(a, absentCell("non_compete"), QStringLiteral("Non-compete: absent")));
        QCOMPARE(record("a", "non_compete").state, CellState::Present);
        QCOMPARE(m_session->store().annotations().cell(a, "non_compete", Reading::Second)->state, CellState::Absent);
        undo.group().undo();
        QCOMPARE(m_session->store().annotations().cell(a, "non_compete", Reading::Second)->state, CellState::NotReviewed);
        QCOMPARE(record("a", "non_compete").state, CellState::Present);
    }

    void nobodyUndoesWhatAnotherPersonDid() {
        UndoService undo(*m_session);
        const ContractId a("a");
        undo.activate(a);
        CW_VERIFY(undo.setCell(a, absentCell("non_compete"), QStringLiteral("Non-compete: absent")));
        QVERIFY(undo.group().canUndo());
        QSignalSpy told(m_session.get(), &StoreSession::personChanged);
        as("Ben");
        QCOMPARE(told.size(), 1);
        QVERIFY(!undo.group().canUndo());
        CW_VERIFY(undo.setCell(a, absentCell("exclusivity"), QStringLiteral("Exclusivity: absent")));
        QCOMPARE(record("a", "exclusivity").annotator, std::string("Ben"));
        undo.group().undo();
        QCOMPARE(record("a", "non_compete").state, CellState::Absent);
        as("Ana");
        QCOMPARE(undo.group().undoText(), QStringLiteral("Non-compete: absent"));
        undo.group().undo();
        QCOMPARE(record("a", "non_compete").state, CellState::NotReviewed);
    }

    void theWholeIsReadInAView() {
        CW_VERIFY(m_session->assignSecondReader({ContractId("a")}, QStringLiteral("Ben")));
        readTwice("a");
        const auto seen = withView(path(), m_session->store().identity(), readAgreement);
        CW_VERIFY(seen);
        QCOMPARE(seen->openConflicts, 2);
    }

    void aComparedProjectVerifies() {
        CW_VERIFY(m_session->assignSecondReader({ContractId("a")}, QStringLiteral("Ben")));
        readTwice("a");
        const VerifyReport verified = verifyProject(*m_session);
        QCOMPARE(verified.cells, 3 * 47); // of the record and of both readings
        for (const std::string& fault : verified.faults)
            QVERIFY2(fault.find("original") != std::string::npos || fault.find("documents") != std::string::npos, fault.c_str()); // none was kept here
    }

    void theTableCopiesWithItsTotal() {
        const QStringList lines = agreementTsv(report().table, m_session->taxonomy()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 47 + 1);
        QVERIFY(lines.last().startsWith(QStringLiteral("All\t0\tn/a")));
        QCOMPARE(lines.first().count(QLatin1Char('\t')), lines.last().count(QLatin1Char('\t')));
    }

    void lowIsUnderSevenTenths() {
        Agreement of;
        QVERIFY(!isLow(of)); // nothing to judge
        of.both = 20;
        of.firstOnly = 5;
        of.secondOnly = 10;
        of.neither = 15;
        QVERIFY(isLow(of)); // 0.4
        of.firstOnly = of.secondOnly = 0;
        QVERIFY(!isLow(of));
    }

private:
    QString path() const { return m_folder->filePath(QStringLiteral("p.clausewright")); }
    void as(const char* person) { m_session->setPerson(QString::fromLatin1(person)); }
    AgreementReport report() { return readAgreement(*m_session).value(); }
    Cell record(const char* contract, const std::string& clause) {
        return m_session->store().annotations().cell(ContractId(contract), clause).value();
    }

    void decideAll(const char* contract) {
        std::vector<Cell> all;
        for (const ClauseType& type : m_session->taxonomy().types())
            all.push_back(absentCell(type.key));
        CW_VERIFY(m_session->setCells(ContractId(contract), all, "bulk", m_session->readingOf(ContractId(contract))));
    }

    // Ana's record and Ben's reading differ in the presence of two clauses.
    void readTwice(const char* contract) {
        const ContractId id(contract);
        as("Ana");
        decideAll(contract);
        CW_VERIFY(m_session->setCell(id, presentCell("insurance", "3 April 2024", true), "present"));
        CW_VERIFY(m_session->finish(id));
        as("Ben");
        decideAll(contract);
        CW_VERIFY(m_session->setCell(id, presentCell("non_compete", "3 April 2024", true), "present", Reading::Second));
        QSignalSpy changed(m_session.get(), &StoreSession::cellChanged), readings(m_session.get(), &StoreSession::readingsChanged);
        CW_VERIFY(m_session->finish(id));
        QCOMPARE(changed.size(), 2);
        QCOMPARE(readings.size(), 1);
        as("Ana");
    }

    bool askedFor(const std::string& clause) {
        const auto rows = DatasetService(*m_session).rows(Side::Train, {});
        return rows && std::any_of(rows->rows.begin(), rows->rows.end(), [&](const ChatRow& row) {
            const std::vector<std::string>& keys = row.meta.request.keys;
            return std::find(keys.begin(), keys.end(), clause) != keys.end();
        });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StoreSession> m_session;
    FixedClock m_clock{noon()};
};

QTEST_GUILESS_MAIN(TestAgreementService)
#include "test_agreement_service.moc"
