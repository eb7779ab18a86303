// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Slices, shifts and warm starts from a shell.
#include "app/services/result_qt.h"
#include "app/services/run_dataset.h"
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

const std::string kContract = "SUPPLY AGREEMENT\n\nThis Agreement is made as of April 3, 2024. It shall be governed by the laws of the State of Ohio.\n";

std::string output(const std::string& name, const std::string& date) {
    return "{\"contract\":\"" + name + "\",\"output\":\"{\\\"document_name\\\":{\\\"q\\\":[\\\"SUPPLY AGREEMENT\\\"]},\\\"agreement_date\\\":{\\\"q\\\":[\\\"" + date +
           "\\\"],\\\"v\\\":\\\"2024-04-03\\\"}}\"}" + "\n";
}

} // namespace

class TestCliSlices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aRunIsScoredBySlices();
    void slicesAreOneJsonDocument();
    void whatCantBeSlicedSaysWhy();
    void contractsAreShifted();
    void aShiftReplacesTheOneBefore();
    void aNameThatIsNoTransformIsSaid();
    void shiftedAnswersAreScored();
    void aRunAsksAboutShiftedContracts();
    void aWarmStartIsToldBeforeAndAfter();
    void aSideThatIsNotEvaluatedIsNoSuccess();
    void whatIsNoWarmStartIsSaid();

private:
    Ran run(const QStringList& words) { return ranCli(words, m_project); }
    // The session is closed again: the command line wants the project for itself.
    RunFolder write(const RunSpec& spec, const std::string& split = "default") {
        auto session = StoreSession::open(m_project, OpenMode::ReadWrite, StoreSession::Fallback::None, ana(), m_clock);
        auto folder = session ? writeRun(**session, spec, {}, RunState::Done, split) : Result<RunFolder>(session.error());
        return folder ? std::move(*folder) : RunFolder({});
    }
    RunFolder writeEvaluation(RunSpec spec, const std::vector<OutputRow>& outputs) {
        const RunFolder folder = write(spec);
        std::vector<GoldRow> gold = threeContracts();
        gold[0].language = "en-GB";
        gold[1].language = gold[2].language = "en-US";
        RunRequest request;
        request.spec = std::move(spec);
        (void)writeDatasetChoice(folder, request).ok();
        (void)writeFileAtomically(folder.taxonomy(), defaultTaxonomy().toJson()).ok();
        (void)writeFileAtomically(folder.gold(), toLines(gold)).ok();
        (void)writeFileAtomically(folder.predictions(), toLines(outputs)).ok();
        return folder;
    }
    static QString idOf(const RunFolder& folder) { return toQString(folder.id().value); }
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    void put(const char* name, const std::string& bytes) const { (void)writeFileAtomically(path(name).toStdString(), bytes).ok(); }
    QStringList shiftWords() const {
        return {QStringLiteral("shift"), QStringLiteral("--gold"), path("gold.jsonl"), QStringLiteral("--texts"), path("texts"), QStringLiteral("--out"), path("shifted")};
    }

    QTemporaryDir m_folder;
    QString m_project;
    SystemClock m_clock;
    std::unique_ptr<FakeWorker> m_worker;
};

void TestCliSlices::initTestCase() {
    m_project = m_folder.filePath(QStringLiteral("s.clausewright"));
    CW_VERIFY(createSampleProject(m_project, ana(), m_clock));
    m_worker = std::make_unique<FakeWorker>();
    CW_VERIFY(makeFolder(path("texts").toStdString()));
    std::string gold;
    for (const std::string name : {"a", "b"}) {
        put(("texts/" + name + ".txt").c_str(), kContract);
        gold += "{\"contract\":\"" + name + "\",\"clauses\":{\"document_name\":{\"q\":[\"SUPPLY AGREEMENT\"]},\"agreement_date\":{\"q\":[\"April 3, 2024\"],\"v\":\"2024-04-03\"}}}" + "\n";
    }
    put("gold.jsonl", gold);
}

void TestCliSlices::aRunIsScoredBySlices() {
    const QString id = idOf(writeEvaluation(namedSpec(RunKind::Evaluate, "one"), threeOutputs()));
    const Ran sliced = run({QStringLiteral("slices"), id});
    QVERIFY2(sliced.code == 0, sliced.err.constData());
    for (const char* words : {"all contracts", "Language", "en-GB", "too few", "Governing law", "Accuracy of en-GB less that of en-US: -25.0 points", "none is worse than the rest"})
        QVERIFY2(sliced.out.contains(words), (QByteArray(words) + " is missing in\n" + sliced.out).constData());
}

