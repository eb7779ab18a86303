// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Before and after a warm start: which evaluations there are, which are missing and how they ask, and what the two say by side and language.
#include "app/services/result_qt.h"
#include "app/services/run_dataset.h"
#include "app/services/warm_start.h"
#include "tests/support/evaluation_fixture.h"
#include "tests/support/project_fixture.h"
#include "tests/support/run_fixture.h"

using namespace cw;
using namespace cw::test;

class TestWarmStart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void onlyATrainingFromAnAdapterIsOne();
    void theOldTestSideComesFirst();
    void whatIsMissingAsksLikeTheRun();
    void whatIsMissingAsksLikeItsCounterpart();
    void twoThatAskedTheSameArePaired();
    void anAdapterFromElsewhereHasTheRunsOwnSide();
    void slicesAreBySideAndLanguage();
    void whatAnAdapterLearntFromIsLeftOut();
    void theChainOfStartsIsFollowed();

private:
    RunFolder train(const std::string& name, const std::string& adapter, const std::string& split, RunState end = RunState::Done) {
        RunSpec spec = namedSpec(RunKind::Sft, name);
        spec.adapter = adapter;
        spec.dtype = "f32";
        auto folder = writeRun(*m_session, spec, steps(1, 2, 2), end, split);
        if (!folder)
            return RunFolder("nowhere");
        RunRequest request{spec, {}, Side::Train, true};
        request.data.split = split;
        request.data.chunk = {4000, 200};
        (void)writeDatasetChoice(*folder, request).ok();
        (void)makeFolder(folder->adapter()).ok();
        return *folder;
    }
    RunFolder evaluate(const std::string& adapter, const std::string& split, size_t window = 4000) {
        RunSpec spec = namedSpec(RunKind::Evaluate, "evaluation");
        spec.adapter = adapter;
        auto folder = writeRun(*m_session, spec, {}, RunState::Done, split);
        RunRequest request{spec, {}, Side::Test, true};
        request.data.split = split;
        request.data.chunk = {window, 200};
        (void)writeDatasetChoice(*folder, request).ok();
        return *folder;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    SystemClock m_clock;
    std::unique_ptr<StoreSession> m_session;
};

void TestWarmStart::init() {
    m_session.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto made = StoreSession::create(m_folder->filePath(QStringLiteral("p.clausewright")), ana(), m_clock);
    CW_VERIFY(made);
    m_session = std::move(*made);
}

void TestWarmStart::onlyATrainingFromAnAdapterIsOne() {
    const RunFolder first = train("first", "", "v1");
    const RunFolder second = train("second", first.adapter().string(), "v1");
    const RunFolder stopped = train("stopped", first.adapter().string(), "v1", RunState::Stopped);
    const RunFolder evaluation = evaluate(first.adapter().string(), "v1");
    const RunSupervisor runs(*m_session);
    QVERIFY(!warmStartOf(runs, first.id()));
    QVERIFY(!warmStartOf(runs, stopped.id()));
    QVERIFY(!warmStartOf(runs, evaluation.id()));
    const auto found = warmStartOf(runs, second.id());
    QVERIFY(found);
    QCOMPARE(found->start, first.adapter().string());
    QCOMPARE(found->result, second.adapter().string());
    QCOMPARE(found->sides.size(), size_t{1}); // the same split
}

void TestWarmStart::theOldTestSideComesFirst() {
    const RunFolder first = train("first", "", "v1");
    const RunFolder second = train("second", first.adapter().string(), "v2");
    const RunSupervisor runs(*m_session);
    const auto found = warmStartOf(runs, second.id());
    QCOMPARE(found->sides.size(), size_t{2});
    QCOMPARE(found->sides[0].split, std::string("v1"));
    QCOMPARE(found->sides[1].split, std::string("v2"));
    QVERIFY(found->sides[0].origin == SideOrigin::Old && found->sides[1].origin == SideOrigin::New);
}

