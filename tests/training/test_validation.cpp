// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Validation while training: the loss and the scores of answers, the best adapter, the early end, and the start from an
// adapter.
#include "core/base/rng.h"
#include "core/taxonomy/taxonomy.h"
#include "tests/training/training_runs.h"
#include "training/model/safetensors.h"
#include "training/recipes/training_run.h"
#include "training/recipes/validation.h"
#include "training/recipes/worker.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

// Windows of which each names its law; the answers are canonical.
ChatRow lawRow(int number, const std::string& law) {
    const std::string quote = "the laws of " + law;
    ChatRow row;
    row.user = "Find: governing_law\n\n";
    row.meta = metaOf(number);
    row.meta.request.keys = {"governing_law"};
    row.meta.textAt = row.user.size();
    row.user += "By " + quote + ".";
    const auto taxonomy = Taxonomy::fromJson(
        *readFile(sourceFolder() / "resources" / "taxonomy" / "default.json"), "default.json");
    Answer answer;
    answer.cells.push_back({"governing_law", Finding{{quote}, {}}});
    if (const ClauseType* type = taxonomy->find("governing_law"); type && type->kind != ValueKind::Text)
        answer.cells.back().finding->value = std::string(law == "Ireland" ? "IE" : "FR");
    row.assistant = encodeAnswer(answer);
    return row;
}

std::string lawRows(int from, int to) {
    std::string lines;
    for (int i = from; i < to; ++i)
        lines += toLine(lawRow(i, "Ireland")) + "\n";
    return lines;
}

// The tiny model has one and the same embedding for all bytes that its stories don't use, so it could never write JSON:
// here each has one of its own, longer than they have.
std::filesystem::path modelThatCanWriteJson(const std::filesystem::path& folder) {
    constexpr std::int64_t kFirstByte = 3, kBytes = 256; // tokens of SentencePiece
    const std::filesystem::path from = sampleFolder() / "model";
    std::filesystem::copy(from, folder);
    const auto file = SafetensorsFile::open(from / "model.safetensors");
    NamedTensors tensors;
    for (const std::string& name : file->names())
        tensors.emplace(name, file->tensor(name)->clone());
    at::Tensor bytes = tensors.at("model.embed_tokens.weight").narrow(0, kFirstByte, kBytes);
    Rng rng(1);
    for (std::int64_t i = 0; i < bytes.numel(); ++i)
        bytes.data_ptr<float>()[i] = static_cast<float>(2.4 * (rng.uniform() - 0.5));
    std::filesystem::remove(folder / "model.safetensors");
    return writeSafetensors(folder / "model.safetensors", tensors) ? folder : std::filesystem::path();
}

RunSpec scoredSpec() {
    RunSpec spec = specOf(RunKind::Sft);
    spec.loraRank = 32;
    spec.loraAlpha = 64;
    spec.maxSteps = 90;
    spec.learningRate = 5e-3;
    spec.loraDropout = 0;
    spec.score = "f1";
    spec.scoreRows = 4;
    spec.validateEvery = 30;
    return spec;
}

} // namespace

class TestValidation : public QObject {
    Q_OBJECT

private:
    TrainingRuns m_runs;
    SystemClock m_clock;

private Q_SLOTS:
    void theRowsOfThisTestAreCanonical() {
        const auto taxonomy = Taxonomy::fromJson(
            *readFile(sourceFolder() / "resources" / "taxonomy" / "default.json"), "default.json");
        const ChatRow row = lawRow(0, "Ireland");
        const auto answer = parseCanonical(row.assistant, row.meta.request, *taxonomy);
        QVERIFY2(answer.ok(), (row.assistant + " " + (answer ? "" : answer.error().message())).c_str());
    }

    // One answer is learnt by heart; one of the six windows has another.
    void answersAreScoredAgainstTheirRows() {
        RunSpec spec = scoredSpec();
        spec.model = modelThatCanWriteJson(m_runs.root() / "model").string();
        spec.scoreRows = 6;
        const RunFolder folder =
            m_runs.make(spec, lawRows(0, 16), lawRows(16, 21) + toLine(lawRow(21, "France")) + "\n");
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto validations = eventsOf(folder, "validation");
        QCOMPARE(validations.size(), size_t{3});
        for (const RunEvent& event : validations)
            for (const char* score : {"loss", "valid_json", "cell_accuracy", "f1", "ended", "best"})
                QVERIFY2(event.numbers.count(score) == 1, score);
        const RunEvent& last = validations.back();
        QCOMPARE(last.number("valid_json"), 1.0);
        QCOMPARE(last.number("ended"), 1.0);
        QCOMPARE(last.number("cell_accuracy"), 5.0 / 6);
        QCOMPARE(last.number("f1"), 5.0 / 6); // six found, five of them right, six to be found
    }

    void anUntrainedModelScoresNothing() {
        RunSpec spec = scoredSpec();
        spec.maxSteps = 1;
        spec.learningRate = 1e-9;
        const RunFolder folder = m_runs.make(spec, lawRows(0, 4), lawRows(16, 22));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const RunEvent event = eventsOf(folder, "validation").front();
        QCOMPARE(event.number("valid_json"), 0.0);
        QCOMPARE(event.number("cell_accuracy"), 0.0);
        QCOMPARE(event.number("f1"), 0.0);
    }

