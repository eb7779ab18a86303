// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/demo.h"

#include "app/services/evaluation_service.h"
#include "app/services/pair_service.h"
#include "app/services/result_qt.h"
#include "app/services/run_launch.h"
#include "app/services/run_wait.h"
#include "core/base/file.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>

#include <filesystem>

namespace cw {

namespace {

constexpr const char* kNote =
    "The model behind these scores has 260,000 parameters and learnt its English from children's stories. It can't understand a contract, "
    "and a few dozen training steps don't change that: the scores show that every step of the path runs, not what a trained model can do. "
    "Its stories had no braces, so its free answers are hardly ever JSON. Take a real base model for real scores. Valid JSON under "
    "constrained decoding is forced by the grammar, not learnt.";

// What the sample asks for: the three types that most of its contracts have. The tiny model's 512 tokens are few for English, and it
// spends several on a brace: the prompt's own words take about 270 of them, 130 bytes of contract up to 150, the answer 88.
DatasetOptions demoData() {
    DatasetOptions data;
    data.only = {"document_name", "agreement_date", "governing_law"};
    data.chunk = {105, 15, ChunkStrategy::Section, 0}; // no room for a stub
    return data;
}

// Outputs to mine come from fewer windows without a clause: each costs an answer, and most of those windows look alike.
DatasetOptions miningData() {
    DatasetOptions data = demoData();
    data.negatives = 0.1;
    return data;
}

RunSpec baseSpec(RunKind kind, const std::string& name) {
    RunSpec spec = defaultSpec(kind);
    spec.name = name;
    spec.model = kSampleModel;
    spec.dtype = "f32"; // with one thread: the same numbers on every machine, and no slower for so small a model
    spec.threads = 1;
    return spec;
}

RunSpec sftSpec() {
    RunSpec spec = baseSpec(RunKind::Sft, "SFT");
    spec.loraRank = 16;
    spec.loraAlpha = 32;
    spec.loraDropout = 0;
    spec.learningRate = 5e-3;
    spec.microBatch = 8;
    spec.accumulation = 1;
    spec.epochs = 100;
    spec.maxSteps = 60;
    return spec;
}

RunSpec dpoSpec(const std::string& adapter) {
    RunSpec spec = baseSpec(RunKind::Dpo, "DPO");
    spec.adapter = adapter;
    spec.loraRank = 16;
    spec.loraAlpha = 32;
    spec.loraDropout = 0;
    spec.learningRate = 3e-5;
    spec.microBatch = 4;
    spec.accumulation = 1;
    spec.epochs = 100;
    spec.maxSteps = 30;
    return spec;
}

RunSpec answerSpec(RunKind kind, const std::string& name, const std::string& adapter, const char* decoding) {
    RunSpec spec = baseSpec(kind, name);
    spec.adapter = adapter;
    spec.decoding = decoding;
    spec.maxNewTokens = 76;
    spec.batch = 16;
    return spec;
}

std::vector<DemoScore> scoresOf(const std::string& model, const ScoredRun& run) {
    std::vector<DemoScore> out;
    for (const auto& [mode, evaluation] : run.byMode) {
        const Tally& total = evaluation.strict.total;
        out.push_back({model, mode, static_cast<int>(evaluation.outputs.size()), evaluation.validRate(), total.accuracy(),
                       total.nullBaseline(), total.presentAccuracy(), total.f1()});
    }
    return out;
}

// One demo on its way.
class Demo {
public:
    Demo(StoreSession& session, const Clock& clock, const ImportProgress& goOn) : m_session(session), m_clock(clock), m_goOn(goOn) {}

    Status go() {
        CW_TRY(evaluateModel("Base model", ""));
        CW_TRY_ASSIGN(sft, run("Supervised fine-tuning", {sftSpec(), demoData(), Side::Test, true}));
        CW_TRY(evaluateModel("After SFT", sft.adapter().string()));
        CW_TRY(mine(sft.adapter().string()));
        CW_TRY_ASSIGN(dpo, run("Preference training", {dpoSpec(sft.adapter().string()), demoData(), Side::Test, true}));
        return evaluateModel("After DPO", dpo.adapter().string());
    }