void TestCliSlices::slicesAreOneJsonDocument() {
    const QString id = idOf(writeEvaluation(namedSpec(RunKind::Evaluate, "two"), threeOutputs()));
    const Json json = run({QStringLiteral("slices"), id, QStringLiteral("--json"), QStringLiteral("--rules"), QStringLiteral("compat")}).json();
    QCOMPARE(json["rules"].get<std::string>(), std::string("compat"));
    QCOMPARE(json["all"]["contracts"].get<int>(), 3);
    QVERIFY(json["slices"].size() >= 4);
    QCOMPARE(json["gaps"][0]["contracts"][1].get<int>(), 2);
}

void TestCliSlices::whatCantBeSlicedSaysWhy() {
    const QString id = idOf(writeEvaluation(namedSpec(RunKind::Evaluate, "three"), threeOutputs()));
    QCOMPARE(run({QStringLiteral("slices"), id, QStringLiteral("--mode"), QStringLiteral("constrained")}).code, 2);
    QCOMPARE(run({QStringLiteral("slices"), id, QStringLiteral("--rules"), QStringLiteral("loose")}).code, 2);
    QCOMPARE(run({QStringLiteral("slices"), id, QStringLiteral("--conditions"), QStringLiteral("4")}).code, 2);
}

void TestCliSlices::contractsAreShifted() {
    const Ran shifted = run(shiftWords() + QStringList{QStringLiteral("--json")});
    QVERIFY2(shifted.code == 0, shifted.err.constData());
    const Json json = shifted.json();
    QCOMPARE(json["of"].get<int>(), 2);
    QCOMPARE(json["transforms"].size(), size_t{15});
    QCOMPARE(json["transforms"][0]["transform"].get<std::string>(), std::string("day_first"));
    QCOMPARE(json["transforms"][0]["contracts"].get<int>(), 2);
    QCOMPARE(json["transforms"][1]["contracts"].get<int>(), 0);
    QCOMPARE(json["transforms"][1]["left_out"][0]["contracts"].get<int>(), 2);
    QVERIFY(!QFile::exists(path("shifted/numeric_dates")));
    const std::string text = *readFile(path("shifted/day_first/texts/a.txt").toStdString());
    QVERIFY(text.find("as of 3 April 2024.") != std::string::npos);
    // What `score` reads: the gold itself as an answer is right.
    put("perfect.jsonl", output("a", "3 April 2024") + output("b", "3 April 2024"));
    const Json score = run({QStringLiteral("score"), QStringLiteral("--gold"), path("shifted/day_first/gold.jsonl"), QStringLiteral("--texts"), path("shifted/day_first/texts"),
                            QStringLiteral("--predictions"), path("perfect.jsonl"), QStringLiteral("--json")}).json();
    QCOMPARE(score["strict"]["tp"].get<int>(), 4);
    QCOMPARE(score["validity"]["V5"].get<int>(), 2);
}

