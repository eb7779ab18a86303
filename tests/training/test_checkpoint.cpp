// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Checkpoints on disk: whole or not there, checked when they are read, and no more of them than are needed.
#include "core/base/file.h"
#include "core/run/run_plan.h"
#include "tests/support/full_disk.h"
#include "tests/training/training_runs.h"
#include "training/recipes/checked_folder.h"
#include "training/recipes/checkpoint.h"
#include "training/recipes/failure.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/full_like.h>
#include <QtTest>

#include <cmath>

using namespace cw;
using namespace cw::test;
namespace fs = std::filesystem;

namespace {

ModelConfig tinyConfig() {
    ModelConfig config;
    config.hidden = 8;
    config.intermediate = 12;
    config.layers = 2;
    config.heads = 2;
    config.kvHeads = 1;
    config.headWidth = 4;
    return config;
}

// An adapter that has been trained for some steps with made-up gradients, and its optimiser.
struct Trained {
    Adapter adapter = makeAdapter(tinyConfig(), {.rank = 2, .alpha = 4, .dropout = 0}, 7);
    std::vector<at::Tensor> parameters = adapter.parameters();
    AdamW optimizer{parameters, {}};

    explicit Trained(int steps = 0) {
        for (int step = 1; step <= steps; ++step) {
            for (at::Tensor& parameter : parameters)
                parameter.mutable_grad() = at::full_like(parameter.detach(), std::sin(step));
            optimizer.step(1e-2);
        }
    }
    std::vector<NamedParameter> named() const { return namedParameters(adapter); }
    AdapterWriter writer() const {
        return [this](const fs::path& folder) { return writeAdapter(folder, adapter, "tiny"); };
    }
    bool equals(const Trained& other) const {
        for (size_t i = 0; i < parameters.size(); ++i) {
            const AdamWMoments &a = optimizer.moments()[i], &b = other.optimizer.moments()[i];
            if (!parameters[i].equal(other.parameters[i]) || !a.mean.equal(b.mean) || !a.variance.equal(b.variance) ||
                !a.steps.equal(b.steps))
                return false;
        }
        return true;
    }
};

CheckpointState stateAt(std::int64_t step, const std::vector<ValidationScores>& validations = {}) {
    CheckpointState state;
    state.training.step = step;
    state.training.loss = 1.0 / 3;
    state.training.seconds = 0.1 + 0.2;
    state.training.guard = OutlierGuard({1.0 / 7, 2}, {std::sqrt(2.0)});
    state.training.scores = ScoreHistory("f1", validations);
    state.identity = {"spec", "data", 12};
    state.circumstances = {{"threads", "2"}};
    return state;
}

ValidationScores scoresAt(std::int64_t step, double f1) {
    return {.step = step, .loss = 1, .f1 = f1, .measures = {{"margin", f1 / 3}}};
}

std::vector<std::string> namesIn(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

using Names = std::vector<std::string>;

} // namespace

class TestCheckpoint : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path root() const { return fs::path(m_dir->path().toStdString()) / "checkpoints"; }
    CheckpointFolder folder() const { return CheckpointFolder(root()); }
    void write(std::int64_t step, const Trained& trained, const std::vector<ValidationScores>& validations = {}) const {
        const Status written = folder().write(stateAt(step, validations), trained.writer(), trained.named(),
                                              trained.optimizer);
        QVERIFY2(written.ok(), written.ok() ? "" : written.error().message().c_str());
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void whatIsWrittenComesBackBitForBit() {
        const Trained before(5);
        write(5, before);
        const auto newest = *folder().newest();
        QVERIFY(newest.state && newest.damaged.empty());
        QVERIFY(*newest.state == stateAt(5));
        Trained after;
        QVERIFY(!after.equals(before));
        QVERIFY(folder().restore(5, after.named(), after.optimizer));
        QVERIFY(after.equals(before));
        QVERIFY((namesIn(root()) == Names{"step-5"}));
        QVERIFY((namesIn(root() / "step-5") ==
                 Names{"adapter", "manifest.json", "optimizer.safetensors", "state.json"}));
    }

    void theAdapterInItIsAnAdapterLikeAnyOther() {
        const Trained trained(3);
        write(3, trained);
        const auto adapter = readAdapter(root() / "step-3" / "adapter", tinyConfig());
        QVERIFY(adapter.ok());
        QVERIFY(adapter->parameters()[0].equal(trained.parameters[0]));
    }

    void aStateSurvivesItsFileBitForBit() {
        CheckpointState state = stateAt(40, {scoresAt(10, 0.1), scoresAt(20, 0.3), scoresAt(30, 0.3)});
        std::vector<double> many;
        for (int i = 1; i <= 128; ++i)
            many.push_back(std::exp(std::sin(i)) * 1e-5);
        state.training.guard = OutlierGuard(many, {5e-324, 1.7976931348623157e308});
        const std::string json = toJson(state);
        const auto read = checkpointStateFromJson(json, "state.json");
        QVERIFY(read.ok());
        QVERIFY(*read == state);
        const auto object = nlohmann::json::parse(json);
        QCOMPARE(object["best_step"], 20); // of equals the earlier
        QCOMPARE(object["without_gain"], 1);
        state.training.scores = ScoreHistory("loss", {{.step = 1, .loss = std::nan("")}});
        const auto withNan = checkpointStateFromJson(toJson(state), "state.json");
        QVERIFY(withNan.ok() && std::isnan(withNan->training.scores.validations()[0].loss));
    }

    void aStateFromElsewhereIsRefused() {
        QVERIFY(checkpointStateFromJson("{", "state.json").error().code == ErrorCode::Corrupt);
        QVERIFY(checkpointStateFromJson("{\"version\":2}", "state.json").error().code == ErrorCode::Corrupt);
        for (const char* other : {"{\"version\":1}", "{\"version\":3}"})
            QVERIFY(checkpointStateFromJson(other, "state.json").error().code == ErrorCode::NewerVersion);
        const std::string deep(1'000'000, '[');
        QVERIFY(checkpointStateFromJson(deep + std::string(deep.size(), ']'), "state.json").error().code == ErrorCode::Corrupt);
    }

    void theLastTwoAreKept() {
        const Trained trained(1);
        for (const std::int64_t step : {10, 20, 30, 100})
            write(step, trained);
        QVERIFY((namesIn(root()) == Names{"step-100", "step-30"}));
        QVERIFY((folder().steps() == std::vector<std::int64_t>{30, 100}));
    }

    void theBestAdaptersOfTheLastTwoAreKept() {
        const Trained trained(1);
        const std::vector<ValidationScores> all = {scoresAt(5, 0.5), scoresAt(15, 0.2), scoresAt(25, 0.6),
                                                   scoresAt(35, 0.7)};
        for (size_t i = 0; i < all.size(); ++i) {
            if (i != 1)
                QVERIFY(folder().writeBest(all[i].step, trained.writer()));
            write(all[i].step + 5, trained, {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i) + 1});
        }
        // Of step 40 it is that of 35, of step 30 that of 25; nobody goes on from a checkpoint whose best is that of 5.
        QVERIFY((namesIn(root()) == Names{"best-25", "best-35", "step-30", "step-40"}));
        Trained other;
        QVERIFY(folder().restoreBest(35, other.named()));
        QVERIFY(other.parameters[1].equal(trained.parameters[1]));
    }

