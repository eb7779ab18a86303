// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Plans of run folders: the files that they leave, what is refused, and the plan that a run then goes by.
#include "tests/training/training_runs.h"
#include "training/plan/plan_worker.h"
#include "training/plan/run_plan.h"
#include "training/recipes/training_run.h"

#include <QProcess>
#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

// A gap between the first and the last row, so that order matters.
RunSpec specFor(RunKind kind) {
    RunSpec spec = specOf(kind);
    spec.maxSteps = 0;
    spec.epochs = 3;
    return spec;
}

std::string tooLongRow() {
    return toLine(ChatRow{std::string(5000, 'x'), "It was night.", metaOf(77)}) + "\n";
}

RowMeta lawMeta() {
    RowMeta meta = metaOf(50);
    meta.request.keys = {"governing_law"};
    return meta;
}

std::vector<PreflightRow> reportOf(const RunFolder& folder) {
    std::vector<PreflightRow> rows;
    const std::string text = *readFile(folder.preflight());
    for (const std::string_view line : splitLines(text))
        rows.push_back(*preflightRowFromLine(line, "preflight.jsonl"));
    return rows;
}

} // namespace

class TestPlannedRuns : public QObject {
    Q_OBJECT

private:
    TrainingRuns m_runs;
    SystemClock m_clock;

    // What a run does first, up to its plan.
    Result<RunPlan> planOfRun(const RunFolder& folder) {
        const auto spec = folder.readSpec();
        EventLog events(folder, m_clock);
        const Run run = {folder, *spec, m_clock, events};
        CW_TRY_ASSIGN(loaded, loadModel(run));
        CW_TRY_ASSIGN(train, readChatExamples(folder.train(), loaded.chat, loaded.maxLength));
        CW_TRY_ASSIGN(adapter, trainableAdapter(run, loaded));
        CW_TRY_ASSIGN(validation, readValidationLoad(folder, *spec, loaded.chat, loaded.maxLength));
        return planFor(run, loaded, adapter, {passSizes(train.examples), std::move(validation)});
    }

private Q_SLOTS:
    void planAndReportLieInTheFolder() {
        const RunFolder folder = m_runs.make(specFor(RunKind::Sft), sftRows(0, 7) + tooLongRow(), sftRows(7, 9));
        const auto lock = RunLock::acquire(folder); // a plan needs none
        const auto plan = planRun(folder, m_clock);
        QVERIFY2(plan.ok(), plan ? "" : plan.error().message().c_str());
        QVERIFY(*runPlanFromJson(*readFile(folder.plan()), "plan.json") == *plan);
        const auto report = reportOf(folder);
        QCOMPARE(report.size(), size_t{8});
        QVERIFY(report.back().note.starts_with("1 row is left out: The row has"));
        QCOMPARE(plan->rows, std::int64_t{7});
        QCOMPARE(plan->leftOut, std::int64_t{1});
        QCOMPARE(plan->steps, std::int64_t{6}); // two an epoch, of four and of three rows
        std::int64_t tokens = 0, labelled = 0, longest = 0;
        for (const PreflightRow& row : report) {
            tokens += row.tokens;
            labelled += row.labelled;
            longest = std::max(longest, row.tokens);
        }
        QCOMPARE(plan->tokens, tokens);
        QCOMPARE(plan->labelled, labelled);
        QCOMPARE(plan->longest, longest);
        QCOMPARE(plan->checkpointing, std::string("none"));
        QCOMPARE(plan->rowsPerPass, std::int64_t{2});
        QCOMPARE(plan->largestRowsPerPass, std::int64_t{7});
        QCOMPARE(plan->device, std::string("cpu"));
        QCOMPARE(plan->dtype, std::string("f32"));
        QVERIFY(plan->peakBytes > 4 * readModelConfig(sampleFolder() / "model")->parameters());
        QVERIFY(plan->memoryBytes > plan->peakBytes);
        QVERIFY(plan->seconds > 0);
        QVERIFY(plan->tokensPerSecond > 0);
        QVERIFY(!plan->advice.empty() && plan->advice[0].starts_with("1 row is left out of 8"));
        QVERIFY(folder.state(m_clock) == RunState::Running); // the lock's holder still is the only one
        QVERIFY(!has(folder.events()));
    }

    void clockThatStandsStillGivesNoTime() {
        const RunFolder folder = m_runs.make(specFor(RunKind::Sft), sftRows(0, 4));
        const auto plan = planRun(folder, FixedClock(TimePoint{}));
        QVERIFY(plan.ok());
        QCOMPARE(plan->seconds, 0.0);
        QCOMPARE(plan->tokensPerSecond, 0.0);
    }

