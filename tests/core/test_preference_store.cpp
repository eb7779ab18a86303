// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Preference pairs: the same pair is added once, and a vote says who, when and why.
#include "tests/support/project_fixture.h"

using namespace cw;

namespace {

PreferencePair pairOf(const std::string& first, const std::string& second) {
    PreferencePair pair;
    pair.contract = ContractId("msa");
    pair.window = {4, 40};
    pair.prompt = "Extract clauses from the contract text below";
    pair.request = {"governing_law", "non_compete"};
    pair.first = first;
    pair.second = second;
    pair.origin = PairOrigin::Malformed;
    pair.run = RunId("01RUN");
    pair.firstShownLeft = false;
    return pair;
}

} // namespace

class TestPreferenceStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPairComesBackAsItWentIn();
    void theSamePairIsAddedOnce();
    void aVoteSaysWhoWhenAndWhy_data();
    void aVoteSaysWhoWhenAndWhy();
    void aVoteCanBeTakenBack();
    void anUnknownContractAddsNothing();
    void anUnknownPairIsNotFound();
};

void TestPreferenceStore::aPairComesBackAsItWentIn() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    PreferencePair named = pairOf("{\"a\":null}", "{a");
    named.id = PairId("01A");
    PreferencePair bare = pairOf("x", "y");
    bare.contract = {};
    QCOMPARE(project.store->preferences().add({named, bare}).value(), 2);
    const auto all = project.store->preferences().all();
    CW_VERIFY(all);
    QCOMPARE(all->size(), size_t(2));
    QVERIFY(project.store->preferences().get(named.id).value() == named);
    const auto& stored = all->at(0).id == named.id ? all->at(1) : all->at(0);
    QCOMPARE(stored.id.value.size(), size_t(26)); // given by the store
    bare.id = stored.id;
    QVERIFY(stored == bare);
}

void TestPreferenceStore::theSamePairIsAddedOnce() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    QCOMPARE(project.store->preferences()
                 .add({pairOf("a", "b"), pairOf("a", "b"), pairOf("b", "a"), pairOf("ab", "")})
                 .value(),
             2);
    QCOMPARE(project.store->preferences().add({pairOf("b", "a"), pairOf("a", "c")}).value(), 1);
    QCOMPARE(project.store->preferences().all().value().size(), size_t(3));
}

void TestPreferenceStore::aVoteSaysWhoWhenAndWhy_data() {
    QTest::addColumn<int>("verdict");
    for (const Verdict verdict : {Verdict::FirstMuchBetter, Verdict::FirstBetter, Verdict::Tie, Verdict::SecondBetter,
                                  Verdict::SecondMuchBetter, Verdict::BothBad, Verdict::Skipped})
        QTest::addRow("%d", static_cast<int>(verdict)) << static_cast<int>(verdict);
}

void TestPreferenceStore::aVoteSaysWhoWhenAndWhy() {
    QFETCH(int, verdict);
    const test::ProjectFixture project;
    QVERIFY(project.store);
    QCOMPARE(project.store->preferences().add({pairOf("a", "b")}).value(), 1);
    PreferencePair wanted = project.store->preferences().all().value().at(0);
    wanted.verdict = static_cast<Verdict>(verdict);
    wanted.reasons = {"wrong value", "invented"};
    wanted.annotator = "Ana";
    wanted.votedAt = "2026-11-24T12:02:07.250Z";
    CW_VERIFY(project.store->preferences().vote(wanted.id, wanted.verdict, wanted.reasons));
    QVERIFY(project.store->preferences().get(wanted.id).value() == wanted);
    const auto entries = project.store->audit().entries(wanted.id.value).value();
    QCOMPARE(entries.size(), size_t(2));
    QCOMPARE(entries[1].action, std::string("vote"));
    QVERIFY(entries[1].after.find("invented") != std::string::npos);
}

void TestPreferenceStore::aVoteCanBeTakenBack() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    QCOMPARE(project.store->preferences().add({pairOf("a", "b")}).value(), 1);
    const PreferencePair before = project.store->preferences().all().value().at(0);
    CW_VERIFY(project.store->preferences().vote(before.id, Verdict::Tie, {"same"}));
    CW_VERIFY(project.store->preferences().vote(before.id, Verdict::None, {}, "undo"));
    QVERIFY(project.store->preferences().get(before.id).value() == before);
    QCOMPARE(project.store->audit().entries(before.id.value).value().back().action, std::string("undo"));
}

void TestPreferenceStore::anUnknownContractAddsNothing() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    PreferencePair lost = pairOf("c", "d");
    lost.contract = ContractId("nobody");
    QCOMPARE(project.store->preferences().add({pairOf("a", "b"), lost}).error().code, ErrorCode::NotFound);
    QVERIFY(project.store->preferences().all().value().empty());
}

void TestPreferenceStore::anUnknownPairIsNotFound() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    QCOMPARE(project.store->preferences().get(PairId("01X")).error().code, ErrorCode::NotFound);
    QCOMPARE(project.store->preferences().vote(PairId("01X"), Verdict::Tie, {}).error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestPreferenceStore)
#include "test_preference_store.moc"
