// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Double annotation in the store: who may write where, what a blind reader sees, what finishing refuses and compares, and that
// nothing of it is ever lost.
#include "core/store/reading_store.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

class TestReadingStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_project = std::make_unique<ProjectFixture>();
        QVERIFY(m_project->store != nullptr);
    }

    void assignedContractsAreReadBlind() {
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        QVERIFY(*readings().readingFor(msa(), "Ben") == Reading::Second);
        QVERIFY(*readings().readingFor(msa(), "Ana") == Reading::Record);
        QCOMPARE(*readings().blindContracts("Ben"), std::set<ContractId>{msa()});
        QVERIFY(readings().blindContracts("Ana")->empty());
        const auto rows = readings().all();
        QCOMPARE(rows->size(), size_t(1));
        QCOMPARE(rows->front(), (ReadingRecord{msa(), Reading::Second, "Ben", "Ana", "2026-11-24T12:02:07.250Z", ""}));
    }

    void whoDecidedInTheRecordCantReadItBlind() {
        CW_VERIFY(cells().set(msa(), absentCell("non_compete"), "absent"));
        const Status status = readings().assign({msa()}, "Ana");
        QVERIFY(status.error().code == ErrorCode::BadUsage);
        QVERIFY(readings().all()->empty());
    }

    void assigningIsAllOrNothing() {
        CW_VERIFY(m_project->store->contracts().add(contractNamed("nda"), documentOf(kText)));
        CW_VERIFY(cells().set(ContractId("nda"), absentCell("non_compete"), "absent"));
        QVERIFY(!readings().assign({msa(), ContractId("nda")}, "Ana").ok());
        QVERIFY(readings().all()->empty());
        QVERIFY(!readings().assign({msa()}, "").ok());
        QVERIFY(readings().assign({ContractId("nothing")}, "Ben").error().code == ErrorCode::NotFound);
    }

    void anotherReaderMayTakeOverUntilTheFirstHasBegun() {
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        CW_VERIFY(readings().assign({msa()}, "Cleo"));
        QVERIFY(*readings().readingFor(msa(), "Ben") == Reading::Record);
        as("Cleo");
        CW_VERIFY(cells().set(msa(), absentCell("non_compete"), "absent", Reading::Second));
        CW_VERIFY(readings().assign({msa()}, "Cleo")); // is already
        QVERIFY(readings().assign({msa()}, "Ben").error().code == ErrorCode::BadUsage);
        QVERIFY(readings().withdraw({msa()}).error().code == ErrorCode::BadUsage);
        QCOMPARE(cells().cell(msa(), "non_compete", Reading::Second)->state, CellState::Absent); // nothing thrown away
    }

    void withdrawingTakesAReaderAway() {
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        CW_VERIFY(readings().withdraw({msa()}));
        QVERIFY(readings().all()->empty());
        CW_VERIFY(readings().withdraw({msa()})); // nobody is there
        const auto entries = m_project->store->audit().entries("msa/reading-2");
        QCOMPARE(entries->size(), size_t(2));
        QCOMPARE(entries->back().action, std::string("withdraw"));
        QCOMPARE(entries->back().entity, std::string("reading"));
        QCOMPARE(entries->back().after, std::string());
    }

    void eachWritesInTheirOwnReading() {
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        QVERIFY(cells().set(msa(), absentCell("non_compete"), "absent", Reading::Second).error().code == ErrorCode::BadUsage);
        QVERIFY(cells().set(msa(), absentCell("non_compete"), "absent", Reading::First).error().code == ErrorCode::BadUsage);
        CW_VERIFY(cells().set(msa(), absentCell("non_compete"), "absent"));
        as("Ben");
        QVERIFY(cells().set(msa(), absentCell("non_compete"), "absent").error().code == ErrorCode::BadUsage);
        CW_VERIFY(cells().set(msa(), presentCell("non_compete", "No caf\xC3\xA9 is excluded.", true), "present", Reading::Second));
        QCOMPARE(cells().cell(msa(), "non_compete")->state, CellState::Absent);
        QCOMPARE(cells().cell(msa(), "non_compete", Reading::Second)->annotator, std::string("Ben"));
    }

    void aBlindReaderSeesNothingOfTheRecord() {
        CW_VERIFY(cells().set(msa(), absentCell("non_compete"), "absent"));
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        as("Ben");
        CW_VERIFY(cells().set(msa(), presentCell("exclusivity", "No caf\xC3\xA9 is excluded.", true), "present", Reading::Second));
        for (const Cell& cell : cellsOf(*readings().readingFor(msa(), "Ben")))
            QVERIFY2(cell.clause == "exclusivity" || cell == emptyCell(cell.clause), cell.clause.c_str());
        for (const AuditEntry& entry : seen("msa"))
            QVERIFY2(entry.entityId != "msa/non_compete", entry.action.c_str());
        for (const AuditEntry& entry : seen(""))
            QVERIFY(entry.entityId != "msa/non_compete");
        const auto counts = m_project->store->contracts().counts();
        QCOMPARE(counts->front().second.present, 1);
        QCOMPARE(counts->front().second.absent, 0);
        QVERIFY(readings().pairs()->empty());
        QCOMPARE(visibleCells(), QStringList{QStringLiteral("exclusivity")});
    }

    void nobodyElseSeesABlindReading() {
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        as("Ben");
        CW_VERIFY(cells().set(msa(), absentCell("non_compete"), "absent", Reading::Second));
        as("Ana");
        CW_VERIFY(cells().set(msa(), absentCell("exclusivity"), "absent"));
        QStringList told;
        for (const AuditEntry& entry : seen("msa"))
            if (entry.entity == "cell")
                told << QString::fromStdString(entry.entityId);
        QCOMPARE(told, QStringList{QStringLiteral("msa/exclusivity")});
        QCOMPARE(m_project->store->audit().entries("msa")->size(), size_t(4)); // the whole history is there all the same
        QCOMPARE(m_project->store->contracts().counts()->front().second.absent, 1);
    }

    void finishingRefusesWhileAClauseIsUntouched() {
        decideAll(Reading::Record, {"governing_law"});
        const auto refused = readings().finish(msa());
        QVERIFY(refused.error().code == ErrorCode::BadUsage);
        QVERIFY2(refused.error().detail.find("Governing") != std::string::npos, refused.error().detail.c_str());
        QVERIFY(readings().all()->empty());
        CW_VERIFY(cells().set(msa(), absentCell("governing_law"), "absent"));
        CW_VERIFY(readings().finish(msa()));
        QCOMPARE(readings().of(msa())->front().annotator, std::string("Ana"));
        QVERIFY(readings().of(msa())->front().isFinished());
    }

    void aRefusalNamesTheFirstFewClauses() {
        const auto refused = readings().finish(msa());
        QVERIFY2(refused.error().detail.find("47 clauses are not decided (") != std::string::npos, refused.error().detail.c_str());
        QVERIFY2(refused.error().detail.find(" and 42 more)") != std::string::npos, refused.error().detail.c_str());
    }

    void clearingACellReopensInTheSameTransaction() {
        decideAll(Reading::Record);
        CW_VERIFY(readings().finish(msa()));
        CW_VERIFY(cells().set(msa(), presentCell("exclusivity", "No caf\xC3\xA9 is excluded.", true), "present")); // still decided
        QVERIFY(readings().of(msa())->front().isFinished());
        CW_VERIFY(cells().set(msa(), emptyCell("exclusivity"), "unreviewed"));
        QVERIFY(!readings().of(msa())->front().isFinished());
        QCOMPARE(m_project->store->audit().entries("msa/reading-0")->back().action, std::string("reopen"));
    }

    void reopeningByHand() {
        decideAll(Reading::Record);
        CW_VERIFY(readings().finish(msa()));
        CW_VERIFY(readings().reopen(msa()));
        CW_VERIFY(readings().reopen(msa())); // is open
        QVERIFY(!readings().of(msa())->front().isFinished());
        QCOMPARE(m_project->store->audit().entries("msa/reading-0")->size(), size_t(2));
    }

    // Everything is compared by whoever finishes last, and exactly what differs is flagged.
    void comparisonFlagsExactlyWhatDiffers_data() {
        QTest::addColumn<bool>("recordLast");
        QTest::newRow("the record last") << true;
        QTest::newRow("the second reading last") << false;
    }

    void comparisonFlagsExactlyWhatDiffers() {
        QFETCH(bool, recordLast);
        readTwice(recordLast);
        QStringList flagged;
        for (const Cell& cell : cellsOf(Reading::Record))
            if (cell.flags.conflict)
                flagged << QString::fromStdString(cell.clause);
        flagged.sort();
        QCOMPARE(flagged, QStringList({QStringLiteral("agreement_date"), QStringLiteral("exclusivity"), QStringLiteral("governing_law")}));
        QCOMPARE(readings().openConflicts()->size(), size_t(3));
        const auto states = *readings().states();
        QVERIFY(states.at(msa()).state == DoubleState::ToAdjudicate);
        QCOMPARE(states.at(msa()).conflicts, 3);
        QCOMPARE(m_project->store->audit().entries("msa/exclusivity")->back().action, std::string("compare"));
    }

    void bothReadingsAreKeptAsTheyWere() {
        readTwice(true);
        const auto rows = *readings().of(msa());
        QCOMPARE(rows.size(), size_t(3));
        QCOMPARE(rows[1].annotator, std::string("Ana")); // reading 1
        const Cell first = *cells().cell(msa(), "exclusivity", Reading::First);
        QCOMPARE(first.state, CellState::Absent);
        QCOMPARE(first.annotator, std::string("Ana"));
        QVERIFY(!first.flags.conflict);
        QCOMPARE(cells().cell(msa(), "exclusivity", Reading::Second)->state, CellState::Present);
        for (const std::string person : {"Ana", "Ben"}) {
            as(person);
            for (const Reading reading : {Reading::First, Reading::Second}) {
                QVERIFY(cells().set(msa(), absentCell("exclusivity"), "absent", reading).error().code == ErrorCode::BadUsage);
                QVERIFY(!readings().reopen(msa(), reading).ok());
            }
        }
    }

    void theSecondReaderSeesTheRecordOnceBothAreCompared() {
        readTwice(false);
        as("Ben");
        QVERIFY(*readings().readingFor(msa(), "Ben") == Reading::Record);
        QVERIFY(visibleCells().size() > 40);
        CW_VERIFY(cells().set(msa(), absentCell("exclusivity"), "absent"));
    }

    void adjudicationClearsTheFlag() {
        readTwice(true);
        Cell taken = *cells().cell(msa(), "exclusivity", Reading::Second);
        CW_VERIFY(cells().set(msa(), taken, "present"));
        const Cell record = *cells().cell(msa(), "exclusivity");
        QVERIFY(record.isReviewed());
        QCOMPARE(record.state, CellState::Present);
        QCOMPARE(record.annotator, std::string("Ana")); // who decided between the two
        QCOMPARE(m_project->store->audit().entries("msa/exclusivity")->back().action, std::string("adjudicate"));
        CW_VERIFY(cells().set(msa(), absentCell("agreement_date"), "absent")); // anew
        CW_VERIFY(cells().set(msa(), *cells().cell(msa(), "governing_law", Reading::First), "present"));
        QVERIFY(readings().states()->at(msa()).state == DoubleState::Done);
        QVERIFY(readings().openConflicts()->empty());
    }

    void aConflictStaysUntilSomebodyDecides() {
        readTwice(true);
        Cell unsure = emptyCell("exclusivity");
        unsure.flags.unsure = true;
        CW_VERIFY(cells().set(msa(), unsure, "unsure"));
        QVERIFY(cells().cell(msa(), "exclusivity")->flags.conflict);
    }

    void finishingAgainComparesNothingAnew() {
        readTwice(true);
        CW_VERIFY(cells().set(msa(), absentCell("exclusivity"), "absent"));
        CW_VERIFY(readings().reopen(msa()));
        CW_VERIFY(readings().finish(msa()));
        QVERIFY(!cells().cell(msa(), "exclusivity")->flags.conflict);
    }

    void agreementIsLiveBeforeBothAreFinished() {
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        CW_VERIFY(cells().set(msa(), absentCell("exclusivity"), "absent"));
        QVERIFY(readings().pairs()->empty()); // nothing to compare yet
        as("Ben");
        CW_VERIFY(cells().set(msa(), presentCell("exclusivity", "No caf\xC3\xA9 is excluded.", true), "present", Reading::Second));
        as("Ana");
        const auto pairs = *readings().pairs();
        QCOMPARE(pairs.size(), size_t(1));
        QVERIFY(!pairs.front().settled);
        QCOMPARE(pairs.front().first.front().state, CellState::Absent);
        QCOMPARE(pairs.front().second.front().spans.front().quote, std::string("No caf\xC3\xA9 is excluded."));
        QVERIFY(readings().states()->at(msa()).state == DoubleState::InProgress);
    }

    void pairsOfComparedContractsAreTheTwoReadings() {
        readTwice(true);
        CW_VERIFY(cells().set(msa(), presentCell("exclusivity", "No caf\xC3\xA9 is excluded.", true), "present")); // adjudicated
        const auto pairs = *readings().pairs();
        QVERIFY(pairs.front().settled);
        const auto table = agreement(pairs, m_project->store->taxonomy());
        QCOMPARE(table.conflicts.size(), size_t(3)); // what the readers said, not what became of it
        QCOMPARE(table.total.cells(), 47);
    }

    void anImportMayBringInAReading() {
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        Cell cell = absentCell("exclusivity");
        cell.annotator = "Ben";
        CW_VERIFY(cells().set(msa(), cell, "import", Reading::Second));
        QCOMPARE(cells().cell(msa(), "exclusivity", Reading::Second)->annotator, std::string("Ben"));
    }

    void theAuditChainHolds() {
        readTwice(true);
        CW_VERIFY(m_project->store->audit().verify());
    }

    void aPersonCanBeChangedBetweenTransactions() {
        as("Ben");
        CW_VERIFY(cells().set(msa(), absentCell("exclusivity"), "absent"));
        QCOMPARE(m_project->store->audit().entries("msa").value().back().person, std::string("Ben"));
        QCOMPARE(m_project->store->identity().device, ana().device);
        const auto locked = m_project->open();
        QVERIFY(locked.error().code == ErrorCode::Locked);
        QVERIFY2(locked.error().detail.find("by Ben") != std::string::npos, locked.error().detail.c_str());
    }