    void preferenceRunAndSweepHavePlans() {
        const auto pairs = planRun(m_runs.make(specFor(RunKind::Dpo), preferenceRows()), m_clock);
        QVERIFY(pairs.ok());
        QCOMPARE(pairs->rows, std::int64_t{kRows});
        QCOMPARE(pairs->steps, std::int64_t{15});

        RunSpec spec = specFor(RunKind::Sweep);
        spec.sweepRanks = "4,16";
        spec.sweepRates = "1e-4,2e-4,4e-4";
        const auto sweep = planRun(m_runs.make(spec, sftRows(0, 8)), m_clock);
        QVERIFY(sweep.ok());
        QCOMPARE(sweep->steps, std::int64_t{6 * 6});
        const ModelConfig config = *readModelConfig(sampleFolder() / "model");
        QCOMPARE(sweep->parts[1].bytes, 4 * loraParameters(config, {.rank = 16})); // the largest trial's adapter
    }

    // One from elsewhere, that updates a part of the layers alone.
    void aStartAdapterIsCountedLayerByLayer() {
        const ModelConfig config = *readModelConfig(sampleFolder() / "model");
        Adapter start = *readAdapter(dataFolder() / "golden" / "peft" / "patterns", config);
        for (size_t layer = 0; layer < 3; ++layer)
            start.layers[layer] = {};
        RunSpec spec = specFor(RunKind::Sft);
        spec.adapter = (m_runs.root() / "start").string();
        QVERIFY(writeAdapter(spec.adapter, start, "stories260k"));
        const auto plan = planRun(m_runs.make(spec, sftRows(0, 8)), m_clock);
        QVERIFY2(plan.ok(), plan ? "" : plan.error().message().c_str());
        QVERIFY(start.parameterCount() > 0);
        QCOMPARE(plan->parts[1].bytes, 2 * 4 * start.parameterCount()); // beside the trained one the start stays
    }

    void answeredValidationWindowsAreInThePlan() {
        RunSpec spec = specFor(RunKind::Sft);
        const std::string answers = toLine(ChatRow{"By the laws of Ireland.", "{\"governing_law\":null}", lawMeta()}) + "\n";
        const auto without = planRun(m_runs.make(spec, sftRows(0, 8), answers), m_clock);
        spec.scoreRows = 1;
        const RunFolder folder = m_runs.make(spec, sftRows(0, 8), answers);
        const auto with = planRun(folder, m_clock);
        QVERIFY2(with.ok() && without.ok(), with ? "" : with.error().message().c_str());
        QVERIFY(with->peakBytes >= without->peakBytes);
        QVERIFY(with->seconds > 0);
        const auto of = planOfRun(folder);
        QVERIFY(of.ok());
        QCOMPARE(of->peakBytes, with->peakBytes); // the run counts the same windows
        spec.memoryLimit = 0.001;
        const auto refused = planRun(m_runs.make(spec, sftRows(0, 8), answers), m_clock);
        QVERIFY(!refused && refused.error().detail.starts_with("Answering a validation window of up to "));
    }

    void heldOutPairsAreTheValidationOfAPreferenceRun() {
        const auto lines = preferenceRows();
        const auto plan = planRun(m_runs.make(specFor(RunKind::Dpo), lines, lines), m_clock);
        QVERIFY2(plan.ok(), plan ? "" : plan.error().message().c_str());
        for (const std::string& sentence : plan->advice)
            QVERIFY(!sentence.starts_with("There are no validation rows"));
    }

    void limitOnMemoryChangesThePasses() {
        RunSpec spec = specFor(RunKind::Sft);
        spec.microBatch = 4;
        spec.accumulation = 1;
        const auto all = planRun(m_runs.make(spec, sftRows(0, 8)), m_clock);
        QVERIFY(all.ok());
        spec.memoryLimit = static_cast<double>(all->peakBytes - 1) / 1e9;
        const auto less = planRun(m_runs.make(spec, sftRows(0, 8)), m_clock);
        QVERIFY(less.ok());
        QVERIFY(less->peakBytes < all->peakBytes);
        QVERIFY(less->rowsPerPass < 4 || less->checkpointing != "none");
        QCOMPARE(less->steps, all->steps);
        QCOMPARE(less->memoryBytes, all->peakBytes - 1);
    }

