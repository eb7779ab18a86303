// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Training that is interrupted, in any way, and goes on: the adapter is the one of a run that nothing interrupted, bit for
// bit.
#include "core/base/rng.h"
#include "tests/support/full_disk.h"
#include "tests/training/training_runs.h"
#include "training/recipes/checkpoint.h"
#include "training/recipes/worker.h"

#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <numeric>
#include <thread>

using namespace cw;
using namespace cw::test;
namespace fs = std::filesystem;

namespace {

RunSpec resumeSpec(RunKind kind) {
    RunSpec spec = specOf(kind);
    spec.maxSteps = 24;
    spec.loraDropout = 0.1;
    spec.loraPlus = 4;
    spec.weightDecay = 0.01;
    spec.outliers = "skip";
    spec.checkpointEvery = 5;
    spec.learningRate = kind == RunKind::Dpo ? 1e-3 : 5e-3;
    return spec;
}

std::string rowsOf(RunKind kind) {
    return kind == RunKind::Dpo ? preferenceRows() : sftRows(0, 18); // 18 rows: the epoch ends with a short step
}

std::vector<std::int64_t> stepNumbers(const RunFolder& folder) {
    std::vector<std::int64_t> numbers;
    for (const RunEvent& event : eventsOf(folder, "step"))
        numbers.push_back(static_cast<std::int64_t>(event.number("step")));
    return numbers;
}

bool hasEntry(const RunFolder& folder, std::string_view prefix) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder.checkpoints(), ignored))
        if (entry.path().filename().string().starts_with(prefix))
            return true;
    return false;
}

bool hasACheckpoint(const RunFolder& folder) {
    return hasEntry(folder, "step-");
}

bool isWritingACheckpoint(const RunFolder& folder) {
    return hasEntry(folder, ".unfinished-step-");
}

} // namespace

class TestResume : public QObject {
    Q_OBJECT

private:
    TrainingRuns m_runs;
    SystemClock m_clock;

    RunFolder doneInOneGo(const RunSpec& spec, const std::string& train, const std::string& validation = {}) {
        const RunFolder folder = m_runs.make(spec, train, validation);
        if (runWorker(folder, m_clock) != kExitDone)
            qFatal("A run in one go has failed.");
        return folder;
    }
    std::string hashInOneGo(const RunSpec& spec, const std::string& train) { return hashOf(doneInOneGo(spec, train).adapter()); }

    // A wish to stop that is there already would end preference training before its first step, were it not for these.
    static void giveReference(const RunFolder& from, const RunFolder& to) {
        for (const auto& entry : fs::directory_iterator(from.checkpoints()))
            if (entry.path().filename().string().starts_with("reference-"))
                fs::copy(entry.path(), to.checkpoints() / entry.path().filename(), fs::copy_options::recursive);
    }
    static size_t referencePasses(const RunFolder& folder) {
        return static_cast<size_t>(std::ranges::count_if(eventsOf(folder, "progress"), [](const RunEvent& event) {
            return event.text("what") == "reference pairs";
        }));
    }
    static void kinds() {
        QTest::addColumn<int>("kind");
        QTest::newRow("sft") << static_cast<int>(RunKind::Sft);
        QTest::newRow("dpo") << static_cast<int>(RunKind::Dpo);
    }

    // A wish to stop that is there already ends a run after one step: so many runs, one behind the other.
    bool stopAfterEachOf(const RunFolder& folder, int steps) {
        for (int step = 0; step < steps; ++step)
            if (!folder.reopen() || !folder.requestStop() || runWorker(folder, m_clock) != kExitStopped)
                return false;
        return folder.reopen().ok() && stepNumbers(folder).size() == static_cast<size_t>(steps);
    }

private Q_SLOTS:
    void stoppedAndGoneOnIsTheSameRun_data() { kinds(); }

    void stoppedAndGoneOnIsTheSameRun() {
        QFETCH(int, kind);
        const RunSpec spec = resumeSpec(static_cast<RunKind>(kind));
        const std::string rows = rowsOf(spec.kind);
        const RunFolder inOneGo = doneInOneGo(spec, rows);
        const std::string whole = hashOf(inOneGo.adapter());
        const RunFolder folder = m_runs.make(spec, rows);
        giveReference(inOneGo, folder);
        QVERIFY(stopAfterEachOf(folder, 7));
        QVERIFY(has(folder.checkpoints() / "step-7"));
        QVERIFY(hashOf(folder.adapter()) != whole);
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(hashOf(folder.adapter()), whole);

        std::vector<std::int64_t> all(24);
        std::iota(all.begin(), all.end(), 1);
        QVERIFY(stepNumbers(folder) == all); // none is missing, none is done twice
        const auto resumes = eventsOf(folder, "resume");
        QCOMPARE(resumes.size(), size_t{7});
        QCOMPARE(resumes.back().number("step"), 7.0);
        QVERIFY(noteWith(folder, "other circumstances").empty());
    }