void TestWarmStart::whatIsMissingAsksLikeTheRun() {
    const RunFolder first = train("first", "", "v1");
    const RunFolder second = train("second", first.adapter().string(), "v2");
    const RunSupervisor runs(*m_session);
    const auto missing = missingEvaluations(runs, *warmStartOf(runs, second.id()));
    QCOMPARE(missing.size(), size_t{4});
    QCOMPARE(missing[0].spec.adapter, first.adapter().string());
    QCOMPARE(missing[1].spec.adapter, second.adapter().string());
    QCOMPARE(missing[1].spec.name, std::string("After second, test side of v1"));
    QCOMPARE(missing[3].spec.name, std::string("After second, test side of v2"));
    QCOMPARE(missing[2].data.split, std::string("v2"));
    for (const RunRequest& request : missing) {
        QVERIFY(request.spec.kind == RunKind::Evaluate && request.side == Side::Test);
        QCOMPARE(request.data.chunk.maxBytes, size_t{4000});
        QCOMPARE(request.spec.dtype, std::string("f32"));
    }
}

void TestWarmStart::whatIsMissingAsksLikeItsCounterpart() {
    const RunFolder first = train("first", "", "v1");
    const RunFolder second = train("second", first.adapter().string(), "v1");
    const RunFolder before = evaluate(first.adapter().string(), "v1", 777);
    const RunSupervisor runs(*m_session);
    const auto found = warmStartOf(runs, second.id());
    QVERIFY(found->sides[0].before == before.id() && !found->sides[0].after);
    const auto missing = missingEvaluations(runs, *found);
    QCOMPARE(missing.size(), size_t{1});
    QCOMPARE(missing[0].data.chunk.maxBytes, size_t{777});
    QCOMPARE(missing[0].spec.adapter, second.adapter().string());
}

void TestWarmStart::twoThatAskedTheSameArePaired() {
    const RunFolder first = train("first", "", "v1");
    const RunFolder second = train("second", first.adapter().string(), "v1");
    const RunFolder before = evaluate(first.adapter().string(), "v1", 4000);
    (void)evaluate(first.adapter().string(), "v1", 777); // newer, but it asked otherwise
    (void)evaluate(first.adapter().string(), "v2", 4000); // of another side
    const RunFolder after = evaluate(second.adapter().string(), "v1", 4000);
    const RunSupervisor runs(*m_session);
    const auto found = warmStartOf(runs, second.id());
    QVERIFY(found->sides[0].before == before.id());
    QVERIFY(found->sides[0].after == after.id());
    QVERIFY(missingEvaluations(runs, *found).empty());
}

void TestWarmStart::anAdapterFromElsewhereHasTheRunsOwnSide() {
    const RunFolder run = train("second", "/models/adapter", "v2");
    const RunSupervisor runs(*m_session);
    const auto found = warmStartOf(runs, run.id());
    QCOMPARE(found->sides.size(), size_t{1});
    QCOMPARE(found->sides[0].split, std::string("v2"));
}

void TestWarmStart::slicesAreBySideAndLanguage() {
    std::vector<GoldRow> gold = threeContracts();
    gold[0].language = "en-GB";
    gold[1].language = gold[2].language = "en-US";
    std::vector<OutputRow> better = threeOutputs();
    better[0] = outputRow("alpha", Findings{{"governing_law", found("governed by the laws of England", std::string("GB-EAW"))}});
    RunFolder folders[] = {evaluate("a", "v1"), evaluate("b", "v1")};
    for (int i = 0; i < 2; ++i) {
        CW_VERIFY(writeFileAtomically(folders[i].taxonomy(), defaultTaxonomy().toJson()));
        CW_VERIFY(writeFileAtomically(folders[i].gold(), toLines(gold)));
        CW_VERIFY(writeFileAtomically(folders[i].predictions(), toLines(i == 0 ? threeOutputs() : better)));
    }
    BeforeAfter compared;
    CW_VERIFY(addSlices(compared, {.split = "v1"}, folders[0], folders[1]));
    QCOMPARE(compared.mode, std::string("free"));
    QCOMPARE(compared.slices.size(), size_t{3});
    QCOMPARE(compared.slices[0].language, std::string());
    QCOMPARE(compared.slices[0].cells.total.cells, 12);
    QCOMPARE(compared.slices[1].language, std::string("en-GB"));
    QCOMPARE(compared.slices[1].cells.total.cells, 4);
    QCOMPARE(compared.slices[1].cells.forgotten().front().first, std::string("document_name"));
    QVERIFY(compared.slices[2].cells.forgotten().empty());
    QVERIFY(compared.notes.empty());
    QVERIFY(!addSlices(compared, {.split = "v1"}, folders[0], RunFolder("nowhere")));
}

