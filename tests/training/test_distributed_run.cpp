// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Whole runs shared by two processes, done by the worker itself.
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/dataset/rows.h"
#include "tests/support/paths.h"
#include "training/model/adapter_files.h"
#include "training/recipes/worker.h"

#include <ATen/TensorOperators.h>

#include <QProcess>
#include <QtTest>
#include <nlohmann/json.hpp>

#include <cmath>
#include <csignal>

using namespace cw;

namespace {

constexpr double kRounding = 1e-4; // of the way that the weights went

std::filesystem::path modelFolder() {
    return test::sampleFolder() / "model";
}

std::vector<nlohmann::json> samples() {
    return nlohmann::json::parse(*readFile(test::dataFolder() / "golden" / "train" / "sft_curves.json"))["samples"];
}

RowMeta metaOf(int row) {
    RowMeta meta;
    meta.contract = ContractId("contract-" + std::to_string(row));
    meta.request.keys = {"parties"};
    return meta;
}

std::string rowsOf(RunKind kind, int count) {
    std::string lines;
    const auto all = samples();
    for (int i = 0; i < count; ++i)
        lines += (kind == RunKind::Dpo
                      ? toLine(PreferenceRow{all[i]["prompt"], all[i]["answer"], "They played all day.", metaOf(i)})
                      : toLine(ChatRow{all[i]["prompt"], all[i]["answer"], metaOf(i)})) +
                 "\n";
    return lines;
}

// Four passes a step: two processes have two each, and add them up in another order than one alone.
RunSpec specOf(RunKind kind, std::int64_t processes) {
    RunSpec spec = defaultSpec(kind);
    spec.model = modelFolder().string();
    spec.loraRank = 8;
    spec.loraAlpha = 16;
    spec.loraDropout = 0.1;
    spec.microBatch = 1;
    spec.accumulation = 4;
    spec.maxSteps = 4;
    spec.learningRate = 5e-3;
    spec.dtype = "f32";
    spec.processes = processes;
    spec.threads = processes; // one each
    return spec;
}

std::vector<RunEvent> eventsOf(const RunFolder& folder, const std::string& kind) {
    std::vector<RunEvent> found;
    for (RunEvent& event : EventTail(folder.events()).poll())
        if (event.kind == kind)
            found.push_back(std::move(event));
    return found;
}

std::string adapterHash(const RunFolder& folder) {
    return sha256Hex(readFile(folder.adapter() / "adapter_model.safetensors").value());
}

double norm(const at::Tensor& tensor) {
    return tensor.to(at::kDouble).norm().item<double>();
}

// How far two runs' weights are apart, as a share of the way that the first went from its start.
double distance(const RunFolder& a, const RunFolder& b, const RunSpec& spec) {
    const ModelConfig config = *readModelConfig(modelFolder());
    const auto settings = loraSettings(spec.loraRank, spec.loraAlpha, spec.loraDropout, spec.loraModules, "", false);
    const auto start = makeAdapter(config, *settings, static_cast<std::uint64_t>(spec.seed), at::kCPU).parameters();
    const auto first = readAdapter(a.adapter(), config)->parameters();
    const auto second = readAdapter(b.adapter(), config)->parameters();
    double apart = 0, way = 0;
    for (size_t i = 0; i < start.size(); ++i) {
        apart += std::pow(norm(first[i] - second[i]), 2);
        way += std::pow(norm(first[i] - start[i].detach()), 2);
    }
    return std::sqrt(apart / way);
}

qint64 childOf(qint64 process) {
    const auto path = "/proc/" + std::to_string(process) + "/task/" + std::to_string(process) + "/children";
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split(' ').first().toLongLong() : 0;
}

bool isRunning(qint64 process) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray stat = file.readAll();
    return stat.mid(stat.lastIndexOf(')') + 2, 1) != "Z"; // dead, and nobody asked for it yet
}

} // namespace

