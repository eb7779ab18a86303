// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Whole runs on the tiny model: what a run folder holds when the worker is done with it, however it ends.
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/dataset/rows.h"
#include "tests/support/paths.h"
#include "training/model/adapter_files.h"
#include "training/model/safetensors.h"
#include "training/recipes/worker.h"

#include <QProcess>
#include <QtTest>
#include <nlohmann/json.hpp>

using namespace cw;

namespace {

constexpr int kRows = 20;

std::vector<nlohmann::json> samples() {
    return nlohmann::json::parse(*readFile(test::dataFolder() / "golden" / "train" / "sft_curves.json"))["samples"];
}

RowMeta metaOf(int row) {
    RowMeta meta;
    meta.contract = ContractId("contract-" + std::to_string(row));
    meta.request.keys = {"parties"};
    return meta;
}

std::string sftRows(int from, int to) {
    std::string lines;
    const auto all = samples();
    for (int i = from; i < to; ++i)
        lines += toLine(ChatRow{all[i]["prompt"], all[i]["answer"], metaOf(i)}) + "\n";
    return lines;
}

std::string preferenceRows() {
    std::string lines;
    const auto all = samples();
    for (int i = 0; i < kRows; ++i)
        lines += toLine(PreferenceRow{all[i]["prompt"], all[i]["answer"], "They played all day.", metaOf(i)}) + "\n";
    return lines;
}

RunSpec specOf(RunKind kind) {
    RunSpec spec = defaultSpec(kind);
    spec.model = (test::sampleFolder() / "model").string();
    spec.loraRank = 8;
    spec.loraAlpha = 16;
    spec.microBatch = 2;
    spec.accumulation = 2;
    spec.maxSteps = 30;
    spec.learningRate = 5e-3;
    spec.threads = 1; // so that results are the same bits on every machine's count of cores
    return spec;
}

std::vector<RunEvent> eventsOf(const RunFolder& folder, const std::string& kind) {
    std::vector<RunEvent> found;
    for (RunEvent& event : EventTail(folder.events()).poll())
        if (event.kind == kind)
            found.push_back(std::move(event));
    return found;
}

double meanLoss(const std::vector<RunEvent>& steps, size_t from, size_t to) {
    double sum = 0;
    for (size_t i = from; i < to; ++i)
        sum += steps[i].number("loss");
    return sum / static_cast<double>(to - from);
}

nlohmann::json failureOf(const RunFolder& folder) {
    return nlohmann::json::parse(*readFile(folder.endMark(RunState::Failed)));
}

bool has(const std::filesystem::path& path) {
    return std::filesystem::exists(path);
}

} // namespace

class TestRecipes : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_runs;
    SystemClock m_clock;

    RunFolder makeRun(const RunSpec& spec, const std::string& train, const std::string& validation = {}) {
        auto folder = RunFolder::create(m_runs.path().toStdString(), spec, m_clock);
        bool ok = folder.ok() && writeFileAtomically(folder->train(), train);
        if (ok && !validation.empty())
            ok = writeFileAtomically(folder->validation(), validation).ok();
        if (!ok)
            qFatal("The run folder can't be made.");
        return *folder;
    }
    std::string adapterHash(const RunFolder& folder) {
        return sha256Hex(*readFile(folder.adapter() / "adapter_model.safetensors"));
    }

