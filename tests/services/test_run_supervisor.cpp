// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs with the real worker on the tiny model: frozen data, live events, stopping, and what is refused before anything starts.
#include "app/services/result_qt.h"
#include "app/services/run_launch.h"
#include "app/services/sample_project.h"
#include "tests/support/project_fixture.h"

#include <QDir>
#include <QSignalSpy>

using namespace cw;

namespace {

constexpr int kLongest = 120'000; // milliseconds that a tiny run may take on a busy machine

DatasetOptions shortWindows() {
    DatasetOptions data;
    data.only = {"document_name", "agreement_date"};
    data.chunk = {120, 20};
    data.negatives = 0;
    return data;
}

RunRequest tinySft(std::int64_t steps) {
    RunRequest request;
    request.spec = defaultSpec(RunKind::Sft);
    request.spec.name = "tiny";
    request.spec.model = kSampleModel;
    request.spec.loraRank = 2;
    request.spec.maxSteps = steps;
    request.spec.epochs = 1000;
    request.spec.microBatch = 1;
    request.spec.accumulation = 1;
    request.spec.threads = 1;
    request.spec.dtype = "f32";
    request.data = shortWindows();
    return request;
}

} // namespace

class TestRunSupervisor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aRunFreezesItsDataAndTellsItsEnd();
    void aRunStopsWhenAsked();
    void aSecondSupervisorAttachesToWhatIsThere();
    void aModelFolderWithoutWeightsIsRefused_data();
    void aModelFolderWithoutWeightsIsRefused();
    void nothingToLearnFromIsRefused();
    void aViewerLaunchesNothing();
    void aRunWhoseWindowIsGoneLeavesNoFolder();

private:
    QStringList runFolders() const { return QDir(toQString(m_session->store().runsFolder().string())).entryList(QDir::Dirs | QDir::NoDotAndDotDot); }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    std::unique_ptr<StoreSession> m_session;
    RunId m_done;
};

void TestRunSupervisor::initTestCase() {
    if (qEnvironmentVariableIsEmpty("CLAUSEWRIGHT_WORKER"))
        QSKIP("Clausewright was built without training, so no run was started.");
    auto made = createSampleProject(m_folder.filePath(QStringLiteral("s.clausewright")), test::ana(), m_clock);
    CW_VERIFY(made);
    m_session = std::move(*made);
}

