// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The audit: every change has a row, rows are a chain, nobody can rewrite it unseen.
#include "core/base/hash.h"
#include "tests/support/project_fixture.h"

#include <algorithm>
#include <set>

using namespace cw;

namespace {

// A project with 20 decisions, closed.
void fill(test::ProjectFixture& project) {
    QVERIFY(project.store);
    std::vector<Cell> cells;
    for (size_t i = 0; i < 20; ++i)
        cells.push_back(test::absentCell(project.store->taxonomy().types()[i].key));
    CW_VERIFY(project.store->annotations().setAll(project.msa, cells, "absent"));
    project.store.reset();
}

Status run(const std::filesystem::path& file, const std::string& sql) {
    CW_TRY_ASSIGN(database, Database::open(file, Database::Mode::Write));
    return database->execute(sql);
}

Result<std::int64_t> verify(const test::ProjectFixture& project) {
    CW_TRY_ASSIGN(store, project.open());
    return store->audit().verify();
}

const std::string kUnprotect = "DROP TRIGGER audit_keeps_rows; DROP TRIGGER audit_keeps_all_rows; ";

} // namespace

class TestAuditStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRowSaysWhoWhenWhatAndIsChained();
    void theHashCoversTheFieldsAsDocumented();
    void entriesOfAContractAreItsOwnAndThoseOfItsCells();
    void aLimitKeepsTheNewest();
    void anotherDeviceBeginsItsOwnChain();
    void aClockThatGoesBackDoesNotDisturbTheOrder();
    void rowsCantBeChangedOrDeleted();
    void aChangedFieldIsFound_data();
    void aChangedFieldIsFound();
    void aMissingRowIsFound();
    void aBitFlippedInTheFileIsFound();
};

void TestAuditStore::aRowSaysWhoWhenWhatAndIsChained() {
    test::ProjectFixture project;
    fill(project);
    const auto store = project.open();
    CW_VERIFY(store);
    const auto entries = (*store)->audit().entries("").value();
    QCOMPARE(entries.size(), size_t(22));
    QCOMPARE((*store)->audit().verify().value(), 22);
    std::set<std::string> operations, salts;
    for (size_t i = 0; i < entries.size(); ++i) {
        const AuditEntry& entry = entries[i];
        QCOMPARE(entry.seq, static_cast<std::int64_t>(i + 1));
        QCOMPARE(entry.logicalClock, static_cast<std::int64_t>(i + 1));
        QCOMPARE(entry.person, std::string("Ana"));
        QCOMPARE(entry.osUser, std::string("1000"));
        QCOMPARE(entry.device, std::string("device-a"));
        QCOMPARE(entry.time, std::string("2026-11-24T12:02:07.250Z"));
        QCOMPARE(entry.opId.size(), size_t(26));
        QCOMPARE(entry.hash.size(), size_t(64));
        QCOMPARE(entry.previousHash, i == 0 ? std::string() : entries[i - 1].hash);
        QCOMPARE(entry.beforeHash.empty(), entry.before.empty());
        QCOMPARE(entry.afterHash, sha256Hex(entry.salt + entry.after));
        operations.insert(entry.opId);
        salts.insert(entry.salt);
    }
    QCOMPARE(operations.size(), entries.size());
    QCOMPARE(salts.size(), entries.size());
    QCOMPARE((*store)->audit().head().value(), entries.back().hash);
}

void TestAuditStore::theHashCoversTheFieldsAsDocumented() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const AuditEntry entry = project.store->audit().entries("msa").value().at(0);
    std::string bytes;
    for (const std::string& field :
         {entry.opId, entry.person, entry.osUser, entry.device, std::to_string(entry.logicalClock), entry.time,
          entry.entity, entry.entityId, entry.action, entry.beforeHash, entry.afterHash, entry.previousHash})
        bytes += std::to_string(field.size()) + ":" + field;
    QCOMPARE(entry.hash, sha256Hex(bytes));
}

void TestAuditStore::entriesOfAContractAreItsOwnAndThoseOfItsCells() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->contracts().add(test::contractNamed("msa-b"), test::documentOf("x")));
    CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("non_compete"), "absent"));
    CW_VERIFY(project.store->annotations().set(ContractId("msa-b"), test::absentCell("non_compete"), "absent"));
    const auto entries = project.store->audit().entries("msa").value();
    QCOMPARE(entries.size(), size_t(2));
    QCOMPARE(entries[0].entityId, std::string("msa"));
    QCOMPARE(entries[1].entityId, std::string("msa/non_compete"));
    QCOMPARE(project.store->audit().entries("nobody").value().size(), size_t(0));
}

void TestAuditStore::aLimitKeepsTheNewest() {
    test::ProjectFixture project;
    fill(project);
    const auto store = project.open();
    CW_VERIFY(store);
    const auto entries = (*store)->audit().entries("msa", 3).value();
    QCOMPARE(entries.size(), size_t(3));
    QCOMPARE(entries[0].seq, 20);
    QCOMPARE(entries[2].seq, 22);
}

