// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Versions of the taxonomy in the store: a preview that writes nothing, a change in one transaction, and its undo, byte for byte.
#include "core/base/rng.h"
#include "core/store/reading_store.h"
#include "core/store/statement.h"
#include "core/store/taxonomy_store.h"
#include "core/store/transaction.h"
#include "tests/support/project_fixture.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace cw;

namespace {

ClauseType newType(const std::string& key, const std::string& group = "risk") {
    ClauseType type;
    type.key = key;
    type.title = "Title of " + key;
    type.group = group;
    type.kind = ValueKind::Boolean;
    type.guideline = "What it is.";
    return type;
}

const TaxonomyChange kMerge{{AddType{newType("cover")}, MergeTypes{{"insurance", "source_code_escrow"}, "cover"}}};

// Every row of the tables that a change writes, but for the audit, which only grows.
std::string dump(const std::filesystem::path& file) {
    auto database = Database::open(file, Database::Mode::View);
    std::string all;
    for (const char* sql :
         {"SELECT group_concat(contract || '|' || reading || '|' || clause || '|' || state || unsure || conflict || value_to_review || "
          "coalesce(value, '-') || annotator || decided_at || note || looked_for || suggestion || dwell_ms, char(10)) FROM "
          "(SELECT * FROM cells ORDER BY contract, reading, clause)",
          "SELECT group_concat(contract || '|' || reading || '|' || clause || '|' || place || '|' || begin_byte || '|' || end_byte || quote, "
          "char(10)) FROM (SELECT * FROM spans ORDER BY contract, reading, clause, place)",
          "SELECT group_concat(contract || '|' || number || '|' || annotator || '|' || finished_at, char(10)) FROM "
          "(SELECT * FROM readings ORDER BY contract, number)",
          "SELECT taxonomy || taxonomy_version FROM project"})
        all += (*database)->queryText(sql).value() + "\n";
    return all;
}

std::int64_t auditRows(const test::ProjectFixture& project) {
    auto database = Database::open(project.file(), Database::Mode::View);
    return (*database)->queryInteger("SELECT count(*) FROM audit").value();
}

} // namespace

class TestTaxonomyStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewProjectHasOneVersion() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        const auto versions = project.store->taxonomies().versions();
        CW_VERIFY(versions);
        QCOMPARE(versions->size(), size_t(1));
        QVERIFY(versions->front().madeBy.empty() && versions->front().change.empty());
        const auto undone = project.store->taxonomies().undo();
        QVERIFY(!undone.ok() && undone.error().detail.find("first version") != std::string::npos);
    }

    void aPreviewTellsAndWritesNothing() {
        test::ProjectFixture project;
        decide(project);
        const std::string before = dump(project.file());
        const std::int64_t rows = auditRows(project);
        const auto counts = project.store->taxonomies().preview(kMerge);
        CW_VERIFY(counts);
        QCOMPARE(counts->contracts, 1);
        QCOMPARE(counts->types.at("cover").rewritten, 2); // the record and the second reading
        QCOMPARE(counts->types.at("cover").joined, 1);
        QCOMPARE(counts->types.at("cover").flagged, 0);
        QCOMPARE(counts->types.at("insurance").kept, 2);
        QCOMPARE(counts->all.kept, 3);
        QCOMPARE(dump(project.file()), before);
        QCOMPARE(auditRows(project), rows);
        const auto view = project.open(OpenMode::ViewOnly);
        CW_VERIFY(view);
        QVERIFY(*(*view)->taxonomies().preview(kMerge) == *counts);
        QVERIFY(!(*view)->taxonomies().apply(kMerge).ok());
        QCOMPARE(dump(project.file()), before);
    }

    void aChangeIsAVersionWithItsCellsAndItsAudit() {
        test::ProjectFixture project;
        decide(project);
        const auto expected = project.store->taxonomies().preview(kMerge);
        const auto counts = project.store->taxonomies().apply(kMerge);
        CW_VERIFY(counts);
        QVERIFY(*counts == *expected);
        QCOMPARE(project.store->taxonomy().version(), 2);
        QVERIFY(!project.store->taxonomy().find("insurance"));
        const Cell cover = project.store->annotations().cell(project.msa, "cover").value();
        QVERIFY(cover.state == CellState::Present);
        QCOMPARE(cover.spans.size(), size_t(2));
        const auto hidden = project.store->annotations().cell(project.msa, "insurance");
        QVERIFY(!hidden.ok());
        QVERIFY(hidden.error().message().find("is retired") != std::string::npos);
        const auto audit = project.store->audit().entries(project.msa.value + "/cover");
        QCOMPARE(audit->size(), size_t(1));
        QCOMPARE(audit->front().action, std::string("taxonomy"));
        QCOMPARE(audit->front().person, std::string("Ana"));
        QCOMPARE(project.store->audit().entries("msa/reading-2/cover")->size(), size_t(1));
        CW_VERIFY(project.store->audit().verify());
        const auto versions = project.store->taxonomies().versions();
        QCOMPARE(versions->size(), size_t(2));
        QVERIFY(versions->back().change == kMerge);
        QCOMPARE(versions->back().madeBy, std::string("Ana"));
        QCOMPARE(versions->front().taxonomy.toJson(), test::defaultTaxonomy().toJson());
    }

    // Once two readings are compared they are closed to people, and still their cells follow the taxonomy, and its undo.
    void aChangeReachesReadingsThatNobodyMayWriteAnyMore() {
        test::ProjectFixture project;
        decide(project);
        finishBoth(project);
        const std::string before = dump(project.file());
        const auto counts = project.store->taxonomies().apply(kMerge);
        CW_VERIFY(counts);
        QCOMPARE(counts->types.at("cover").rewritten, 3);
        QCOMPARE(counts->types.at("cover").joined, 2); // the record, and its copy
        QCOMPARE(counts->types.at("insurance").kept, 3);
        QCOMPARE(counts->types.at("source_code_escrow").kept, 3);
        for (const Reading reading : {Reading::Record, Reading::First, Reading::Second})
            QVERIFY(project.store->annotations().cell(project.msa, "cover", reading)->state == CellState::Present);
        const auto readings = project.store->readings().of(project.msa);
        QCOMPARE(readings->size(), size_t(3));
        for (const ReadingRecord& reading : *readings)
            QVERIFY(reading.isFinished());
        CW_VERIFY(project.store->taxonomies().undo());
        QCOMPARE(dump(project.file()), before);
        CW_VERIFY(project.store->audit().verify());
    }

    void anotherOpeningSeesTheNewVersion() {
        test::ProjectFixture project;
        decide(project);
        CW_VERIFY(project.store->taxonomies().apply(kMerge));
        project.store.reset();
        const auto again = project.open();
        CW_VERIFY(again);
        QCOMPARE((*again)->taxonomy().version(), 2);
        CW_VERIFY((*again)->taxonomies().undo()); // an undo outlives the window
        QCOMPARE((*again)->taxonomy().version(), 1);
    }

    void reviveBringsTheCellsBack() {
        test::ProjectFixture project;
        decide(project);
        const Cell before = project.store->annotations().cell(project.msa, "insurance").value();
        CW_VERIFY(project.store->taxonomies().apply({{RetireType{"insurance"}}}));
        QVERIFY(!project.store->annotations().set(project.msa, test::absentCell("insurance"), "absent").ok());
        const auto touched = project.store->annotations().touchedCells();
        for (const Cell& cell : touched->at(project.msa))
            QVERIFY(cell.clause != "insurance");
        const auto counts = project.store->taxonomies().apply({{ReviveType{"insurance"}}});
        QCOMPARE(counts->all.back, 2);
        QVERIFY(project.store->annotations().cell(project.msa, "insurance").value() == before);
    }

    void undoIsByteEqual() {
        test::ProjectFixture project;
        decide(project);
        const std::string before = dump(project.file());
        const std::int64_t rows = auditRows(project);
        project.clock.advance(std::chrono::hours(5));
        CW_VERIFY(project.store->taxonomies().apply(kMerge));
        QVERIFY(dump(project.file()) != before);
        const auto undone = project.store->taxonomies().undo();
        CW_VERIFY(undone);
        QCOMPARE(*undone, 2);
        QCOMPARE(dump(project.file()), before);
        QCOMPARE(project.store->taxonomy().toJson(), test::defaultTaxonomy().toJson());
        QVERIFY(auditRows(project) > rows); // what was done and undone stays told
        CW_VERIFY(project.store->audit().verify());
    }

    void anUndoOverADecisionIsRefusedAndSaysWhich() {
        test::ProjectFixture project;
        decide(project);
        CW_VERIFY(project.store->taxonomies().apply(kMerge));
        CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("cover"), "absent"));
        const std::string before = dump(project.file());
        const auto undone = project.store->taxonomies().undo();
        QVERIFY(!undone.ok());
        QVERIFY2(undone.error().detail.find("Title of cover of msa was decided since by Ana") == 0, undone.error().detail.c_str());
        QCOMPARE(dump(project.file()), before);
        QCOMPARE(project.store->taxonomy().version(), 2);
    }

    void anUndoOverADecisionOnANewTypeIsRefused() {
        test::ProjectFixture project;
        decide(project);
        CW_VERIFY(project.store->taxonomies().apply({{AddType{newType("cover")}}}));
        CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("cover"), "absent"));
        QVERIFY(!project.store->taxonomies().undo().ok());
        Cell blank;
        blank.clause = "cover";
        CW_VERIFY(project.store->annotations().set(project.msa, blank, "undo"));
        CW_VERIFY(project.store->taxonomies().undo());
    }

    void anUndoOverANewCodeIsRefused() {
        test::ProjectFixture project;
        decide(project);
        std::vector<std::string> codes = project.store->taxonomy().find("dispute_resolution")->codes;
        codes.push_back("ombudsman");
        CW_VERIFY(project.store->taxonomies().apply({{ChangeCodes{"dispute_resolution", codes, {}}}}));
        const Cell cell = test::presentCell("dispute_resolution", "governed by", std::string("ombudsman"));
        CW_VERIFY(project.store->annotations().set(project.msa, cell, "present"));
        QVERIFY(!project.store->taxonomies().undo().ok());
    }

    // A trigger lets the last write of the change fail: nothing of it may be there.
    void aFailureLeavesNothingOfTheChange() {
        test::ProjectFixture project;
        decide(project);
        project.store.reset();
        {
            auto database = Database::open(project.file(), Database::Mode::Write);
            CW_VERIFY((*database)->execute("CREATE TRIGGER full BEFORE UPDATE ON project BEGIN SELECT raise(ABORT, 'full'); END"));
        }
        auto store = project.open();
        CW_VERIFY(store);
        const std::string before = dump(project.file());
        const std::int64_t rows = auditRows(project);
        QVERIFY(!(*store)->taxonomies().apply(kMerge).ok());
        QCOMPARE(dump(project.file()), before);
        QCOMPARE(auditRows(project), rows);
        QCOMPARE((*store)->taxonomy().version(), 1);
        QCOMPARE((*store)->taxonomies().versions()->size(), size_t(1));
    }

    void usesCountTheRecord() {
        test::ProjectFixture project;
        decide(project);
        const auto uses = project.store->taxonomies().uses();
        QCOMPARE(uses->at("insurance").present, 1);
        QCOMPARE(uses->at("non_compete").absent, 1);
        QCOMPARE(uses->at("exclusivity").flagged, 1);
    }

    // 300 rounds: a random change of a random project, undone, leaves every byte as it was.
    void randomChangesAreUndoneByteEqual() {
        test::ProjectFixture project;
        decide(project);
        Rng rng(411);
        int applied = 0;
        for (int round = 0; round < 300; ++round) {
            decideAtRandom(project, rng);
            const std::string before = dump(project.file());
            if (!project.store->taxonomies().apply(randomChange(rng, round)))
                continue;
            ++applied;
            CW_VERIFY(project.store->annotations().cells(project.msa)); // every quote is the text's bytes
            CW_VERIFY(project.store->taxonomies().undo());
            QCOMPARE(dump(project.file()), before);
        }
        QVERIFY2(applied > 150, qPrintable(QString::number(applied)));
        CW_VERIFY(project.store->audit().verify());
    }

    void aPreviewOverTwelveHundredContractsIsQuick() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        fillTwelveHundred(project);
        QElapsedTimer timer;
        timer.start();
        const auto counts = project.store->taxonomies().preview(kMerge);
        const qint64 preview = timer.restart();
        CW_VERIFY(counts);
        QCOMPARE(counts->contracts, 1200);
        QCOMPARE(counts->all.kept, 2400);
        CW_VERIFY(project.store->taxonomies().apply(kMerge));
        const qint64 applied = timer.restart();
        CW_VERIFY(project.store->taxonomies().undo());
        qInfo("1,200 contracts x 47: preview %lld ms, apply %lld ms, undo %lld ms", preview, applied, timer.elapsed());
        QVERIFY(preview < 1500);
    }

