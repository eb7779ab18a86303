// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// `score` on files from elsewhere: what stands in them is told in text and in JSON, nothing leaves the denominator, and the exit code says so.
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/eval/calibration_file.h"
#include "tests/support/cli.h"
#include "tests/support/evaluation_fixture.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace cw;
using namespace cw::test;
using Json = nlohmann::json;

namespace {

std::string plain(const std::string& contract, const std::string& output) { return Json({{"contract", contract}, {"output", output}}).dump() + "\n"; }

std::string allNull() { return encodeAnswer(answerOf({})); }

} // namespace

class TestCliScore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aCleanFileEndsWithZero();
    void whatIsWrongIsListedInTextAndJson();
    void missingContractsAreListedAndWrong();
    void manyBadLinesAreCutInTextAlone();
    void hostileFilesTakeLittleMemory();
    void badGoldIsRefusedByLine();
    void anEmptyFileIsRefused();
    void thePapersNumbersArePrinted();
    void costStandsBesideQuality();
    void pricesMustBeAmounts();
    void anInterruptEndsItAsCancelled();
    void nearDuplicatesAmongTheTextsAreOneCluster();
    void acceptedAnswersCount();
    void aCalibrationMustBeOfTheWeights();

private:
    QString write(const QString& name, const std::string& bytes) {
        const QString file = m_folder.filePath(name);
        return writeFileAtomically(toStdString(file), bytes).ok() ? file : QString();
    }
    Ran score(const std::string& predictions, const QStringList& more = {}) {
        const QString file = write(QStringLiteral("predictions.jsonl"), predictions);
        return ranProgram(m_program, QStringList{QStringLiteral("score"), QStringLiteral("--gold"), m_gold, QStringLiteral("--predictions"), file} + more);
    }

    QTemporaryDir m_folder;
    QString m_gold, m_texts;
    const QString m_program = QStringLiteral(CW_BINARY_DIR "/bin/clausewright-cli");
    const QString m_json = QStringLiteral("--json");
};

void TestCliScore::initTestCase() {
    m_gold = write(QStringLiteral("gold.jsonl"), toLines(threeContracts()));
    m_texts = m_folder.filePath(QStringLiteral("texts"));
    QVERIFY(QDir().mkpath(m_texts));
    for (const char* contract : {"alpha", "beta", "gamma"})
        QVERIFY(!write(QStringLiteral("texts/%1.txt").arg(QLatin1String(contract)), textOf(contract)).isEmpty());
}

void TestCliScore::aCleanFileEndsWithZero() {
    const Ran ran = score(plain("alpha", allNull()) + plain("beta", allNull()) + plain("gamma", allNull()), {m_json});
    QCOMPARE(ran.code, 0);
    const Json input = ran.json()["input"];
    QVERIFY(input["bad_lines"].empty() && input["unknown_contracts"].empty() && input["duplicates"].empty() && input["missing"].empty());
    QCOMPARE(input["lines"].get<int>(), 3);
    QVERIFY(ran.err.isEmpty());
}