    void trainingThatCannotFitIsRefusedAndLeavesTheReportAlone() {
        RunSpec spec = specFor(RunKind::Sft);
        const RunFolder folder = m_runs.make(spec, sftRows(0, 8));
        QVERIFY(planRun(folder, m_clock).ok());
        QVERIFY(has(folder.plan()));
        spec.memoryLimit = 0.001;
        QVERIFY(writeFileAtomically(folder.spec(), toJson(spec)));
        const auto plan = planRun(folder, m_clock);
        QVERIFY(!plan);
        QVERIFY2(plan.error().detail.find("even if everything is computed again, but 1 MB are free") != std::string::npos,
                 plan.error().detail.c_str());
        QVERIFY(!has(folder.plan()));
        QVERIFY(has(folder.preflight()));
    }

    void rowsThatDoNotFitAreRefusedWhereAPersonWantsThat() {
        RunSpec spec = specFor(RunKind::Sft);
        spec.longRows = "refuse";
        const auto plan = planRun(m_runs.make(spec, sftRows(0, 4) + tooLongRow()), m_clock);
        QVERIFY(!plan);
        QVERIFY(plan.error().detail.starts_with("A row doesn't fit, that of "));
        const auto none = planRun(m_runs.make(specFor(RunKind::Sft), tooLongRow()), m_clock);
        QVERIFY(!none);
        QVERIFY(none.error().detail.find("has no row that can be trained on") != std::string::npos);
    }

    void runWithoutTrainingHasNoPlan() {
        RunSpec spec = defaultSpec(RunKind::Generate);
        spec.model = (sampleFolder() / "model").string();
        const auto plan = planRun(m_runs.make(spec, ""), m_clock);
        QVERIFY(!plan);
        QCOMPARE(plan.error().detail, std::string("A run of kind \"generate\" has no plan."));
    }

    void runGoesByThePlanAndTellsIt() {
        const RunFolder folder = m_runs.make(specFor(RunKind::Sft), sftRows(0, 8));
        const auto before = planRun(folder, m_clock);
        const auto plan = planOfRun(folder);
        QVERIFY(before.ok() && plan.ok());
        const auto events = eventsOf(folder, "plan");
        QCOMPARE(events.size(), size_t{1});
        QVERIFY(*runPlanFromJson(events[0].text("json"), "events.jsonl") == *plan);
        QVERIFY(*runPlanFromJson(*readFile(folder.plan()), "plan.json") == *plan);
        QCOMPARE(plan->peakBytes, before->peakBytes);
        QCOMPARE(plan->seconds, before->seconds); // what was measured beforehand stays known
        QVERIFY(plan->advice == before->advice);
    }

    void runThatGoesOnKeepsItsPasses() {
        RunSpec spec = specFor(RunKind::Sft);
        spec.checkpointing = "cheap";
        const RunFolder folder = m_runs.make(spec, sftRows(0, 8));
        QVERIFY(planOfRun(folder).ok());
        spec.checkpointing = "auto";
        QVERIFY(writeFileAtomically(folder.spec(), toJson(spec)));
        QCOMPARE(planOfRun(folder)->checkpointing, std::string("none")); // nothing was trained yet
        spec.checkpointing = "attention";
        QVERIFY(writeFileAtomically(folder.spec(), toJson(spec)));
        QCOMPARE(planOfRun(folder)->checkpointing, std::string("attention"));
        spec.checkpointing = "auto";
        QVERIFY(writeFileAtomically(folder.spec(), toJson(spec)));
        QVERIFY(makeFolder(folder.checkpoints() / "step-1"));
        QCOMPARE(planOfRun(folder)->checkpointing, std::string("attention"));
    }

    void programPrintsThePlanOrTheReason() {
        const QString worker = qEnvironmentVariable("CLAUSEWRIGHT_WORKER");
        if (worker.isEmpty())
            QSKIP("CLAUSEWRIGHT_WORKER doesn't name the worker program.");
        RunSpec spec = specFor(RunKind::Sft);
        const RunFolder folder = m_runs.make(spec, sftRows(0, 8));
        const QStringList arguments = {QStringLiteral("--plan"), QString::fromStdString(folder.root().string())};
        QProcess process;
        process.start(worker, arguments);
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput().toStdString(), *readFile(folder.plan()));

        spec.memoryLimit = 0.001;
        QVERIFY(writeFileAtomically(folder.spec(), toJson(spec)));
        process.start(worker, arguments);
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitCode(), 1);
        const auto reason = nlohmann::json::parse(process.readAllStandardOutput().toStdString());
        QVERIFY(reason["error"].get<std::string>().starts_with("Training one row of"));
        QVERIFY(!reason["hint"].get<std::string>().empty());
        QVERIFY(process.readAllStandardError().startsWith("Training one row of"));
        QCOMPARE(planWorker(RunFolder(m_runs.root() / "none"), m_clock), 1);
    }
};

QTEST_GUILESS_MAIN(TestPlannedRuns)
#include "test_planned_runs.moc"
