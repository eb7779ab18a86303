// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs from a shell: plan, resume, the ledger's figures and comparisons. The runs are as a worker leaves them; the real worker is run by
// test_cli.
#include "app/services/result_qt.h"
#include "app/services/sample_project.h"
#include "tests/support/cli.h"
#include "tests/support/evaluation_fixture.h"
#include "tests/support/project_fixture.h"
#include "tests/support/run_fixture.h"

#include <nlohmann/json.hpp>

using namespace cw;
using namespace cw::test;
using Json = nlohmann::json;

namespace {

RunSpec sweepSpec() {
    RunSpec spec = namedSpec(RunKind::Sweep, "ranks");
    spec.score = "f1";
    return spec;
}

RunEvent trialEvent(double number, double rank, double rate, double score) {
    return runEvent("trial", {{"trial", number}, {"trials", 3}, {"rank", rank}, {"lr", rate}, {"score", score}, {"loss", 0.5}, {"seconds", 60 * rank}, {"bytes", 1e6 * rank}});
}

} // namespace

class TestCliRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aPlanIsPrinted();
    void aPlanIsOneJsonDocument();
    void aPlanThatCantWorkEndsWithOne();
    void whatCantBePlannedEndsWithTwo();
    void theLedgerHasTheFiguresOfARun();
    void aRunShowsWhereItStands();
    void aStoppedRunIsResumed();
    void whatIsDoneIsNotResumed();
    void trainingRunsAreCompared();
    void theTrialsOfASweepAreRows();
    void evaluationsAreComparedCellByCell();
    void differentKindsAreNotCompared();
    void calibratingNeedsTheProjectToItself();

private:
    Ran run(const QStringList& words) { return ranCli(words, m_project); }
    // The session is closed again: the command line wants the project for itself.
    QString write(const RunSpec& spec, const std::vector<RunEvent>& events, std::optional<RunState> end = RunState::Done) {
        auto session = StoreSession::open(m_project, OpenMode::ReadWrite, StoreSession::Fallback::None, ana(), m_clock);
        if (!session)
            return {};
        const auto folder = writeRun(**session, spec, events, end);
        return folder ? toQString(folder->id().value) : QString();
    }
    QStringList plan(const QStringList& more = {}) const {
        return QStringList{QStringLiteral("plan"), QStringLiteral("sft"), QStringLiteral("--set"), QStringLiteral("model=stories260k"),
                           QStringLiteral("--only"), QStringLiteral("document_name"), QStringLiteral("--strategy"), QStringLiteral("section"),
                           QStringLiteral("--window"), QStringLiteral("120")} + more;
    }
    QString writeEvaluation(const std::string& name, const std::vector<OutputRow>& outputs);

    QTemporaryDir m_folder;
    QString m_project;
    SystemClock m_clock;
    std::unique_ptr<FakeWorker> m_worker;
};

void TestCliRuns::initTestCase() {
    m_project = m_folder.filePath(QStringLiteral("s.clausewright"));
    CW_VERIFY(createSampleProject(m_project, ana(), m_clock));
    m_worker = std::make_unique<FakeWorker>();
}

void TestCliRuns::aPlanIsPrinted() {
    const Ran planned = run(plan({QStringLiteral("--preflight")}));
    QVERIFY2(planned.code == 0, planned.err.constData());
    for (const char* words : {"steps           171", "1824 rows, 24 more are left out", "(5.6 %)", "37.3 GB of 80.0 GB", "activations  13.9 GB", "32 min at 11500 tokens/s",
                              "Four rows at once would fit", "licence-7", "Window 4 has 9,200 tokens"})
        QVERIFY2(planned.out.contains(words), (QByteArray(words) + " is missing in\n" + planned.out).constData());
    QVERIFY(!run(plan()).out.contains("licence-7"));
}

void TestCliRuns::aPlanIsOneJsonDocument() {
    const Json json = run(plan({QStringLiteral("--json"), QStringLiteral("--preflight")})).json();
    QCOMPARE(json["steps"].get<int>(), 171);
    QCOMPARE(json["parts"]["head"].get<double>(), 5.2e9);
    QCOMPARE(json["preflight"].size(), size_t{2});
    QCOMPARE(json["preflight"][1]["cut"].get<int>(), 9200);
    QVERIFY(!run(plan({QStringLiteral("--json")})).json().contains("preflight"));
}

void TestCliRuns::aPlanThatCantWorkEndsWithOne() {
    m_worker->refuses("The run needs 96 GB and the machine has 80 GB free.", "Lower max_length to 6,000.");
    const Ran refused = run(plan());
    const Ran inJson = run(plan({QStringLiteral("--json")}));
    m_worker->plans(somePlan(), somePreflight());
    QCOMPARE(refused.code, 1);
    QCOMPARE(refused.out, QByteArray());
    QCOMPARE(refused.err.trimmed(), QByteArray("The run needs 96 GB and the machine has 80 GB free. Lower max_length to 6,000."));
    QCOMPARE(inJson.code, 1);
    QVERIFY(inJson.json()["error"]["detail"].get<std::string>().find("96 GB") != std::string::npos);
}

