// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Going on with a run: what may be resumed, what is told of it, and what its history makes of the steps that came twice.
#include "app/services/result_qt.h"
#include "app/services/run_supervisor.h"
#include "tests/support/project_fixture.h"
#include "tests/support/run_fixture.h"

#include <QSignalSpy>

using namespace cw;
using namespace cw::test;

namespace {

std::vector<RunEvent> untilStep(double step) {
    std::vector<RunEvent> events = steps(1, step, 20);
    events.insert(events.begin(), runEvent("start", {{"rows", 40}}));
    return events;
}

} // namespace

class TestRunResume : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aStoppedRunGoesOn();
    void aLostRunAndAFailedOneGoOn();
    void whatIsAliveOrDoneIsRefused();
    void onlyTrainingGoesOn();
    void aViewerResumesNothing();
    void aViewerSeesARunThatGoesOn();
    void withoutAWorkerTheRunStaysAsItWas();
    void aWorkerThatCannotStartTellsItsOwnTrouble();

private:
    RunFolder write(RunKind kind, const std::vector<RunEvent>& events, std::optional<RunState> end) {
        auto folder = writeRun(*m_session, namedSpec(kind, "second"), events, end);
        return folder ? *folder : RunFolder("nowhere");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    SystemClock m_clock;
    std::unique_ptr<StoreSession> m_session;
    std::unique_ptr<FakeWorker> m_worker;
};

void TestRunResume::init() {
    m_worker.reset();
    m_session.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto made = StoreSession::create(m_folder->filePath(QStringLiteral("p.clausewright")), ana(), m_clock);
    CW_VERIFY(made);
    m_session = std::move(*made);
    m_worker = std::make_unique<FakeWorker>();
}

void TestRunResume::aStoppedRunGoesOn() {
    const RunFolder folder = write(RunKind::Sft, untilStep(12), RunState::Stopped);
    RunSupervisor supervisor(*m_session);
    QSignalSpy ended(&supervisor, &RunSupervisor::runEnded);
    QVERIFY(supervisor.view(folder.id())->canResume());
    std::vector<RunEvent> rest = steps(11, 20, 20);
    rest.insert(rest.begin(), runEvent("resume", {{"step", 10}}));
    m_worker->tells(rest);
    CW_VERIFY(supervisor.resume(folder.id()));
    const RunView* view = supervisor.view(folder.id());
    QVERIFY(view->state != RunState::Stopped && view->state != RunState::Lost);
    QTRY_COMPARE(ended.count(), 1);
    QVERIFY(view->state == RunState::Done);
    QVERIFY(!view->canResume());
    QCOMPARE(view->history.resumes(), std::vector<double>{10});
    const MetricSeries& loss = view->history.series("step", "loss");
    QCOMPARE(loss.size(), size_t{20}); // steps 11 and 12 count once
    for (size_t i = 0; i < loss.size(); ++i)
        QCOMPARE(loss[i].step, static_cast<double>(i + 1));
}

void TestRunResume::aLostRunAndAFailedOneGoOn() {
    const RunFolder lost = write(RunKind::Sft, untilStep(5), std::nullopt);
    std::vector<RunEvent> events = untilStep(5);
    events.push_back(runEvent("end", {}, {{"state", "failed"}, {"code", "out_of_memory"}, {"error", "Out of memory."}, {"hint", "Halve the rows at once."}}));
    const RunFolder failed = write(RunKind::Dpo, events, RunState::Failed);
    RunSupervisor supervisor(*m_session);
    QVERIFY(supervisor.view(lost.id())->state == RunState::Lost);
    QVERIFY(supervisor.view(lost.id())->failure().contains(QStringLiteral("Resume it")));
    QCOMPARE(supervisor.view(failed.id())->failure(), QStringLiteral("Out of memory. Halve the rows at once."));
    for (const RunFolder& folder : {lost, failed}) {
        CW_VERIFY(supervisor.resume(folder.id()));
        QTRY_VERIFY(supervisor.view(folder.id())->state == RunState::Done);
        QVERIFY(supervisor.view(folder.id())->failure().isEmpty());
    }
}