    void aWishToStopEndsTheReferencePassToo() {
        const RunSpec spec = resumeSpec(RunKind::Dpo);
        const RunFolder folder = m_runs.make(spec, preferenceRows());
        QVERIFY(folder.requestStop());
        QCOMPARE(runWorker(folder, m_clock), kExitStopped);
        QCOMPARE(referencePasses(folder), size_t{1}); // of ten
        QVERIFY(stepNumbers(folder).empty());
        QVERIFY(!hasEntry(folder, "reference-")); // half of it is none
        QVERIFY(folder.reopen());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(hashOf(folder.adapter()), hashInOneGo(spec, preferenceRows()));
    }

    void theReferenceIsComputedOnceUnlessItIsDamaged() {
        const RunSpec spec = resumeSpec(RunKind::Dpo);
        const RunFolder inOneGo = doneInOneGo(spec, preferenceRows());
        for (const bool damages : {false, true}) {
            const RunFolder folder = m_runs.make(spec, preferenceRows());
            giveReference(inOneGo, folder);
            QVERIFY(stopAfterEachOf(folder, 3));
            QCOMPARE(referencePasses(folder), size_t{0});
            for (const auto& entry : fs::directory_iterator(folder.checkpoints()))
                if (damages && entry.path().filename().string().starts_with("reference-"))
                    QVERIFY(writeFileAtomically(entry.path() / "log_probs.safetensors", "half"));
            QCOMPARE(runWorker(folder, m_clock), kExitDone);
            QCOMPARE(referencePasses(folder), damages ? size_t{10} : size_t{0});
            QCOMPARE(hashOf(folder.adapter()), hashOf(inOneGo.adapter()));
        }
    }

    // In another process each time, and killed without a word: behind the first checkpoint, so that there is something to
    // go on from, then at any moment and within the writing of a checkpoint.
    void killedAtAnyMomentIsTheSameRun_data() { kinds(); }

    void killedAtAnyMomentIsTheSameRun() {
        QFETCH(int, kind);
        const QString worker = qEnvironmentVariable("CLAUSEWRIGHT_WORKER");
        if (worker.isEmpty())
            QSKIP("CLAUSEWRIGHT_WORKER doesn't name the worker program.");
        RunSpec spec = resumeSpec(static_cast<RunKind>(kind));
        spec.loraRank = 64; // so that a checkpoint takes a moment
        spec.loraAlpha = 64;
        spec.checkpointEvery = 3;
        const std::string rows = rowsOf(spec.kind);
        const std::string whole = hashInOneGo(spec, rows);
        const RunFolder folder = m_runs.make(spec, rows);
        Rng rng(static_cast<std::uint64_t>(kind) + 1);
        int inCheckpoints = 0;
        for (int kill = 0; kill < 4; ++kill) {
            QProcess process;
            process.start(worker, {QString::fromStdString(folder.root().string())});
            const size_t before = stepNumbers(folder).size();
            const size_t after = before + 1 + static_cast<size_t>(rng.below(5));
            const bool wantsCheckpoint = kill % 2 == 1;
            QElapsedTimer waited;
            waited.start();
            while (waited.elapsed() < 120000 && process.state() != QProcess::NotRunning) {
                if (wantsCheckpoint ? isWritingACheckpoint(folder)
                                    : stepNumbers(folder).size() >= after && hasACheckpoint(folder))
                    break;
                std::this_thread::sleep_for(std::chrono::microseconds(wantsCheckpoint ? 50 : 1000));
                process.waitForFinished(0);
            }
            if (process.state() != QProcess::NotRunning)
                ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
            QVERIFY(process.waitForFinished(60000));
            inCheckpoints += isWritingACheckpoint(folder) ? 1 : 0;
            if (folder.state(m_clock) == RunState::Done)
                break;
            QVERIFY(folder.state(m_clock) == RunState::Lost);
        }
        QProcess last;
        if (folder.state(m_clock) != RunState::Done) {
            last.start(worker, {QString::fromStdString(folder.root().string())});
            QVERIFY(last.waitForFinished(120000));
            QCOMPARE(last.exitCode(), kExitDone);
        }
        QCOMPARE(hashOf(folder.adapter()), whole);
        QVERIFY(!eventsOf(folder, "resume").empty());
        QVERIFY(!isWritingACheckpoint(folder)); // what the killed one left is gone
        qInfo("%d of the kills fell into the writing of a checkpoint", inCheckpoints);
    }