void TestCliRuns::whatCantBePlannedEndsWithTwo() {
    QCOMPARE(run({QStringLiteral("plan"), QStringLiteral("evaluate"), QStringLiteral("--set"), QStringLiteral("model=stories260k")}).code, 2);
    QCOMPARE(run(plan({QStringLiteral("--set"), QStringLiteral("lora_rank=0")})).code, 2);
    QCOMPARE(run({QStringLiteral("plan"), QStringLiteral("sft"), QStringLiteral("--set"), QStringLiteral("model=nowhere")}).code, 3);
}

void TestCliRuns::theLedgerHasTheFiguresOfARun() {
    std::vector<RunEvent> events = steps(1, 12, 40);
    events.push_back(runEvent("validation", {{"step", 10}, {"loss", 1.9}, {"best", 1}}));
    const QString id = write(namedSpec(RunKind::Sft, "ledger"), events, std::nullopt);
    const Ran listed = run({QStringLiteral("runs")});
    QVERIFY2(listed.out.contains("12/40") && listed.out.contains("loss 1.9 at 10"), listed.out.constData());
    const Json all = run({QStringLiteral("runs"), QStringLiteral("--json")}).json();
    for (const Json& one : all["runs"])
        if (one["run"].get<std::string>() == toStdString(id)) {
            const Json& facts = one["facts"];
            QCOMPARE(facts["step"].get<int>(), 12);
            QCOMPARE(facts["tokens_per_s"].get<double>(), 11620.0);
            QCOMPARE(facts["labelled_per_s"].get<double>(), 992.0);
            QCOMPARE(facts["tflops"].get<double>(), 410.2);
            QCOMPARE(facts["best"]["value"].get<double>(), 1.9);
            QVERIFY(!facts.contains("eta_s")); // it is lost: nothing is left of its time
            return;
        }
    QFAIL("the run isn't listed");
}

void TestCliRuns::aRunShowsWhereItStands() {
    std::vector<RunEvent> events = steps(1, 12, 40);
    events.push_back(runEvent("resume", {{"step", 10}}));
    events.push_back(stepEvent(11, 40, 1.25));
    events.push_back(runEvent("outlier", {{"step", 11}, {"loss", 9}, {"z", 6.1}}, {{"text", "Step 11 stands out: msa-203."}}));
    const Ran shown = run({QStringLiteral("run-show"), write(namedSpec(RunKind::Sft, "shown"), events, RunState::Stopped)});
    QCOMPARE(shown.code, 0);
    for (const char* words : {"done               11/40", "share of peak      41.4 %", "TFLOP/s            410", "memory             37.3 GB", "resumed from       step 10",
                              "labelled tokens/s  991", "outlier: Step 11 stands out: msa-203.", "resumed from step 10"})
        QVERIFY2(shown.out.contains(words), (QByteArray(words) + " is missing in\n" + shown.out).constData());
}

void TestCliRuns::aStoppedRunIsResumed() {
    const QString id = write(namedSpec(RunKind::Sft, "halted"), steps(1, 6, 8), RunState::Stopped);
    m_worker->tells({runEvent("resume", {{"step", 5}}), stepEvent(6, 8, 1), stepEvent(7, 8, 0.9), stepEvent(8, 8, 0.8)});
    const Ran resumed = run({QStringLiteral("resume"), id.right(8), QStringLiteral("--wait")});
    QVERIFY2(resumed.code == 0, resumed.err.constData());
    QCOMPARE(resumed.out, id.toLatin1() + "\ndone\n");
    QVERIFY(resumed.err.contains("resumed from step 5"));
    QVERIFY2(!resumed.err.contains("step 4 of 8"), resumed.err.constData()); // what happened before is no news
    const Json facts = run({QStringLiteral("run-show"), id, QStringLiteral("--json")}).json()["facts"];
    QCOMPARE(facts["step"].get<int>(), 8);
    QCOMPARE(facts["resumed_from"][0].get<int>(), 5);
}

void TestCliRuns::whatIsDoneIsNotResumed() {
    const QString id = write(namedSpec(RunKind::Sft, "over"), steps(1, 2, 2));
    const Ran refused = run({QStringLiteral("resume"), id});
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("is done: nothing of it is left to do."), refused.err.constData());
    QCOMPARE(run({QStringLiteral("resume"), QStringLiteral("nobody")}).code, 3);
}