class TestDistributedRun : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_runs;
    SystemClock m_clock;

    RunFolder makeRun(const RunSpec& spec, int rows = 12) {
        auto folder = RunFolder::create(m_runs.path().toStdString(), spec, m_clock);
        if (!folder || !writeFileAtomically(folder->train(), rowsOf(spec.kind, rows)))
            qFatal("The run folder can't be made.");
        return *folder;
    }

    void start(QProcess& worker, const RunFolder& folder) {
        worker.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        worker.start(QStringLiteral(CW_BINARY_DIR "/bin/clausewright-worker"),
                     {QString::fromStdString(folder.root().string())});
    }

    int work(const RunFolder& folder) {
        QProcess worker;
        start(worker, folder);
        return worker.waitForFinished(300'000) && worker.exitStatus() == QProcess::NormalExit ? worker.exitCode() : -1;
    }

    RunFolder done(const RunSpec& spec, int rows = 12) {
        const RunFolder folder = makeRun(spec, rows);
        if (work(folder) != kExitDone)
            qFatal("A run failed that should not.");
        return folder;
    }

    // Starts a run that takes long and comes back when it has its first checkpoint.
    bool startLong(QProcess& worker, const RunFolder& folder) {
        start(worker, folder);
        return QTest::qWaitFor([&] { return !eventsOf(folder, "checkpoint").empty(); }, 120'000);
    }

private Q_SLOTS:
    // Two passes a step: a + b is the same sum wherever it is made.
    void onePassEachGivesTheSameBitsAsOneProcess() {
        RunSpec alone = specOf(RunKind::Sft, 1), shared = specOf(RunKind::Sft, 2);
        alone.accumulation = shared.accumulation = 2;
        QCOMPARE(adapterHash(done(shared)), adapterHash(done(alone)));
    }

    // Four passes a step are added up in another order, whose roundings Adam makes larger where a gradient is nearly
    // zero: no more than in one process that cuts the same rows into other passes.
    void twoProcessesTrainAsOne() {
        const RunSpec alone = specOf(RunKind::Sft, 1), shared = specOf(RunKind::Sft, 2);
        const RunFolder one = done(alone), two = done(shared), again = done(shared);
        QCOMPARE(adapterHash(two), adapterHash(again)); // the same bits every time
        const double apart = distance(one, two, alone);
        qInfo("relative distance of the weights: %.3g", apart);
        QVERIFY(apart < kRounding);

        const auto alones = eventsOf(one, "step"), shareds = eventsOf(two, "step");
        QCOMPARE(alones.size(), size_t{4});
        QCOMPARE(shareds.size(), size_t{4}); // told once, by the first process
        for (size_t i = 0; i < alones.size(); ++i) {
            QCOMPARE(shareds[i].number("tokens"), alones[i].number("tokens"));
            QCOMPARE(shareds[i].number("labelled"), alones[i].number("labelled"));
            QVERIFY(std::abs(shareds[i].number("loss") - alones[i].number("loss")) < 1e-5);
        }
        QVERIFY(!std::filesystem::exists(two.root() / "group"));
    }

    void anotherCutIntoPassesIsNoNearer() {
        RunSpec ones = specOf(RunKind::Sft, 1), shared = specOf(RunKind::Sft, 2);
        ones.loraDropout = shared.loraDropout = 0; // masks are drawn by pass
        RunSpec pairs = ones;
        pairs.microBatch = pairs.accumulation = 2;
        const RunFolder alone = done(ones);
        const double byProcesses = distance(alone, done(shared), ones), byPasses = distance(alone, done(pairs), ones);
        qInfo("relative distance: %.3g by processes, %.3g by passes", byProcesses, byPasses);
        QVERIFY(byProcesses < 2 * byPasses);
    }

    // Nine rows in steps of two: the last step of the epoch has one, so that one process has nothing to do.
    void aProcessWithoutRowsTakesPart() {
        for (const RunKind kind : {RunKind::Sft, RunKind::Dpo}) {
            RunSpec alone = specOf(kind, 1), shared = specOf(kind, 2);
            for (RunSpec* spec : {&alone, &shared}) {
                spec->accumulation = 2;
                spec->maxSteps = 5;
            }
            const RunFolder one = done(alone, 9), two = done(shared, 9);
            QCOMPARE(adapterHash(two), adapterHash(one));
            const auto alones = eventsOf(one, "step"), shareds = eventsOf(two, "step");
            QCOMPARE(shareds.size(), size_t{5});
            for (size_t i = 0; i < alones.size(); ++i)
                QVERIFY(std::abs(shareds[i].number("margin") - alones[i].number("margin")) < 1e-9);
        }
    }

    void aSweepIsShared() {
        RunSpec spec = specOf(RunKind::Sweep, 2);
        spec.sweepRanks = "4,8";
        spec.sweepRates = "1e-3";
        spec.maxSteps = 2;
        const RunFolder shared = done(spec);
        spec.processes = spec.threads = 1;
        const RunFolder alone = done(spec);
        const auto trials = eventsOf(shared, "trial"), alones = eventsOf(alone, "trial");
        QCOMPARE(trials.size(), size_t{2});
        for (size_t i = 0; i < trials.size(); ++i)
            QVERIFY(std::abs(trials[i].number("loss") - alones[i].number("loss")) < 1e-5);
    }

    void aKilledMemberFailsTheRunWhichGoesOnFromItsCheckpoint() {
        RunSpec spec = specOf(RunKind::Sft, 2);
        spec.maxSteps = 40;
        spec.checkpointEvery = 2;
        const RunFolder whole = done(spec), killed = makeRun(spec);
        QProcess worker;
        QVERIFY(startLong(worker, killed));
        const qint64 member = childOf(worker.processId());
        QVERIFY(member > 0);
        QCOMPARE(::kill(static_cast<pid_t>(member), SIGKILL), 0);
        QVERIFY(worker.waitForFinished(30'000));
        QCOMPARE(worker.exitStatus(), QProcess::NormalExit); // not by SIGPIPE, while it writes to the member
        QCOMPARE(worker.exitCode(), kExitFailed);

        QVERIFY(killed.state(m_clock) == RunState::Failed);
        const auto failure = nlohmann::json::parse(*readFile(killed.endMark(RunState::Failed)));
        QVERIFY(failure["error"].get<std::string>().starts_with("Process 1 of the run was killed by signal 9"));
        QVERIFY(failure["hint"].get<std::string>().find("The checkpoint of step ") != std::string::npos);

        QVERIFY(killed.reopen().ok());
        QCOMPARE(work(killed), kExitDone);
        QCOMPARE(eventsOf(killed, "resume").size(), size_t{1});
        QCOMPARE(adapterHash(killed), adapterHash(whole));
    }

    void membersDieWithTheFirstProcess() {
        RunSpec spec = specOf(RunKind::Sft, 2);
        spec.maxSteps = 4000;
        spec.checkpointEvery = 2;
        const RunFolder folder = makeRun(spec);
        QProcess worker;
        QVERIFY(startLong(worker, folder));
        const qint64 member = childOf(worker.processId());
        QVERIFY(member > 0 && isRunning(member));
        worker.kill();
        QVERIFY(worker.waitForFinished(30'000));
        QVERIFY(QTest::qWaitFor([&] { return !isRunning(member); }, 10'000));
        QVERIFY(folder.state(m_clock) == RunState::Lost); // nobody holds the folder's lock any more
    }

    void aWishToStopEndsAllProcesses() {
        RunSpec spec = specOf(RunKind::Sft, 2);
        spec.maxSteps = 4000;
        spec.checkpointEvery = 2;
        const RunFolder folder = makeRun(spec);
        QProcess worker;
        QVERIFY(startLong(worker, folder));
        const qint64 member = childOf(worker.processId());
        QVERIFY(folder.requestStop().ok());
        QVERIFY(worker.waitForFinished(60'000));
        QCOMPARE(worker.exitCode(), kExitStopped);
        QVERIFY(!isRunning(member));
    }
};

QTEST_GUILESS_MAIN(TestDistributedRun)
#include "test_distributed_run.moc"
