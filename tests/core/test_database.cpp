// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The SQLite layer: statements, transactions, settings, migrations, backups, and what a view-only connection may do.
#include "core/store/database.h"
#include "core/store/file_system.h"
#include "core/store/migrations.h"
#include "core/store/sqlite_version.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"
#include "tests/support/full_disk.h"
#include "tests/support/project_fixture.h"

#include <sys/stat.h>

using namespace cw;

namespace {

namespace fs = std::filesystem;

struct Folder {
    QTemporaryDir temporary;
    fs::path path = temporary.path().toStdString();
    fs::path file = path / "a.sqlite";
};

std::unique_ptr<Database> openOrNull(const fs::path& file, Database::Mode mode) {
    auto database = Database::open(file, mode);
    return database ? std::move(*database) : nullptr;
}

std::int64_t newest() { return static_cast<std::int64_t>(schemaFiles().size()); }

std::vector<SchemaFile> withOneMore(std::string_view second) {
    std::vector<SchemaFile> files = schemaFiles();
    files.push_back({"next.sql", second});
    return files;
}

} // namespace

class TestDatabase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWalResetFixIsKnownByVersion();
    void aNewFileIsForItsOwnerAlone();
    void theConnectionHasTheStoresSettings();
    void anEmptyTextIsNotNull();
    void aTextMayHoldAnyByte();
    void aStatementCanBeUsedAgain();
    void aTransactionThatIsNotCommittedLeavesNothing();
    void aViewCannotWrite();
    void aViewSeesWhatALivingWriterCommits();
    void onlyTheWriterCheckpoints();
    void closingTheWriterFoldsTheLogIntoTheFile();
    void anInspectionLeavesNoFileBesideIt();
    void aFileThatIsNoDatabaseIsCorrupt();
    void aFullDiskIsWriteFailedAndTheOldStateStays();
    void aMigrationOfAnExistingStoreIsBackedUpFirst();
    void aMigrationThatFailsLeavesTheOldVersion();
    void aBackupIsACheckedCopyWithWhatIsInTheLog();
    void aFailedBackupLeavesNothing();
    void networkFileSystemsAreKnownByTheirNumber_data();
    void networkFileSystemsAreKnownByTheirNumber();
};

void TestDatabase::theWalResetFixIsKnownByVersion() {
    for (const int fixed : {3051003, 3053000, 3050007, 3050009, 3044006})
        QVERIFY2(hasWalResetFix(fixed), std::to_string(fixed).c_str());
    for (const int old : {3040001, 3046001, 3044005, 3045006, 3050006, 3051002})
        QVERIFY2(!hasWalResetFix(old), std::to_string(old).c_str());
    QVERIFY(sqliteVersionNumber() >= kOldestSqlite);
    QVERIFY(sqliteVersionSentence().find(sqliteVersion()) != std::string::npos);
}

void TestDatabase::aNewFileIsForItsOwnerAlone() {
    const Folder folder;
    const mode_t before = ::umask(0);
    const auto database = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(database);
    CW_VERIFY(database->execute("CREATE TABLE t (a)"));
    ::umask(before);
    for (const char* ending : {"", "-wal", "-shm"}) {
        struct stat status {};
        QCOMPARE(::stat((folder.file.string() + ending).c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));
    }
    QCOMPARE(Database::open(folder.file, Database::Mode::Create).error().code, ErrorCode::WriteFailed);
}

void TestDatabase::theConnectionHasTheStoresSettings() {
    const Folder folder;
    const auto writer = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(writer);
    QCOMPARE(writer->queryText("PRAGMA journal_mode").value(), std::string("wal"));
    QCOMPARE(writer->queryInteger("PRAGMA synchronous").value(), 2); // FULL
    QCOMPARE(writer->queryInteger("PRAGMA foreign_keys").value(), 1);
    QCOMPARE(writer->queryInteger("PRAGMA trusted_schema").value(), 0);
    QCOMPARE(writer->queryInteger("PRAGMA temp_store").value(), 2); // MEMORY
    QCOMPARE(writer->queryInteger("PRAGMA secure_delete").value(), 1);
    QVERIFY(writer->queryInteger("PRAGMA busy_timeout").value() <= 1000);
    const auto view = openOrNull(folder.file, Database::Mode::View);
    QVERIFY(view);
    QCOMPARE(view->queryInteger("PRAGMA query_only").value(), 1);
    QCOMPARE(view->queryInteger("PRAGMA wal_autocheckpoint").value(), 0);
}