void TestRunResume::whatIsAliveOrDoneIsRefused() {
    const RunFolder alive = write(RunKind::Sft, untilStep(5), std::nullopt);
    const auto lock = RunLock::acquire(alive);
    CW_VERIFY(lock);
    const RunFolder done = write(RunKind::Sft, untilStep(20), RunState::Done);
    RunSupervisor supervisor(*m_session);
    const Status first = supervisor.resume(alive.id()), second = supervisor.resume(done.id());
    QCOMPARE(first.error().detail, "Run " + alive.id().value + " is at work already.");
    QCOMPARE(second.error().detail, "Run " + done.id().value + " is done: nothing of it is left to do.");
    QVERIFY(first.error().code == ErrorCode::BadUsage && !second.error().hint.empty());
    QVERIFY(std::filesystem::exists(done.endMark(RunState::Done)));
    QVERIFY(supervisor.resume(RunId("nobody")).error().code == ErrorCode::NotFound);
}

void TestRunResume::onlyTrainingGoesOn() {
    const RunFolder stopped = write(RunKind::Evaluate, {}, RunState::Stopped);
    RunSupervisor supervisor(*m_session);
    QVERIFY(!supervisor.view(stopped.id())->canResume());
    QVERIFY(supervisor.resume(stopped.id()).error().detail.find("is no training") != std::string::npos);
}

void TestRunResume::aViewerResumesNothing() {
    const RunFolder stopped = write(RunKind::Sft, untilStep(5), RunState::Stopped);
    const QString folder = toQString(m_session->store().folder().string());
    const auto viewer = StoreSession::open(folder, OpenMode::ReadWrite, StoreSession::Fallback::ViewOnly, ana(), m_clock);
    CW_VERIFY(viewer);
    QVERIFY(RunSupervisor(**viewer).resume(stopped.id()).error().code == ErrorCode::Locked);
}

void TestRunResume::aViewerSeesARunThatGoesOn() {
    const RunFolder stopped = write(RunKind::Sft, untilStep(5), RunState::Stopped);
    const QString folder = toQString(m_session->store().folder().string());
    const auto viewer = StoreSession::open(folder, OpenMode::ReadWrite, StoreSession::Fallback::ViewOnly, ana(), m_clock);
    CW_VERIFY(viewer);
    RunSupervisor watching(**viewer), working(*m_session);
    QVERIFY(watching.view(stopped.id())->state == RunState::Stopped);
    QSignalSpy told(&watching, &RunSupervisor::runUpdated);
    CW_VERIFY(working.resume(stopped.id()));
    QTRY_VERIFY_WITH_TIMEOUT(watching.view(stopped.id())->state == RunState::Done, 20000);
    QVERIFY(told.count() > 0);
}

void TestRunResume::aWorkerThatCannotStartTellsItsOwnTrouble() {
    std::vector<RunEvent> events = untilStep(5);
    events.push_back(runEvent("end", {}, {{"state", "failed"}, {"error", "Out of memory."}, {"hint", "Halve the rows at once."}}));
    const RunFolder failed = write(RunKind::Sft, events, RunState::Failed);
    RunSupervisor supervisor(*m_session);
    QCOMPARE(supervisor.view(failed.id())->failure(), QStringLiteral("Out of memory. Halve the rows at once."));
    const QString broken = m_folder->filePath(QStringLiteral("broken-worker"));
    CW_VERIFY(writeFileAtomically(toStdString(broken), "#!/nowhere/interpreter\n"));
    QVERIFY(QFile::setPermissions(broken, QFile::ReadOwner | QFile::ExeOwner));
    qputenv("CLAUSEWRIGHT_WORKER", broken.toUtf8());
    QSignalSpy ended(&supervisor, &RunSupervisor::runEnded);
    QVERIFY(!supervisor.resume(failed.id()));
    QCOMPARE(ended.count(), 1); // an end that comes before the first look is told as well
    QVERIFY2(supervisor.view(failed.id())->failure().contains(QStringLiteral("can't be started")), qPrintable(supervisor.view(failed.id())->failure()));
}

void TestRunResume::withoutAWorkerTheRunStaysAsItWas() {
    const RunFolder stopped = write(RunKind::Sft, untilStep(5), RunState::Stopped);
    qputenv("CLAUSEWRIGHT_WORKER", "/nowhere/worker");
    RunSupervisor supervisor(*m_session);
    QVERIFY(supervisor.resume(stopped.id()).error().code == ErrorCode::NotFound);
    QVERIFY(supervisor.view(stopped.id())->state == RunState::Stopped);
}

QTEST_GUILESS_MAIN(TestRunResume)
#include "test_run_resume.moc"
