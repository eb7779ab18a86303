// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The whole demo with the real worker: every step runs, the scores are there, nothing is dressed up.
#include "app/services/demo.h"
#include "app/services/result_qt.h"
#include "core/run/run_folder.h"
#include "tests/support/project_fixture.h"

#include <QDir>

using namespace cw;

class TestDemo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theWholeLoopRuns();
    void aDemoIsNotRunOverAnother();
    void aCancelledDemoSaysSo();

private:
    QTemporaryDir m_folder;
    SystemClock m_clock;
};

void TestDemo::initTestCase() {
    if (qEnvironmentVariableIsEmpty("CLAUSEWRIGHT_WORKER"))
        QSKIP("Clausewright was built without training, so the demo did not run.");
}

void TestDemo::theWholeLoopRuns() {
    const auto report = runDemo(m_folder.path(), test::ana(), m_clock, [](int, int, const QString&) { return true; });
    CW_VERIFY(report);
    QCOMPARE(report->scores.size(), size_t{6}); // three models, free and constrained
    for (const DemoScore& score : report->scores) {
        QVERIFY(score.outputs > 0);
        QVERIFY(score.accuracy >= 0 && score.accuracy <= 1);
        if (score.mode == "constrained")
            QCOMPARE(score.validRate, 1.0); // V4, always
    }
    QVERIFY(report->pairs > 0);
    const auto html = readFile(report->report.toStdString());
    CW_VERIFY(html);
    for (const char* words : {"Base model", "After SFT", "After DPO", "children"})
        QVERIFY2(html->find(words) != std::string::npos, words);
    const auto session = StoreSession::open(report->project, OpenMode::ViewOnly, StoreSession::Fallback::None, test::ana(), m_clock);
    CW_VERIFY(session);
    const auto runs = (*session)->store().runs().all();
    QCOMPARE(runs->size(), size_t{6});
    for (const RunRecord& run : *runs) {
        const RunFolder folder((*session)->store().folder() / run.folder);
        QVERIFY(folder.state(m_clock) == RunState::Done);
        // Every row fits the model's context: none is left out.
        const std::vector<RunEvent> events = EventTail(folder.events()).poll();
        for (const RunEvent& event : events)
            QVERIFY2(event.kind != "row", event.text("text").c_str());
    }
}

void TestDemo::aDemoIsNotRunOverAnother() {
    const auto again = runDemo(m_folder.path(), test::ana(), m_clock, [](int, int, const QString&) { return true; });
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::BadUsage);
}

void TestDemo::aCancelledDemoSaysSo() {
    const QTemporaryDir folder;
    const auto cancelled = runDemo(folder.path(), test::ana(), m_clock, [](int, int, const QString&) { return false; });
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
    QVERIFY(QDir(folder.path()).isEmpty());
}

QTEST_GUILESS_MAIN(TestDemo)
#include "test_demo.moc"