void TestDatabase::anEmptyTextIsNotNull() {
    const Folder folder;
    const auto database = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(database);
    auto statement = Statement::prepare(*database, "SELECT :text, :nothing, :text IS NULL");
    CW_VERIFY(statement);
    QVERIFY(statement->bind(":text", std::string_view()).bindNull(":nothing").next().value());
    QVERIFY(!statement->isNull(0));
    QVERIFY(statement->isNull(1));
    QCOMPARE(statement->integer(2), 0);
}

void TestDatabase::aTextMayHoldAnyByte() {
    const Folder folder;
    const auto database = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(database);
    const std::string text("caf\xC3\xA9 \0 'x' \xF0\x9F\x93\x84", 16);
    auto statement = Statement::prepare(*database, "SELECT :text");
    CW_VERIFY(statement);
    QVERIFY(statement->bind(":text", text).next().value());
    QCOMPARE(statement->text(0), text);
}

void TestDatabase::aStatementCanBeUsedAgain() {
    const Folder folder;
    const auto database = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(database);
    CW_VERIFY(database->execute("CREATE TABLE t (a INTEGER, b REAL) STRICT"));
    {
        auto insert = Statement::prepare(*database, "INSERT INTO t VALUES (:a, :b)");
        CW_VERIFY(insert);
        for (int i = 0; i < 3; ++i)
            CW_VERIFY(insert->bind(":a", i).bind(":b", i / 2.0).run());
    }
    auto rows = Statement::prepare(*database, "SELECT a, b FROM t WHERE a >= :least ORDER BY a");
    CW_VERIFY(rows);
    const auto sum = [](const Statement& row) { return static_cast<double>(row.integer(0)) + row.real(1); };
    QCOMPARE(rows->bind(":least", 0).collect(sum).value(), (std::vector<double>{0, 1.5, 3}));
    QCOMPARE(rows->bind(":least", 2).collect(sum).value(), (std::vector<double>{3}));
}

void TestDatabase::aTransactionThatIsNotCommittedLeavesNothing() {
    const Folder folder;
    const auto database = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(database);
    CW_VERIFY(database->execute("CREATE TABLE t (a)"));
    const Status failed = inTransaction(*database, [&]() -> Status {
        CW_TRY(database->execute("INSERT INTO t VALUES (1)"));
        return Error{ErrorCode::BadInput, "No.", ""};
    });
    QVERIFY(!failed.ok());
    QCOMPARE(database->queryInteger("SELECT count(*) FROM t").value(), 0);
    CW_VERIFY(inTransaction(*database, [&] { return database->execute("INSERT INTO t VALUES (1)"); }));
    QCOMPARE(database->queryInteger("SELECT count(*) FROM t").value(), 1);
}

void TestDatabase::aViewCannotWrite() {
    const Folder folder;
    const auto writer = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(writer);
    CW_VERIFY(writer->execute("CREATE TABLE t (a)"));
    const auto view = openOrNull(folder.file, Database::Mode::View);
    QVERIFY(view);
    QVERIFY(!view->execute("INSERT INTO t VALUES (1)").ok());
    const auto transaction = Transaction::begin(*view);
    QVERIFY(!transaction.ok());
    QCOMPARE(transaction.error().code, ErrorCode::Locked);
    QCOMPARE(writer->queryInteger("SELECT count(*) FROM t").value(), 0);
}

