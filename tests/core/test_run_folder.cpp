// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The run folder: its state from marks and lock alone, its events, its manifest. Real processes hold the lock and are
// killed.
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/run/run_folder.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cw;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// A process that holds a run's lock until it is killed.
class LockHolder {
public:
    explicit LockHolder(const RunFolder& folder) {
        int ready[2];
        if (::pipe(ready) != 0)
            return;
        m_pid = ::fork();
        if (m_pid == 0) {
            const auto lock = RunLock::acquire(folder);
            const char answer = lock.ok() ? 'y' : 'n';
            if (::write(ready[1], &answer, 1) == 1)
                ::pause();
            ::_exit(0);
        }
        char answer = 'n';
        m_holds = ::read(ready[0], &answer, 1) == 1 && answer == 'y';
        ::close(ready[0]);
        ::close(ready[1]);
    }
    ~LockHolder() { kill(); }
    bool holds() const { return m_holds; }
    void kill() {
        if (m_pid <= 0)
            return;
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = -1;
    }

private:
    pid_t m_pid = -1;
    bool m_holds = false;
};

void put(const fs::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary | std::ios::app) << bytes;
}

QString stateName(const RunFolder& folder, const Clock& clock) {
    return QString::fromUtf8(toString(folder.state(clock)));
}

RunEvent step(double number) {
    return {0, "", "step", {{"step", number}}, {}};
}

} // namespace

class TestRunFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void folderHoldsItsSpec();
    void folderThatCannotBeMadeIsAnError();
    void newRunWaitsThenIsLost();
    void heldLockMeansRunning();
    void killedWorkerIsLost();
    void killedWorkerWithoutAnEventWaitsNoLongerThanOthers();
    void endMarkSettlesTheState();
    void endMarkCountsWhileTheLockIsHeld();
    void secondWorkerIsRefused();
    void askingForTheStateNeverKeepsAWorkerOut();
    void stopIsAsked();
    void eventsAreNumberedAndStamped();
    void tailGivesWholeLinesOnce();
    void tornLineIsNoEventAndTheNextOneIs();
    void resumedLogGoesOnCounting();
    void aReopenedRunWaitsForItsWorker();
    void aReopenedRunWhoseWorkerDiedIsLost();
    void manifestNamesEveryFile();
    void manifestChangesWithTheData();

private:
    RunFolder make(RunKind kind = RunKind::Sft) {
        RunSpec spec = defaultSpec(kind);
        spec.model = "model";
        return *RunFolder::create(m_temporary->path().toStdString() + "/runs", spec, m_clock);
    }
    std::unique_ptr<QTemporaryDir> m_temporary;
    SystemClock m_clock;
};

void TestRunFolder::init() {
    m_temporary = std::make_unique<QTemporaryDir>();
}

void TestRunFolder::folderHoldsItsSpec() {
    const RunFolder folder = make(RunKind::Dpo);
    const auto spec = folder.readSpec();
    QVERIFY(spec.ok());
    QVERIFY(spec->kind == RunKind::Dpo);
    QCOMPARE(spec->model, std::string("model"));
    QCOMPARE(folder.id().value.size(), size_t{26});
    struct stat info {};
    QCOMPARE(::stat(folder.root().c_str(), &info), 0);
    QCOMPARE(info.st_mode & 0777, mode_t{0700});
    for (const fs::path& inner : {folder.data(), folder.checkpoints(), folder.adapter().parent_path()})
        QVERIFY2(fs::is_directory(inner), inner.c_str());
}

void TestRunFolder::folderThatCannotBeMadeIsAnError() {
    const fs::path file = m_temporary->path().toStdString() + "/file";
    put(file, "x");
    const auto folder = RunFolder::create(file, defaultSpec(RunKind::Sft), m_clock);
    QVERIFY(!folder.ok());
    QCOMPARE(folder.error().code, ErrorCode::WriteFailed);
}

void TestRunFolder::newRunWaitsThenIsLost() {
    const RunFolder folder = make();
    FixedClock clock(m_clock.now());
    QCOMPARE(stateName(folder, clock), QStringLiteral("waiting"));
    clock.advance(179s);
    QCOMPARE(stateName(folder, clock), QStringLiteral("waiting"));
    clock.advance(2s);
    QCOMPARE(stateName(folder, clock), QStringLiteral("lost"));
    QCOMPARE(stateName(RunFolder(m_temporary->path().toStdString() + "/none"), clock), QStringLiteral("lost"));
}