void TestRunSupervisor::aRunFreezesItsDataAndTellsItsEnd() {
    RunSupervisor supervisor(*m_session);
    QSignalSpy added(&supervisor, &RunSupervisor::runAdded), ended(&supervisor, &RunSupervisor::runEnded);
    const auto id = supervisor.launch(tinySft(3));
    CW_VERIFY(id);
    m_done = *id;
    QCOMPARE(added.count(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kLongest);
    const RunView* view = supervisor.view(*id);
    QVERIFY(view);
    QVERIFY2(view->state == RunState::Done, qPrintable(view->failure()));
    QVERIFY(view->failure().isEmpty());
    QCOMPARE(view->last("step")->number("step"), 3.0);
    QCOMPARE(view->last("end")->text("state"), std::string("done"));
    const RunFolder folder(m_session->store().folder() / view->record.folder);
    const auto rows = readChatRows(folder.train());
    CW_VERIFY(rows);
    QVERIFY(!rows->empty());
    QCOMPARE(view->record.datasetHash, sha256Hex(readFile(folder.manifest()).value()));
    QVERIFY(m_session->store().splits().get("default")->frozen);
    const auto adapter = m_session->store().models().get("tiny");
    CW_VERIFY(adapter);
    QCOMPARE(adapter->kind, std::string("adapter"));
    QCOMPARE(adapter->base, std::string(kSampleModel));
    QCOMPARE(adapter->run, id->value);
    const auto resolved = resolveModel(*m_session, "tiny"); // an adapter's name stands for its base and itself
    CW_VERIFY(resolved);
    QVERIFY(std::filesystem::exists(std::filesystem::path(resolved->adapter) / "adapter_model.safetensors"));
}

void TestRunSupervisor::aRunStopsWhenAsked() {
    RunSupervisor supervisor(*m_session);
    QSignalSpy ended(&supervisor, &RunSupervisor::runEnded);
    const auto id = supervisor.launch(tinySft(100'000));
    CW_VERIFY(id);
    QTRY_VERIFY_WITH_TIMEOUT(supervisor.view(*id)->last("step") != nullptr, kLongest);
    QVERIFY(supervisor.view(*id)->state == RunState::Running);
    CW_VERIFY(supervisor.stop(*id));
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kLongest);
    QVERIFY(supervisor.view(*id)->state == RunState::Stopped);
    QVERIFY(!supervisor.stop(*id));
    QCOMPARE(supervisor.stop(RunId("nobody")).error().code, ErrorCode::NotFound);
}

void TestRunSupervisor::aSecondSupervisorAttachesToWhatIsThere() {
    RunSupervisor supervisor(*m_session);
    QCOMPARE(supervisor.runs().size(), size_t{2});
    QCOMPARE(supervisor.runs().back(), m_done); // newest first
    const RunView* view = supervisor.view(m_done);
    QVERIFY(view->state == RunState::Done);
    QCOMPARE(view->spec.maxSteps, std::int64_t{3});
    QVERIFY(view->last("step"));
}

void TestRunSupervisor::aModelFolderWithoutWeightsIsRefused_data() {
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("missing");
    QTest::newRow("nothing") << QStringList() << QStringLiteral("has no config.json.");
    QTest::newRow("no weights") << QStringList{QStringLiteral("config.json"), QStringLiteral("tokenizer.model")}
                                << QStringLiteral("has no weights (*.safetensors).");
    QTest::newRow("no tokenizer") << QStringList{QStringLiteral("config.json"), QStringLiteral("model.safetensors")}
                                  << QStringLiteral("has no tokenizer (tokenizer.json or tokenizer.model).");
}

void TestRunSupervisor::aModelFolderWithoutWeightsIsRefused() {
    QFETCH(QStringList, files);
    QFETCH(QString, missing);
    const QTemporaryDir model;
    for (const QString& name : files)
        CW_VERIFY(writeFileAtomically(model.filePath(name).toStdString(), "{}"));
    RunRequest request = tinySft(1);
    request.spec.model = toStdString(model.path());
    const QStringList before = runFolders();
    const auto id = RunSupervisor(*m_session).launch(request);
    QVERIFY(!id);
    QCOMPARE(id.error().code, ErrorCode::BadInput);
    QCOMPARE(toQString(id.error().detail), QStringLiteral("The model folder %1 %2").arg(model.path(), missing));
    QCOMPARE(runFolders(), before);
}

void TestRunSupervisor::nothingToLearnFromIsRefused() {
    const QStringList before = runFolders();
    RunSupervisor supervisor(*m_session);
    RunRequest noRows = tinySft(1);
    noRows.data.only = {"force_majeure"}; // no label of the sample says anything of it
    QCOMPARE(supervisor.launch(noRows).error().code, ErrorCode::BadInput);
    RunRequest noSplit = tinySft(1);
    noSplit.data.split = "other";
    QCOMPARE(supervisor.launch(noSplit).error().code, ErrorCode::NotFound);
    RunRequest noPairs = tinySft(1);
    noPairs.spec.kind = RunKind::Dpo;
    QCOMPARE(supervisor.launch(noPairs).error().code, ErrorCode::BadInput);
    RunRequest noModel = tinySft(1);
    noModel.spec.model = "nowhere";
    QCOMPARE(supervisor.launch(noModel).error().code, ErrorCode::NotFound);
    QCOMPARE(runFolders(), before);
}

void TestRunSupervisor::aViewerLaunchesNothing() {
    const QString folder = toQString(m_session->store().folder().string());
    const auto viewer = StoreSession::open(folder, OpenMode::ReadWrite, StoreSession::Fallback::ViewOnly, test::ana(), m_clock);
    CW_VERIFY(viewer);
    RunSupervisor supervisor(**viewer);
    QCOMPARE(supervisor.launch(tinySft(1)).error().code, ErrorCode::Locked);
    QCOMPARE(supervisor.runs().size(), size_t{2}); // but it sees them
}

// Its data is frozen in a job that outlives the window.
void TestRunSupervisor::aRunWhoseWindowIsGoneLeavesNoFolder() {
    const QStringList before = runFolders();
    bool told = false;
    {
        RunSupervisor supervisor(*m_session);
        supervisor.launchLater(tinySft(1), [&told](const Result<RunId>&) { told = true; });
        QCOMPARE(runFolders().size(), before.size() + 1);
    }
    QTRY_COMPARE_WITH_TIMEOUT(runFolders(), before, kLongest);
    QVERIFY(!told);
}

QTEST_GUILESS_MAIN(TestRunSupervisor)
#include "test_run_supervisor.moc"
