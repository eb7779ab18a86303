// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The project's write lock: one process holds it, a killed one frees it, and the second opener learns who holds it.
#include "core/store/project_lock.h"
#include "tests/support/project_fixture.h"

#include <QCoreApplication>
#include <QProcess>

#include <iostream>
#include <unistd.h>

using namespace cw;

namespace {

namespace fs = std::filesystem;

// Holds the lock of `folder` in the name of Ben until it is killed, or says why not.
int hold(const char* folder) {
    const FixedClock clock(test::noon());
    const auto lock = ProjectLock::acquire(folder, "Ben", clock);
    std::cout << (lock ? "held" : lock.error().detail) << std::endl;
    return lock ? ::pause() : 0;
}

struct Folder {
    QTemporaryDir temporary;
    fs::path path = temporary.path().toStdString();
    FixedClock clock{test::noon()};
};

void startHolder(QProcess& process, const Folder& folder) {
    process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold"), folder.temporary.path()});
    QVERIFY(process.waitForReadyRead());
}

} // namespace

class TestProjectLock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSecondOpenerLearnsWhoAndSinceWhen();
    void aKilledHolderFreesTheLock();
    void aReleasedLockSaysNobody();
    void ofTwoThatStartTogetherOneWrites();
    void theFileNamesTheProcessBeyondDoubt();
    void aDamagedLockFileKeepsNobodyOut();
};

void TestProjectLock::theSecondOpenerLearnsWhoAndSinceWhen() {
    const Folder folder;
    QProcess holder;
    startHolder(holder, folder);
    QCOMPARE(holder.readAllStandardOutput().trimmed(), QByteArray("held"));
    const auto second = ProjectLock::acquire(folder.path, "Ana", folder.clock);
    QVERIFY(!second.ok());
    QCOMPARE(second.error().code, ErrorCode::Locked);
    QVERIFY(second.error().detail.find(" by Ben on ") != std::string::npos);
    QVERIFY(second.error().detail.find("since 2026-11-24 12:02 UTC") != std::string::npos);
    QVERIFY(second.error().detail.find(std::to_string(holder.processId())) != std::string::npos);
    QVERIFY(second.error().detail.find(folder.path.string()) != std::string::npos);
    QVERIFY(!second.error().hint.empty());
    holder.kill();
    QVERIFY(holder.waitForFinished());
}

void TestProjectLock::aKilledHolderFreesTheLock() {
    const Folder folder;
    QProcess holder;
    startHolder(holder, folder);
    holder.kill();
    QVERIFY(holder.waitForFinished());
    QCOMPARE(readLockHolder(folder.path)->person, std::string("Ben")); // what the file says proves nothing
    CW_VERIFY(ProjectLock::acquire(folder.path, "Ana", folder.clock));
}

void TestProjectLock::aReleasedLockSaysNobody() {
    const Folder folder;
    {
        const auto lock = ProjectLock::acquire(folder.path, "Ana", folder.clock);
        CW_VERIFY(lock);
        QCOMPARE(readLockHolder(folder.path)->person, std::string("Ana"));
        QCOMPARE(ProjectLock::acquire(folder.path, "Ana", folder.clock).error().code, ErrorCode::Locked);
    }
    QVERIFY(!readLockHolder(folder.path));
    CW_VERIFY(ProjectLock::acquire(folder.path, "Ana", folder.clock));
}

void TestProjectLock::ofTwoThatStartTogetherOneWrites() {
    for (int round = 0; round < 10; ++round) {
        const Folder folder;
        QProcess first, second;
        for (QProcess* process : {&first, &second})
            process->start(QCoreApplication::applicationFilePath(),
                           {QStringLiteral("--hold"), folder.temporary.path()});
        int held = 0;
        for (QProcess* process : {&first, &second}) {
            QVERIFY(process->waitForReadyRead());
            held += process->readAllStandardOutput().trimmed() == "held";
        }
        QCOMPARE(held, 1);
        for (QProcess* process : {&first, &second}) {
            process->kill();
            process->waitForFinished();
        }
    }
}

void TestProjectLock::theFileNamesTheProcessBeyondDoubt() {
    const FixedClock clock(test::noon());
    const LockHolder holder = currentHolder("Ana \"the\" first", clock);
    QCOMPARE(holder.pid, static_cast<long>(::getpid()));
    QCOMPARE(holder.since, std::string("2026-11-24T12:02:07.250Z"));
    QVERIFY(!holder.host.empty());
    QCOMPARE(holder.bootId.size(), size_t(36));
    QVERIFY(std::stoll(holder.processStart) > 0);
    QVERIFY(lockHolderFromJson(toJson(holder)) == holder);
}

void TestProjectLock::aDamagedLockFileKeepsNobodyOut() {
    const Folder folder;
    for (const char* bytes : {"", "{", "[1]", "{\"pid\":\"x\"}", "\xFF"}) {
        CW_VERIFY(writeFileAtomically(folder.path / "lock.json", bytes));
        QVERIFY(!readLockHolder(folder.path));
        CW_VERIFY(ProjectLock::acquire(folder.path, "Ana", folder.clock));
    }
}

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--hold")
        return hold(argv[2]);
    QCoreApplication application(argc, argv);
    TestProjectLock test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_project_lock.moc"