    void aWishToStopEndsTheLossesToo_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("chat rows") << static_cast<int>(RunKind::Sft);
        QTest::newRow("pairs") << static_cast<int>(RunKind::Dpo);
    }

    void aWishToStopEndsTheLossesToo() {
        QFETCH(int, kind);
        const RunSpec spec = specOf(static_cast<RunKind>(kind));
        const std::string rows = spec.kind == RunKind::Dpo ? preferenceRows() : sftRows(0, kRows);
        const RunFolder folder = m_runs.make(spec, rows, rows);
        EventLog events(folder, m_clock);
        const Run run{folder, spec, m_clock, events};
        const auto loaded = loadModel(run);
        const auto adapter = trainableAdapter(run, *loaded);
        auto validation = Validation::read(run, *loaded);
        QVERIFY(adapter.ok() && validation.ok() && *validation);
        int asked = 0;
        const auto cut = (*validation)->measure(*adapter, 1, [&] { return ++asked > 3; });
        QVERIFY(cut.ok() && !*cut);
        QCOMPARE(asked, 4); // before, and after each of three rows of twenty
        const auto whole = (*validation)->measure(*adapter, 1, [] { return false; });
        QVERIFY(whole.ok() && *whole && (*whole)->loss > 0);
    }

    void theBestAdapterIsKeptAndTrainingEndsEarly() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.learningRate = 0.5; // ruins the adapter after a while
        spec.schedule = "linear";
        spec.warmupShare = 1;
        spec.maxSteps = 200;
        spec.validateEvery = 4;
        spec.patience = 3;
        spec.keep = "best";
        const RunFolder folder = m_runs.make(spec, sftRows(0, 14), sftRows(14, kRows));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto validations = eventsOf(folder, "validation");
        QVERIFY(validations.size() > 3);
        size_t best = 0;
        for (size_t i = 0; i < validations.size(); ++i) {
            if (validations[i].number("loss") < validations[best].number("loss"))
                best = i;
            QCOMPARE(validations[i].number("best"), best == i ? 1.0 : 0.0);
        }
        QCOMPARE(best, validations.size() - 4); // three more, none of them better
        QVERIFY(eventsOf(folder, "step").size() < 200);
        const std::string note = noteWith(folder, "Training ends early");
        const std::string step = std::to_string(static_cast<int>(validations[best].number("step")));
        QVERIFY2(note.find("3 validations in a row were no better by loss than that of step " + step) !=
                     std::string::npos,
                 note.c_str());
        QCOMPARE(eventsOf(folder, "checkpoint").back().number("step"), validations[best].number("step"));
        QCOMPARE(hashOf(folder.adapter()), hashOf(folder.checkpoints() / ("best-" + step) / "adapter"));

        spec.keep = "last";
        const RunFolder last = m_runs.make(spec, sftRows(0, 14), sftRows(14, kRows));
        QCOMPARE(runWorker(last, m_clock), kExitDone);
        QVERIFY(hashOf(last.adapter()) != hashOf(folder.adapter()));
    }

    // Before and after on the same rows, so that what is forgotten can be seen.
    void aStartFromAnAdapterIsMeasuredBeforeItsFirstStep() {
        RunSpec spec = scoredSpec();
        const RunFolder first = m_runs.make(spec, lawRows(0, 16), lawRows(16, 22));
        QCOMPARE(runWorker(first, m_clock), kExitDone);
        spec.adapter = first.adapter().string();
        spec.maxSteps = 20;
        const RunFolder second = m_runs.make(spec, sftRows(0, 16), lawRows(16, 22)); // learns something else
        QCOMPARE(runWorker(second, m_clock), kExitDone);
        const auto before = eventsOf(first, "validation"), after = eventsOf(second, "validation");
        QCOMPARE(after.front().number("step"), 0.0);
        QCOMPARE(after.front().number("loss"), before.back().number("loss"));
        QCOMPARE(after.front().number("f1"), before.back().number("f1"));
        QVERIFY(after.back().number("loss") > after.front().number("loss"));
        QVERIFY(eventsOf(first, "validation").front().number("step") > 0);
    }

    void aScoreWithoutAnswersIsRefusedBeforehand() {
        RunSpec spec = scoredSpec();
        spec.scoreRows = 0;
        const RunFolder unasked = m_runs.make(spec, lawRows(0, 4), lawRows(16, 22));
        QCOMPARE(runWorker(unasked, m_clock), kExitFailed);
        QVERIFY(failureOf(unasked)["hint"].get<std::string>().find("score_rows") != std::string::npos);
        spec.scoreRows = 4;
        const RunFolder notCanonical = m_runs.make(spec, lawRows(0, 4), sftRows(0, 4));
        QCOMPARE(runWorker(notCanonical, m_clock), kExitFailed);
        QVERIFY(!noteWith(notCanonical, "4 of 4 validation windows are never answered").empty());
        QVERIFY(eventsOf(notCanonical, "step").empty());
    }

    void withoutValidationTheLastAdapterIsKept() {
        RunSpec spec = specOf(RunKind::Sft);
        spec.maxSteps = 2;
        spec.keep = "best";
        const RunFolder folder = m_runs.make(spec, sftRows(0, 4));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QVERIFY(!noteWith(folder, "so the last one is kept").empty());
        QVERIFY(has(folder.adapter() / "adapter_config.json"));
    }
};

QTEST_GUILESS_MAIN(TestValidation)
#include "test_validation.moc"
