// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Splits: what is saved comes back, a frozen one stays, and a test contract is one for good.
#include "tests/support/project_fixture.h"

using namespace cw;

namespace {

// Contracts a, b, c beside msa.
struct SplitFixture : test::ProjectFixture {
    SplitFixture() {
        for (const char* id : {"a", "b", "c"})
            if (!store || !store->contracts().add(test::contractNamed(id), test::documentOf(id)))
                store.reset();
    }
    Split split{
        .name = "default",
        .seed = 0xFFFF'FFFF'FFFF'FFF0,
        .by = {"contract_type", "language"},
        .sides = {{ContractId("a"), Side::Train}, {ContractId("b"), Side::Validation}, {ContractId("c"), Side::Test}},
        .createdAt = "2026-11-24T12:00:00.000Z"};
};

} // namespace

class TestSplitStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSplitComesBackAsItWentIn();
    void anUnfrozenSplitCanBeMadeAgain();
    void aFrozenSplitStays();
    void aTestContractIsOneForGood_data();
    void aTestContractIsOneForGood();
    void whatARunLearntFromIsNeverTested();
    void whatAVersionTrainsOnIsNoValidationInTheNext();
    void anUnknownContractOrSplitIsNotFound();
    void everyChangeIsAudited();
};

void TestSplitStore::aSplitComesBackAsItWentIn() {
    const SplitFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->splits().save(project.split));
    QVERIFY(project.store->splits().get("default").value() == project.split);
    Split second{.name = "second", .seed = 3, .by = {}, .sides = {{ContractId("c"), Side::Test}}, .createdAt = ""};
    CW_VERIFY(project.store->splits().save(second));
    second.createdAt = "2026-11-24T12:02:07.250Z";
    const auto all = project.store->splits().all();
    CW_VERIFY(all);
    QCOMPARE(all->size(), size_t(2));
    QVERIFY(all->at(1) == second);
    QVERIFY(project.store->splits().lockedTestContracts().value() == std::set<ContractId>{ContractId("c")});
}

void TestSplitStore::anUnfrozenSplitCanBeMadeAgain() {
    SplitFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->splits().save(project.split));
    project.split.seed = 4;
    project.split.sides[ContractId("a")] = Side::Validation;
    project.split.sides[ContractId("b")] = Side::Test;
    project.split.sides[ContractId("msa")] = Side::Train;
    CW_VERIFY(project.store->splits().save(project.split));
    QVERIFY(project.store->splits().get("default").value() == project.split);
}

void TestSplitStore::aFrozenSplitStays() {
    SplitFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->splits().save(project.split));
    CW_VERIFY(project.store->splits().freeze("default"));
    CW_VERIFY(project.store->splits().freeze("default")); // again is nothing
    QVERIFY(project.store->splits().get("default").value().frozen);
    project.split.seed = 4;
    const Status status = project.store->splits().save(project.split);
    QCOMPARE(status.error().code, ErrorCode::BadUsage);
    QVERIFY(status.error().detail.find("frozen") != std::string::npos);
    QCOMPARE(project.store->splits().get("default").value().seed, 0xFFFF'FFFF'FFFF'FFF0);
}

void TestSplitStore::aTestContractIsOneForGood_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("side"); // of contract c, -1: left out
    QTest::addColumn<bool>("allowed");
    QTest::newRow("same split, to train") << "default" << static_cast<int>(Side::Train) << false;
    QTest::newRow("same split, to validation") << "default" << static_cast<int>(Side::Validation) << false;
    QTest::newRow("same split, left out") << "default" << -1 << false;
    QTest::newRow("same split, test") << "default" << static_cast<int>(Side::Test) << true;
    QTest::newRow("other split, to train") << "other" << static_cast<int>(Side::Train) << false;
    QTest::newRow("other split, left out") << "other" << -1 << true;
    QTest::newRow("other split, test") << "other" << static_cast<int>(Side::Test) << true;
}

void TestSplitStore::aTestContractIsOneForGood() {
    QFETCH(QString, name);
    QFETCH(int, side);
    QFETCH(bool, allowed);
    const SplitFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->splits().save(project.split));
    Split next = project.split;
    next.name = name.toStdString();
    next.sides.erase(ContractId("c"));
    if (side >= 0)
        next.sides[ContractId("c")] = static_cast<Side>(side);
    const Status status = project.store->splits().save(next);
    QCOMPARE(status.ok(), allowed);
    if (!allowed) {
        QCOMPARE(status.error().code, ErrorCode::BadUsage);
        QVERIFY(status.error().detail.find("Contract c ") != std::string::npos);
        QVERIFY(project.store->splits().get("default").value() == project.split);
    }
}

void TestSplitStore::whatARunLearntFromIsNeverTested() {
    SplitFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->splits().save(project.split));
    Split next = project.split;
    next.name = "other";
    ContractId trained;
    for (auto& [contract, side] : next.sides)
        if (side == Side::Train)
            trained = contract;
    QVERIFY(!trained.value.empty());
    next.sides[trained] = Side::Test;
    QVERIFY(project.store->splits().learntContracts()->empty()); // no run yet
    CW_VERIFY(project.store->splits().freeze("default"));
    QVERIFY(project.store->splits().learntContracts()->at(trained) == Side::Train);
    const Status refused = project.store->splits().save(next);
    QCOMPARE(refused.error().code, ErrorCode::BadUsage);
    QVERIFY(refused.error().detail.find("A run learnt from contract " + trained.value) != std::string::npos);
    next.sides[trained] = Side::Train;
    CW_VERIFY(project.store->splits().save(next));
}

void TestSplitStore::whatAVersionTrainsOnIsNoValidationInTheNext() {
    SplitFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->splits().save(project.split));
    CW_VERIFY(project.store->splits().freeze("default"));
    QVERIFY(project.store->splits().learntContracts()->at(ContractId("b")) == Side::Validation);
    project.split.name = "default-2";
    project.split.sides[ContractId("b")] = Side::Train;
    CW_VERIFY(project.store->splits().save(project.split));
    CW_VERIFY(project.store->splits().freeze("default-2"));
    QVERIFY(project.store->splits().learntContracts()->at(ContractId("b")) == Side::Train);
}

void TestSplitStore::anUnknownContractOrSplitIsNotFound() {
    SplitFixture project;
    QVERIFY(project.store);
    QCOMPARE(project.store->splits().get("nothing").error().code, ErrorCode::NotFound);
    QCOMPARE(project.store->splits().freeze("nothing").error().code, ErrorCode::NotFound);
    project.split.sides[ContractId("nobody")] = Side::Train;
    QCOMPARE(project.store->splits().save(project.split).error().code, ErrorCode::NotFound);
    QVERIFY(project.store->splits().all().value().empty());
    project.split.name.clear();
    QCOMPARE(project.store->splits().save(project.split).error().code, ErrorCode::BadUsage);
}

void TestSplitStore::everyChangeIsAudited() {
    const SplitFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->splits().save(project.split));
    CW_VERIFY(project.store->splits().freeze("default"));
    const auto entries = project.store->audit().entries("split:default").value();
    QCOMPARE(entries.size(), size_t(2));
    QCOMPARE(entries[0].action, std::string("save"));
    QCOMPARE(entries[1].action, std::string("freeze"));
    QVERIFY(entries[1].after.find("\"c\":\"test\"") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestSplitStore)
#include "test_split_store.moc"