void TestCliScore::whatIsWrongIsListedInTextAndJson() {
    const std::string predictions = "\xEF\xBB\xBF" + plain("alpha", allNull()) + "{\"contract\":\"beta\",\"output\":\"\xFE\"}\r\n" + plain("zz\x1b[2J", "{}") +
                                    plain("gamma", "a") + plain("gamma", "b") + "{\"contract\":\"alp";
    const Ran text = score(predictions);
    QCOMPARE(text.code, 3);
    for (const char* words : {"2 lines not usable, 1 line of a contract without gold, 1 duplicate", "line 2 (beta): byte 30 of the line is not UTF-8.",
                              "line 3 (zz", "has no gold answer", "line 5 (gamma): there are two outputs", "line 6: the line ends in the middle of its JSON.",
                              "missing: beta", "missing: gamma"})
        QVERIFY2(text.out.contains(words), (QByteArray(words) + " is missing in\n" + text.out).constData());
    QVERIFY(!text.out.contains('\x1b') && !text.err.contains('\x1b'));
    QVERIFY2(text.err.contains("predictions.jsonl, line 2:") && text.err.contains("3 other lines"), text.err.constData());
    const Ran ran = score(predictions, {m_json});
    QCOMPARE(ran.code, 3);
    const Json json = ran.json();
    QCOMPARE(json["contracts"].get<int>(), 3);
    QCOMPARE(json["cells"].get<int>(), 12);
    QCOMPARE(json["strict"]["inv"].get<int>(), 8);
    QCOMPARE(json["input"]["bad_lines"][0]["line"].get<int>(), 2);
    QCOMPARE(json["input"]["bad_lines"][0]["contract"].get<std::string>(), std::string("beta"));
    QVERIFY(json["input"]["bad_lines"][1]["contract"].is_null());
    QCOMPARE(json["input"]["duplicates"].size(), size_t{1});
    QCOMPARE(json["input"]["unknown_contracts"].size(), size_t{1});
    QCOMPARE(json["input"]["missing"], (Json{"beta", "gamma"}));
}

void TestCliScore::missingContractsAreListedAndWrong() {
    const Ran ran = score(plain("alpha", allNull()), {m_json});
    QCOMPARE(ran.code, 0); // the file is fine; the model gave nothing
    QCOMPARE(ran.json()["cells"].get<int>(), 12);
    QCOMPARE(ran.json()["strict"]["inv"].get<int>(), 8);
    QCOMPARE(ran.json()["input"]["missing"], (Json{"beta", "gamma"}));
    QVERIFY(score(plain("alpha", allNull())).out.contains("missing: gamma"));
}

void TestCliScore::manyBadLinesAreCutInTextAlone() {
    std::string predictions;
    for (int i = 0; i < 30; ++i)
        predictions += "{}\n";
    const Ran text = score(predictions);
    QVERIFY2(text.out.contains("and 10 other lines; --json lists more."), text.out.constData());
    QCOMPARE(score(predictions, {m_json}).json()["input"]["bad_lines"].size(), size_t{30});
}

// Under a limit of 1.5 GB of addresses, the program's own among them.
void TestCliScore::hostileFilesTakeLittleMemory() {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    std::string commas = "{\"contract\":\"gamma\",\"request\":[";
    for (int i = 0; i < 5'000'000; ++i)
        commas += "[],";
    const QString file = write(QStringLiteral("hostile.jsonl"), "{\"contract\":\"alpha\",\"output\":\"" + std::string(100'000'000, '[') + "\"}\n" + deep + "\n{\"contract\":\"beta\",\"output\":\"{\\\"insurance\\\":" +
                                                                    deep + "}\"}\n" + commas + "[]]}\n");
    const Ran ran = ranProgram(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("ulimit -v 1500000; exec \"$@\""), QStringLiteral("sh"), m_program, QStringLiteral("score"),
                                                      QStringLiteral("--gold"), m_gold, QStringLiteral("--predictions"), file, m_json});
    QCOMPARE(ran.code, 3);
    QCOMPARE(ran.json()["cells"].get<int>(), 12);
    QCOMPARE(ran.json()["strict"]["inv"].get<int>(), 12);
    QCOMPARE(ran.json()["input"]["bad_lines"].size(), size_t{3});
}

