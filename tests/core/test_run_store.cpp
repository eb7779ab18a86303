// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The index of runs and of models.
#include "tests/support/project_fixture.h"

using namespace cw;

namespace {

RunRecord runOf(const std::string& id) {
    return {RunId(id), "sft", "A run", "runs/" + id, "default", "abc", "", ""};
}

ModelRecord modelOf(const std::string& name, const std::string& folder) {
    return {name, folder, "base", "", "", ""};
}

} // namespace

class TestRunStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsComeNewestFirst();
    void aRunHasAnIdOfItsOwn();
    void modelsComeBackAsTheyWentIn();
    void aModelsNameIsTakenOnce();
    void whatIsUnknownIsNotFound();
};

void TestRunStore::runsComeNewestFirst() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    const RunRecord first{RunId("01B"), "sft", "First", "runs/01B", "default", "abc", "2026-11-24T10:00:00.000Z",
                          "Ben"};
    RunRecord second{RunId("01A"), "dpo", "Second", "/cluster/01A", "", "", "", ""};
    CW_VERIFY(project.store->runs().add(first));
    CW_VERIFY(project.store->runs().add(second));
    second.startedAt = "2026-11-24T12:02:07.250Z";
    second.startedBy = "Ana";
    const auto runs = project.store->runs().all();
    CW_VERIFY(runs);
    QVERIFY((*runs == std::vector<RunRecord>{second, first}));
    QVERIFY(project.store->runs().get(RunId("01B")).value() == first);
    QCOMPARE(project.store->audit().entries("01B").value().at(0).action, std::string("start"));
}

void TestRunStore::aRunHasAnIdOfItsOwn() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->runs().add(runOf("01A")));
    QCOMPARE(project.store->runs().add(runOf("01A")).error().code, ErrorCode::BadUsage);
    QCOMPARE(project.store->runs().add(runOf("")).error().code, ErrorCode::BadUsage);
    QCOMPARE(project.store->runs().all().value().size(), size_t(1));
}

void TestRunStore::modelsComeBackAsTheyWentIn() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const ModelRecord base{"tiny", "models/tiny", "base", "", "", "2026-11-24T10:00:00.000Z"};
    ModelRecord adapter{"tiny-sft", "runs/01A/outputs/adapter", "adapter", "tiny", "01A", ""};
    CW_VERIFY(project.store->models().add(base));
    CW_VERIFY(project.store->models().add(adapter));
    adapter.addedAt = "2026-11-24T12:02:07.250Z";
    QVERIFY((project.store->models().all().value() == std::vector<ModelRecord>{base, adapter}));
    QVERIFY(project.store->models().get("tiny-sft").value() == adapter);
}

void TestRunStore::aModelsNameIsTakenOnce() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->models().add(modelOf("tiny", "a")));
    const Status again = project.store->models().add(modelOf("tiny", "b"));
    QCOMPARE(again.error().code, ErrorCode::BadUsage);
    QVERIFY(again.error().detail.find("tiny") != std::string::npos);
    QCOMPARE(project.store->models().get("tiny").value().folder, std::string("a"));
    QCOMPARE(project.store->models().add(modelOf("", "a")).error().code, ErrorCode::BadUsage);
}

void TestRunStore::whatIsUnknownIsNotFound() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    QCOMPARE(project.store->runs().get(RunId("01X")).error().code, ErrorCode::NotFound);
    QCOMPARE(project.store->models().get("nothing").error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestRunStore)
#include "test_run_store.moc"