    void validationStaysTheSameAcrossAStop() {
        RunSpec spec = resumeSpec(RunKind::Sft);
        spec.validateEvery = 4;
        spec.keep = "best";
        const std::string train = sftRows(0, 14), validation = sftRows(14, kRows);
        const RunFolder inOneGo = doneInOneGo(spec, train, validation);
        const RunFolder folder = m_runs.make(spec, train, validation);
        QVERIFY(stopAfterEachOf(folder, 4)); // the last time in place of a validation
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(hashOf(folder.adapter()), hashOf(inOneGo.adapter()));
        const auto one = eventsOf(inOneGo, "validation"), two = eventsOf(folder, "validation");
        QCOMPARE(one.size(), size_t{6});
        QCOMPARE(two.size(), size_t{6});
        for (size_t i = 0; i < one.size(); ++i)
            QVERIFY(one[i].numbers == two[i].numbers);
    }

    void aValidationThatAStopCutShortIsMadeUpFor() {
        RunSpec spec = resumeSpec(RunKind::Sft);
        spec.maxSteps = 4;
        spec.validateEvery = 1;
        const RunFolder folder = m_runs.make(spec, sftRows(0, 14), sftRows(14, kRows));
        QVERIFY(stopAfterEachOf(folder, 1));
        QVERIFY(eventsOf(folder, "validation").empty());
        // Stopped again before it: nothing is trained meanwhile.
        QVERIFY(folder.requestStop());
        QCOMPARE(runWorker(folder, m_clock), kExitStopped);
        QCOMPARE(stepNumbers(folder).size(), size_t{1});
        QVERIFY(folder.reopen());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto validations = eventsOf(folder, "validation");
        QCOMPARE(validations.size(), size_t{4});
        QCOMPARE(validations.front().number("step"), 1.0);
    }

    void aDamagedCheckpointCostsStepsButNotTheResult() {
        const RunSpec spec = resumeSpec(RunKind::Sft);
        const std::string rows = rowsOf(spec.kind);
        const RunFolder folder = m_runs.make(spec, rows);
        QVERIFY(stopAfterEachOf(folder, 7));
        const CheckpointFolder checkpoints(folder.checkpoints());
        const std::int64_t newest = checkpoints.steps().back(), older = checkpoints.steps().front();
        QVERIFY(older < newest);
        const fs::path file = checkpoints.step(newest) / "optimizer.safetensors";
        std::string bytes = *readFile(file);
        bytes.resize(bytes.size() / 2);
        QVERIFY(writeFileAtomically(file, bytes));
        QVERIFY(folder.reopen());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(hashOf(folder.adapter()), hashInOneGo(spec, rows));
        QCOMPARE(eventsOf(folder, "resume").back().number("step"), static_cast<double>(older));
        QVERIFY(!noteWith(folder, "The checkpoint of step " + std::to_string(newest) + " can't be used").empty());
    }

    void aFullDiskFailsTheRunAndTheCheckpointStays() {
        RunSpec spec = resumeSpec(RunKind::Sft);
        spec.loraRank = 32; // its checkpoint is larger than the run's events
        spec.loraAlpha = 32;
        const std::string rows = rowsOf(spec.kind);
        const RunFolder folder = m_runs.make(spec, rows);
        QVERIFY(stopAfterEachOf(folder, 1));
        {
            const FullDisk disk(100000);
            QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        }
        const auto failure = failureOf(folder);
        QCOMPARE(failure["code"], "disk");
        QVERIFY(failure["error"].get<std::string>().find("Couldn't write") == 0);
        const std::string hint = failure["hint"];
        QVERIFY2(hint.find("The checkpoint of step 1 stays: the run can go on from it.") != std::string::npos,
                 hint.c_str());
        QVERIFY(CheckpointFolder(folder.checkpoints()).newest()->state->training.step == 1);
        QVERIFY(folder.reopen());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(hashOf(folder.adapter()), hashInOneGo(spec, rows));
    }