void TestCliScore::badGoldIsRefusedByLine() {
    const QString predictions = write(QStringLiteral("p.jsonl"), plain("alpha", "{}"));
    const std::string good = toLine(threeContracts()[0]) + "\n";
    for (const std::string& bad : {std::string("{\"contract\":"), "{\"contract\":\"b\",\"clauses\":" + std::string(100'000, '[') + "}", std::string("{\"contract\":\"\xFF\",\"clauses\":{}}")}) {
        const QString gold = write(QStringLiteral("bad_gold.jsonl"), good + bad);
        const Ran ran = ranProgram(m_program, {QStringLiteral("score"), QStringLiteral("--gold"), gold, QStringLiteral("--predictions"), predictions});
        QCOMPARE(ran.code, 3);
        QVERIFY2(ran.err.contains("bad_gold.jsonl, line 2"), ran.err.constData());
        QVERIFY(ran.out.isEmpty());
    }
}

void TestCliScore::anEmptyFileIsRefused() {
    const Ran ran = score("\n\n");
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("is empty: there is nothing to score"), ran.err.constData());
}

void TestCliScore::thePapersNumbersArePrinted() {
    const std::string predictions = toLines(threeOutputs());
    const Ran text = score(predictions, {QStringLiteral("--papers"), QStringLiteral("--texts"), m_texts});
    for (const char* words : {"CUAD. 5 gold spans, 3 found; 1 predicted span beside them.", "no curve can be drawn", "AUPR", "no data", "ContractEval.", "SemEval-2013 / MUC-5"})
        QVERIFY2(text.out.contains(words), (QByteArray(words) + " is missing in\n" + text.out).constData());
    const Json papers = score(predictions, {QStringLiteral("--papers"), QStringLiteral("--texts"), m_texts, m_json}).json()["papers"];
    QVERIFY(papers["cuad"]["aupr"].is_null());
    QCOMPARE(papers["cuad"]["tp"].get<int>(), 3);
    QCOMPARE(papers["ner"]["strict"]["cor"].get<int>(), 3);
    QCOMPARE(papers["ner"]["strict"]["mis"].get<int>(), 2);
    QCOMPARE(papers["ner"]["strict"]["spu"].get<int>(), 1);
    QCOMPARE(score(predictions, {QStringLiteral("--papers"), m_json}).json()["papers"]["ner"].get<std::string>(), std::string("not scored"));
    QVERIFY(!score(predictions, {m_json}).json().contains("papers"));
}

void TestCliScore::costStandsBesideQuality() {
    std::vector<OutputRow> rows = threeOutputs();
    for (OutputRow& row : rows) {
        row.tokens = 50;
        row.seconds = 12;
    }
    const Ran ran = score(toLines(rows), {m_json, QStringLiteral("--price-per-hour"), QStringLiteral("100")});
    const Json cost = ran.json()["cost"];
    QCOMPARE(cost["money"]["total"].get<double>(), 1.0);
    QCOMPARE(cost["money"]["per_correct_present"].get<double>(), 0.5);
    QCOMPARE(cost["tokens_out"]["total"].get<int>(), 150);
    QVERIFY(cost["tokens_in"]["total"].is_null());
    const Ran text = score(toLines(rows), {});
    QVERIFY2(text.out.contains("Latency of a contract, p95") && text.out.contains("Money") && text.out.contains("no data"), text.out.constData());
    QVERIFY(!score(plain("alpha", allNull())).out.contains("Latency")); // nothing is known of it
}

void TestCliScore::nearDuplicatesAmongTheTextsAreOneCluster() {
    const std::string predictions = plain("alpha", allNull()) + plain("beta", allNull()) + plain("gamma", allNull());
    QCOMPARE(score(predictions, {m_json}).json()["clusters"].get<int>(), 3);
    QCOMPARE(score(predictions, {m_json, QStringLiteral("--texts"), m_texts}).json()["clusters"].get<int>(), 3);
    const QString twins = m_folder.filePath(QStringLiteral("twins"));
    QVERIFY(QDir().mkpath(twins));
    for (const char* contract : {"alpha", "beta", "gamma"})
        write(QStringLiteral("twins/%1.txt").arg(QLatin1String(contract)), textOf(contract == std::string("gamma") ? "beta" : contract));
    QCOMPARE(score(predictions, {m_json, QStringLiteral("--texts"), twins}).json()["clusters"].get<int>(), 2);
}

void TestCliScore::acceptedAnswersCount() {
    std::vector<GoldRow> rows = threeContracts();
    rows[0].alternatives["renewal_term"] = {found("one (1) year terms", std::string("P2Y"))};
    const QString gold = write(QStringLiteral("accepting.jsonl"), toLines(rows));
    const QString predictions = write(QStringLiteral("p.jsonl"), toLines(threeOutputs()));
    const auto scoreWith = [&](const QString& file) {
        return ranProgram(m_program, {QStringLiteral("score"), m_json, QStringLiteral("--gold"), file, QStringLiteral("--predictions"), predictions});
    };
    const Json before = scoreWith(m_gold).json()["strict"], after = scoreWith(gold).json()["strict"];
    QCOMPARE(after["tp"].get<int>(), before["tp"].get<int>() + 1);
    QCOMPARE(after["sub"].get<int>(), before["sub"].get<int>() - 1);
    QCOMPARE(after["right_by_alternative"].get<int>(), 1);
    std::string bad = toLines(rows);
    bad.replace(bad.find("P2Y"), 3, "two years");
    const Ran refused = scoreWith(write(QStringLiteral("accepting.jsonl"), bad));
    QCOMPARE(refused.code, 3);
    QVERIFY2(refused.err.contains("accepting.jsonl, line 1: An alternative: "), refused.err.constData());
}

void TestCliScore::aCalibrationMustBeOfTheWeights() {
    std::vector<OutputRow> rows = threeOutputs();
    for (OutputRow& row : rows)
        row.margins = {2.0F, -1.0F, 0.5F, std::nullopt};
    const auto weightsFile = [this](const char* name, const std::string& adapter, const Calibration& clauses) {
        return write(QString::fromLatin1(name), calibrationJson({adapter, "base", "tokenizer"}, clauses));
    };
    const Calibration fitted = {{"renewal_term", {-1, 0.5, 0, 40}}};
    const QString own = weightsFile("own.json", "adapter", fitted), other = weightsFile("other.json", "another", fitted);
    const auto calibrated = [&](const QStringList& more) { return score(toLines(rows), QStringList{m_json} + more).json()["confidence"]["calibrated"].get<int>(); };
    QCOMPARE(calibrated({}), 0);
    QVERIFY(score(toLines(rows)).out.contains("not calibrated"));
    const QStringList withOwn = {QStringLiteral("--calibration"), own};
    QVERIFY(score(toLines(rows), withOwn).err.contains("It isn't known"));
    weightsFile("calibration.json", "adapter", {}); // as a run leaves it beside its predictions
    QVERIFY(calibrated(withOwn) > 0);
    const Ran refused = score(toLines(rows), {QStringLiteral("--calibration"), other});
    QCOMPARE(refused.code, 3);
    QVERIFY2(refused.err.contains("other weights of the adapter"), refused.err.constData());
    weightsFile("calibration.json", "adapter", fitted); // it decided by this one
    QVERIFY(calibrated({}) > 0);
    QFile::remove(m_folder.filePath(QStringLiteral("calibration.json")));
}

void TestCliScore::pricesMustBeAmounts() {
    QCOMPARE(score(plain("alpha", "{}"), {QStringLiteral("--price-per-hour"), QStringLiteral("-1")}).code, 2);
    QCOMPARE(score(plain("alpha", "{}"), {QStringLiteral("--price-per-kwh"), QStringLiteral("cheap")}).code, 2);
}

// It is caught while it waits for predictions that a pipe never gives.
void TestCliScore::anInterruptEndsItAsCancelled() {
    constexpr int kLongest = 30'000; // milliseconds
    const QByteArray pipe = m_folder.filePath(QStringLiteral("pipe")).toLocal8Bit();
    QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
    QProcess process;
    process.start(m_program, {QStringLiteral("score"), QStringLiteral("--gold"), m_gold, QStringLiteral("--predictions"), QString::fromLocal8Bit(pipe)});
    int writer = -1;
    QTRY_VERIFY_WITH_TIMEOUT((writer = ::open(pipe.constData(), O_WRONLY | O_NONBLOCK)) >= 0, kLongest); // it reads
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    const bool ended = process.waitForFinished(kLongest);
    ::close(writer);
    QVERIFY(ended && process.exitStatus() == QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 5);
}

QTEST_GUILESS_MAIN(TestCliScore)
#include "test_cli_score.moc"
