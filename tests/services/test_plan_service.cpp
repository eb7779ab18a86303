// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Plans of runs that haven't started: what the worker is given, what comes of it, and that nothing stays behind.
#include "app/services/plan_service.h"
#include "app/services/result_qt.h"
#include "app/services/sample_project.h"
#include "tests/support/project_fixture.h"
#include "tests/support/run_fixture.h"

#include <QDir>
#include <QSignalSpy>

using namespace cw;
using namespace cw::test;

namespace {

RunRequest request(const std::string& rank = "8") {
    RunRequest made;
    made.spec = defaultSpec(RunKind::Sft);
    made.spec.model = kSampleModel;
    (void)setField(made.spec, "lora_rank", rank).ok();
    made.data.only = {"document_name"};
    made.data.chunk = {120, 20};
    return made;
}

bool never() { return false; }

// The number of a file in a listing of the worker's.
QByteArray numberOf(const QByteArray& listing, const char* file) {
    for (const QByteArray& line : listing.split('\n'))
        if (line.endsWith(QByteArray(" ") + file))
            return line.trimmed().split(' ').first();
    return {};
}

QByteArray folderOf(const QByteArray& listing) { return listing.split('\n').first(); }

} // namespace

class TestPlanService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_worker = std::make_unique<FakeWorker>(); }
    void cleanup() { m_worker.reset(); }
    void aPlanIsMadeOfFrozenDataAndLeavesNothing();
    void aViewerPlansToo();
    void aRunThatCantWorkIsRefusedInTheWorkersWords();
    void onlyTrainingIsPlanned();
    void aPlanIsCancelled();
    void aFolderOfAKilledProgramIsTakenAway();
    void thePlanOfAFormComesInTheBackground();
    void theSameDataIsFrozenOnce();
    void aNewerRequestEndsTheOlder();
    void whoGoesAwayLeavesNothing();
    void aFailureIsTold();

private:
    QStringList leftOver() const {
        return QDir(toQString((m_session->store().runsFolder() / ".plans").string())).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<StoreSession> m_session;
    std::unique_ptr<FakeWorker> m_worker;
};

void TestPlanService::initTestCase() {
    auto made = createSampleProject(m_folder.filePath(QStringLiteral("s.clausewright")), ana(), m_clock);
    CW_VERIFY(made);
    m_session = std::move(*made);
}

void TestPlanService::aPlanIsMadeOfFrozenDataAndLeavesNothing() {
    const auto planned = planNow(*m_session, request(), never);
    CW_VERIFY(planned);
    QVERIFY(planned->plan == somePlan());
    QVERIFY(planned->preflight == somePreflight());
    for (const char* file : {"spec.json", "train.jsonl", "taxonomy.json"})
        QVERIFY2(!numberOf(m_worker->seen(), file).isEmpty(), m_worker->seen());
    QCOMPARE(leftOver(), QStringList());
    QVERIFY(m_session->store().runs().all()->empty());
    QVERIFY(!m_session->store().splits().get("default")->frozen); // nothing was learnt from it
}

void TestPlanService::aViewerPlansToo() {
    const QString folder = toQString(m_session->store().folder().string());
    const auto viewer = StoreSession::open(folder, OpenMode::ViewOnly, StoreSession::Fallback::None, ana(), m_clock);
    CW_VERIFY(viewer);
    CW_VERIFY(planNow(**viewer, request(), never));
}

void TestPlanService::aRunThatCantWorkIsRefusedInTheWorkersWords() {
    m_worker->refuses("The run needs 96 GB and the machine has 80 GB free.", "Lower max_length to 6,000.");
    const auto planned = planNow(*m_session, request(), never);
    QVERIFY(!planned);
    QVERIFY(planned.error().code == ErrorCode::Failed);
    QCOMPARE(sentence(planned.error()), QStringLiteral("The run needs 96 GB and the machine has 80 GB free. Lower max_length to 6,000."));
    QCOMPARE(leftOver(), QStringList());
}

void TestPlanService::onlyTrainingIsPlanned() {
    RunRequest evaluation = request();
    evaluation.spec = defaultSpec(RunKind::Evaluate);
    QVERIFY(planNow(*m_session, evaluation, never).error().code == ErrorCode::BadUsage);
}

void TestPlanService::aPlanIsCancelled() {
    m_worker->takesLong();
    const auto planned = planNow(*m_session, request(), [] { return true; });
    QVERIFY(planned.error().code == ErrorCode::Cancelled);
    QCOMPARE(leftOver(), QStringList());
}