void TestRunFolder::heldLockMeansRunning() {
    const RunFolder folder = make();
    LockHolder worker(folder);
    QVERIFY(worker.holds());
    FixedClock later(m_clock.now() + 1h);
    QCOMPARE(stateName(folder, later), QStringLiteral("running"));
}

void TestRunFolder::killedWorkerIsLost() {
    const RunFolder folder = make();
    LockHolder worker(folder);
    QVERIFY(worker.holds());
    QVERIFY(EventLog(folder, m_clock).write(step(1)).ok());
    QCOMPARE(stateName(folder, m_clock), QStringLiteral("running"));
    worker.kill();
    QCOMPARE(stateName(folder, m_clock), QStringLiteral("lost"));
}

void TestRunFolder::killedWorkerWithoutAnEventWaitsNoLongerThanOthers() {
    const RunFolder folder = make();
    LockHolder worker(folder);
    worker.kill();
    FixedClock clock(m_clock.now() + 181s);
    QCOMPARE(stateName(folder, clock), QStringLiteral("lost"));
}

void TestRunFolder::endMarkSettlesTheState() {
    for (RunState state : {RunState::Done, RunState::Failed, RunState::Stopped}) {
        const RunFolder folder = make();
        QVERIFY(writeFileAtomically(folder.endMark(state), "").ok());
        QCOMPARE(stateName(folder, m_clock), QString::fromUtf8(toString(state)));
    }
    QCOMPARE(toString(RunState::Lost), std::string_view("lost"));
}

void TestRunFolder::endMarkCountsWhileTheLockIsHeld() {
    const RunFolder folder = make();
    const auto lock = RunLock::acquire(folder);
    QVERIFY(lock.ok());
    QVERIFY(writeFileAtomically(folder.endMark(RunState::Failed), "Out of memory.").ok());
    QCOMPARE(stateName(folder, m_clock), QStringLiteral("failed"));
}

void TestRunFolder::secondWorkerIsRefused() {
    const RunFolder folder = make();
    LockHolder worker(folder);
    const auto second = RunLock::acquire(folder);
    QVERIFY(!second.ok());
    QCOMPARE(second.error().code, ErrorCode::Locked);
    worker.kill();
    QVERIFY(RunLock::acquire(folder).ok());
}

void TestRunFolder::askingForTheStateNeverKeepsAWorkerOut() {
    const RunFolder folder = make();
    QVERIFY(RunLock::acquire(folder).ok());
    const pid_t asker = ::fork();
    QVERIFY(asker >= 0); // kill() would take -1 for every process
    if (asker == 0)
        for (;;)
            folder.state(m_clock);
    int refused = 0;
    for (int i = 0; i < 200; ++i)
        refused += RunLock::acquire(folder).ok() ? 0 : 1;
    ::kill(asker, SIGKILL);
    ::waitpid(asker, nullptr, 0);
    QCOMPARE(refused, 0);
}

void TestRunFolder::stopIsAsked() {
    const RunFolder folder = make();
    QVERIFY(!folder.stopRequested());
    QVERIFY(folder.requestStop().ok());
    QVERIFY(folder.stopRequested());
}

void TestRunFolder::eventsAreNumberedAndStamped() {
    const RunFolder folder = make();
    FixedClock clock(TimePoint(1764000000250ms));
    EventLog log(folder, clock);
    QVERIFY(log.write(step(1)).ok());
    clock.advance(1s);
    QVERIFY(log.write(step(2), true).ok());
    const auto events = EventTail(folder.events()).poll();
    QCOMPARE(events.size(), size_t{2});
    QCOMPARE(events[0].seq, std::uint64_t{1});
    QCOMPARE(events[0].time, std::string("2025-11-24T16:00:00.250Z"));
    QCOMPARE(events[1].seq, std::uint64_t{2});
    QCOMPARE(events[1].number("step"), 2.0);
}