void TestWarmStart::whatAnAdapterLearntFromIsLeftOut() {
    RunFolder folders[] = {evaluate("a", "v1"), evaluate("b", "v1")};
    for (const RunFolder& folder : folders) {
        CW_VERIFY(writeFileAtomically(folder.taxonomy(), defaultTaxonomy().toJson()));
        CW_VERIFY(writeFileAtomically(folder.gold(), toLines(threeContracts())));
        CW_VERIFY(writeFileAtomically(folder.predictions(), toLines(threeOutputs())));
    }
    const auto contracts = threeContracts();
    const RunFolder learner = train("learner", "", "v2");
    ChatRow row{"?", "{}", {}};
    row.meta.contract = contracts[0].contract;
    CW_VERIFY(writeFileAtomically(learner.train(), toLine(row) + "\n"));
    const SideToCompare side{"v1", SideOrigin::Old, {learner}, true};
    BeforeAfter compared;
    CW_VERIFY(addSlices(compared, side, folders[0], folders[1]));
    QCOMPARE(compared.slices.front().cells.total.contracts, 2);
    QVERIFY(compared.slices.front().origin == SideOrigin::Old);
    QCOMPARE(compared.notes.size(), size_t{2});
    QCOMPARE(compared.notes[0], std::string("Left out of the test side of v1: 1 contract that was in the training or validation data of one of the adapters."));
    QVERIFY(compared.notes[1].starts_with("What the first adapter was trained on isn't known here"));

    std::string pairs; // of a preference run that saw all of them
    for (const GoldRow& gold : contracts) {
        PreferenceRow pair{"?", "a", "b", {}};
        pair.meta.contract = gold.contract;
        pairs += toLine(pair) + "\n";
    }
    auto preference = writeRun(*m_session, namedSpec(RunKind::Dpo, "pairs"), {});
    CW_VERIFY(preference);
    CW_VERIFY(writeFileAtomically(preference->train(), pairs));
    BeforeAfter nothing;
    CW_VERIFY(addSlices(nothing, {"v1", SideOrigin::Only, {*preference}, false}, folders[0], folders[1]));
    QVERIFY(nothing.slices.empty());
    QCOMPARE(nothing.notes.front(), std::string("The test side of v1 is left out: it has nothing but 3 contracts that were in the training or "
                                                "validation data of one of the adapters."));
}

void TestWarmStart::theChainOfStartsIsFollowed() {
    const RunFolder first = train("first", "", "v1");
    const RunFolder second = train("second", first.adapter().string(), "v1");
    const RunFolder third = train("third", second.adapter().string(), "v2");
    const RunFolder elsewhere = train("fourth", "/models/adapter", "v2");
    const RunSupervisor runs(*m_session);
    const auto found = warmStartOf(runs, third.id());
    QVERIFY((found->learners == std::vector<RunId>{third.id(), second.id(), first.id()}));
    QVERIFY(!found->isFromElsewhere);
    const auto other = warmStartOf(runs, elsewhere.id());
    QVERIFY((other->learners == std::vector<RunId>{elsewhere.id()}));
    QVERIFY(other->isFromElsewhere);
}

QTEST_GUILESS_MAIN(TestWarmStart)
#include "test_warm_start.moc"