void TestCliSlices::aShiftReplacesTheOneBefore() {
    const QStringList dayFirst = shiftWords() + QStringList{QStringLiteral("--transform"), QStringLiteral("day_first")};
    QCOMPARE(run(dayFirst).code, 0);
    QVERIFY(QFile::exists(path("shifted/day_first/texts/b.txt")));
    put("shifted/day_first/notes.md", "mine");
    const std::string gold = *readFile(path("gold.jsonl").toStdString());
    put("gold.jsonl", gold.substr(0, gold.find('\n') + 1)); // a alone
    QCOMPARE(run(dayFirst).code, 0);
    QVERIFY(QFile::exists(path("shifted/day_first/texts/a.txt")) && !QFile::exists(path("shifted/day_first/texts/b.txt")));
    put("texts/a.txt", "SUPPLY AGREEMENT\n\nThis Agreement has no date, 2024-04-03 or other.\n");
    put("gold.jsonl", R"({"contract":"a","clauses":{"document_name":{"q":["SUPPLY AGREEMENT"]}}})" "\n");
    const Ran none = run(dayFirst + QStringList{QStringLiteral("--json")}); // it applies to no contract any more
    QCOMPARE(none.json()["transforms"][0]["contracts"].get<int>(), 0);
    for (const char* gone : {"gold.jsonl", "edits.jsonl", "prompts.jsonl", "taxonomy.json", "texts"})
        QVERIFY2(!QFile::exists(path("shifted/day_first/") + QLatin1String(gone)), gone);
    QCOMPARE(*readFile(path("shifted/day_first/notes.md").toStdString()), std::string("mine"));
    QCOMPARE(QDir(path("shifted")).entryList({QStringLiteral(".*")}, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    QFile::remove(path("shifted/day_first/notes.md"));
    put("texts/a.txt", kContract);
    put("gold.jsonl", gold);
}

void TestCliSlices::aNameThatIsNoTransformIsSaid() {
    const Ran none = run(shiftWords() + QStringList{QStringLiteral("--transform"), QStringLiteral("german")});
    QCOMPARE(none.code, 2);
    QVERIFY(none.err.contains("all or one of day_first"));
    QCOMPARE(run({QStringLiteral("shift")}).code, 2);
}

void TestCliSlices::shiftedAnswersAreScored() {
    QCOMPARE(run(shiftWords()).code, 0);
    put("before.jsonl", output("a", "April 3, 2024") + output("b", "April 3, 2024"));
    put("after.jsonl", output("a", "3 April 2024") + "{\"contract\":\"b\",\"output\":\"{\\\"document_name\\\":{\\\"q\\\":[\\\"SUPPLY AGREEMENT\\\"]},\\\"agreement_date\\\":null}\"}" + "\n");
    const QStringList words{QStringLiteral("shift-score"), QStringLiteral("--gold"), path("gold.jsonl"), QStringLiteral("--texts"), path("texts"),
                            QStringLiteral("--predictions"), path("before.jsonl"), QStringLiteral("--shifted"), path("shifted/day_first"),
                            QStringLiteral("--shifted-predictions"), path("after.jsonl")};
    const Ran printed = run(words);
    QVERIFY2(printed.code == 0, printed.err.constData());
    QVERIFY2(printed.out.contains("changed: b agreement_date"), printed.out.constData());
    const Json json = run(words + QStringList{QStringLiteral("--json")}).json();
    QCOMPARE(json["invariant"]["kept"].get<int>(), 3);
    QCOMPARE(json["invariant"]["of"].get<int>(), 4);
    QCOMPARE(json["contracts_kept"]["kept"].get<int>(), 1);
    QCOMPARE(json["faults"][0]["expected"]["v"].get<std::string>(), std::string("2024-04-03"));
    put("texts/a.txt", "other words");
    QCOMPARE(run(words).code, 3);
    put("texts/a.txt", kContract);

    // What of either file can't be used is said, and is no success.
    const std::string after = *readFile(path("after.jsonl").toStdString());
    put("after.jsonl", after + "no JSON\n");
    const Ran faulty = run(words);
    QCOMPARE(faulty.code, 3);
    QVERIFY2(faulty.out.contains("after.jsonl") && faulty.out.contains("line 3"), faulty.out.constData());
    QVERIFY2(faulty.err.contains("after.jsonl, line 3"), faulty.err.constData());
    QCOMPARE(run(words + QStringList{QStringLiteral("--json")}).json()["shifted_input"]["bad_lines"][0]["line"].get<int>(), 3);
    put("after.jsonl", after);
    put("before.jsonl", output("a", "April 3, 2024"));
    const Ran missing = run(words);
    QVERIFY2(missing.out.contains("missing: b"), missing.out.constData());
    // Two ways of decoding are no comparison.
    OutputRow constrained = outputRow("a", R"({"document_name":{"q":["SUPPLY AGREEMENT"]},"agreement_date":null})");
    constrained.meta.request.keys = {"document_name", "agreement_date"};
    constrained.meta.window = {};
    constrained.constrained = true;
    put("before.jsonl", toLine(constrained) + "\n");
    const Ran mixed = run(words);
    QCOMPARE(mixed.code, 3);
    QVERIFY2(mixed.err.contains("constrained"), mixed.err.constData());
    QCOMPARE(run({QStringLiteral("shift-score")}).code, 2);
}

void TestCliSlices::aRunAsksAboutShiftedContracts() {
    QCOMPARE(run(shiftWords()).code, 0);
    const QStringList asks{QStringLiteral("run"), QStringLiteral("generate"), QStringLiteral("--set"), QStringLiteral("model=stories260k"), QStringLiteral("--json"), QStringLiteral("--data")};
    const Ran begun = run(asks + QStringList{path("shifted/day_first")});
    QVERIFY2(begun.code == 0, begun.err.constData());
    const QString id = QString::fromStdString(begun.json()["run"].get<std::string>());
    const RunFolder folder(std::filesystem::path(m_project.toStdString()) / "runs" / id.toStdString());
    const auto prompts = readChatRows(folder.prompts());
    CW_VERIFY(prompts);
    QCOMPARE(prompts->size(), size_t{2});
    QVERIFY((*prompts)[0].user.find("3 April 2024") != std::string::npos);
    QCOMPARE(*readFile(folder.gold()), *readFile(path("shifted/day_first/gold.jsonl").toStdString()));
    QCOMPARE(*readFile(folder.text(ContractId("b"))), *readFile(path("shifted/day_first/texts/b.txt").toStdString()));
    QVERIFY(run(asks + QStringList{path("texts")}).code != 0); // no such folder's files
    QCOMPARE(run({QStringLiteral("run"), QStringLiteral("sft"), QStringLiteral("--data"), path("shifted/day_first")}).code, 2);
}

void TestCliSlices::aWarmStartIsToldBeforeAndAfter() {
    const RunFolder first = write(namedSpec(RunKind::Sft, "first"));
    RunSpec spec = namedSpec(RunKind::Sft, "retuned");
    spec.adapter = first.adapter().string();
    const RunFolder second = write(spec);
    const Ran missing = run({QStringLiteral("before-after"), idOf(second)});
    QCOMPARE(missing.code, 1);
    QVERIFY2(missing.out.contains("Still to be evaluated: run evaluate --set model="), missing.out.constData());
    RunSpec evaluation = namedSpec(RunKind::Evaluate, "before");
    evaluation.adapter = first.adapter().string();
    (void)writeEvaluation(evaluation, threeOutputs());
    evaluation.name = "after";
    evaluation.adapter = second.adapter().string();
    std::vector<OutputRow> better = threeOutputs();
    better[0] = outputRow("alpha", Findings{{"governing_law", found("governed by the laws of England", std::string("GB-EAW"))}});
    (void)writeEvaluation(evaluation, better);
    const Ran told = run({QStringLiteral("before-after"), idOf(second)});
    QVERIFY2(told.code == 0, told.out + told.err);
    for (const char* words : {"after against before", "en-GB less en-US: -25.0 points before", "The score is known to"})
        QVERIFY2(told.out.contains(words), (QByteArray(words) + " is missing in\n" + told.out).constData());
    const Json json = run({QStringLiteral("before-after"), idOf(second), QStringLiteral("--json")}).json();
    QCOMPARE(json["sides"][0]["slices"].size(), size_t{3});
    QVERIFY(json["sides"][0]["slices"][0]["contracts_for_2_5_points"].get<int>() > 3);
    QCOMPARE(json["sides"][0]["gaps"][0]["change"].get<double>(), 0.25);
    QVERIFY(json["missing"].empty());
}

// The adapter learnt on one split and was retuned on another: two test sides, of which one is evaluated.
void TestCliSlices::aSideThatIsNotEvaluatedIsNoSuccess() {
    const RunFolder first = write(namedSpec(RunKind::Sft, "old split"));
    RunSpec spec = namedSpec(RunKind::Sft, "new split");
    spec.adapter = first.adapter().string();
    const RunFolder second = write(spec, "v2");
    RunSpec evaluation = namedSpec(RunKind::Evaluate, "old side, before");
    evaluation.adapter = first.adapter().string();
    (void)writeEvaluation(evaluation, threeOutputs());
    evaluation.name = "old side, after";
    evaluation.adapter = second.adapter().string();
    (void)writeEvaluation(evaluation, threeOutputs());
    const Ran told = run({QStringLiteral("before-after"), idOf(second)});
    QVERIFY2(told.out.contains("old side, after against old side, before"), told.out.constData());
    QVERIFY2(told.out.contains("--split v2 --side test"), told.out.constData());
    QCOMPARE(told.code, 1);
}

void TestCliSlices::whatIsNoWarmStartIsSaid() {
    const Ran none = run({QStringLiteral("before-after"), idOf(write(namedSpec(RunKind::Sft, "plain")))});
    QCOMPARE(none.code, 2);
    QVERIFY(none.err.contains("no finished training that went on from an adapter"));
}

QTEST_GUILESS_MAIN(TestCliSlices)
#include "test_cli_slices.moc"