void TestRunFolder::tailGivesWholeLinesOnce() {
    const RunFolder folder = make();
    EventTail tail(folder.events());
    QVERIFY(tail.poll().empty());
    const std::string line = toLine({1, "t", "step", {{"step", 1}}, {}}) + "\n";
    put(folder.events(), line.substr(0, 20));
    QVERIFY(tail.poll().empty());
    QCOMPARE(tail.offset(), std::uintmax_t{0});
    put(folder.events(), line.substr(20));
    QCOMPARE(tail.poll().size(), size_t{1});
    QVERIFY(tail.poll().empty());
    QCOMPARE(tail.offset(), std::uintmax_t{line.size()});
    put(folder.events(), line + line);
    QCOMPARE(EventTail(folder.events(), line.size()).poll().size(), size_t{2});
}

void TestRunFolder::tornLineIsNoEventAndTheNextOneIs() {
    const RunFolder folder = make();
    QVERIFY(EventLog(folder, m_clock).write(step(1)).ok());
    put(folder.events(), R"({"v":1,"seq":2,"time":"t","ki)");
    EventLog log(folder, m_clock);
    QVERIFY(log.write(step(2)).ok());
    QVERIFY(log.write(step(3)).ok());
    const auto events = EventTail(folder.events()).poll();
    QCOMPARE(events.size(), size_t{3});
    QCOMPARE(events[2].number("step"), 3.0);
    QCOMPARE(events[2].seq, std::uint64_t{3});
}

void TestRunFolder::resumedLogGoesOnCounting() {
    const RunFolder folder = make();
    QVERIFY(EventLog(folder, m_clock).write(step(1)).ok());
    QVERIFY(EventLog(folder, m_clock).write(step(2)).ok());
    QCOMPARE(EventTail(folder.events()).poll().back().seq, std::uint64_t{2});
}

void TestRunFolder::aReopenedRunWaitsForItsWorker() {
    const RunFolder folder = make();
    QVERIFY(EventLog(folder, m_clock).write(step(1)).ok());
    QVERIFY(folder.requestStop().ok());
    QVERIFY(writeFileAtomically(folder.endMark(RunState::Stopped), "").ok());
    QVERIFY(folder.reopen().ok());
    QVERIFY(!folder.stopRequested());
    QCOMPARE(stateName(folder, m_clock), QStringLiteral("waiting")); // its old events are no sign of life
    QCOMPARE(stateName(folder, FixedClock(m_clock.now() + 181s)), QStringLiteral("lost"));
    LockHolder worker(folder);
    QCOMPARE(stateName(folder, m_clock), QStringLiteral("running"));
}

void TestRunFolder::aReopenedRunWhoseWorkerDiedIsLost() {
    const RunFolder folder = make();
    QVERIFY(EventLog(folder, m_clock).write(step(1)).ok());
    QVERIFY(folder.reopen().ok());
    QTest::qWait(20); // a file's time has steps of some milliseconds
    QVERIFY(EventLog(folder, m_clock).write(step(2)).ok());
    QCOMPARE(stateName(folder, m_clock), QStringLiteral("lost"));
}

void TestRunFolder::manifestNamesEveryFile() {
    const RunFolder folder = make();
    QVERIFY(makeFolder(folder.data() / "texts").ok());
    QVERIFY(writeFileAtomically(folder.train(), "abc").ok());
    QVERIFY(writeFileAtomically(folder.text(ContractId("a")), "").ok());
    const auto hash = folder.writeManifest();
    QVERIFY(hash.ok());
    const std::string expected =
        "{\n  \"version\": 1,\n  \"files\": [\n    {\n      \"name\": \"texts/a.txt\",\n      \"bytes\": 0,\n"
        "      \"sha256\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"\n    },\n"
        "    {\n      \"name\": \"train.jsonl\",\n      \"bytes\": 3,\n      \"sha256\": "
        "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n    }\n  ]\n}\n";
    QCOMPARE(*readFile(folder.manifest()), expected);
    QCOMPARE(*hash, sha256Hex(expected));
}

void TestRunFolder::manifestChangesWithTheData() {
    const RunFolder folder = make();
    QVERIFY(writeFileAtomically(folder.train(), "abc").ok());
    const auto first = folder.writeManifest();
    QCOMPARE(*folder.writeManifest(), *first); // the manifest itself doesn't count
    QVERIFY(writeFileAtomically(folder.train(), "abd").ok());
    QVERIFY(*folder.writeManifest() != *first);
}

QTEST_GUILESS_MAIN(TestRunFolder)
#include "test_run_folder.moc"
