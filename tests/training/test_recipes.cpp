// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Whole runs on the tiny model: what a run folder holds when the worker is done with it, however it ends.
#include "tests/support/set_trainable.h"
#include "tests/training/training_runs.h"
#include "training/data/row_order.h"
#include "training/model/adapter_files.h"
#include "training/model/safetensors.h"
#include "training/recipes/worker.h"

#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace cw;
using namespace cw::test;

namespace {

double meanLoss(const std::vector<RunEvent>& steps, size_t from, size_t to) {
    double sum = 0;
    for (size_t i = from; i < to; ++i)
        sum += steps[i].number("loss");
    return sum / static_cast<double>(to - from);
}

NamedTensors tensorsOf(const std::filesystem::path& path) {
    const auto file = SafetensorsFile::open(path);
    NamedTensors tensors;
    for (const std::string& name : file->names())
        tensors.emplace(name, *file->tensor(name));
    return tensors;
}

} // namespace

class TestRecipes : public QObject {
    Q_OBJECT

private:
    TrainingRuns m_runs;
    SystemClock m_clock;

    RunFolder makeRun(const RunSpec& spec, const std::string& train, const std::string& validation = {}) {
        return m_runs.make(spec, train, validation);
    }
    std::string adapterHash(const RunFolder& folder) { return hashOf(folder.adapter()); }

private Q_SLOTS:
    void supervisedRunLearnsAndLeavesItsAdapter() {
        const RunFolder folder = makeRun(specOf(RunKind::Sft), sftRows(0, 16), sftRows(16, kRows));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QVERIFY(folder.state(m_clock) == RunState::Done);

        const auto steps = eventsOf(folder, "step");
        QCOMPARE(steps.size(), size_t{30});
        QVERIFY(meanLoss(steps, 26, 30) < 0.7 * meanLoss(steps, 0, 4));
        for (const char* member : {"step", "steps", "loss", "lr", "grad_norm", "tokens", "labelled", "tokens_per_s",
                                   "labelled_per_s", "tflops", "eta_s", "memory_bytes"})
            QVERIFY2(steps[1].numbers.count(member) == 1, member);
        QVERIFY(steps[1].number("labelled") > 0 && steps[1].number("labelled") < steps[1].number("tokens"));
        QVERIFY(steps[1].number("tflops") > 0);
        QVERIFY(steps[1].number("memory_now_bytes") > 1e7);
        QVERIFY(steps[1].number("memory_bytes") >= steps[1].number("memory_now_bytes"));
        QCOMPARE(steps.back().number("eta_s"), 0.0); // nothing is left
        QVERIFY(steps[1].number("eta_s") >= 0);
        const auto start = eventsOf(folder, "start");
        QCOMPARE(start.size(), size_t{1});
        QCOMPARE(start[0].text("kind_of_run"), std::string("sft"));
        QCOMPARE(start[0].text("dtype"), std::string("f32"));
        QCOMPARE(start[0].number("rows"), 16.0);
        QVERIFY(start[0].number("trainable") > 0);
        const auto validations = eventsOf(folder, "validation");
        QCOMPARE(validations.size(), size_t{10});
        QCOMPARE(validations.front().number("step"), 3.0);
        QCOMPARE(validations.front().number("best"), 1.0);
        QCOMPARE(validations.front().numbers.count("valid_json"), size_t{0}); // no window was answered
        const auto checkpoints = eventsOf(folder, "checkpoint");
        QCOMPARE(checkpoints.size(), size_t{11}); // ten to go on from, and the adapter at the end
        QCOMPARE(checkpoints.front().text("path"), std::string("checkpoints/step-3"));
        QCOMPARE(checkpoints.back().text("path"), std::string("outputs/adapter"));
        QVERIFY(eventsOf(folder, "resume").empty());
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
        QVERIFY(!noteWith(folder, "Before the first step the loss of DPO is 0.6931").empty());
        QVERIFY(eventsOf(folder, "validation").empty());
        QVERIFY(adapterHash(folder) != adapterHash(before));
    }