    void aDamagedCheckpointGivesWayToTheOneBefore_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"adapter/adapter_model.safetensors", "optimizer.safetensors", "state.json",
                                 "manifest.json", "adapter/adapter_config.json"})
            QTest::newRow(file) << file;
    }

    void aDamagedCheckpointGivesWayToTheOneBefore() {
        QFETCH(QString, file);
        write(10, Trained(1));
        write(20, Trained(2));
        const fs::path path = root() / "step-20" / file.toStdString();
        std::string bytes = *readFile(path);
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        QVERIFY(writeFileAtomically(path, bytes));
        for (int missing = 0; missing < 2; ++missing) {
            const auto newest = *folder().newest();
            QVERIFY(newest.state && newest.state->training.step == 10);
            QCOMPARE(newest.damaged.size(), size_t{1});
            QVERIFY2(newest.damaged[0].find("The checkpoint of step 20 can't be used") == 0, newest.damaged[0].c_str());
            fs::remove(path);
        }
        // Gone on from step 10: the damaged one of a later step leaves the last two alone.
        write(15, Trained(3));
        QVERIFY((namesIn(root()) == Names{"step-10", "step-15"}));
    }

    // A newer program may have put it there, and a training that went on from an older one would take it away.
    void aCheckpointOfAnotherVersionIsNoDamagedOne() {
        write(10, Trained(1));
        write(20, Trained(2));
        const fs::path newer = root() / "step-20";
        const Status changed = writeCheckedFolder(newer, [&](const fs::path& temporary) {
            return writeFileAtomically(temporary / "state.json", "{\"version\":3}");
        });
        QVERIFY(changed.ok());
        QVERIFY(folder().newest().error().code == ErrorCode::NewerVersion);
        QVERIFY(writeFileAtomically(newer / "manifest.json", "{\"version\":2,\"trees\":[]}"));
        QVERIFY(folder().newest().error().code == ErrorCode::NewerVersion);
    }

    void noCheckpointIsNoNews() {
        QVERIFY(!folder().newest()->state);
        QVERIFY(makeFolder(root()));
        QVERIFY(!folder().newest()->state && folder().newest()->damaged.empty());
        QVERIFY(makeFolder(root() / "step-x") && makeFolder(root() / "step-"));
        QVERIFY(folder().steps().empty());
    }

    void whatAKilledWriterLeftIsNoCheckpoint() {
        write(10, Trained(1));
        fs::copy(root() / "step-10", root() / ".unfinished-step-20", fs::copy_options::recursive);
        QVERIFY(folder().newest()->state->training.step == 10);
        folder().removeUnfinished();
        QVERIFY((namesIn(root()) == Names{"step-10"}));
    }

    void aCheckpointIsWrittenOverOneOfTheSameStep() {
        write(10, Trained(1));
        const Trained again(4);
        write(10, again);
        Trained read;
        QVERIFY(folder().restore(10, read.named(), read.optimizer));
        QVERIFY(read.equals(again));
    }

    void aFullDiskLeavesTheLastCheckpointValid() {
        const Trained before(1);
        write(10, before);
        {
            const FullDisk disk(1000);
            const Trained later(2);
            const Status written = folder().write(stateAt(20), later.writer(), later.named(), later.optimizer);
            QVERIFY(!written);
            QVERIFY(written.error().code == ErrorCode::WriteFailed);
            QCOMPARE(failureCode(written.error()), failure::kDisk);
            QVERIFY(written.error().hint.find("Make room on the disk") == 0);
        }
        QVERIFY((namesIn(root()) == Names{"step-10"}));
        QVERIFY(folder().newest()->state->training.step == 10);
    }

    void aFolderThatCannotBeWrittenToSaysSo() {
        QVERIFY(writeFileAtomically(root(), "a file where the folder should be"));
        const Trained trained(1);
        const Status written = folder().write(stateAt(10), trained.writer(), trained.named(), trained.optimizer);
        QVERIFY(!written);
        QCOMPARE(failureCode(written.error()), failure::kDisk);
    }

    void tensorsOfAnotherShapeAreRefused() {
        write(10, Trained(1));
        Adapter other = makeAdapter(tinyConfig(), {.rank = 3, .alpha = 4, .dropout = 0}, 7);
        AdamW optimizer(other.parameters(), {});
        const Status restored = folder().restore(10, namedParameters(other), optimizer);
        QVERIFY(!restored);
        QCOMPARE(restored.error().tag, std::string(failure::kBadTensors));
    }

    void otherDataOrAnotherRecipeIsAnotherTraining() {
        const RunIdentity now{"spec", "data", 12};
        QVERIFY(checkIdentity(now, now, "its last checkpoint"));
        QCOMPARE(checkIdentity(now, {"spec", "other", 12}, "its last checkpoint").error().tag, std::string(failure::kDataChanged));
        QCOMPARE(checkIdentity(now, {"spec", "data", 13}, "its last checkpoint").error().tag, std::string(failure::kDataChanged));
        QCOMPARE(checkIdentity(now, {"other", "data", 12}, "its last checkpoint").error().tag, std::string(failure::kSpecChanged));
    }

    void theIdentityIsOfWhatDecidesTheResult() {
        const TrainingRuns runs;
        RunSpec spec = specOf(RunKind::Sft);
        const RunFolder folder = runs.make(spec, sftRows(0, 4));
        SystemClock clock;
        EventLog events(folder, clock);
        const Run run{folder, spec, clock, events};
        const AdapterOrigin origin{.templateHash = "template", .tokenizerHash = "tokenizer", .baseHash = "base", .dtype = "f32"};
        const RunIdentity first = *identityOf(run, 4, origin);
        spec.threads = 8;
        spec.name = "another name";
        spec.microBatch = 1;
        spec.accumulation = 4; // 2 x 2 before
        spec.checkpointing = "full";
        spec.checkpointEvery = 3;
        QVERIFY(*identityOf(run, 4, origin) == first);
        spec.accumulation = 5;
        QVERIFY(identityOf(run, 4, origin)->spec != first.spec);
        spec.accumulation = 4;
        spec.learningRate *= 2;
        QVERIFY(identityOf(run, 4, origin)->spec != first.spec);
        for (std::string AdapterOrigin::*member : {&AdapterOrigin::templateHash, &AdapterOrigin::tokenizerHash, &AdapterOrigin::baseHash}) {
            AdapterOrigin other = origin;
            other.*member = "another";
            QVERIFY(identityOf(run, 4, other)->start != first.start);
        }
        QVERIFY(writeFileAtomically(folder.train(), sftRows(0, 5)));
        QVERIFY(identityOf(run, 4, origin)->data != first.data);
    }

    void circumstancesAreToldWhereTheyDiffer() {
        const Circumstances before = {{"threads", "1"}, {"precision", "f32"}};
        QCOMPARE(differenceText(before, before), std::string());
        QCOMPARE(differenceText({{"threads", "2"}, {"precision", "f32"}}, before),
                 std::string("The run goes on in other circumstances (threads 2 instead of 1), so its last bits may differ "
                             "from those of a run in one go."));
    }

    void adviceForMemoryIsTheSameStepInNumbers() {
        const TrainingRuns runs;
        RunSpec spec = specOf(RunKind::Sft);
        spec.microBatch = 4;
        spec.accumulation = 8;
        const RunFolder folder = runs.make(spec, sftRows(0, 4));
        const Error error = outOfMemory(spec, folder);
        QCOMPARE(failureCode(error), failure::kOutOfMemory);
        QCOMPARE(error.hint, std::string("Take rows at once 4 -> 2 (micro_batch), passes a step 16 (accumulation): the same step in less memory."));
        spec.microBatch = 3;
        QVERIFY(outOfMemory(spec, folder).hint.find("3 -> 1 (micro_batch), passes a step 24") != std::string::npos);
        RunPlan plan; // of the run, which took fewer rows at once than asked: its numbers count
        plan.rowsPerPass = 2;
        QVERIFY(writeFileAtomically(folder.plan(), toJson(plan)));
        spec.microBatch = 4;
        QVERIFY(outOfMemory(spec, folder).hint.find("2 -> 1 (micro_batch), passes a step 32") != std::string::npos);
        plan.rowsPerPass = 1;
        QVERIFY(writeFileAtomically(folder.plan(), toJson(plan)));
        QVERIFY(outOfMemory(spec, folder).hint.find("max_length") != std::string::npos);
        spec = defaultSpec(RunKind::Generate);
        QVERIFY(outOfMemory(spec, folder).hint.find("batch 8 -> 4") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "test_checkpoint.moc"