private:
    static Cell emptyCell(const std::string& clause) {
        Cell cell;
        cell.clause = clause;
        return cell;
    }

    std::vector<Cell> cellsOf(Reading reading) { return cells().cells(msa(), reading).value(); }
    std::vector<AuditEntry> seen(const std::string& id) { return m_project->store->audit().visibleEntries(id).value(); }

    void as(const std::string& person) { m_project->store->setPerson(person); }

    // Absent in all but `except`.
    void decideAll(Reading reading, const std::set<std::string>& except = {}) {
        std::vector<Cell> all;
        for (const ClauseType& type : m_project->store->taxonomy().types())
            if (!except.contains(type.key))
                all.push_back(absentCell(type.key));
        CW_VERIFY(cells().setAll(msa(), all, "bulk", reading));
    }

    // Ana and Ben differ in presence, in a value and in evidence; and agree in a value that they write in two ways, and in
    // evidence but for white space.
    void readTwice(bool recordLast) {
        CW_VERIFY(readings().assign({msa()}, "Ben"));
        decideAll(Reading::Record);
        CW_VERIFY(cells().setAll(msa(),
                                 {presentCell("agreement_date", "3 April 2024", std::string("2024-04-03")),
                                  presentCell("governing_law", "It is governed by the laws of England.", std::string("GB-EAW")),
                                  presentCell("renewal_term", "3 April 2024", std::string("P12M")),
                                  presentCell("insurance", "No caf\xC3\xA9 is excluded.", true)},
                                 "bulk"));
        if (!recordLast)
            CW_VERIFY(readings().finish(msa()));
        as("Ben");
        decideAll(Reading::Second);
        CW_VERIFY(cells().setAll(msa(),
                                 {presentCell("exclusivity", "No caf\xC3\xA9 is excluded.", true),
                                  presentCell("agreement_date", "3 April 2024", std::string("2024-03-04")),
                                  presentCell("governing_law", "England", std::string("GB-EAW")),
                                  presentCell("renewal_term", "3 April 2024", std::string("P1Y")),
                                  presentCell("insurance", "No caf\xC3\xA9 is excluded.\n", true)},
                                 "bulk", Reading::Second));
        const auto finished = readings().finish(msa(), Reading::Second);
        CW_VERIFY(finished);
        QCOMPARE(finished->size(), size_t(recordLast ? 0 : 3));
        QVERIFY(readings().states()->at(msa()).state == (recordLast ? DoubleState::Waiting : DoubleState::ToAdjudicate));
        as("Ana");
        if (recordLast)
            QCOMPARE(readings().finish(msa())->size(), size_t(3));
    }

    // What the library shows this person of msa.
    QStringList visibleCells() {
        QStringList out;
        const auto overviews = cells().visibleOverviews();
        const std::vector<CellMark>& marks = overviews->at(msa().value).marks;
        for (size_t i = 0; i < marks.size(); ++i)
            if (marks[i].state != CellState::NotReviewed)
                out << QString::fromStdString(defaultTaxonomy().types()[i].key);
        return out;
    }

    const ContractId& msa() const { return m_project->msa; }
    ReadingStore& readings() { return m_project->store->readings(); }
    AnnotationStore& cells() { return m_project->store->annotations(); }
    std::unique_ptr<ProjectFixture> m_project;
};

QTEST_APPLESS_MAIN(TestReadingStore)
#include "test_reading_store.moc"