    void heldOutPairsAreMeasured() {
        RunSpec supervised = specOf(RunKind::Sft);
        supervised.maxSteps = 5;
        const RunFolder before = makeRun(supervised, sftRows(0, kRows));
        QCOMPARE(runWorker(before, m_clock), kExitDone);
        RunSpec spec = specOf(RunKind::Dpo);
        spec.adapter = before.adapter().string();
        spec.loraDropout = 0;
        spec.learningRate = 1e-3;
        spec.keep = "best";
        const std::string all = preferenceRows();
        const size_t half = all.find('\n', all.size() * 3 / 4) + 1;
        const RunFolder folder = makeRun(spec, all.substr(0, half), all.substr(half));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto validations = eventsOf(folder, "validation");
        QCOMPARE(validations.size(), size_t{11}); // before the first step too
        QVERIFY(std::abs(validations.front().number("loss") - std::log(2.0)) < 1e-5);
        QVERIFY(std::abs(validations.front().number("margin")) < 1e-5);
        for (const char* member : {"loss", "margin", "accuracy", "chosen_logp", "rejected_logp", "chosen_gain", "best"})
            QVERIFY2(validations.back().numbers.count(member) == 1, member);
        QVERIFY(validations.back().number("loss") < 0.9 * std::log(2.0));
        QVERIFY(validations.back().number("margin") > 0);
        QCOMPARE(validations.back().number("accuracy"), 1.0);

        // A training that goes on measures against the same start, and has the same validations.
        spec.maxSteps = 20;
        const RunFolder whole = makeRun(spec, all.substr(0, half), all.substr(half));
        QCOMPARE(runWorker(whole, m_clock), kExitDone);
        const RunFolder parts = makeRun(spec, all.substr(0, half), all.substr(half));
        QVERIFY(parts.requestStop());
        QCOMPARE(runWorker(parts, m_clock), kExitStopped);
        QVERIFY(parts.reopen());
        QCOMPARE(runWorker(parts, m_clock), kExitDone);
        QCOMPARE(adapterHash(parts), adapterHash(whole));
        const auto a = eventsOf(whole, "validation"), b = eventsOf(parts, "validation");
        QCOMPARE(a.size(), b.size());
        for (size_t i = 0; i < a.size(); ++i)
            QVERIFY(a[i].numbers == b[i].numbers);
    }

    // The likelihood's weight holds up what the preference alone lets fall.
    void aFallOfTheChosenAnswersIsTold() {
        RunSpec spec = specOf(RunKind::Dpo);
        spec.loraDropout = 0;
        spec.learningRate = 0.05; // ruins the model, whose words all become unlikely
        spec.maxSteps = 6;
        spec.warmupShare = 0;
        const RunFolder folder = makeRun(spec, preferenceRows());
        (void)runWorker(folder, m_clock);
        const std::string note = noteWith(folder, "The chosen answers become less likely too: at step ");
        QVERIFY(note.find("Set likelihood_weight to 0.2") != std::string::npos);
        spec.learningRate = 1e-5;
        const RunFolder gentle = makeRun(spec, preferenceRows());
        QCOMPARE(runWorker(gentle, m_clock), kExitDone);
        QVERIFY(noteWith(gentle, "The chosen answers become less likely").empty());
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

    void rowsThatDoNotFitAreEventsAndTheRunGoesOnOrNot() {
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

        spec.longRows = "refuse";
        const RunFolder refused = makeRun(spec, sftRows(0, 4) + tooLong);
        QCOMPARE(runWorker(refused, m_clock), kExitFailed);
        QCOMPARE(failureOf(refused)["code"], "rows_too_long");
        QVERIFY(failureOf(refused)["error"].get<std::string>().find("contract-77") != std::string::npos);
        QVERIFY(eventsOf(refused, "step").empty());
    }

    void aRowWithoutAnAnswerIsRefusedUnlessItMayBeLeftOut() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.maxSteps = 2;
        const std::string empty = toLine(ChatRow{"Who?", "", metaOf(78)}) + "\n";
        const RunFolder refused = makeRun(spec, sftRows(0, 4) + empty + empty);
        QCOMPARE(runWorker(refused, m_clock), kExitFailed);
        QCOMPARE(failureOf(refused)["code"], "no_labels");
        QCOMPARE(failureOf(refused)["error"].get<std::string>(),
                 std::string("2 rows have no answer. The first is of contract-78, part 1: The row has no answer to train on."));
        QVERIFY(eventsOf(refused, "step").empty());

        spec.longRows = "leave_all_out";
        const RunFolder folder = makeRun(spec, sftRows(0, 4) + empty);
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(eventsOf(folder, "row").size(), size_t{1});
        QCOMPARE(eventsOf(folder, "start")[0].number("rows"), 4.0);
    }