void TestDatabase::aViewSeesWhatALivingWriterCommits() {
    const Folder folder;
    const auto writer = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(writer);
    CW_VERIFY(writer->execute("CREATE TABLE t (a)"));
    const auto view = openOrNull(folder.file, Database::Mode::View);
    QVERIFY(view);
    for (int i = 1; i <= 3; ++i) {
        CW_VERIFY(writer->execute("INSERT INTO t VALUES (1)"));
        QCOMPARE(view->queryInteger("SELECT count(*) FROM t").value(), i);
    }
}

void TestDatabase::onlyTheWriterCheckpoints() {
    const Folder folder;
    auto writer = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(writer);
    CW_VERIFY(writer->execute("PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (a); INSERT INTO t VALUES (1)"));
    const std::string before = readFile(folder.file).value();
    auto view = openOrNull(folder.file, Database::Mode::View);
    QVERIFY(view);
    QCOMPARE(view->queryInteger("SELECT count(*) FROM t").value(), 1);
    view->execute("PRAGMA wal_checkpoint(TRUNCATE)").ok(); // refused or without effect
    view.reset();
    QVERIFY(hasWriteAheadLog(folder.file));
    QVERIFY(readFile(folder.file).value() == before);
}

void TestDatabase::closingTheWriterFoldsTheLogIntoTheFile() {
    const Folder folder;
    auto writer = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(writer);
    CW_VERIFY(writer->execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)"));
    QVERIFY(hasWriteAheadLog(folder.file));
    writer.reset();
    QVERIFY(!hasWriteAheadLog(folder.file));
    const auto inspection = openOrNull(folder.file, Database::Mode::Inspect);
    QVERIFY(inspection);
    QCOMPARE(inspection->queryInteger("SELECT a FROM t").value(), 7);
}

void TestDatabase::anInspectionLeavesNoFileBesideIt() {
    test::ProjectFixture project;
    project.store.reset();
    CW_VERIFY(storeVersion(project.file()));
    QVERIFY(!fs::exists(project.file().string() + "-wal"));
    QVERIFY(!fs::exists(project.file().string() + "-shm"));
}

void TestDatabase::aFileThatIsNoDatabaseIsCorrupt() {
    const Folder folder;
    CW_VERIFY(writeFileAtomically(folder.file, std::string(4096, 'x')));
    for (const auto mode : {Database::Mode::Write, Database::Mode::View, Database::Mode::Inspect})
        QCOMPARE(Database::open(folder.file, mode).error().code, ErrorCode::Corrupt);
    QCOMPARE(Database::open(folder.path / "missing", Database::Mode::View).error().code, ErrorCode::NotFound);
    QCOMPARE(readFile(folder.file).value(), std::string(4096, 'x'));
}

void TestDatabase::aFullDiskIsWriteFailedAndTheOldStateStays() {
    const Folder folder;
    const auto database = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(database);
    CW_VERIFY(database->execute("CREATE TABLE t (a); INSERT INTO t VALUES ('old')"));
    const auto write = [&] {
        return inTransaction(*database, [&] { return database->execute("INSERT INTO t VALUES (zeroblob(400000))"); });
    };
    Status failed;
    {
        const test::FullDisk disk(100'000);
        failed = write();
    }
    QVERIFY(!failed.ok());
    QCOMPARE(failed.error().code, ErrorCode::WriteFailed);
    QVERIFY(failed.error().detail.find(folder.file.string()) != std::string::npos);
    QCOMPARE(database->queryInteger("SELECT count(*) FROM t").value(), 1);

    CW_VERIFY(database->execute("PRAGMA max_page_count = 3"));
    const Status full = write();
    QCOMPARE(full.error().code, ErrorCode::WriteFailed);
    QVERIFY(!full.error().hint.empty());
    CW_VERIFY(database->execute("PRAGMA max_page_count = 1000000"));
    CW_VERIFY(write()); // once there is space, work goes on
    CW_VERIFY(database->checkIntegrity());
}

void TestDatabase::aMigrationOfAnExistingStoreIsBackedUpFirst() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    project.store.reset();
    const auto database = openOrNull(project.file(), Database::Mode::Write);
    QVERIFY(database);
    const fs::path backups = project.folder / "backups";
    CW_VERIFY(migrate(*database, schemaFiles(), backups, project.clock));
    QVERIFY(fs::is_empty(backups)); // nothing to do, nothing to copy
    CW_VERIFY(migrate(*database, withOneMore("CREATE TABLE next (a INTEGER) STRICT"), backups, project.clock));
    QCOMPARE(database->queryInteger("PRAGMA user_version").value(), newest() + 1);
    const std::vector<fs::path> copies(fs::directory_iterator{backups}, fs::directory_iterator{});
    QCOMPARE(copies.size(), size_t(1));
    QCOMPARE(copies.front().filename().string(), "project-v" + std::to_string(newest()) + "-1795521727250.sqlite");
    QCOMPARE(storeVersion(copies.front()).value(), newest());
}

