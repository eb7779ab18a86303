// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Training with the keyboard and the real worker: the form, the live curve, stopping, mining, and a run that goes on while the window
// is closed.
#include "app/services/result_qt.h"
#include "tests/support/window_fixture.h"
#include "ui/pages/run_form.h"
#include "ui/pages/runs_page.h"
#include "ui/project.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/run_chart.h"
#include "ui/widgets/status_strip.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSpinBox>
#include <QTableView>

using namespace cw;
using namespace cw::test;

namespace {

constexpr int kLongest = 120'000; // milliseconds that a tiny run may take on a busy machine

void type(QWidget& dialog, const char* field, const QString& text) {
    auto* editor = dialog.findChild<QWidget*>(QStringLiteral("field_") + QString::fromLatin1(field));
    QVERIFY2(editor, field);
    auto* box = qobject_cast<QComboBox*>(editor);
    QLineEdit* line = box ? box->lineEdit() : qobject_cast<QLineEdit*>(editor);
    if (!line)
        return box->setCurrentText(text); // a closed list
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

QSpinBox* stubOf(QWidget& dialog) {
    for (QSpinBox* box : dialog.findChildren<QSpinBox*>())
        if (box->accessibleName() == QLatin1String("Stub, bytes"))
            return box;
    return nullptr;
}

void setWindow(QWidget& dialog, int bytes, int overlap, const QString& only) {
    for (QSpinBox* box : dialog.findChildren<QSpinBox*>()) {
        const QString name = box->accessibleName();
        if (name.startsWith(QLatin1String("Window")))
            box->setValue(bytes);
        else if (name.startsWith(QLatin1String("Overlap")))
            box->setValue(overlap);
        else if (name.startsWith(QLatin1String("Negatives")))
            box->setValue(0);
    }
    for (QComboBox* box : dialog.findChildren<QComboBox*>())
        if (box->accessibleName() == QLatin1String("How contracts are cut"))
            box->setCurrentIndex(static_cast<int>(ChunkStrategy::Section)); // the model has no room for a stub
    for (QLineEdit* line : dialog.findChildren<QLineEdit*>())
        if (line->accessibleName() == QLatin1String("Only these clauses"))
            QTest::keyClicks(line, only);
}

} // namespace

class TestRunsJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (qEnvironmentVariableIsEmpty("CLAUSEWRIGHT_WORKER"))
            QSKIP("Clausewright was built without training, so no run was started.");
        newSample();
    }

    void init() { open(); }
    void cleanup() { closeWindow(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void theFormSaysWhatIsWrongBeforeAnythingStarts() {
        inDialog(window(), [this] { press(window(), {Qt::Key_N}, Qt::ControlModifier); },
                 [](QWidget& dialog) {
                     auto* start = dialog.findChild<KeyButton*>(QStringLiteral("startRun"));
                     auto* problem = dialog.findChild<QLabel*>(QStringLiteral("runProblem"));
                     QVERIFY2(start->isEnabled(), qPrintable(problem->text()));
                     type(dialog, "lora_rank", QStringLiteral("0"));
                     QVERIFY(!start->isEnabled());
                     QVERIFY(problem->text().contains(QStringLiteral("Rank")));
                     type(dialog, "lora_rank", QStringLiteral("8"));
                     QVERIFY(start->isEnabled());
                     QSpinBox* stub = stubOf(dialog);
                     QVERIFY(stub && stub->isEnabled());
                     QCOMPARE(stub->value(), static_cast<int>(ChunkSettings().stubBytes));
                     stub->setValue(0);
                     QCOMPARE(dialog.findChild<RunForm*>()->request().data.chunk.stubBytes, size_t(0));
                     setWindow(dialog, 120, 20, QStringLiteral("no_such_clause"));
                     QVERIFY(!stub->isEnabled()); // sections have none
                     QVERIFY(!start->isEnabled());
                     QTest::keyClick(&dialog, Qt::Key_Escape);
                 });
        QVERIFY(runs().empty());
    }

    void aModelFolderWithoutWeightsIsRefusedInASentence() {
        QVERIFY(QDir().mkpath(m_fixture->path("empty-model")));
        launchSft([this](QWidget& dialog) { type(dialog, "model", m_fixture->path("empty-model")); });
        QVERIFY(runs().empty());
        QVERIFY2(window().messages().texts().last().contains(QStringLiteral("empty-model has no config.json")),
                 qPrintable(window().messages().texts().join(QLatin1Char('\n'))));
    }

    void anSftRunShowsItsCurveAndLeavesAnAdapter() {
        launchSft([](QWidget& dialog) {
            type(dialog, "name", QStringLiteral("First"));
            type(dialog, "max_steps", QStringLiteral("3"));
        });
        QCOMPARE(runs().size(), size_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(state() == RunState::Done, kLongest);
        QTRY_VERIFY(page().findChild<QLabel*>(QStringLiteral("runSummary"))->text().startsWith(QStringLiteral("done · sft · rank 2")));
        const auto* loss = page().findChild<RunChart*>(QStringLiteral("lossChart"));
        QVERIFY2(loss->accessibleDescription().endsWith(QStringLiteral("at step 3")), qPrintable(loss->accessibleDescription()));
        QVERIFY(page().findChild<QTableView*>(QStringLiteral("runEvents"))->model()->rowCount() >= 2); // started, done
        QVERIFY(window().project()->store().models().get("First").ok());
    }

    void aLiveRunIsStoppedByAKey() {
        launchSft([](QWidget& dialog) { type(dialog, "max_steps", QStringLiteral("100000")); });
        const auto* loss = page().findChild<RunChart*>(QStringLiteral("lossChart"));
        QTRY_VERIFY_WITH_TIMEOUT(loss->accessibleDescription().contains(QStringLiteral("at step")), kLongest);
        QVERIFY(page().context().details.contains(QStringLiteral("1 running")));
        press(window(), {Qt::Key_Period}, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(state() == RunState::Stopped, kLongest);
        QTRY_VERIFY(page().context().details.contains(QStringLiteral("0 running")));
    }

    void aRunGoesOnWhileTheWindowIsClosed() {
        launchSft([](QWidget& dialog) { type(dialog, "max_steps", QStringLiteral("6")); });
        const RunId id = runs().front();
        closeWindow();
        open();
        QCOMPARE(runs().front(), id);
        QTRY_VERIFY_WITH_TIMEOUT(state() == RunState::Done, kLongest);
        QCOMPARE(window().project()->runs().view(id)->last("step")->number("step"), 6.0);
    }

    void malformedOutputsBecomePairsAndADpoRun() {
        inDialog(window(), [this] { press(window(), {Qt::Key_G}, Qt::ControlModifier | Qt::ShiftModifier); },
                 [](QWidget& dialog) {
                     type(dialog, "threads", QStringLiteral("1"));
                     type(dialog, "max_new_tokens", QStringLiteral("12"));
                     setWindow(dialog, 100, 10, QStringLiteral("document_name"));
                     for (QComboBox* box : dialog.findChildren<QComboBox*>())
                         if (box->accessibleName() == QLatin1String("Contracts of"))
                             box->setCurrentText(QStringLiteral("validation"));
                     QTest::keyClick(&dialog, Qt::Key_Return);
                 });
        awaitLaunch();
        QTRY_VERIFY_WITH_TIMEOUT(state() == RunState::Done, kLongest);
        QTRY_VERIFY(window().actions().find(QStringLiteral("runs.mine"))->isEnabled());
        press(window(), {Qt::Key_M}, Qt::ControlModifier);
        QTRY_VERIFY(!window().messages().texts().isEmpty() && window().messages().texts().last().startsWith(QStringLiteral("Malformed outputs found: ")));
        const auto pairs = window().project()->store().preferences().all();
        QVERIFY(pairs.ok() && !pairs->empty()); // twelve tokens are never a whole answer

        inDialog(window(), [this] { press(window(), {Qt::Key_N}, Qt::ControlModifier | Qt::ShiftModifier); },
                 [](QWidget& dialog) {
                     tiny(dialog);
                     type(dialog, "max_steps", QStringLiteral("2"));
                     QTest::keyClick(&dialog, Qt::Key_Return);
                 });
        awaitLaunch();
        QTRY_VERIFY_WITH_TIMEOUT(state() == RunState::Done, kLongest);
        QTRY_VERIFY(page().findChild<QLabel*>(QStringLiteral("runSummary"))->text().contains(QStringLiteral("dpo")));
    }

    void theListIsWalkedWithTheArrows() {
        auto* list = page().findChild<QListView*>(QStringLiteral("runList"));
        list->setFocus();
        press(window(), {Qt::Key_Home});
        const QString first = page().findChild<QLabel*>(QStringLiteral("runSummary"))->text();
        press(window(), {Qt::Key_End});
        QVERIFY(page().findChild<QLabel*>(QStringLiteral("runSummary"))->text() != first);
    }

private:
    static void tiny(QWidget& dialog) {
        type(dialog, "lora_rank", QStringLiteral("2"));
        type(dialog, "micro_batch", QStringLiteral("1"));
        type(dialog, "accumulation", QStringLiteral("1"));
        type(dialog, "epochs", QStringLiteral("1000"));
        type(dialog, "threads", QStringLiteral("1"));
        type(dialog, "dtype", QStringLiteral("f32"));
    }

    void launchSft(const std::function<void(QWidget&)>& fill) {
        inDialog(window(), [this] { press(window(), {Qt::Key_N}, Qt::ControlModifier); },
                 [&](QWidget& dialog) {
                     tiny(dialog);
                     setWindow(dialog, 120, 20, QStringLiteral("document_name, agreement_date"));
                     fill(dialog);
                     QTest::keyClick(&dialog, Qt::Key_Return);
                 });
        awaitLaunch();
    }

    // The data is written in a job.
    void awaitLaunch() { QTRY_VERIFY_WITH_TIMEOUT(!window().status().hasJob(QStringLiteral("launch")), kLongest); }

    void open() {
        m_fixture->openWindow(m_project);
        press(window(), {Qt::Key_5}, Qt::ControlModifier);
        QCOMPARE(window().currentPage()->id(), QStringLiteral("runs"));
    }

    Page& page() { return *window().currentPage(); }
    const std::vector<RunId>& runs() { return window().project()->runs().runs(); }
    RunState state() { return runs().empty() ? RunState::Waiting : window().project()->runs().view(runs().front())->state; }
};

QTEST_MAIN(TestRunsJourney)
#include "test_runs_journey.moc"
