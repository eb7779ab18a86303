// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Review notes: what was said stays, with who and when, in the audit's chain; what is taken back is withdrawn, not gone.
#include "core/store/record_json.h"
#include "core/store/review_store.h"
#include "core/store/migrations.h"
#include "tests/support/project_fixture.h"

using namespace cw;

namespace {

ReviewNote noteOn(ReviewStore& store, ReviewNoteKind kind, const std::string& clause = "governing_law") {
    ReviewNote note = store.make(kind);
    note.contract = ContractId("msa");
    note.clause = clause;
    note.run = RunId("01A");
    note.against = RunId("01B");
    return note;
}

} // namespace

class TestReviewStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNoteComesBackAsItWentIn() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        ReviewStore& reviews = project.store->reviews();
        ReviewNote note = noteOn(reviews, ReviewNoteKind::Dispute);
        note.text = "The \"term\" is \xE2\x80\x98" "five years\xE2\x80\x99.";
        note.proposed = "{\"q\":[\"five years\"],\"v\":\"P5Y\"}";
        QCOMPARE(note.person, std::string("Ana"));
        QCOMPARE(note.madeAt, std::string("2026-11-24T12:02:07.250Z"));
        CW_VERIFY(reviews.put(note, "dispute"));
        QVERIFY(reviews.get(note.id).value() == note);
        QVERIFY(noteFromRecordJson(recordJson(note)) == note);
        QVERIFY(noteFromRecordJson("[]") == ReviewNote());
        QCOMPARE(reviews.ofClause(note.contract, "governing_law").value(), std::vector{note});
        QVERIFY(reviews.ofClause(note.contract, "renewal_term").value().empty());
        QCOMPARE(reviews.openDisputes().value(), std::vector{note});
        QVERIFY(reviews.wanted().value().empty());
    }

    void whatIsTakenBackIsWithdrawnAndStaysInTheAudit() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        ReviewStore& reviews = project.store->reviews();
        ReviewNote note = noteOn(reviews, ReviewNoteKind::Comment);
        note.text = "Too narrow.";
        CW_VERIFY(reviews.put(note, "comment"));
        ReviewNote gone = note;
        gone.state = ReviewNoteState::Withdrawn;
        CW_VERIFY(reviews.put(gone, "undo"));
        QVERIFY(reviews.ofClause(note.contract, note.clause).value().empty());
        QVERIFY(reviews.get(note.id).value() == gone);
        const auto entries = project.store->audit().entries("msa/governing_law");
        CW_VERIFY(entries);
        QCOMPARE(entries->size(), size_t{2});
        QCOMPARE(entries->at(0).entity, std::string("review"));
        QCOMPARE(entries->at(0).action, std::string("comment"));
        QVERIFY(entries->at(0).before.empty());
        QCOMPARE(entries->at(1).action, std::string("undo"));
        QCOMPARE(entries->at(1).before, recordJson(note));
        QCOMPARE(entries->at(1).after, recordJson(gone));
        CW_VERIFY(project.store->audit().verify());
    }

    void aPersonHasOneVerdictAClauseAndPairOfRuns() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        ReviewStore& reviews = project.store->reviews();
        ReviewNote first = noteOn(reviews, ReviewNoteKind::Verdict);
        first.verdict = ReviewVerdict::ARight;
        CW_VERIFY(reviews.put(first, "verdict"));
        ReviewNote second = noteOn(reviews, ReviewNoteKind::Verdict);
        second.verdict = ReviewVerdict::BRight;
        const Status refused = reviews.put(second, "verdict");
        QVERIFY(!refused.ok() && refused.error().code == ErrorCode::BadUsage);
        first.verdict = ReviewVerdict::BothWrong;
        CW_VERIFY(reviews.put(first, "verdict"));
        second.against = RunId("01C"); // another baseline, another question
        CW_VERIFY(reviews.put(second, "verdict"));
        ReviewNote others = noteOn(reviews, ReviewNoteKind::Verdict);
        others.person = "Bo";
        others.verdict = ReviewVerdict::ARight;
        CW_VERIFY(reviews.put(others, "verdict"));
        QCOMPARE(reviews.ofClause(first.contract, first.clause)->size(), size_t{3});
    }

    void aContractThatTheProjectDoesNotKnowCanBeSpokenOf() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        ReviewNote note = noteOn(project.store->reviews(), ReviewNoteKind::Wanted);
        note.contract = ContractId("from-elsewhere");
        CW_VERIFY(project.store->reviews().put(note, "want"));
        QCOMPARE(project.store->reviews().wanted()->size(), size_t{1});
        note.id.clear();
        QVERIFY(!project.store->reviews().put(note, "want").ok());
    }

    void anUnknownNoteIsNotFound() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        const auto missing = project.store->reviews().get("01X");
        QVERIFY(!missing.ok() && missing.error().code == ErrorCode::NotFound);
    }

    void aProjectOfBeforeGetsThem() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        const std::filesystem::path file = std::filesystem::path(project.temporary.path().toStdString()) / "before.sqlite";
        const auto database = Database::open(file, Database::Mode::Create);
        QVERIFY(database.ok());
        constexpr size_t kBefore = 3;
        CW_VERIFY(migrate(**database, {schemaFiles().begin(), schemaFiles().begin() + kBefore}, project.folder / "backups", project.clock));
        QCOMPARE((*database)->queryInteger("SELECT count(*) FROM sqlite_schema WHERE name = 'review_notes'").value(), 0);
        CW_VERIFY(migrate(**database, schemaFiles(), project.folder / "backups", project.clock));
        QCOMPARE((*database)->queryInteger("SELECT count(*) FROM review_notes").value(), 0);
    }

    void aPairIsTakenBackByWhoAddedItWhileNobodyElseVoted() {
        const test::ProjectFixture project;
        QVERIFY(project.store);
        PreferencePair pair;
        pair.id = PairId("01P");
        pair.prompt = "Extract";
        pair.first = "{}";
        pair.second = "{";
        pair.annotator = "Bo";
        QCOMPARE(project.store->preferences().add({pair}).value(), 1);
        QVERIFY(!project.store->preferences().remove(pair.id, "undo").ok());
        CW_VERIFY(project.store->preferences().vote(pair.id, Verdict::FirstBetter, {}));
        CW_VERIFY(project.store->preferences().remove(pair.id, "undo"));
        QVERIFY(project.store->preferences().all().value().empty());
        QCOMPARE(project.store->preferences().add({pair}).value(), 1); // and it can come again
        CW_VERIFY(project.store->audit().verify());
    }
};

QTEST_APPLESS_MAIN(TestReviewStore)
#include "test_review_store.moc"
