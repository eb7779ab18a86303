// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The tables of the runs page: events, trials, runs side by side, before and after; and the words of progress.
#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"
#include "tests/support/evaluation_fixture.h"
#include "tests/support/run_fixture.h"
#include "ui/models/before_after_model.h"
#include "ui/models/cell_roles.h"
#include "ui/models/compare_table_model.h"
#include "ui/models/run_event_model.h"
#include "ui/models/run_list_model.h"
#include "ui/models/trial_table_model.h"
#include "ui/widgets/run_chart.h"
#include "ui/widgets/run_curves.h"
#include "ui/widgets/fact_strip.h"

using namespace cw;
using namespace cw::test;

namespace {

RunView viewOf(const RunSpec& spec, const std::vector<RunEvent>& events, RunState state = RunState::Done) {
    RunView view;
    view.spec = spec;
    view.record.name = spec.name;
    view.record.kind = std::string(toString(spec.kind));
    view.state = state;
    for (const RunEvent& event : events)
        view.history.take(event);
    return view;
}

RunEvent trial(double number, double rank, double rate, double score) {
    return runEvent("trial", {{"trial", number}, {"trials", 4}, {"rank", rank}, {"lr", rate}, {"score", score}, {"seconds", 90}, {"bytes", 2e6}});
}

RunSpec sweepBy(const std::string& score) {
    RunSpec spec = namedSpec(RunKind::Sweep, "ranks");
    spec.score = score;
    spec.sweepRanks = "8,16";
    spec.sweepRates = "1e-4,2e-4";
    return spec;
}

QString cell(const QAbstractItemModel& model, int row, int column) { return model.index(row, column).data().toString(); }

// The row of a title in the first column, or -1.
int rowOf(const QAbstractItemModel& model, const QString& title) {
    for (int row = 0; row < model.rowCount(); ++row)
        if (cell(model, row, 0) == title)
            return row;
    return -1;
}

const Fact* factNamed(const std::vector<Fact>& facts, const QString& name) {
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const Fact& fact) { return fact.name == name; });
    return found == facts.end() ? nullptr : &*found;
}

} // namespace

class TestRunModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void numbersHaveTwoOrThreeDigits_data() {
        QTest::addColumn<QString>("is");
        QTest::addColumn<QString>("should");
        const QLocale c = QLocale::c();
        QTest::newRow("bytes") << bytesWord(840, c) << QStringLiteral("840 B");
        QTest::newRow("kB") << bytesWord(8400, c) << QStringLiteral("8.4 kB");
        QTest::newRow("MB") << bytesWord(67e6, c) << QStringLiteral("67 MB");
        QTest::newRow("GB") << bytesWord(37.26e9, c) << QStringLiteral("37.3 GB");
        QTest::newRow("rounds up") << bytesWord(999.7e6, c) << QStringLiteral("1.0 GB");
        QTest::newRow("s") << durationWord(4.26, c) << QStringLiteral("4.3 s");
        QTest::newRow("min") << durationWord(720, c) << QStringLiteral("12 min");
        QTest::newRow("h") << durationWord(7800, c) << QStringLiteral("2 h 10 min");
        QTest::newRow("whole h") << durationWord(7200, c) << QStringLiteral("2 h");
        QTest::newRow("d") << durationWord(3 * 86400 + 4 * 3600, c) << QStringLiteral("3 d 4 h");
        QTest::newRow("no time") << durationWord(std::nan(""), c) << QStringLiteral("?");
        QTest::newRow("rate") << shortNumber(4e-5, c) << QStringLiteral("4e-5");
        QTest::newRow("rate of two digits") << shortNumber(8.95e-5, c) << QStringLiteral("8.95e-5");
        QTest::newRow("rate that rounds up") << shortNumber(9.999e-5, c) << QStringLiteral("1e-4");
        QTest::newRow("rate as typed") << shortNumber(2e-4, c) << QStringLiteral("2e-4");
        QTest::newRow("loss") << shortNumber(0.4821, c) << QStringLiteral("0.482");
        QTest::newRow("many") << shortNumber(11386.4, c) << QStringLiteral("11386");
        QTest::newRow("below nothing") << shortNumber(-0.0004, c) << QStringLiteral("-4e-4");
        QTest::newRow("nothing") << shortNumber(0, c) << QStringLiteral("0");
        QTest::newRow("share") << percentWord(0.4142, c) << QStringLiteral("41.4 %");
    }
    void numbersHaveTwoOrThreeDigits() {
        QFETCH(QString, is);
        QTEST(is, "should");
    }

    void eventsStandNewestFirstAndWhatWasDoneAgainSaysSo() {
        RunEventModel model;
        const RunView run = viewOf(namedSpec(RunKind::Sft, "a"),
                                   {runEvent("start", {{"rows", 40}}, {{"dtype", "bf16"}}), stepEvent(1, 9, 2), runEvent("checkpoint", {{"step", 1}}),
                                    runEvent("validation", {{"step", 2}, {"loss", 1.5}, {"f1", 0.81}, {"best", 1}}), runEvent("resume", {{"step", 1}})});
        model.setLog(run.history.log());
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(cell(model, 0, RunEventModel::What), QStringLiteral("resumed from step 1"));
        QCOMPARE(cell(model, 1, RunEventModel::What),
                 QStringLiteral("step 2: validation loss 1.5, F1 81.0 %, the best so far (done again after the resume)"));
        QVERIFY(model.index(1, RunEventModel::What).data(MutedRole).toBool());
        QCOMPARE(cell(model, 2, RunEventModel::What), QStringLiteral("checkpoint at step 1"));
        QCOMPARE(cell(model, 3, RunEventModel::What), QStringLiteral("started: 40 rows, bf16"));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setLog(run.history.log());
        QCOMPARE(reset.count(), 0); // a selection stays while nothing new is to be told
    }

    void progressAndTimeLeftAreInTheList() {
        const RunSpec spec = namedSpec(RunKind::Sft, "a");
        const RunView running = viewOf(spec, steps(1, 12, 40), RunState::Running);
        QCOMPARE(runDetail(running), QStringLiteral("12 of 40 steps, loss 1.88, 4 min left"));
        QCOMPARE(runProgress(running), 0.3);
        QCOMPARE(runDetail(viewOf(spec, steps(1, 12, 40), RunState::Stopped)), QStringLiteral("12 of 40 steps, loss 1.88"));
        QCOMPARE(runDetail(viewOf(spec, {}, RunState::Lost)), QStringLiteral("its worker ended without a word; resume it"));
        std::vector<RunEvent> back = steps(1, 12, 40);
        back.push_back(runEvent("resume", {{"step", 10}}));
        QCOMPARE(runProgress(viewOf(spec, back, RunState::Running)), 0.25);
    }

    void aSweepIsAsFarAsItsTrials() {
        QCOMPARE(runProgress(viewOf(sweepBy("f1"), {}, RunState::Running)), 0.0);
        QCOMPARE(runProgress(viewOf(sweepBy("f1"), steps(1, 5, 10), RunState::Running)), 0.125); // of four
        std::vector<RunEvent> one = steps(1, 10, 10);
        one.push_back(trial(1, 8, 1e-4, 0.7));
        QCOMPARE(runProgress(viewOf(sweepBy("f1"), one, RunState::Running)), 0.25);
        QCOMPARE(runDetail(viewOf(sweepBy("f1"), one, RunState::Running)), QStringLiteral("1 of 4 trials"));
    }

    void theFiguresOfARunAreThoseThatCount() {
        std::vector<RunEvent> events = steps(1, 12, 40);
        events.push_back(runEvent("validation", {{"step", 10}, {"loss", 1.4}, {"f1", 0.812}, {"best", 1}}));
        RunSpec spec = namedSpec(RunKind::Sft, "a");
        spec.score = "f1";
        const auto running = runFacts(viewOf(spec, events, RunState::Running));
        QCOMPARE(factNamed(running, QStringLiteral("Time left"))->value, QStringLiteral("4 min"));
        QCOMPARE(factNamed(running, QStringLiteral("Tokens/s"))->value, QStringLiteral("11620"));
        QCOMPARE(factNamed(running, QStringLiteral("Labelled tokens/s"))->value, QStringLiteral("992"));
        QCOMPARE(factNamed(running, QStringLiteral("TFLOP/s"))->note, QStringLiteral("41.4 % of peak"));
        QCOMPARE(factNamed(running, QStringLiteral("Memory"))->value, QStringLiteral("37.3 GB"));
        QCOMPARE(factNamed(running, QStringLiteral("Best F1"))->value, QStringLiteral("81.2 %"));
        QCOMPARE(factNamed(running, QStringLiteral("Best F1"))->note, QStringLiteral("at step 10"));
        QVERIFY(!factNamed(running, QStringLiteral("GPU at work"))); // no card, no figure
        events.push_back(stepEvent(13, 40, 1.8));
        events.back().numbers.insert({{"gpu_use", 0.87}, {"gpu_watts", 345}, {"gpu_celsius", 61}});
        QCOMPARE(factNamed(runFacts(viewOf(spec, events)), QStringLiteral("GPU at work"))->note, QStringLiteral("345 W, 61 \u00B0C"));
        QVERIFY(!factNamed(runFacts(viewOf(spec, events, RunState::Done)), QStringLiteral("Time left")));
        QVERIFY(runFacts(viewOf(spec, {}, RunState::Waiting)).empty());
    }

    void theBestOfASweepIsThatOfItsBestTrial() {
        std::vector<RunEvent> events;
        for (const auto& [number, loss] : {std::pair(1.0, 0.5), std::pair(2.0, 0.9)}) {
            events.push_back(runEvent("validation", {{"trial", number}, {"step", 10}, {"loss", loss}, {"best", 1}}));
            events.push_back(trial(number, 8, 1e-4, loss));
        }
        const auto facts = runFacts(viewOf(sweepBy("loss"), events, RunState::Running));
        QCOMPARE(factNamed(facts, QStringLiteral("Best loss"))->value, QStringLiteral("0.5"));
        QCOMPARE(factNamed(facts, QStringLiteral("Best loss"))->note, QStringLiteral("of trial 1"));
    }

    void marksAreWhatStoodOutAndWhereTheRunWentOn() {
        const auto marks = runMarks(viewOf(namedSpec(RunKind::Sft, "a"), {stepEvent(1, 9, 2), runEvent("outlier", {{"step", 5}}, {{"text", "replaced"}}),
                                                                          runEvent("resume", {{"step", 3}}), runEvent("outlier", {{"step", 6}}, {{"text", "msa-203"}})}));
        QCOMPARE(marks.size(), size_t{2});
        QVERIFY(marks[0].kind == ChartMark::Kind::Resume && marks[0].step == 3);
        QVERIFY(marks[1].kind == ChartMark::Kind::Outlier && marks[1].text == QStringLiteral("msa-203"));
    }

    void theBestTrialSaysSoInAWord() {
        TrialTableModel model;
        const RunView run = viewOf(sweepBy("f1"), {trial(1, 8, 1e-4, 0.71), trial(2, 16, 1e-4, 0.78), trial(3, 8, 2e-4, 0.74)});
        model.setTrials(outcomeFacts(run, RunFolder("nowhere")));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(cell(model, 1, TrialTableModel::Best), QStringLiteral("best"));
        QCOMPARE(cell(model, 0, TrialTableModel::Best), QString());
        QCOMPARE(cell(model, 1, TrialTableModel::Score), QStringLiteral("78.0 %"));
        QCOMPARE(model.headerData(TrialTableModel::Score, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Best F1"));
        QVERIFY(model.index(0, TrialTableModel::Rate).data(SortRole).toDouble() < model.index(2, TrialTableModel::Rate).data(SortRole).toDouble());
    }

    void theLeastLossIsTheBestTrial() {
        const RunView run = viewOf(sweepBy("loss"), {trial(1, 8, 1e-4, 0.9), trial(2, 16, 1e-4, 0.8), trial(2, 16, 1e-4, 1.1)}); // done again
        const auto trials = outcomeFacts(run, RunFolder("nowhere"));
        QCOMPARE(trials.size(), size_t{2});
        QVERIFY(trials[0].best && !trials[1].best);
    }

    void runsStandSideBySideWithWhatDiffers() {
        RunSpec high = namedSpec(RunKind::Sft, "high");
        high.learningRate = 4e-4;
        std::vector<RunEvent> better = steps(1, 4, 4);
        better.push_back(runEvent("validation", {{"step", 4}, {"loss", 1.1}}));
        std::vector<RunEvent> worse = steps(1, 4, 4);
        worse.push_back(runEvent("validation", {{"step", 4}, {"loss", 1.3}}));
        const RunView a = viewOf(namedSpec(RunKind::Sft, "low"), worse), b = viewOf(high, better);
        CompareTableModel model;
        model.setRuns({&a, &b}, {RunFolder("nowhere"), RunFolder("nowhere")});
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("high"));
        QCOMPARE(model.differing(), 1);
        const int loss = rowOf(model, QStringLiteral("Validation loss, last"));
        QCOMPARE(cell(model, loss, 1), QStringLiteral("1.3"));
        QCOMPARE(cell(model, loss, 2), QStringLiteral("1.1, best"));
        const int rate = rowOf(model, QStringLiteral("Learning rate"));
        QCOMPARE(cell(model, rate, 1), QStringLiteral("2e-4"));
        QCOMPARE(cell(model, rate, 2), QStringLiteral("4e-4"));
        QCOMPARE(rowOf(model, QStringLiteral("Rank")), -1);
        model.setOnlyDiffering(false);
        QVERIFY(rowOf(model, QStringLiteral("Rank")) > 0);
        QVERIFY(rowOf(model, QStringLiteral("Learning rate")) > 0);
    }

    void aSettingThatARunHasNotIsADash() {
        const RunView sft = viewOf(namedSpec(RunKind::Sft, "a"), {}), dpo = viewOf(namedSpec(RunKind::Dpo, "b"), {});
        CompareTableModel model;
        model.setRuns({&sft, &dpo}, {RunFolder("nowhere"), RunFolder("nowhere")});
        QCOMPARE(cell(model, rowOf(model, QStringLiteral("Beta")), 1), QStringLiteral("–"));
        QCOMPARE(cell(model, rowOf(model, QStringLiteral("Beta")), 2), QStringLiteral("0.1"));
    }

    void aChangeIsCalledOneWhenItsIntervalLeavesZeroOut() {
        const auto slice = [](double low, double high) {
            BeforeAfterSlice made;
            made.split = "v1";
            made.cells.total.cells = 40;
            made.cells.total.contracts = 10;
            made.cells.total.rightBefore = 20;
            made.cells.total.fixed = 6;
            made.cells.total.broken = 2;
            made.cells.interval = {low, high};
            return made;
        };
        BeforeAfter compared;
        compared.slices = {slice(0.02, 0.2), slice(-0.05, 0.2), slice(-0.2, -0.02)};
        compared.slices.back().language = "en-GB";
        BeforeAfterModel model;
        model.setSlices(compared);
        QCOMPARE(cell(model, 0, BeforeAfterModel::Slice), QStringLiteral("Test side of v1"));
        QCOMPARE(cell(model, 2, BeforeAfterModel::Slice), QStringLiteral("Test side of v1, in en-GB"));
        BeforeAfterSlice old = compared.slices.back();
        old.origin = SideOrigin::Old;
        QCOMPARE(sliceName(old), QStringLiteral("Old test side, of v1, in en-GB"));
        old.origin = SideOrigin::New;
        old.language.clear();
        QCOMPARE(sliceName(old), QStringLiteral("New test side, of v1"));
        QCOMPARE(cell(model, 0, BeforeAfterModel::Change), QStringLiteral("+10.0"));
        QCOMPARE(cell(model, 0, BeforeAfterModel::Interval), QStringLiteral("[+2.0, +20.0]"));
        QCOMPARE(cell(model, 0, BeforeAfterModel::Verdict), QStringLiteral("better"));
        QCOMPARE(cell(model, 1, BeforeAfterModel::Verdict), QStringLiteral("no clear change"));
        QCOMPARE(cell(model, 2, BeforeAfterModel::Verdict), QStringLiteral("worse"));
    }

    void newerEventsComeAboveWithoutAReset() {
        std::vector<LoggedEvent> log{{runEvent("start", {{"rows", 40}}), false}, {runEvent("checkpoint", {{"step", 2}}), false}};
        RunEventModel model;
        model.setLog(log);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset), inserted(&model, &QAbstractItemModel::rowsInserted),
            changed(&model, &QAbstractItemModel::dataChanged);
        model.setLog(log);
        QCOMPARE(resets.count() + inserted.count() + changed.count(), 0);
        const QPersistentModelIndex read = model.index(0, RunEventModel::What);
        log.push_back({runEvent("checkpoint", {{"step", 4}}), false});
        log.push_back({runEvent("note", {}, {{"text", "A word."}}), false});
        model.setLog(log);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted[0][1].toInt(), 0);
        QCOMPARE(inserted[0][2].toInt(), 1);
        QCOMPARE(read.row(), 2);
        QCOMPARE(read.data().toString(), QStringLiteral("checkpoint at step 2"));
        log[2].replaced = true; // a resume took it back
        log.push_back({runEvent("resume", {{"step", 2}}), false});
        model.setLog(log);
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(cell(model, 2, RunEventModel::What), QStringLiteral("checkpoint at step 4 (done again after the resume)"));
        QCOMPARE(resets.count(), 0);
        model.setLog({{runEvent("start", {{"rows", 7}}), false}}); // another run's
        QCOMPARE(resets.count(), 1);
        QCOMPARE(model.rowCount(), 1);
    }

    void heldOutPairsAreInTheWordsOfAValidation() {
        QCOMPARE(runEventWords(runEvent("validation", {{"step", 3}, {"loss", 0.5}, {"margin", 0.42}, {"accuracy", 0.9}})),
                 QStringLiteral("step 3: validation loss 0.5, margin 0.42, 90.0 % of the held-out pairs right"));
    }

    void whatWasForgottenIsListedWithItsContracts() {
        std::vector<OutputRow> after = threeOutputs();
        after[0] = outputRow("alpha", Findings{{"renewal_term", found("renews for one (1) year terms", std::string("P2Y"))}});
        const Evaluation was = evaluate(threeContracts(), threeOutputs(), defaultTaxonomy(), textFor);
        const Evaluation is = evaluate(threeContracts(), after, defaultTaxonomy(), textFor);
        BeforeAfterSlice slice;
        slice.cells = comparePaired(was, is, Rules::Strict);
        ForgottenModel model;
        model.setSlice(&slice, &defaultTaxonomy());
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, ForgottenModel::Clause), QStringLiteral("Document name"));
        QCOMPARE(cell(model, 0, ForgottenModel::Before), QStringLiteral("2"));
        QCOMPARE(cell(model, 0, ForgottenModel::After), QStringLiteral("1"));
        QCOMPARE(cell(model, 0, ForgottenModel::Contracts), QStringLiteral("alpha"));
        model.setSlice(nullptr, nullptr);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestRunModels)
#include "test_run_models.moc"