void TestCliRuns::trainingRunsAreCompared() {
    RunSpec high = namedSpec(RunKind::Sft, "high");
    high.learningRate = 4e-4;
    std::vector<RunEvent> events = steps(1, 4, 4);
    events.push_back(runEvent("validation", {{"step", 4}, {"loss", 1.5}, {"best", 1}}));
    const QString first = write(namedSpec(RunKind::Sft, "low"), steps(1, 4, 4)), second = write(high, events);
    const Ran compared = run({QStringLiteral("compare"), first, second});
    QVERIFY2(compared.code == 0, compared.err.constData());
    QVERIFY2(compared.out.contains("1 of ") && compared.out.contains("Learning rate  2e-4  4e-4"), compared.out.constData());
    const Json json = run({QStringLiteral("compare"), first, second, QStringLiteral("--json")}).json();
    QCOMPARE(json["outcomes"].size(), size_t{2});
    QCOMPARE(json["outcomes"][1]["validation_loss"].get<double>(), 1.5);
    QCOMPARE(json["outcomes"][1]["best"]["step"].get<int>(), 4);
    QCOMPARE(json["outcomes"][0]["tokens_per_s"].get<double>(), 11530.0); // the middle one of four
    QVERIFY(!json["outcomes"][0].contains("validation_loss"));
    QCOMPARE(json["differing"].size(), size_t{1});
}

void TestCliRuns::theTrialsOfASweepAreRows() {
    const QString id = write(sweepSpec(), {trialEvent(1, 8, 2e-4, 0.71), trialEvent(2, 16, 2e-4, 0.78), trialEvent(3, 32, 2e-4, 0.74)});
    const Ran compared = run({QStringLiteral("compare"), id});
    QVERIFY2(compared.out.contains("ranks, trial 2 (best)") && compared.out.contains("f1 0.78"), compared.out.constData());
    const Json json = run({QStringLiteral("compare"), id, QStringLiteral("--json")}).json();
    QCOMPARE(json["outcomes"].size(), size_t{3});
    QCOMPARE(json["outcomes"][1]["best_trial"].get<bool>(), true);
    QCOMPARE(json["outcomes"][0]["best_trial"].get<bool>(), false);
    QCOMPARE(json["outcomes"][2]["adapter_bytes"].get<double>(), 32e6);
}

QString TestCliRuns::writeEvaluation(const std::string& name, const std::vector<OutputRow>& outputs) {
    const QString id = write(namedSpec(RunKind::Evaluate, name), {});
    const RunFolder folder(std::filesystem::path(m_project.toStdString()) / "runs" / id.toStdString());
    std::vector<GoldRow> gold = threeContracts();
    gold[0].language = "en-GB";
    gold[1].language = gold[2].language = "en-US";
    (void)writeFileAtomically(folder.taxonomy(), defaultTaxonomy().toJson()).ok();
    (void)writeFileAtomically(folder.gold(), toLines(gold)).ok();
    (void)writeFileAtomically(folder.predictions(), toLines(outputs)).ok();
    return id;
}

void TestCliRuns::evaluationsAreComparedCellByCell() {
    std::vector<OutputRow> after = threeOutputs();
    after[0] = outputRow("alpha", Findings{{"governing_law", found("governed by the laws of England", std::string("GB-EAW"))}});
    const QString before = writeEvaluation("before", threeOutputs()), later = writeEvaluation("after", after);
    const Ran compared = run({QStringLiteral("compare"), before, later});
    QVERIFY2(compared.code == 0, compared.err.constData());
    for (const char* words : {"after against before", "en-GB", "worse: document_name, 1 broken and 0 fixed of 3", "broken: alpha document_name, missed"})
        QVERIFY2(compared.out.contains(words), (QByteArray(words) + " is missing in\n" + compared.out).constData());
    const Json slices = run({QStringLiteral("compare"), before, later, QStringLiteral("--json")}).json()["pairs"][0]["slices"];
    QCOMPARE(slices.size(), size_t{3}); // all, en-GB, en-US
    QCOMPARE(slices[0]["fixed"].get<int>(), 2);
    QCOMPARE(slices[0]["broken"].get<int>(), 1);
    QCOMPARE(slices[1]["slice"].get<std::string>(), std::string("en-GB"));
    QCOMPARE(slices[1]["change"].get<double>(), 0.25); // of alpha's four cells
    QCOMPARE(slices[2]["change"].get<double>(), 0.0);
    QCOMPARE(run({QStringLiteral("compare"), before}).code, 2);
}

void TestCliRuns::differentKindsAreNotCompared() {
    const QString training = write(namedSpec(RunKind::Sft, "one"), {}), evaluation = write(namedSpec(RunKind::Evaluate, "two"), {});
    QCOMPARE(run({QStringLiteral("compare"), training, evaluation}).code, 2);
}

void TestCliRuns::calibratingNeedsTheProjectToItself() {
    const QString evaluation = writeEvaluation("calibrated", threeOutputs());
    QCOMPARE(run({QStringLiteral("calibrate"), evaluation}).code, 2); // it has no adapter
    const auto session = StoreSession::open(m_project, OpenMode::ReadWrite, StoreSession::Fallback::None, ana(), m_clock);
    QVERIFY(session.ok());
    const Ran refused = run({QStringLiteral("calibrate"), evaluation});
    QCOMPARE(refused.code, 4);
    QVERIFY2(refused.err.contains("Ana"), refused.err.constData()); // who holds it
}

QTEST_GUILESS_MAIN(TestCliRuns)
#include "test_cli_runs.moc"