void TestPlanService::aFolderOfAKilledProgramIsTakenAway() {
    const auto plans = m_session->store().runsFolder() / ".plans";
    for (const char* name : {"old", "young"})
        CW_VERIFY(makeFolder(plans / name));
    std::filesystem::last_write_time(plans / "old", std::filesystem::file_time_type::clock::now() - std::chrono::hours(25));
    CW_VERIFY(planNow(*m_session, request(), never));
    QCOMPARE(leftOver(), QStringList{QStringLiteral("young")}); // another program may be at it
    std::filesystem::remove_all(plans / "young");
}

void TestPlanService::thePlanOfAFormComesInTheBackground() {
    PlanService service(*m_session);
    QSignalSpy planned(&service, &PlanService::planned), failed(&service, &PlanService::failed);
    service.plan(request());
    QVERIFY(service.isBusy());
    QCOMPARE(planned.count(), 0); // the caller went on at once
    QTRY_COMPARE_WITH_TIMEOUT(planned.count(), 1, 30'000);
    QVERIFY(!service.isBusy());
    QCOMPARE(failed.count(), 0);
    QVERIFY(planned.first().first().value<PlannedRun>().plan == somePlan());
}

void TestPlanService::theSameDataIsFrozenOnce() {
    PlanService service(*m_session);
    QSignalSpy planned(&service, &PlanService::planned);
    service.plan(request("8"));
    QTRY_COMPARE_WITH_TIMEOUT(planned.count(), 1, 30'000);
    const QByteArray first = m_worker->seen();
    service.plan(request("16"));
    QTRY_COMPARE_WITH_TIMEOUT(planned.count(), 2, 30'000);
    QCOMPARE(folderOf(m_worker->seen()), folderOf(first));
    QCOMPARE(numberOf(m_worker->seen(), "train.jsonl"), numberOf(first, "train.jsonl"));
    QVERIFY(numberOf(m_worker->seen(), "plan.json").isEmpty()); // the first plan isn't taken for the second
    RunRequest other = request();
    other.data.negatives = 0;
    service.plan(other);
    QTRY_COMPARE_WITH_TIMEOUT(planned.count(), 3, 30'000);
    QVERIFY(folderOf(m_worker->seen()) != folderOf(first));
}

void TestPlanService::aNewerRequestEndsTheOlder() {
    PlanService service(*m_session);
    QSignalSpy planned(&service, &PlanService::planned), failed(&service, &PlanService::failed);
    m_worker->takesLong();
    service.plan(request("8"));
    QTRY_VERIFY_WITH_TIMEOUT(!m_worker->seen().isEmpty(), 30'000);
    RunPlan second = somePlan();
    second.steps = 7;
    m_worker->plans(second, {});
    service.plan(request("16"));
    QTRY_COMPARE_WITH_TIMEOUT(planned.count(), 1, 30'000);
    QCOMPARE(planned.first().first().value<PlannedRun>().plan.steps, std::int64_t{7});
    QTest::qWait(100);
    QCOMPARE(planned.count() + failed.count(), 1);
}

void TestPlanService::whoGoesAwayLeavesNothing() {
    m_worker->takesLong();
    {
        PlanService service(*m_session);
        service.plan(request());
        QTRY_VERIFY_WITH_TIMEOUT(!m_worker->seen().isEmpty(), 30'000);
        QCOMPARE(leftOver().size(), 1);
    }
    QTRY_COMPARE(leftOver(), QStringList());
}

void TestPlanService::aFailureIsTold() {
    PlanService service(*m_session);
    QSignalSpy failed(&service, &PlanService::failed);
    RunRequest noModel = request();
    noModel.spec.model = "nowhere";
    service.plan(noModel);
    QCOMPARE(failed.count(), 1); // what can be checked at once is
    RunRequest noRows = request();
    noRows.data.only = {"force_majeure"};
    service.plan(noRows);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, 30'000);
    m_worker->refuses("No row fits.", "Raise max_length.");
    service.plan(request());
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 3, 30'000);
    QCOMPARE(failed[2].first().value<Error>().message(), std::string("No row fits. Raise max_length."));
    QVERIFY(!service.isBusy());
}

QTEST_GUILESS_MAIN(TestPlanService)
#include "test_plan_service.moc"