    void dataWithoutAUsableRowFails() {
        const RunFolder folder = makeRun(specOf(RunKind::Sft), toLine(ChatRow{"Who?", "", metaOf(1)}) + "\n");
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QVERIFY(folder.state(m_clock) == RunState::Failed);
        QVERIFY(failureOf(folder)["error"].get<std::string>().find(
                    "has no row that can be trained on; 1 were left out") != std::string::npos);
        QCOMPARE(failureOf(folder)["code"], "no_labels");
        QCOMPARE(eventsOf(folder, "end")[0].text("code"), std::string("no_labels"));
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

    void tensorsThatAreMissingOrTooManyAreNamed() {
        const std::filesystem::path from = test::sampleFolder() / "model", model = m_runs.root() / "lacks-one";
        std::filesystem::copy(from, model);
        NamedTensors tensors = tensorsOf(from / "model.safetensors");
        QCOMPARE(tensors.erase("model.layers.2.mlp.up_proj.weight"), size_t{1});
        QVERIFY(writeSafetensors(model / "model.safetensors", tensors));
        RunSpec spec = specOf(RunKind::Sft);
        spec.model = model.string();
        const RunFolder lacking = makeRun(spec, sftRows(0, 4));
        QCOMPARE(runWorker(lacking, m_clock), kExitFailed);
        QCOMPARE(failureOf(lacking)["code"], "bad_tensors");
        QVERIFY(failureOf(lacking)["error"].get<std::string>().find("model.layers.2.mlp.up_proj.weight") !=
                std::string::npos);

        const std::filesystem::path golden = test::dataFolder() / "golden" / "train" / "adapter_b_zero",
                                    adapter = m_runs.root() / "half-a-pair";
        std::filesystem::copy(golden, adapter);
        NamedTensors halves = tensorsOf(golden / "adapter_model.safetensors");
        halves.erase(halves.begin());
        QVERIFY(writeSafetensors(adapter / "adapter_model.safetensors", halves));
        spec = specOf(RunKind::Sft);
        spec.adapter = adapter.string();
        const RunFolder half = makeRun(spec, sftRows(0, 4));
        QCOMPARE(runWorker(half, m_clock), kExitFailed);
        QCOMPARE(failureOf(half)["code"], "bad_tensors");
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
        test::setTrainable(damaged, false);
        damaged.layers[0][0].a.fill_(std::nan(""));
        const std::filesystem::path start = m_runs.root() / "damaged";
        QVERIFY(writeAdapter(start, damaged, "tiny"));
        RunSpec spec = specOf(RunKind::Sft);
        spec.adapter = start.string();
        const RunFolder folder = makeRun(spec, sftRows(0, kRows));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QVERIFY(failureOf(folder)["error"].get<std::string>().find("no longer a finite number at step 1") !=
                std::string::npos);
        const std::string hint = failureOf(folder)["hint"];
        QVERIFY2(hint.starts_with("Lower the learning rate, which was 0.005, or look for damaged rows in contract-"),
                 hint.c_str());
        QCOMPARE(failureOf(folder)["code"], "not_finite");
        QVERIFY(!has(folder.adapter()));
    }

    void adviceIsGivenBeforeTheFirstStep() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.maxSteps = 1;
        spec.loraAlpha = 128; // 16 times
        const RunFolder first = makeRun(spec, sftRows(0, 4));
        QCOMPARE(runWorker(first, m_clock), kExitDone);
        QVERIFY(!noteWith(first, "Updates are multiplied by 16").empty());
        spec = specOf(RunKind::Sft);
        spec.maxSteps = 1;
        spec.adapter = first.adapter().string();
        const RunFolder second = makeRun(spec, sftRows(0, 4));
        QCOMPARE(runWorker(second, m_clock), kExitDone);
        QVERIFY(!noteWith(second, "A third to a tenth of it is usual: 0.00167 to 0.0005").empty());
        QVERIFY(!noteWith(second, "The start adapter keeps its own rank of 8, alpha, projections and scaling").empty());
    }

    void anOutlierIsNamedWithItsContracts() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.accumulation = 1;
        spec.maxSteps = 25;
        spec.outliers = "skip";
        spec.learningRate = 1e-6; // so that losses stay where they are
        // The same row again and again, and one that is all noise: behind enough steps that it can be judged by.
        std::string rows;
        for (int i = 0; i < 48; ++i)
            rows += toLine(ChatRow{samples()[0]["prompt"], samples()[0]["answer"], metaOf(i)}) + "\n";
        rows += toLine(ChatRow{"Lily saw a ball.", "zq #~% qj ]] xv @@ zzq { vvx ~~ jq", metaOf(99)}) + "\n";
        std::int64_t at = 0;
        for (spec.seed = 0; at < 18; ++spec.seed) {
            RowOrder order(49, 2, RowOrder::Kind::Shuffled, static_cast<std::uint64_t>(spec.seed + 1));
            for (at = 1; !std::ranges::count(order.next(), size_t{48}); ++at) {
            }
        }
        const RunFolder folder = makeRun(spec, rows);
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto outliers = eventsOf(folder, "outlier");
        QCOMPARE(outliers.size(), size_t{1});
        QCOMPARE(outliers[0].number("step"), static_cast<double>(at));
        QVERIFY2(outliers[0].text("text").find("contract-99") != std::string::npos, outliers[0].text("text").c_str());
        QVERIFY(outliers[0].text("text").find("It is left out of training.") != std::string::npos);
        QVERIFY(outliers[0].number("z") > 6);
        QCOMPARE(eventsOf(folder, "step").size(), size_t{25});
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
        QVERIFY(process.readAllStandardError().startsWith("Usage: clausewright-worker [--plan] RUN_FOLDER"));
    }
};

QTEST_GUILESS_MAIN(TestRecipes)
#include "test_recipes.moc"