    int pairs() const { return m_pairs; }
    const std::vector<DemoScore>& scores() const { return m_scores; }
    const std::vector<ReportRun>& runs() const { return m_runs; }

private:
    // Tells where the demo is. True as long as nobody wants it to end.
    bool tell(int done, int total, const std::string& what) {
        m_done = done;
        m_total = total;
        m_cancelled = m_cancelled || !m_goOn(done, total, toQString(what));
        return !m_cancelled;
    }

    // Starts a run and waits for its end; anything but done is an error.
    Result<RunFolder> run(const std::string& title, const RunRequest& request) {
        tell(0, 0, title);
        CW_TRY_ASSIGN(prepared, prepareRun(m_session, request));
        CW_TRY(m_session.store().runs().add(prepared.record));
        CW_TRY(startWorker(prepared.folder));
        std::string failure;
        const auto hear = [&](const RunEvent& event) {
            const bool step = event.kind == "step";
            if (step || event.kind == "progress")
                tell(static_cast<int>(event.number(step ? "step" : "done")), static_cast<int>(event.number(step ? "steps" : "total")), title);
            if (event.kind == "end")
                failure = event.text("error");
        };
        const auto cancelled = [&] { return !tell(m_done, m_total, title); };
        const RunState state = waitForRun(prepared.folder, m_clock, hear, cancelled);
        if (m_cancelled)
            return Error{ErrorCode::Cancelled, "The demo was cancelled.", ""};
        if (state != RunState::Done)
            return Error{ErrorCode::Failed, title + " ended as " + std::string(toString(state)) + ". " + failure,
                         "See " + (prepared.folder.root() / "worker.log").string() + "."};
        if (request.spec.kind == RunKind::Sft || request.spec.kind == RunKind::Dpo)
            CW_TRY(registerAdapter(m_session, prepared.record, request.spec));
        return prepared.folder;
    }

    Status evaluateModel(const std::string& model, const std::string& adapter) {
        const RunSpec spec = answerSpec(RunKind::Evaluate, "Evaluation: " + model, adapter, "both");
        CW_TRY_ASSIGN(folder, run("Evaluation: " + model, {spec, demoData(), Side::Test, true}));
        CW_TRY_ASSIGN(scored, scoreRun(folder));
        for (DemoScore& score : scoresOf(model, *scored))
            m_scores.push_back(std::move(score));
        m_runs.push_back({model, std::move(scored)});
        return {};
    }

    // Pairs from what the trained model gets wrong on the contracts that it learns from.
    Status mine(const std::string& adapter) {
        const RunSpec spec = answerSpec(RunKind::Generate, "Outputs to mine", adapter, "free");
        CW_TRY_ASSIGN(folder, run("Outputs to mine", {spec, miningData(), Side::Train, true}));
        CW_TRY_ASSIGN(report, minePairs(m_session, folder, {true, true}));
        m_pairs = report.added;
        return {};
    }

    StoreSession& m_session;
    const Clock& m_clock;
    const ImportProgress& m_goOn;
    bool m_cancelled = false;
    int m_done = 0, m_total = 0;
    int m_pairs = 0;
    std::vector<DemoScore> m_scores;
    std::vector<ReportRun> m_runs;
};

} // namespace

Result<DemoReport> runDemo(const QString& folder, const Identity& identity, const Clock& clock, const ImportProgress& goOn) {
    QElapsedTimer time;
    time.start();
    DemoReport report;
    const QString root = QDir(folder).absolutePath();
    report.project = root + QStringLiteral("/demo.clausewright");
    report.report = root + QStringLiteral("/report.html");
    report.note = kNote;
    if (QFileInfo::exists(report.project))
        return Error{ErrorCode::BadUsage, toStdString(QStringLiteral("There is a demo in %1 already.").arg(root)),
                     "Choose another folder, or delete that one."};
    CW_TRY_ASSIGN(session, createSampleProject(report.project, identity, clock, goOn));
    Demo demo(*session, clock, goOn);
    CW_TRY(demo.go());
    const std::string html = htmlReport("Clausewright demo", kNote, demo.runs());
    CW_TRY(writeFileAtomically(std::filesystem::path(toStdString(report.report)), html));
    report.pairs = demo.pairs();
    report.scores = demo.scores();
    report.seconds = static_cast<double>(time.elapsed()) / 1000;
    return report;
}

} // namespace cw