private:
    // One contract with decisions of Ana's in the record and of Ben's in the second reading.
    static void decide(const test::ProjectFixture& project) {
        if (!project.store)
            qFatal("no project");
        AnnotationStore& cells = project.store->annotations();
        Cell unsure = test::absentCell("exclusivity");
        unsure.flags.unsure = true;
        Cell insured = test::presentCell("insurance", "3 April 2024", true);
        insured.note = "as agreed";
        insured.lookedFor = {{"insurance", 0}};
        insured.dwellMs = 1200;
        bool ok = project.store->readings().assign({project.msa}, "Ben").ok();
        ok = ok && cells.setAll(project.msa, {insured, test::presentCell("source_code_escrow", "laws of England", true),
                                             test::absentCell("non_compete"), unsure}, "present").ok();
        project.store->setPerson("Ben");
        ok = ok && cells.set(project.msa, test::presentCell("insurance", "governed by", true), "present", Reading::Second).ok();
        project.store->setPerson("Ana");
        if (!ok)
            qFatal("no cells");
    }

    // What `decide` left open becomes absent in both, and the two are compared.
    static void finishBoth(const test::ProjectFixture& project) {
        for (const auto& [person, reading] : {std::pair("Ana", Reading::Record), std::pair("Ben", Reading::Second)}) {
            project.store->setPerson(person);
            std::vector<Cell> rest = project.store->annotations().cells(project.msa, reading).value();
            std::erase_if(rest, [](const Cell& cell) { return cell.state != CellState::NotReviewed; });
            for (Cell& cell : rest)
                cell.state = CellState::Absent;
            CW_VERIFY(project.store->annotations().setAll(project.msa, rest, "absent", reading));
            CW_VERIFY(project.store->readings().finish(project.msa, reading));
        }
        project.store->setPerson("Ana");
    }

    static std::string randomKey(Rng& rng, const test::ProjectFixture& project) {
        const auto& types = project.store->taxonomy().types();
        return types[rng.below(types.size())].key;
    }

    static void decideAtRandom(const test::ProjectFixture& project, Rng& rng) {
        for (int i = 0; i < 6; ++i) {
            const std::string key = randomKey(rng, project);
            Cell cell = rng.below(2) ? test::absentCell(key) : test::presentCell(key, rng.below(2) ? "governed by" : "by the laws");
            cell.note = rng.below(2) ? "n" : "";
            const Reading reading = rng.below(3) ? Reading::Record : Reading::Second;
            project.store->setPerson(reading == Reading::Second ? "Ben" : "Ana");
            CW_VERIFY(project.store->annotations().set(project.msa, cell, "present", reading));
            project.store->setPerson("Ana");
        }
    }

    static TaxonomyChange randomChange(Rng& rng, int round) {
        static const Taxonomy taxonomy = test::defaultTaxonomy();
        const auto key = [&] { return taxonomy.types()[rng.below(taxonomy.types().size())].key; };
        const std::string made = "made_" + std::to_string(round);
        switch (rng.below(4)) {
        case 0: return {{RetireType{key()}, MergeTypes{{key(), key()}, key()}}};
        case 1: return {{AddType{newType(made, "data")}, MergeTypes{{key(), key()}, made}}};
        case 2: return {{AddType{newType(made, "data")}, SplitType{key(), {made, key()}, {made}}, EditTexts{made, "T", {}, {}, {}}}};
        default: return {{AddType{newType(made, "data")}, SplitType{key(), {made, key()}, {}}}};
        }
    }

    static void fillTwelveHundred(const test::ProjectFixture& project) {
        for (int i = 0; i < 1199; ++i)
            CW_VERIFY(project.store->contracts().add(test::contractNamed("c" + std::to_string(i)), test::documentOf(test::kText)));
        auto database = Database::open(project.file(), Database::Mode::Write);
        CW_VERIFY(database);
        CW_VERIFY(inTransaction(**database, [&]() -> Status {
            for (const ClauseType& type : project.store->taxonomy().types()) {
                const std::string key = type.key, present = key == "insurance" ? "'present', 0, 0, 0, 'true'" : "'absent', 0, 0, 0, NULL";
                CW_TRY((*database)->execute("INSERT INTO cells SELECT number, 0, '" + key + "', " + present +
                                            ", 'Ana', 't', '', '[]', '', 0, '[]' FROM contracts"));
            }
            return (*database)->execute("INSERT INTO spans SELECT number, 0, 'insurance', 0, 0, 4, 'This' FROM contracts");
        }));
    }
};

QTEST_APPLESS_MAIN(TestTaxonomyStore)
#include "test_taxonomy_store.moc"
