// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Training as the window shows it, with the keyboard: the plan of a form, live figures, resuming, failures, a sweep's trials, runs side by
// side, before and after a warm start. The runs are as a worker leaves them; with the real worker they are in test_runs_journey.
#include "app/services/result_qt.h"
#include "app/services/run_dataset.h"
#include "tests/support/project_fixture.h"
#include "tests/support/run_fixture.h"
#include "tests/support/window_fixture.h"
#include "ui/models/before_after_model.h"
#include "ui/models/trial_table_model.h"
#include "ui/project.h"
#include "ui/widgets/fact_strip.h"
#include "ui/widgets/fold.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/memory_bar.h"
#include "ui/widgets/run_chart.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/trouble_box.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>

using namespace cw;
using namespace cw::test;

namespace {

constexpr int kLongest = 60'000; // milliseconds

template <typename Widget> Widget* in(QWidget& parent, const char* name) {
    auto* widget = parent.findChild<Widget*>(QString::fromLatin1(name));
    if (!widget)
        qCritical("no widget %s", name);
    return widget;
}

void typeInto(QWidget& dialog, const char* field, const QString& text) {
    auto* editor = in<QWidget>(dialog, field);
    auto* box = qobject_cast<QComboBox*>(editor);
    QLineEdit* line = box ? box->lineEdit() : qobject_cast<QLineEdit*>(editor);
    QVERIFY2(line, field);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

RunEvent trial(double number, double rank, double score) {
    return runEvent("trial", {{"trial", number}, {"trials", 3}, {"rank", rank}, {"lr", 2e-4}, {"score", score}, {"loss", 0.5}, {"seconds", 60 * rank}, {"bytes", 1e6 * rank}});
}

} // namespace

class TestTrainingJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_fixture = std::make_unique<WindowFixture>();
        m_project = m_fixture->makeSample();
        QVERIFY(!m_project.isEmpty());
    }
    void init() { m_worker = std::make_unique<FakeWorker>(); }
    void cleanup() {
        m_fixture->window.reset();
        m_worker.reset();
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void thePlanOfTheFormComesByItself() {
        open();
        inForm(Qt::Key_N, [](QWidget& dialog) {
            auto* state = in<QLabel>(dialog, "planState");
            QTRY_COMPARE_WITH_TIMEOUT(state->text(), QStringLiteral("Read the warning before you start."), kLongest);
            const auto* bar = dialog.findChild<MemoryBar*>();
            QVERIFY(bar->isVisible());
            QVERIFY2(bar->accessibleDescription().contains(QStringLiteral("activations 13.9 GB")), qPrintable(bar->accessibleDescription()));
            QStringList words;
            for (const QLabel* label : in<QWidget>(dialog, "planCard")->findChildren<QLabel*>())
                words << label->text();
            const QString all = words.join(QLatin1Char('\n'));
            QVERIFY2(all.contains(QStringLiteral("Warning: 24 rows are left out, of licence-7")), qPrintable(all));
            QVERIFY(all.contains(QStringLiteral("Advice: Four rows at once would fit")));
        });
    }

    void aChangedFormIsPlannedAnewByAKey() {
        open();
        inForm(Qt::Key_N, [this](QWidget& dialog) {
            auto* state = in<QLabel>(dialog, "planState");
            QTRY_VERIFY_WITH_TIMEOUT(state->text().startsWith(QStringLiteral("Read the warning")), kLongest);
            RunPlan plan = somePlan();
            plan.leftOut = 0;
            m_worker->plans(plan, {});
            typeInto(dialog, "field_lora_rank", QStringLiteral("16"));
            QVERIFY(state->text().startsWith(QStringLiteral("The form has changed")));
            QTest::keyClick(&dialog, Qt::Key_P, Qt::ControlModifier);
            QTRY_COMPARE_WITH_TIMEOUT(state->text(), QStringLiteral("The run fits."), kLongest);
            typeInto(dialog, "field_lora_rank", QStringLiteral("0"));
            QVERIFY(!in<KeyButton>(dialog, "planRun")->isEnabled()); // nothing to plan
        });
    }

    void aRunThatCantWorkIsToldAndMayBeStarted() {
        m_worker->refuses("The run needs 96 GB and the machine has 80 GB free.", "Lower max_length to 6,000.");
        open();
        inForm(Qt::Key_N, [this](QWidget& dialog) {
            auto* trouble = in<TroubleBox>(dialog, "planTrouble");
            QTRY_VERIFY_WITH_TIMEOUT(trouble->isVisible(), kLongest);
            QCOMPARE(trouble->text(), QStringLiteral("The run needs 96 GB and the machine has 80 GB free. Lower max_length to 6,000."));
            QVERIFY(in<KeyButton>(dialog, "startRun")->isEnabled());
            typeInto(dialog, "field_lora_rank", QStringLiteral("16"));
            QVERIFY(!trouble->isVisible()); // it was about the form of before
            QTRY_VERIFY_WITH_TIMEOUT(trouble->isVisible(), kLongest);
            m_worker->plans(somePlan(), {});
            auto* again = in<KeyButton>(dialog, "planAgain");
            again->setFocus();
            QTest::keyClick(again, Qt::Key_Space);
            QTRY_VERIFY_WITH_TIMEOUT(!trouble->isVisible(), kLongest);
        });
    }

    void advancedFieldsAreFoldedUntilOneIsWrong() {
        open();
        inForm(Qt::Key_N, [](QWidget& dialog) {
            auto* fold = in<Fold>(dialog, "fold_Memory");
            QVERIFY(!fold->isOpen());
            QVERIFY(!in<QWidget>(dialog, "field_memory_limit")->isVisible());
            fold->head()->setFocus();
            QTest::keyClick(fold->head(), Qt::Key_Space);
            QVERIFY(in<QWidget>(dialog, "field_memory_limit")->isVisible());
            QTest::keyClick(fold->head(), Qt::Key_Space);
            auto* limit = in<QLineEdit>(dialog, "field_memory_limit");
            limit->clear();
            Q_EMIT limit->textEdited(QString()); // as a paste elsewhere would leave it
            QVERIFY(fold->isOpen());
            QVERIFY(!in<KeyButton>(dialog, "startRun")->isEnabled());
        });
    }

    void aWarmStartOffersASmallerRate() {
        const RunFolder first = write(namedSpec(RunKind::Sft, "first"), steps(1, 2, 2));
        QVERIFY(makeFolder(first.adapter()).ok());
        open();
        inForm(Qt::Key_N, [&](QWidget& dialog) {
            auto* hint = in<QLabel>(dialog, "rateHint");
            QVERIFY(!hint->isVisible());
            typeInto(dialog, "field_adapter", toQString(first.adapter().string()));
            QVERIFY(hint->isVisible());
            QVERIFY(hint->text().contains(QStringLiteral("4e-5")));
            auto* rate = in<QLineEdit>(dialog, "field_learning_rate");
            QCOMPARE(rate->text(), QStringLiteral("2e-4")); // nothing changes by itself
            auto* use = in<KeyButton>(dialog, "useRate");
            use->setFocus();
            QTest::keyClick(use, Qt::Key_Space);
            QCOMPARE(rate->text(), QStringLiteral("4e-5"));
            QVERIFY(!hint->isVisible());
        });
    }

    void aLiveRunShowsItsFiguresAndWhatStoodOut() {
        std::vector<RunEvent> events = steps(1, 12, 40);
        events.push_back(runEvent("outlier", {{"step", 11}, {"loss", 9}, {"z", 6}}, {{"text", "Step 11 stands out: msa-203."}}));
        events.push_back(runEvent("validation", {{"step", 10}, {"loss", 1.4}, {"best", 1}}));
        const RunFolder folder = write(namedSpec(RunKind::Sft, "live"), events, std::nullopt);
        const auto lock = RunLock::acquire(folder);
        CW_VERIFY(lock);
        open();
        const auto* facts = in<FactStrip>(page(), "runFacts");
        QVERIFY2(facts->accessibleDescription().contains(QStringLiteral("Tokens/s 11,620; Labelled tokens/s 992")), qPrintable(facts->accessibleDescription()));
        QVERIFY(facts->accessibleDescription().contains(QStringLiteral("Best loss 1.4, at step 10")));
        const auto* loss = in<RunChart>(page(), "lossChart");
        QVERIFY2(loss->accessibleDescription().contains(QStringLiteral("mark at step 11: Step 11 stands out: msa-203.")), qPrintable(loss->accessibleDescription()));
        CW_VERIFY(tellEvents(folder, {stepEvent(13, 40, 1.25)}));
        QTRY_VERIFY(loss->accessibleDescription().contains(QStringLiteral("at step 13")));
        QVERIFY(facts->accessibleDescription().contains(QStringLiteral("Time left")));
    }

    void aStoppedRunGoesOnByAKey() {
        write(namedSpec(RunKind::Sft, "halted"), steps(1, 12, 20), RunState::Stopped);
        std::vector<RunEvent> rest = steps(11, 20, 20);
        rest.insert(rest.begin(), runEvent("resume", {{"step", 10}}));
        m_worker->tells(rest);
        open();
        QVERIFY(in<KeyButton>(page(), "runs.resumeButton")->isVisible());
        press(window(), {Qt::Key_R}, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(in<QLabel>(page(), "runSummary")->text().startsWith(QStringLiteral("done")), kLongest);
        QVERIFY(in<RunChart>(page(), "lossChart")->accessibleDescription().contains(QStringLiteral("mark at step 10: resumed from step 10")));
        QVERIFY(!in<KeyButton>(page(), "runs.resumeButton")->isVisible());
    }

    void aFailedRunSaysWhyAndOffersHalfTheRows() {
        std::vector<RunEvent> events = steps(1, 7, 20);
        events.push_back(runEvent("checkpoint", {{"step", 6}}));
        events.push_back(runEvent("end", {}, {{"state", "failed"}, {"code", "out_of_memory"}, {"error", "Step 8 needs more memory than there is."},
                                              {"hint", "Halve the rows at once: two rows, accumulation 16. The checkpoint of step 6 stays: resume the run from it."}}));
        write(namedSpec(RunKind::Sft, "big"), events, RunState::Failed);
        open();
        const auto* trouble = in<TroubleBox>(page(), "runTrouble");
        QVERIFY(trouble->isVisible());
        QCOMPARE(trouble->text(), QStringLiteral("Step 8 needs more memory than there is. Halve the rows at once: two rows, accumulation 16. The checkpoint of "
                                                 "step 6 stays: resume the run from it."));
        auto* half = in<KeyButton>(page(), "tryHalf");
        QVERIFY(half->isVisible());
        inDialog(window(), [&] { half->setFocus(); QTest::keyClick(half, Qt::Key_Space); },
                 [](QWidget& dialog) {
                     QCOMPARE(in<QLineEdit>(dialog, "field_micro_batch")->text(), QStringLiteral("2"));
                     QCOMPARE(in<QLineEdit>(dialog, "field_accumulation")->text(), QStringLiteral("16"));
                     QTest::keyClick(&dialog, Qt::Key_Escape);
                 });
    }

    void aLostRunSaysFromWhereItGoesOn() {
        std::vector<RunEvent> events = steps(1, 7, 20);
        events.push_back(runEvent("checkpoint", {{"step", 6}}));
        write(namedSpec(RunKind::Sft, "gone"), events, std::nullopt);
        open();
        const QString words = in<TroubleBox>(page(), "runTrouble")->text();
        QVERIFY2(words.endsWith(QStringLiteral("The last checkpoint is of step 6: resuming goes on from there.")), qPrintable(words));
        QVERIFY(in<KeyButton>(page(), "runs.resumeButton")->isVisible());
    }

    void aRunIsAskedForAgainWithWhatItWasAsked() {
        RunSpec spec = namedSpec(RunKind::Sft, "pattern");
        spec.loraRank = 24;
        RunRequest request{spec, {}, Side::Train, true};
        request.data.only = {"parties"};
        CW_VERIFY(writeDatasetChoice(write(spec, steps(1, 2, 2)), request));
        open();
        inForm(Qt::Key_D, [](QWidget& dialog) {
            QCOMPARE(in<QLineEdit>(dialog, "field_lora_rank")->text(), QStringLiteral("24"));
            QStringList lines;
            for (const QLineEdit* line : dialog.findChildren<QLineEdit*>())
                lines << line->text();
            QVERIFY(lines.contains(QStringLiteral("parties")));
        });
    }

    void aSweepIsATableToSort() {
        RunSpec spec = namedSpec(RunKind::Sweep, "ranks");
        spec.score = "f1";
        write(spec, {trial(1, 8, 0.71), trial(2, 16, 0.78), trial(3, 32, 0.74)});
        open();
        auto* table = in<QTableView>(page(), "trialTable");
        QVERIFY(table->isVisible());
        const auto cell = [&](int row, int column) { return table->model()->index(row, column).data().toString(); };
        QCOMPARE(cell(0, TrialTableModel::Best), QStringLiteral("best")); // the best stands first
        QCOMPARE(cell(0, TrialTableModel::Rank), QStringLiteral("16"));
        QHeaderView* header = table->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(header->sectionViewportPosition(TrialTableModel::Time) + 20, 12));
        QStringList times;
        for (int row = 0; row < 3; ++row)
            times << cell(row, TrialTableModel::Time);
        QVERIFY(times == QStringList({QStringLiteral("8 min"), QStringLiteral("16 min"), QStringLiteral("32 min")}) ||
                times == QStringList({QStringLiteral("32 min"), QStringLiteral("16 min"), QStringLiteral("8 min")})); // not 16, 32, 8
    }

    void chosenRunsStandSideBySideByKeys() {
        RunSpec high = namedSpec(RunKind::Sft, "high rate");
        high.learningRate = 4e-4;
        write(namedSpec(RunKind::Sft, "low rate"), steps(1, 4, 4));
        write(high, steps(1, 4, 4));
        open();
        auto* list = in<QListView>(page(), "runList");
        list->setFocus();
        press(window(), {Qt::Key_Home});
        press(window(), {Qt::Key_Down}, Qt::ShiftModifier);
        press(window(), {Qt::Key_C}, Qt::ControlModifier | Qt::ShiftModifier);
        auto* table = in<QTableView>(page(), "compareTable");
        QVERIFY(table->isVisible());
        QStringList rows;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            rows << table->model()->index(row, 0).data().toString() + QLatin1Char(' ') + table->model()->index(row, 1).data().toString() + QLatin1Char(' ') +
                        table->model()->index(row, 2).data().toString();
        QVERIFY2(rows.contains(QStringLiteral("Learning rate 4e-4 2e-4")), qPrintable(rows.join(QLatin1Char('\n'))));
        press(window(), {Qt::Key_Escape});
        QVERIFY(!table->isVisible());
        QVERIFY(list->hasFocus());
        press(window(), {Qt::Key_Home});
        press(window(), {Qt::Key_Down}, Qt::ShiftModifier);
        press(window(), {Qt::Key_C}, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(table->isVisible());
        page().setProject(nullptr); // the comparison is of runs that aren't there any more
        page().setProject(window().project());
        QVERIFY(!table->isVisible());
    }

    void newEventsLeaveWhatIsReadInItsPlace() {
        std::vector<RunEvent> events = steps(1, 4, 40);
        for (int i = 0; i < 60; ++i)
            events.push_back(runEvent("note", {}, {{"text", "Word " + std::to_string(i) + "."}}));
        const RunFolder folder = write(namedSpec(RunKind::Sft, "live"), events, std::nullopt);
        const auto lock = RunLock::acquire(folder);
        CW_VERIFY(lock);
        open();
        auto* table = in<QTableView>(page(), "runEvents");
        const auto top = [&] { return table->model()->index(table->rowAt(2), 1).data().toString(); };
        QVERIFY(table->verticalScrollBar()->maximum() > 0);
        table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum() / 2);
        const QString read = top();
        CW_VERIFY(tellEvents(folder, {runEvent("note", {}, {{"text", "One more."}}), runEvent("checkpoint", {{"step", 4}})}));
        QTRY_COMPARE(table->model()->rowCount(), 62);
        QCOMPARE(top(), read);
        table->verticalScrollBar()->setValue(0);
        CW_VERIFY(tellEvents(folder, {runEvent("note", {}, {{"text", "The newest."}})}));
        QTRY_COMPARE(table->model()->rowCount(), 63);
        QCOMPARE(top(), QStringLiteral("The newest."));
    }

    void theFormChoosesTheSplit() {
        open();
        SplitStore& splits = window().project()->store().splits();
        Split second = *splits.get("default");
        second.name = "second";
        second.frozen = false;
        CW_VERIFY(splits.save(second));
        inDialog(window(), [this] { press(window(), {Qt::Key_N}, Qt::ControlModifier); },
                 [](QWidget& dialog) {
                     auto* box = in<QComboBox>(dialog, "runSplit");
                     QCOMPARE(box->currentText(), QStringLiteral("default"));
                     box->setCurrentText(QStringLiteral("second"));
                     QTest::keyClick(&dialog, Qt::Key_Return);
                 });
        const auto& runs = window().project()->runs();
        const auto isOfSecond = [&] { return !runs.runs().empty() && runs.view(runs.runs().front())->record.split == "second"; };
        QTRY_VERIFY_WITH_TIMEOUT(isOfSecond(), kLongest);
        inDialog(window(), [this] { press(window(), {Qt::Key_N}, Qt::ControlModifier | Qt::ShiftModifier); },
                 [](QWidget& dialog) {
                     QVERIFY(!dialog.findChild<QComboBox*>(QStringLiteral("runSplit"))); // a pair knows no split
                     QTest::keyClick(&dialog, Qt::Key_Escape);
                 });
    }

    void beforeAndAfterAreEvaluatedByAKey() {
        RunSpec start = namedSpec(RunKind::Sft, "first");
        start.model = kSampleModel;
        const RunFolder first = write(start, steps(1, 2, 2));
        QVERIFY(makeFolder(first.adapter()).ok());
        RunSpec warm = start;
        warm.name = "second";
        warm.adapter = first.adapter().string();
        const RunFolder second = write(warm, steps(1, 2, 2));
        QVERIFY(makeFolder(second.adapter()).ok());
        RunRequest request{warm, {}, Side::Train, true};
        request.data.only = {"document_name"};
        CW_VERIFY(writeDatasetChoice(second, request));
        open();
        press(window(), {Qt::Key_B}, Qt::ControlModifier | Qt::ShiftModifier);
        auto* table = in<QTableView>(*in<QWidget>(page(), "warmStartPanel"), "beforeAfterTable");
        QTRY_VERIFY_WITH_TIMEOUT(table->isVisible(), kLongest);
        QCOMPARE(in<QLabel>(page(), "runSummary")->text().contains(QStringLiteral("from an adapter")), true); // still the run itself
        QCOMPARE(table->model()->index(0, BeforeAfterModel::Slice).data().toString(), QStringLiteral("Test side of default"));
        QCOMPARE(table->model()->index(0, BeforeAfterModel::Verdict).data().toString(), QStringLiteral("no clear change"));
        QVERIFY(table->model()->index(0, BeforeAfterModel::Cells).data().toInt() > 0);
        int evaluations = 0;
        for (const RunId& id : window().project()->runs().runs())
            evaluations += window().project()->runs().view(id)->spec.kind == RunKind::Evaluate;
        QCOMPARE(evaluations, 2);
        QVERIFY(!window().actions().find(QStringLiteral("runs.beforeAfter"))->isEnabled()); // nothing is missing
    }

    void everyKeyIsOneActions() {
        open();
        QCOMPARE(window().actions().conflicts(), QStringList());
    }

private:
    // A run in the project while no window has it open.
    RunFolder write(const RunSpec& spec, const std::vector<RunEvent>& events, std::optional<RunState> end = RunState::Done) {
        auto session = StoreSession::open(m_project, OpenMode::ReadWrite, StoreSession::Fallback::None, currentIdentity(), m_fixture->clock);
        auto folder = session ? writeRun(**session, spec, events, end) : Result<RunFolder>(session.error());
        if (!folder)
            qCritical("%s", folder.error().message().c_str());
        return folder ? *folder : RunFolder("nowhere");
    }

    void open() {
        m_fixture->openWindow(m_project);
        press(window(), {Qt::Key_5}, Qt::ControlModifier);
        QCOMPARE(window().currentPage()->id(), QStringLiteral("runs"));
    }

    // The form that a key with Ctrl opens; closed again by Escape.
    void inForm(int key, const std::function<void(QWidget&)>& drive) {
        inDialog(window(), [&] { press(window(), {key}, Qt::ControlModifier); },
                 [&](QWidget& dialog) {
                     drive(dialog);
                     QTest::keyClick(&dialog, Qt::Key_Escape);
                 });
    }

    MainWindow& window() { return *m_fixture->window; }
    Page& page() { return *window().currentPage(); }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<FakeWorker> m_worker;
    QString m_project;
};

QTEST_MAIN(TestTrainingJourney)
#include "test_training_journey.moc"