void TestDatabase::aMigrationThatFailsLeavesTheOldVersion() {
    test::ProjectFixture project;
    project.store.reset();
    const auto database = openOrNull(project.file(), Database::Mode::Write);
    QVERIFY(database);
    const auto files = withOneMore("CREATE TABLE next (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1)");
    QVERIFY(!migrate(*database, files, project.folder / "backups", project.clock).ok());
    QCOMPARE(database->queryInteger("PRAGMA user_version").value(), newest());
    QCOMPARE(database->queryInteger("SELECT count(*) FROM sqlite_schema WHERE name = 'next'").value(), 0);
    QCOMPARE(database->queryInteger("SELECT count(*) FROM contracts").value(), 1);
}

void TestDatabase::aBackupIsACheckedCopyWithWhatIsInTheLog() {
    const Folder folder;
    const auto database = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(database);
    CW_VERIFY(database->execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)"));
    const fs::path copy = folder.path / "copy.sqlite";
    CW_VERIFY(database->backupTo(copy));
    const auto copied = openOrNull(copy, Database::Mode::Inspect);
    QVERIFY(copied);
    QCOMPARE(copied->queryInteger("SELECT a FROM t").value(), 7);
    QCOMPARE(static_cast<int>(fs::status(copy).permissions()), 0600);
}

void TestDatabase::aFailedBackupLeavesNothing() {
    const Folder folder;
    const auto database = openOrNull(folder.file, Database::Mode::Create);
    QVERIFY(database);
    CW_VERIFY(database->execute("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(400000))"));
    const fs::path copy = folder.path / "copies" / "copy.sqlite";
    fs::create_directory(copy.parent_path());
    {
        const test::FullDisk disk(100'000);
        QCOMPARE(database->backupTo(copy).error().code, ErrorCode::WriteFailed);
    }
    QVERIFY(fs::is_empty(copy.parent_path()));
}

void TestDatabase::networkFileSystemsAreKnownByTheirNumber_data() {
    QTest::addColumn<long>("magic");
    QTest::addColumn<bool>("network");
    QTest::newRow("nfs") << 0x6969L << true;
    QTest::newRow("cifs") << 0xFF534D42L << true;
    QTest::newRow("cifs, sign-extended") << static_cast<long>(static_cast<int>(0xFF534D42)) << true;
    QTest::newRow("smb2") << 0xFE534D42L << true;
    QTest::newRow("smb") << 0x517BL << true;
    QTest::newRow("fuse") << 0x65735546L << true;
    QTest::newRow("9p") << 0x01021997L << true;
    QTest::newRow("ext4") << 0xEF53L << false;
    QTest::newRow("tmpfs") << 0x01021994L << false;
    QTest::newRow("overlayfs") << 0x794C7630L << false;
    QTest::newRow("xfs") << 0x58465342L << false;
    QTest::newRow("btrfs") << static_cast<long>(0x9123683EL) << false;
}

void TestDatabase::networkFileSystemsAreKnownByTheirNumber() {
    QFETCH(long, magic);
    QFETCH(bool, network);
    QCOMPARE(networkFileSystemName(magic).has_value(), network);
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "test_database.moc"