void TestAuditStore::anotherDeviceBeginsItsOwnChain() {
    test::ProjectFixture project;
    fill(project);
    for (const Identity& identity :
         {Identity{"Ben", "1001", "device-b"}, test::ana(), Identity{"Ben", "1001", "device-b"}}) {
        const auto store = project.open(OpenMode::ReadWrite, identity);
        CW_VERIFY(store);
        CW_VERIFY((*store)->annotations().set(project.msa, test::absentCell("data_protection"), "absent"));
    }
    const auto store = project.open();
    CW_VERIFY(store);
    QCOMPARE((*store)->audit().verify().value(), 25);
    const auto entries = (*store)->audit().entries("", 4).value();
    QCOMPARE(entries[1].previousHash, std::string()); // Ben's first
    QCOMPARE(entries[2].previousHash, entries[0].hash);
    QCOMPARE(entries[3].previousHash, entries[1].hash);
    for (size_t i = 0; i < 4; ++i)
        QCOMPARE(entries[i].logicalClock, static_cast<std::int64_t>(22 + i)); // each knows what it had seen
}

void TestAuditStore::aClockThatGoesBackDoesNotDisturbTheOrder() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    project.clock.advance(-std::chrono::hours(24 * 3650));
    CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("non_compete"), "absent"));
    QCOMPARE(project.store->audit().verify().value(), 3);
    QCOMPARE(project.store->audit().entries("msa").value().back().action, std::string("absent"));
}

void TestAuditStore::rowsCantBeChangedOrDeleted() {
    test::ProjectFixture project;
    fill(project);
    for (const char* sql :
         {"UPDATE audit SET person = 'Eve' WHERE seq = 3", "DELETE FROM audit WHERE seq = 22", "DELETE FROM audit",
          "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 3", "UPDATE audit SET before = ''"}) {
        const Status status = run(project.file(), sql);
        QVERIFY2(!status.ok(), sql);
        QVERIFY2(status.error().detail.find("append-only") != std::string::npos, status.error().detail.c_str());
    }
    QCOMPARE(verify(project).value(), 22);
}

void TestAuditStore::aChangedFieldIsFound_data() {
    QTest::addColumn<QString>("column");
    for (const char* column : {"op_id", "person", "os_user", "device", "time", "entity", "entity_id", "action",
                               "before_hash", "after_hash", "previous_hash", "hash", "salt", "before", "after"})
        QTest::newRow(column) << QString::fromLatin1(column);
}

void TestAuditStore::aChangedFieldIsFound() {
    QFETCH(QString, column);
    test::ProjectFixture project;
    fill(project);
    const std::string name = column.toStdString();
    // One bit of the field's last character.
    CW_VERIFY(run(project.file(), kUnprotect + "UPDATE audit SET " + name + " = substr(" + name + ", 1, length(" +
                                      name + ") - 1) || " + "char((unicode(substr(" + name +
                                      ", -1)) | 1) - (unicode(substr(" + name + ", -1)) & 1)) " + "WHERE seq = 10"));
    const auto verified = verify(project);
    QVERIFY(!verified.ok());
    QCOMPARE(verified.error().code, ErrorCode::Corrupt);
    QVERIFY2(verified.error().detail.find("entry 10 ") != std::string::npos, verified.error().detail.c_str());
}

void TestAuditStore::aMissingRowIsFound() {
    test::ProjectFixture project;
    fill(project);
    CW_VERIFY(run(project.file(), kUnprotect + "DELETE FROM audit WHERE seq = 10"));
    QCOMPARE(verify(project).error().code, ErrorCode::Corrupt);
    CW_VERIFY(run(project.file(), "UPDATE audit SET seq = seq - 1 WHERE seq > 10"));
    QCOMPARE(verify(project).error().code, ErrorCode::Corrupt);
    CW_VERIFY(run(project.file(), "UPDATE audit SET logical_clock = 7 WHERE seq = 5"));
    const auto verified = verify(project);
    QVERIFY(verified.error().detail.find("entry 5 ") != std::string::npos);
}

void TestAuditStore::aBitFlippedInTheFileIsFound() {
    test::ProjectFixture project;
    fill(project);
    std::string salt;
    {
        const auto store = project.open(OpenMode::ViewOnly);
        CW_VERIFY(store);
        salt = (*store)->audit().entries("").value().at(12).salt;
    }
    const std::string bytes = readFile(project.file()).value();
    const size_t at = bytes.find(salt);
    QVERIFY(at != std::string::npos);
    for (const int bit : {0, 3, 7}) {
        std::string damaged = bytes;
        damaged[at + 5] = static_cast<char>(damaged[at + 5] ^ (1 << bit));
        CW_VERIFY(writeFileAtomically(project.file(), damaged));
        QCOMPARE(verify(project).error().code, ErrorCode::Corrupt);
    }
    CW_VERIFY(writeFileAtomically(project.file(), bytes));
    QCOMPARE(verify(project).value(), 22);
}

QTEST_GUILESS_MAIN(TestAuditStore)
#include "test_audit_store.moc"