private Q_SLOTS:
    void supervisedRunLearnsAndLeavesItsAdapter() {
        const RunFolder folder = makeRun(specOf(RunKind::Sft), sftRows(0, 16), sftRows(16, kRows));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QVERIFY(folder.state(m_clock) == RunState::Done);

        const auto steps = eventsOf(folder, "step");
        QCOMPARE(steps.size(), size_t{30});
        QVERIFY(meanLoss(steps, 26, 30) < 0.7 * meanLoss(steps, 0, 4));
        for (const char* member : {"step", "steps", "loss", "lr", "grad_norm", "tokens", "tokens_per_s"})
            QVERIFY2(steps[1].numbers.count(member) == 1, member);
        const auto start = eventsOf(folder, "start");
        QCOMPARE(start.size(), size_t{1});
        QCOMPARE(start[0].text("kind_of_run"), std::string("sft"));
        QCOMPARE(start[0].text("dtype"), std::string("f32"));
        QCOMPARE(start[0].number("rows"), 16.0);
        QVERIFY(start[0].number("trainable") > 0);
        QCOMPARE(eventsOf(folder, "validation").size(), size_t{10});
        QCOMPARE(eventsOf(folder, "checkpoint").size(), size_t{1});
        QCOMPARE(eventsOf(folder, "end")[0].text("state"), std::string("done"));

        const auto environment = nlohmann::json::parse(*readFile(folder.environment()));
        QCOMPARE(environment["threads"], 1);
        QVERIFY(environment["libtorch"].get<std::string>().starts_with("2."));
        QVERIFY(readAdapter(folder.adapter(), *readModelConfig(test::sampleFolder() / "model")).ok());
    }

    void sameSeedGivesTheSameAdapterBitForBit() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.maxSteps = 4;
        spec.loraDropout = 0.1;
        const RunFolder first = makeRun(spec, sftRows(0, 8)), second = makeRun(spec, sftRows(0, 8));
        spec.seed += 1;
        const RunFolder other = makeRun(spec, sftRows(0, 8));
        for (const RunFolder* folder : {&first, &second, &other})
            QCOMPARE(runWorker(*folder, m_clock), kExitDone);
        QCOMPARE(adapterHash(first), adapterHash(second));
        QVERIFY(adapterHash(first) != adapterHash(other));
    }

    void preferenceRunStartsFromTheSupervisedAdapterAtMarginZero() {
        RunSpec supervised = specOf(RunKind::Sft);
        supervised.maxSteps = 5;
        const RunFolder before = makeRun(supervised, sftRows(0, kRows));
        QCOMPARE(runWorker(before, m_clock), kExitDone);

        RunSpec spec = specOf(RunKind::Dpo);
        spec.adapter = "../" + before.id().value + "/outputs/adapter"; // relative to the run folder
        spec.loraDropout = 0;
        spec.warmupShare = 0;
        spec.learningRate = 1e-3;
        const RunFolder folder = makeRun(spec, preferenceRows());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto steps = eventsOf(folder, "step");
        QCOMPARE(steps.size(), size_t{30});
        QVERIFY(std::abs(steps[0].number("margin")) < 1e-4); // batches of the reference are other ones: rounding alone
        QVERIFY(std::abs(steps[0].number("loss") - std::log(2.0)) < 1e-4);
        QVERIFY(meanLoss(steps, 26, 30) < 0.5 * std::log(2.0));
        QCOMPARE(steps.back().number("accuracy"), 1.0);
        QVERIFY(steps.back().numbers.count("chosen_logp") == 1 && steps.back().numbers.count("rejected_logp") == 1);
        QCOMPARE(eventsOf(folder, "progress").back().number("done"), 20.0);
        QVERIFY(adapterHash(folder) != adapterHash(before));
    }

    void stopEndsAfterTheCurrentStepWithTheAdapterSaved() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.maxSteps = 100000;
        const RunFolder folder = makeRun(spec, sftRows(0, kRows));
        QVERIFY(folder.requestStop());
        QCOMPARE(runWorker(folder, m_clock), kExitStopped);
        QVERIFY(folder.state(m_clock) == RunState::Stopped);
        QCOMPARE(eventsOf(folder, "step").size(), size_t{1});
        QVERIFY(has(folder.adapter() / "adapter_config.json"));
        QCOMPARE(eventsOf(folder, "end")[0].text("state"), std::string("stopped"));
    }

    void rowsThatDoNotFitAreEventsAndTheRunGoesOn() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.maxSteps = 2;
        const std::string tooLong = toLine(ChatRow{std::string(5000, 'x'), "It was night.", metaOf(77)}) + "\n";
        const RunFolder folder = makeRun(spec, sftRows(0, 4) + tooLong);
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto rows = eventsOf(folder, "row");
        QCOMPARE(rows.size(), size_t{1});
        QCOMPARE(rows[0].text("contract"), std::string("contract-77"));
        QVERIFY(rows[0].text("text").find("but at most 512 fit") != std::string::npos);
        QCOMPARE(eventsOf(folder, "start")[0].number("rows"), 4.0);
    }

    void dataWithoutAUsableRowFails() {
        const RunFolder folder = makeRun(specOf(RunKind::Sft), toLine(ChatRow{"Who?", "", metaOf(1)}) + "\n");
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QVERIFY(folder.state(m_clock) == RunState::Failed);
        QVERIFY(failureOf(folder)["error"].get<std::string>().find(
                    "has no row that can be trained on; 1 were left out") != std::string::npos);
    }

    void modelFolderWithoutWeightsGivesOneSentence() {
        QTemporaryDir empty;
        std::filesystem::copy_file(test::sampleFolder() / "model" / "config.json",
                                   std::filesystem::path(empty.path().toStdString()) / "config.json");
        RunSpec spec = specOf(RunKind::Sft);
        spec.model = empty.path().toStdString();
        const RunFolder folder = makeRun(spec, sftRows(0, 4));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        const auto failure = failureOf(folder);
        QCOMPARE(failure["error"].get<std::string>(),
                 "The model folder " + spec.model + " has no weights (model.safetensors).");
        QVERIFY(!failure["hint"].get<std::string>().empty());
        QCOMPARE(eventsOf(folder, "end")[0].text("error"), failure["error"].get<std::string>());
        QVERIFY(!has(folder.adapter()));
    }

    void damagedSpecificationFailsWithASentence() {
        const RunFolder folder = makeRun(specOf(RunKind::Sft), sftRows(0, 4));
        QVERIFY(writeFileAtomically(folder.spec(), "{\"version\":1,"));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QVERIFY(failureOf(folder)["error"].get<std::string>().find("spec.json") != std::string::npos);
    }

    void lossThatIsNotFiniteFailsWithAHintAndSavesNothing() {
        const auto config = readModelConfig(test::sampleFolder() / "model");
        Adapter damaged = makeAdapter(*config, {.rank = 8, .alpha = 16}, 17);
        setTrainable(damaged, false);
        damaged.layers[0][0].a.fill_(std::nan(""));
        const std::filesystem::path start = std::filesystem::path(m_runs.path().toStdString()) / "damaged";
        QVERIFY(writeAdapter(start, damaged, "tiny"));
        RunSpec spec = specOf(RunKind::Sft);
        spec.adapter = start.string();
        const RunFolder folder = makeRun(spec, sftRows(0, kRows));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QVERIFY(failureOf(folder)["error"].get<std::string>().find("no longer a finite number at step 1") !=
                std::string::npos);
        QVERIFY(failureOf(folder)["hint"].get<std::string>().starts_with("Lower the learning rate"));
        QVERIFY(!has(folder.adapter()));
    }

    void folderThatIsLockedOrDoneIsLeftUntouched() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.maxSteps = 1;
        const RunFolder folder = makeRun(spec, sftRows(0, 4));
        {
            const auto lock = RunLock::acquire(folder);
            QVERIFY(lock.ok());
            QCOMPARE(runWorker(folder, m_clock), kExitFailed);
            QVERIFY(!has(folder.events()) && !has(folder.endMark(RunState::Failed)));
        }
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const std::string before = *readFile(folder.events());
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QCOMPARE(*readFile(folder.events()), before);
        QVERIFY(has(folder.endMark(RunState::Done)) && !has(folder.endMark(RunState::Failed)));
    }

    void programStopsOnRequestWhileItRuns() {
        const QString worker = qEnvironmentVariable("CLAUSEWRIGHT_WORKER");
        if (worker.isEmpty())
            QSKIP("CLAUSEWRIGHT_WORKER doesn't name the worker program.");
        RunSpec spec = specOf(RunKind::Sft);
        spec.maxSteps = 1000000;
        const RunFolder folder = makeRun(spec, sftRows(0, kRows));
        QProcess process;
        process.start(worker, {QString::fromStdString(folder.root().string())});
        QTRY_VERIFY_WITH_TIMEOUT(eventsOf(folder, "step").size() > 3, 60000);
        QVERIFY(folder.state(m_clock) == RunState::Running);
        QVERIFY(folder.requestStop());
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), kExitStopped);
        QVERIFY(folder.state(m_clock) == RunState::Stopped);
        QVERIFY(has(folder.adapter() / "adapter_model.safetensors"));
    }

    void programWithoutAFolderTellsHowToUseIt() {
        const QString worker = qEnvironmentVariable("CLAUSEWRIGHT_WORKER");
        if (worker.isEmpty())
            QSKIP("CLAUSEWRIGHT_WORKER doesn't name the worker program.");
        QProcess process;
        process.start(worker, {});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().startsWith("Usage: clausewright-worker RUN_FOLDER"));
    }
};

QTEST_GUILESS_MAIN(TestRecipes)
#include "test_recipes.moc"