    void changedDataOrSpecificationIsRefused() {
        const RunSpec spec = resumeSpec(RunKind::Sft);
        const RunFolder folder = m_runs.make(spec, sftRows(0, 18));
        QVERIFY(stopAfterEachOf(folder, 1));

        const std::string changed = sftRows(1, 19); // as many rows, but others
        QVERIFY(writeFileAtomically(folder.train(), changed));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QCOMPARE(failureOf(folder)["code"], "data_changed");
        QVERIFY(writeFileAtomically(folder.train(), sftRows(0, 18)) && folder.reopen());

        RunSpec other = spec;
        other.learningRate *= 2;
        QVERIFY(writeFileAtomically(folder.spec(), toJson(other)));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QCOMPARE(failureOf(folder)["code"], "spec_changed");
        QVERIFY(writeFileAtomically(folder.spec(), toJson(spec)) && folder.reopen());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(hashOf(folder.adapter()), hashInOneGo(spec, sftRows(0, 18)));
    }

    void anotherTokenizerOrStartAdapterIsRefused() {
        const QTemporaryDir copies;
        const fs::path model = fs::path(copies.path().toStdString()) / "model", adapter = model.parent_path() / "adapter";
        fs::copy(sampleFolder() / "model", model);
        fs::copy(dataFolder() / "golden" / "peft" / "patterns", adapter);
        RunSpec spec = resumeSpec(RunKind::Sft);
        spec.model = model.string();
        spec.adapter = adapter.string();
        const RunFolder folder = m_runs.make(spec, sftRows(0, 18));
        QVERIFY(stopAfterEachOf(folder, 1));
        for (const auto& [file, key, value] : {std::tuple(adapter / "adapter_config.json", "lora_alpha", nlohmann::json(64)),
                                               std::tuple(model / "tokenizer_config.json", "eos_token", nlohmann::json("<unk>"))}) {
            const std::string before = *readFile(file);
            auto json = nlohmann::json::parse(before);
            json[key] = value;
            QVERIFY(writeFileAtomically(file, json.dump()));
            QCOMPARE(runWorker(folder, m_clock), kExitFailed);
            QCOMPARE(failureOf(folder)["code"], "start_changed");
            QVERIFY(writeFileAtomically(file, before) && folder.reopen());
        }
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(hashOf(folder.adapter()), hashInOneGo(spec, sftRows(0, 18)));
    }

    // Going on from an older one would take it away.
    void aCheckpointOfANewerProgramEndsTheRun() {
        const RunSpec spec = resumeSpec(RunKind::Sft);
        const RunFolder folder = m_runs.make(spec, sftRows(0, 18));
        QVERIFY(stopAfterEachOf(folder, 7));
        const CheckpointFolder checkpoints(folder.checkpoints());
        const std::vector<std::int64_t> steps = checkpoints.steps();
        const fs::path newest = checkpoints.step(steps.back());
        auto state = nlohmann::json::parse(*readFile(newest / "state.json"));
        state["version"] = 99;
        QVERIFY(writeFileAtomically(newest / "state.json", state.dump()));
        auto manifest = nlohmann::json::parse(*readFile(newest / "manifest.json"));
        for (auto& file : manifest["files"])
            if (file["name"] == "state.json")
                file["sha256"] = sha256Hex(state.dump());
        QVERIFY(writeFileAtomically(newest / "manifest.json", manifest.dump()));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QCOMPARE(failureOf(folder)["code"], "newer_version");
        QVERIFY(checkpoints.steps() == steps);
        QCOMPARE(stepNumbers(folder).size(), size_t{7}); // nothing was trained
    }

    void otherThreadsOrFewerRowsAtOnceGoOnWithANote() {
        RunSpec spec = resumeSpec(RunKind::Sft);
        const RunFolder folder = m_runs.make(spec, sftRows(0, 18));
        QVERIFY(stopAfterEachOf(folder, 1));
        spec.threads = 2;
        spec.microBatch = 1; // as the advice after a lack of memory says
        spec.accumulation = 4;
        QVERIFY(writeFileAtomically(folder.spec(), toJson(spec)));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const std::string note = noteWith(folder, "other circumstances");
        QVERIFY2(note.find("threads 2 instead of 1") != std::string::npos &&
                     note.find("rows at once 1 instead of 2") != std::string::npos,
                 note.c_str());
    }

    void aRunWithoutACheckpointBeginsAnew() {
        const RunSpec spec = resumeSpec(RunKind::Sft);
        const RunFolder folder = m_runs.make(spec, rowsOf(spec.kind));
        QVERIFY(stopAfterEachOf(folder, 1));
        fs::remove_all(folder.checkpoints());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QVERIFY(eventsOf(folder, "resume").empty());
        QCOMPARE(hashOf(folder.adapter()), hashInOneGo(spec, rowsOf(spec.kind)));
    }
};

QTEST_GUILESS_MAIN(TestResume)
#include "test_resume.moc"
