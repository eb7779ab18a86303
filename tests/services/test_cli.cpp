// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The built command line, run as a script runs it: journeys, exit codes, and stdout that is one JSON document.
#include "app/services/result_qt.h"
#include "app/services/store_session.h"
#include "tests/support/pdf_builder.h"
#include "core/store/database.h"
#include "tests/support/docx_builder.h"
#include "tests/support/project_fixture.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>

#include <nlohmann/json.hpp>

#include <set>

using namespace cw;
using Json = nlohmann::json;

namespace {

constexpr int kLongest = 120'000; // milliseconds

struct Outcome {
    int code = -1;
    QByteArray out, err;
    Json json() const { return Json::parse(out.toStdString(), nullptr, false); }
};

// A service agreement whose spans the tests know.
const std::string kAgreement = "SERVICE AGREEMENT\n\nMade on 3 April 2024 between Alpha Ltd and Beta plc.\n\n"
                               "1. Term\n\nThis Agreement renews for one (1) year.\n\n"
                               "2. Law\n\nIt is governed by the laws of England \xE2\x80\x94 and no other.\n";

std::string spanOf(std::string_view quote) {
    const ByteRange range = test::rangeOf(quote, kAgreement);
    return std::to_string(range.begin) + ":" + std::to_string(range.end);
}

} // namespace

class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aContractGoesFromFileToDataset();
    void anAnnotationIsCheckedBeforeItIsWritten_data();
    void anAnnotationIsCheckedBeforeItIsWritten();
    void theFormThatAWrongValueIsToldIsRight_data();
    void theFormThatAWrongValueIsToldIsRight();
    void theAuditKnowsWhoDecidedWhat();
    void aDecisionKeepsWhatStandsBesideIt();
    void textIsPrintedByteForByte();
    void whatTheImportToldIsToldAgain();
    void searchFindsPlacesAndStates();
    void wrongUsageIsExplained_data();
    void wrongUsageIsExplained();
    void everyCommandHasHelp();
    void badDocumentsEndWithThree();
    void aMissingProjectEndsWithThree();
    void aNewerStoreIsRefusedUntouched();
    void aSecondWriterEndsWithFourAndReadersGoOn();
    void verifyFindsWhatWasAltered();
    void verifyComparesWhatIsDecidedWithTheAudit();
    void scoringNeedsNoProject();
    void diffShowsWordsAndFields();
    void theTaxonomyHas47Types();
    void theTaxonomyChangesAndIsUndone();
    void aModelWithoutWeightsEndsWithThree();
    void aGgufModelIsKnownByItsFilesName();
    void theSampleIsReadyToTrain();
    void aSampleThatWasKilledHalfWayIsMadeAnew();

private:
    void answersArePairedTrainedOnAndReported(const QString& endOfSft);
    Outcome run(const QStringList& words) {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CLAUSEWRIGHT_SETTINGS"), m_folder->filePath(QStringLiteral("settings")));
        environment.insert(QStringLiteral("CLAUSEWRIGHT_PROJECT"), m_project);
        environment.insert(QStringLiteral("CLAUSEWRIGHT_SAMPLE"), toQString(test::sampleFolder().string()));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(CW_BINARY_DIR "/bin/clausewright-cli"), words);
        if (!process.waitForFinished(kLongest) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QString write(const QString& name, const std::string& bytes) {
        const QString file = m_folder->filePath(name);
        return writeFileAtomically(file.toStdString(), bytes) ? file : QString();
    }
    // A project with the agreement in it, as "service".
    void makeProject() {
        QCOMPARE(run({QStringLiteral("init"), m_project}).code, 0);
        const Outcome imported = run({QStringLiteral("import"), write(QStringLiteral("service.txt"), kAgreement), QStringLiteral("--type"),
                                      QStringLiteral("Service")});
        QVERIFY2(imported.code == 0, imported.err.constData());
    }
    Outcome annotate(const QStringList& words) { return run(QStringList{QStringLiteral("annotate"), QStringLiteral("service")} + words); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_project;
};

void TestCli::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_project = m_folder->filePath(QStringLiteral("p.clausewright"));
}

void TestCli::aContractGoesFromFileToDataset() {
    makeProject();
    QVERIFY(!QTest::currentTestFailed());
    for (int i = 0; i < 5; ++i) // enough contracts for three sides
        QCOMPARE(run({QStringLiteral("import"), write(QStringLiteral("other%1.txt").arg(i),
                                                      "OTHER AGREEMENT " + std::to_string(i) + "\n\n" + std::string(static_cast<size_t>(60 + i), static_cast<char>('a' + i)) + ".\n")}).code, 0);
    QCOMPARE(annotate({QStringLiteral("document_name"), QStringLiteral("--span"), toQString(spanOf("SERVICE AGREEMENT"))}).code, 0);
    QCOMPARE(annotate({QStringLiteral("renewal_term"), QStringLiteral("--span"), toQString(spanOf("renews for one (1) year")),
                       QStringLiteral("--value"), QStringLiteral("\"P1Y\"")}).code, 0);
    QCOMPARE(annotate({QStringLiteral("non_compete"), QStringLiteral("--absent")}).code, 0);
    const Json shown = run({QStringLiteral("--json"), QStringLiteral("show"), QStringLiteral("service")}).json();
    QCOMPARE(shown["clauses"].size(), size_t{47});
    int present = 0, absent = 0;
    for (const Json& cell : shown["clauses"]) {
        present += cell["state"] == "present";
        absent += cell["state"] == "absent";
        for (const Json& span : cell["spans"])
            QCOMPARE(span["text"].get<std::string>(), kAgreement.substr(span["start"].get<size_t>(), span["end"].get<size_t>() - span["start"].get<size_t>()));
    }
    QCOMPARE(present, 2);
    QCOMPARE(absent, 1);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(run({QStringLiteral("annotate"), QStringLiteral("other%1").arg(i), QStringLiteral("document_name"), QStringLiteral("--absent")}).code, 0);
    const Json split = run({QStringLiteral("split"), QStringLiteral("--test"), QStringLiteral("1"), QStringLiteral("--validation"),
                            QStringLiteral("1"), QStringLiteral("--seed"), QStringLiteral("3"), QStringLiteral("--json")}).json();
    QCOMPARE(split["sides"].size(), size_t{6});
    const QString out = m_folder->filePath(QStringLiteral("train.jsonl"));
    const Outcome exported = run({QStringLiteral("export"), QStringLiteral("chat"), out});
    QVERIFY2(exported.code == 0, exported.err.constData());
    QVERIFY(!readFile(out.toStdString())->empty());
    QVERIFY(QFileInfo::exists(out + QStringLiteral(".manifest.json")));
    const Outcome verified = run({QStringLiteral("verify"), QStringLiteral("--json")});
    QCOMPARE(verified.code, 0);
    QCOMPARE(verified.json()["contracts"].get<int>(), 6);
    QCOMPARE(verified.json()["spans"].get<int>(), 2);
    QVERIFY(verified.json()["faults"].empty());
}

void TestCli::anAnnotationIsCheckedBeforeItIsWritten_data() {
    QTest::addColumn<QStringList>("words");
    const QString name = QStringLiteral("document_name"), span = QStringLiteral("--span");
    QTest::newRow("no decision") << QStringList{name};
    QTest::newRow("two decisions") << QStringList{name, QStringLiteral("--absent"), QStringLiteral("--unreviewed")};
    QTest::newRow("no such type") << QStringList{QStringLiteral("documentname"), QStringLiteral("--absent")};
    QTest::newRow("no span") << QStringList{name, span, QStringLiteral("12")};
    QTest::newRow("span backwards") << QStringList{name, span, QStringLiteral("9:4")};
    QTest::newRow("behind the end") << QStringList{name, span, QStringLiteral("0:99999")};
    QTest::newRow("wrong kind of value") << QStringList{QStringLiteral("renewal_term"), span, QStringLiteral("0:7"), QStringLiteral("--value"),
                                                        QStringLiteral("\"a year\"")};
    QTest::newRow("a party that no span names") << QStringList{QStringLiteral("parties"), span, toQString(spanOf("Alpha Ltd")), QStringLiteral("--value"),
                                                               QStringLiteral("[{\"n\":\"Gamma SA\",\"r\":\"supplier\"}]")};
    QTest::newRow("a value without evidence") << QStringList{QStringLiteral("renewal_term"), QStringLiteral("--absent"),
                                                             QStringLiteral("--value"), QStringLiteral("\"P1Y\"")};
}

void TestCli::anAnnotationIsCheckedBeforeItIsWritten() {
    QFETCH(QStringList, words);
    makeProject();
    const Outcome outcome = annotate(words);
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.out.isEmpty());
    QCOMPARE(outcome.err.count('\n'), 1); // one line
    const Json shown = run({QStringLiteral("show"), QStringLiteral("service"), QStringLiteral("--json")}).json();
    for (const Json& cell : shown["clauses"])
        QCOMPARE(cell["state"].get<std::string>(), std::string("not_reviewed"));
}

void TestCli::theFormThatAWrongValueIsToldIsRight_data() {
    QTest::addColumn<QString>("clause");
    for (const char* clause : {"agreement_date", "renewal_term", "termination_for_convenience", "revenue_profit_sharing", "cap_on_liability"})
        QTest::newRow(clause) << QString::fromLatin1(clause);
}

void TestCli::theFormThatAWrongValueIsToldIsRight() {
    QFETCH(QString, clause);
    makeProject();
    const QStringList words{clause, QStringLiteral("--span"), QStringLiteral("0:7"), QStringLiteral("--value")};
    const Outcome wrong = annotate(words + QStringList{QStringLiteral("{}")});
    QCOMPARE(wrong.code, 2);
    const QString message = QString::fromUtf8(wrong.err).trimmed();
    const QString form = message.section(QStringLiteral("write it as "), 1).chopped(1); // without the full stop
    const Outcome right = annotate(words + QStringList{form});
    QVERIFY2(right.code == 0, qPrintable(message + QLatin1Char('\n') + QString::fromUtf8(right.err)));
}

void TestCli::theAuditKnowsWhoDecidedWhat() {
    makeProject();
    const QString name = QStringLiteral("document_name");
    QCOMPARE(annotate({name, QStringLiteral("--span"), toQString(spanOf("SERVICE AGREEMENT")), QStringLiteral("--annotator"), QStringLiteral("Ana")}).code, 0);
    QCOMPARE(annotate({name, QStringLiteral("--absent"), QStringLiteral("--annotator"), QStringLiteral("Ben")}).code, 0);
    const Json entries = run({QStringLiteral("audit"), QStringLiteral("service"), QStringLiteral("--json")}).json()["entries"];
    QCOMPARE(entries.size(), size_t{3}); // the import and two decisions
    QCOMPARE(entries[0]["entity"].get<std::string>(), std::string("contract"));
    QCOMPARE(entries[1]["person"].get<std::string>(), std::string("Ana"));
    QCOMPARE(entries[2]["person"].get<std::string>(), std::string("Ben"));
    QCOMPARE(entries[2]["before"], entries[1]["after"]);
    QCOMPARE(entries[2]["previous_hash"], entries[1]["hash"]);
}

// A note of the window and an answer that a review accepted.
void TestCli::aDecisionKeepsWhatStandsBesideIt() {
    makeProject();
    const QStringList year = {QStringLiteral("renewal_term"), QStringLiteral("--span"), toQString(spanOf("renews for one (1) year")), QStringLiteral("--value"),
                              QStringLiteral("\"P1Y\"")};
    QCOMPARE(annotate(year).code, 0);
    {
        const SystemClock clock;
        const auto session = StoreSession::open(m_project, OpenMode::ReadWrite, StoreSession::Fallback::None, test::ana(), clock);
        CW_VERIFY(session);
        Cell cell = (*session)->store().annotations().cell(ContractId("service"), "renewal_term").value();
        cell.note = "See the side letter.";
        const ByteRange words = test::rangeOf("one (1) year", kAgreement);
        cell.alternatives = {{{{words, kAgreement.substr(words.begin, words.size())}}, cell.value}};
        CW_VERIFY((*session)->setCell(ContractId("service"), cell, "present"));
    }
    QCOMPARE(annotate(year + QStringList{QStringLiteral("--unsure")}).code, 0);
    const Json shown = run({QStringLiteral("--json"), QStringLiteral("show"), QStringLiteral("service")}).json();
    for (const Json& cell : shown["clauses"])
        if (cell["clause"] == "renewal_term") {
            QCOMPARE(cell.value("note", std::string()), std::string("See the side letter."));
            QCOMPARE(cell["alternatives"].size(), size_t{1});
            QCOMPARE(cell["flags"].size(), size_t{1});
        }
}

void TestCli::textIsPrintedByteForByte() {
    makeProject();
    const std::string odd = "\xC2\xA7 1\tTab, soft\xC2\xADhyphen, \xE2\x80\x8Bzero width\n\n\n  and no line end";
    QCOMPARE(run({QStringLiteral("import"), write(QStringLiteral("odd.txt"), odd)}).code, 0);
    QCOMPARE(run({QStringLiteral("text"), QStringLiteral("odd")}).out.toStdString(), odd);
    QCOMPARE(run({QStringLiteral("text"), QStringLiteral("service")}).out.toStdString(), kAgreement);
}

void TestCli::whatTheImportToldIsToldAgain() {
    makeProject();
    test::DocxParts parts;
    parts.body = test::docxText("Some\xE2\x80\x8B text");
    parts.entries = {{"word/vbaProject.bin", "macro"}};
    const Json imported = run({QStringLiteral("import"), write(QStringLiteral("macros.docm"), test::docxFile(parts)), QStringLiteral("--json")}).json();
    const Json& told = imported["files"][0]["notes"];
    QCOMPARE(told.size(), size_t{2}); // of a mark in the text, and of what no place in it shows
    QVERIFY(run({QStringLiteral("show"), QStringLiteral("macros"), QStringLiteral("--json")}).json()["notes"] == told);
    QVERIFY(run({QStringLiteral("show"), QStringLiteral("macros")}).out.contains("It has macros. They were not run.\n"));
    QVERIFY(run({QStringLiteral("show"), QStringLiteral("service"), QStringLiteral("--json")}).json()["notes"].empty());
}

void TestCli::searchFindsPlacesAndStates() {
    makeProject();
    const auto search = [this](const QStringList& words) { return run(QStringList{QStringLiteral("search")} + words + QStringList{QStringLiteral("--json")}); };
    const Json found = search({QStringLiteral("\"laws of england\"")}).json();
    QCOMPARE(found["contracts"].get<int>(), 1);
    const Json place = found["results"][0]["hits"][0]["places"][0];
    const size_t begin = place["begin"].get<size_t>();
    QCOMPARE(kAgreement.substr(begin, place["end"].get<size_t>() - begin), std::string("laws of England"));
    QCOMPARE(annotate({QStringLiteral("renewal_term"), QStringLiteral("--absent")}).code, 0);
    const Json missed = search({QStringLiteral("renew*"), QStringLiteral("--clause"), QStringLiteral("renewal_term"), QStringLiteral("--state"),
                                QStringLiteral("absent")}).json();
    QCOMPARE(missed["states"]["absent"].get<int>(), 1);
    QCOMPARE(missed["results"][0]["state"].get<std::string>(), std::string("absent"));
    QCOMPARE(search({QStringLiteral("unheard")}).code, 1);
    QCOMPARE(search({QStringLiteral("service"), QStringLiteral("-renews")}).code, 1); // an exclusion is no option
    QCOMPARE(search({QStringLiteral("renews"), QStringLiteral("--clause"), QStringLiteral("renewal")}).code, 2);
    QCOMPARE(search({QStringLiteral("*")}).code, 2);
    const Outcome text = run({QStringLiteral("search"), QStringLiteral("renews")});
    QVERIFY2(text.out.contains("This Agreement renews for one (1) year."), text.out.constData());
}

void TestCli::wrongUsageIsExplained_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* tag, const QStringList& words, const char* sentence) {
        QTest::newRow(tag) << words << QString::fromLatin1(sentence);
    };
    row("nothing", {}, "A command is missing. Run clausewright-cli --help for the list.");
    row("unknown command", {QStringLiteral("contarcts")}, "There is no command 'contarcts'. Did you mean contracts?");
    row("unknown option", {QStringLiteral("split"), QStringLiteral("--sede"), QStringLiteral("1")},
        "There is no option --sede of split. Did you mean --seed?");
    row("too few", {QStringLiteral("show")}, "show needs more: show CONTRACT. See clausewright-cli show --help.");
    row("too many", {QStringLiteral("verify"), QStringLiteral("x")}, "verify takes less: verify. See clausewright-cli verify --help.");
    row("no value", {QStringLiteral("split"), QStringLiteral("--seed")}, "--seed needs a value: S.");
    row("twice", {QStringLiteral("split"), QStringLiteral("--seed=1"), QStringLiteral("--seed=2")}, "--seed is given twice.");
}

void TestCli::wrongUsageIsExplained() {
    QFETCH(QStringList, words);
    QFETCH(QString, sentence);
    const Outcome outcome = run(words);
    QCOMPARE(outcome.code, 2);
    QCOMPARE(QString::fromUtf8(outcome.err), sentence + u'\n');
}

void TestCli::everyCommandHasHelp() {
    const Outcome list = run({QStringLiteral("--help")});
    QCOMPARE(list.code, 0);
    for (const char* name : {"init", "import", "contracts", "show", "text", "taxonomy", "taxonomy preview", "taxonomy apply", "taxonomy undo", "taxonomy history", "annotate", "audit", "split", "export", "model add",
                             "models", "run", "runs", "run-show", "stop", "pairs", "pairs mine", "score", "report", "diff", "verify", "sample",
                             "demo"}) {
        QVERIFY2(list.out.contains(QByteArray("\n  ") + name + ' '), name);
        const Outcome help = run(QString::fromLatin1(name).split(u' ') + QStringList{QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        QVERIFY2(help.out.startsWith(QByteArray("Usage: clausewright-cli ") + name), name);
    }
}

void TestCli::badDocumentsEndWithThree() {
    makeProject();
    const QStringList files{write(QStringLiteral("broken.pdf"), "%PDF-1.4 broken"), write(QStringLiteral("empty.txt"), ""),
                            write(QStringLiteral("latin.txt"), "caf\xE9"), write(QStringLiteral("fine.pdf"), test::pdfWithLines({}, {{72, 100, "Fine."}}))};
    const Outcome outcome = run(QStringList{QStringLiteral("--json"), QStringLiteral("import")} + files);
    QCOMPARE(outcome.code, 3);
    QCOMPARE(outcome.json()["added"], Json({"fine"}));
    QCOMPARE(outcome.json()["failures"].size(), size_t{3});
    for (qsizetype i = 0; i < 3; ++i) {
        QCOMPARE(toQString(outcome.json()["failures"][static_cast<size_t>(i)]["file"].get<std::string>()), files[i]);
        QVERIFY(outcome.err.contains(files[i].toUtf8()));
    }
    QCOMPARE(run({QStringLiteral("import"), m_folder->filePath(QStringLiteral("nowhere.txt"))}).code, 3);
    QCOMPARE(run({QStringLiteral("verify")}).code, 0);
}

void TestCli::aMissingProjectEndsWithThree() {
    const Outcome outcome = run({QStringLiteral("contracts")});
    QCOMPARE(outcome.code, 3);
    QVERIFY(outcome.err.contains("There is no project in"));
    QCOMPARE(run({QStringLiteral("contracts"), QStringLiteral("--json")}).json()["error"]["code"].get<std::string>(), std::string("not_found"));
}

void TestCli::aNewerStoreIsRefusedUntouched() {
    makeProject();
    const std::string file = toStdString(m_project) + "/project.sqlite";
    std::string bytes = readFile(file).value();
    bytes.replace(60, 4, std::string("\0\0\3\347", 4)); // SQLite's user version: 999
    CW_VERIFY(writeFileAtomically(file, bytes));
    for (const char* command : {"contracts", "verify"}) {
        const Outcome outcome = run({QString::fromLatin1(command)});
        QCOMPARE(outcome.code, 3);
        QCOMPARE(outcome.err.count('\n'), 1);
        QVERIFY2(outcome.err.contains("newer"), outcome.err.constData());
    }
    QCOMPARE(annotate({QStringLiteral("document_name"), QStringLiteral("--absent")}).code, 3);
    QCOMPARE(readFile(file).value(), bytes);
}

void TestCli::aSecondWriterEndsWithFourAndReadersGoOn() {
    makeProject();
    const SystemClock clock;
    const auto writer = ProjectStore::open(toStdString(m_project), OpenMode::ReadWrite, test::ana(), clock);
    CW_VERIFY(writer);
    const Outcome refused = annotate({QStringLiteral("document_name"), QStringLiteral("--absent")});
    QCOMPARE(refused.code, 4);
    QVERIFY2(refused.err.contains("Ana"), refused.err.constData()); // who holds it
    QCOMPARE(run({QStringLiteral("import"), write(QStringLiteral("x.txt"), "X.")}).code, 4);
    QCOMPARE(run({QStringLiteral("contracts")}).code, 0);
    QCOMPARE(run({QStringLiteral("text"), QStringLiteral("service")}).out.toStdString(), kAgreement);
}

void TestCli::verifyFindsWhatWasAltered() {
    makeProject();
    const std::filesystem::path documents = std::filesystem::path(toStdString(m_project)) / "documents";
    for (const auto& entry : std::filesystem::directory_iterator(documents))
        CW_VERIFY(writeFileAtomically(entry.path(), "something else"));
    const Outcome outcome = run({QStringLiteral("verify"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 1);
    QCOMPARE(outcome.json()["faults"].size(), size_t{1});
    QVERIFY(outcome.json()["faults"][0].get<std::string>().find("service") != std::string::npos);
}

void TestCli::verifyComparesWhatIsDecidedWithTheAudit() {
    makeProject();
    QCOMPARE(annotate({QStringLiteral("non_compete"), QStringLiteral("--absent")}).code, 0);
    QCOMPARE(run({QStringLiteral("verify")}).code, 0);
    {
        const auto database = Database::open(toStdString(m_project) + "/project.sqlite", Database::Mode::Write);
        CW_VERIFY(database);
        CW_VERIFY((*database)->execute("UPDATE cells SET unsure = 1"));
    }
    const Outcome outcome = run({QStringLiteral("verify"), QStringLiteral("--json")});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.json()["faults"][0].get<std::string>().find("is not what the audit says") != std::string::npos, outcome.out.constData());
}

void TestCli::scoringNeedsNoProject() {
    const QString gold = write(QStringLiteral("gold.jsonl"),
                               "{\"contract\":\"a\",\"clauses\":{\"document_name\":{\"q\":[\"SERVICE AGREEMENT\"]},\"non_compete\":null}}\n"
                               "{\"contract\":\"b\",\"clauses\":{\"document_name\":{\"q\":[\"OTHER AGREEMENT\"]},\"non_compete\":null}}\n");
    const QString outputs = write(QStringLiteral("outputs.jsonl"),
                                  "{\"contract\":\"a\",\"output\":\"{\\\"document_name\\\":{\\\"q\\\":[\\\"SERVICE AGREEMENT\\\"]},\\\"non_compete\\\":null}\"}\n"
                                  "{\"contract\":\"b\",\"output\":\"I can't say.\"}\n");
    const QStringList words{QStringLiteral("score"), QStringLiteral("--gold"), gold, QStringLiteral("--predictions"), outputs};
    const Json score = run(words + QStringList{QStringLiteral("--json")}).json();
    QCOMPARE(score["contracts"].get<int>(), 2);
    QCOMPARE(score["cells"].get<int>(), 4);
    QCOMPARE(score["validity"]["V4"].get<int>(), 1);
    QCOMPARE(score["validity"]["V0"].get<int>(), 1);
    QCOMPARE(score["validity"]["V5"].get<std::string>(), std::string("not scored"));
    QCOMPARE(score["strict"]["tp"].get<int>(), 1);
    QCOMPARE(score["strict"]["tn"].get<int>(), 1);
    QCOMPARE(score["strict"]["inv"].get<int>(), 2);
    QCOMPARE(score["strict"]["accuracy"].get<double>(), 0.5);
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("texts"))));
    write(QStringLiteral("texts/a.txt"), "SERVICE AGREEMENT\n");
    write(QStringLiteral("texts/b.txt"), "OTHER AGREEMENT\n");
    const Json grounded = run(words + QStringList{QStringLiteral("--json"), QStringLiteral("--texts"), m_folder->filePath(QStringLiteral("texts"))}).json();
    QCOMPARE(grounded["validity"]["V5"].get<int>(), 1);
    const QString none = write(QStringLiteral("none.jsonl"), "");
    QCOMPARE(run({QStringLiteral("score"), QStringLiteral("--gold"), none, QStringLiteral("--predictions"), none}).code, 3);
    QCOMPARE(run(words + QStringList{QStringLiteral("--mode"), QStringLiteral("constrained")}).code, 3); // the file has none
    const QString twice = write(QStringLiteral("twice.jsonl"), "{\"contract\":\"a\",\"output\":\"x\"}\n{\"contract\":\"a\",\"output\":\"y\"}\n");
    const Outcome doubled = run({QStringLiteral("score"), QStringLiteral("--gold"), gold, QStringLiteral("--predictions"), twice});
    QCOMPARE(doubled.code, 3);
    QVERIFY2(doubled.err.contains("two outputs for the same text of a"), doubled.err.constData());
    const QString stranger = write(QStringLiteral("stranger.jsonl"), "{\"contract\":\"zz\",\"output\":\"{}\"}\n");
    const Outcome bad = run({QStringLiteral("score"), QStringLiteral("--gold"), gold, QStringLiteral("--predictions"), stranger});
    QCOMPARE(bad.code, 3);
    QVERIFY(bad.err.contains("stranger.jsonl, line 1"));
}

void TestCli::diffShowsWordsAndFields() {
    const QString a = write(QStringLiteral("a.json"), "{\"x\":1,\"y\":2}"), b = write(QStringLiteral("b.json"), "{\"x\":1,\"z\":3}");
    const Outcome fields = run({QStringLiteral("diff"), a, b, QStringLiteral("--json-fields"), QStringLiteral("--json")});
    QCOMPARE(fields.code, 1);
    QCOMPARE(fields.json()["fields"][0]["verdict"].get<std::string>(), std::string("equal"));
    QCOMPARE(fields.json()["fields"][1]["verdict"].get<std::string>(), std::string("only_left"));
    QCOMPARE(fields.json()["fields"][2]["verdict"].get<std::string>(), std::string("only_right"));
    const QString c = write(QStringLiteral("c.txt"), "one two three"), d = write(QStringLiteral("d.txt"), "one 2 three");
    const Outcome words = run({QStringLiteral("diff"), c, d});
    QCOMPARE(words.code, 1);
    QCOMPARE(words.out, QByteArray("one [-two-]{+2+} three"));
    QCOMPARE(run({QStringLiteral("diff"), c, c}).code, 0);
}

void TestCli::theTaxonomyHas47Types() {
    makeProject();
    QCOMPARE(run({QStringLiteral("taxonomy"), QStringLiteral("--json")}).json()["types"].size(), size_t{47});
    const QString file = m_folder->filePath(QStringLiteral("taxonomy.json"));
    QCOMPARE(run({QStringLiteral("taxonomy"), QStringLiteral("--export"), file}).code, 0);
    QCOMPARE(Taxonomy::fromJson(readFile(file.toStdString()).value(), "file")->types().size(), size_t{47});
}

void TestCli::theTaxonomyChangesAndIsUndone() {
    makeProject();
    QCOMPARE(annotate({QStringLiteral("insurance"), QStringLiteral("--absent")}).code, 0);
    const QString file = write(QStringLiteral("change.json"), "{\"format\":1,\"edits\":[{\"edit\":\"retire\",\"key\":\"insurance\"},"
                                                              "{\"edit\":\"texts\",\"key\":\"parties\",\"guideline\":\"Who.\"}]}");
    const auto taxonomy = [&](const QString& verb, const QStringList& more) {
        return run(QStringList{QStringLiteral("taxonomy"), verb, m_project, QStringLiteral("--json")} + more);
    };
    const QStringList change{QStringLiteral("--change"), file};
    const Outcome preview = taxonomy(QStringLiteral("preview"), change);
    QVERIFY2(preview.code == 0, preview.err.constData());
    QCOMPARE(preview.json()["kept"].get<int>(), 1);
    QCOMPARE(run({QStringLiteral("taxonomy"), QStringLiteral("--json")}).json()["version"].get<int>(), 1);
    QCOMPARE(taxonomy(QStringLiteral("apply"), change).json()["version"].get<int>(), 2);
    QCOMPARE(run({QStringLiteral("taxonomy"), QStringLiteral("--json")}).json()["types"].size(), size_t{46});
    QCOMPARE(annotate({QStringLiteral("insurance"), QStringLiteral("--absent")}).code, 2);
    QCOMPARE(taxonomy(QStringLiteral("history"), {}).json().size(), size_t{2});
    QCOMPARE(taxonomy(QStringLiteral("history"), {QStringLiteral("--guideline"), QStringLiteral("parties")}).json()[1]["text"].get<std::string>().substr(0, 4),
             std::string("Who."));
    QCOMPARE(run({QStringLiteral("verify")}).code, 0);
    QCOMPARE(taxonomy(QStringLiteral("undo"), {}).json()["version"].get<int>(), 1);
    QCOMPARE(run({QStringLiteral("show"), QStringLiteral("service"), QStringLiteral("--json")}).code, 0);
    QCOMPARE(taxonomy(QStringLiteral("undo"), {}).code, 2);
    QCOMPARE(taxonomy(QStringLiteral("preview"), {}).code, 2);
    QCOMPARE(taxonomy(QStringLiteral("preview"), {QStringLiteral("--change"), write(QStringLiteral("bad.json"), "{}")}).code, 3);
}

void TestCli::aModelWithoutWeightsEndsWithThree() {
    makeProject();
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("model"))));
    write(QStringLiteral("model/config.json"), "{}");
    const Outcome outcome = run({QStringLiteral("model"), QStringLiteral("add"), m_folder->filePath(QStringLiteral("model"))});
    QCOMPARE(outcome.code, 3);
    QVERIFY2(outcome.err.contains("has no weights (*.safetensors)"), outcome.err.constData());
    QVERIFY(run({QStringLiteral("models"), QStringLiteral("--json")}).json()["models"].empty());
}

void TestCli::aGgufModelIsKnownByItsFilesName() {
    makeProject();
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("gguf"))));
    write(QStringLiteral("gguf/small.Q4_0.gguf"), "GGUF");
    const auto add = [&](const QString& place) {
        return run({QStringLiteral("model"), QStringLiteral("add"), m_folder->filePath(place), QStringLiteral("--json")});
    };
    QCOMPARE(add(QStringLiteral("gguf/small.Q4_0.gguf")).json()["model"].get<std::string>(), std::string("small.Q4_0"));
    QCOMPARE(add(QStringLiteral("gguf")).json()["model"].get<std::string>(), std::string("gguf"));
    QCOMPARE(add(QStringLiteral("gguf/other.gguf")).code, 3);
    write(QStringLiteral("gguf/other.gguf"), "GGUF");
    const Outcome two = run({QStringLiteral("model"), QStringLiteral("add"), m_folder->filePath(QStringLiteral("gguf"))});
    QVERIFY2(two.err.contains("holds several GGUF files"), two.err.constData());
}

void TestCli::theSampleIsReadyToTrain() {
    const Outcome made = run({QStringLiteral("sample"), m_project, QStringLiteral("--json")});
    QVERIFY2(made.code == 0, made.err.constData());
    QCOMPARE(made.json()["contracts"].get<int>(), 12);
    QCOMPARE(run({QStringLiteral("models"), QStringLiteral("--json")}).json()["models"][0]["model"].get<std::string>(), std::string("stories260k"));
    QCOMPARE(run({QStringLiteral("verify")}).code, 0);
    const QStringList tiny{QStringLiteral("run"), QStringLiteral("sft"), QStringLiteral("--wait"), QStringLiteral("--set"), QStringLiteral("model=stories260k"),
                           QStringLiteral("--set"), QStringLiteral("max_steps=2"), QStringLiteral("--set"), QStringLiteral("threads=1"),
                           QStringLiteral("--only"), QStringLiteral("document_name"), QStringLiteral("--strategy"), QStringLiteral("section"),
                           QStringLiteral("--window"), QStringLiteral("120"),
                           QStringLiteral("--negatives"), QStringLiteral("0")};
    if (qEnvironmentVariableIsEmpty("CLAUSEWRIGHT_WORKER"))
        QSKIP("Clausewright was built without training, so no run was started.");
    const Outcome run1 = run(tiny);
    QVERIFY2(run1.code == 0, run1.err.constData());
    QCOMPARE(run1.out.count('\n'), 2); // the id, then how it ended
    const QByteArray id = run1.out.left(26);
    const Json shown = run({QStringLiteral("run-show"), QString::fromLatin1(id), QStringLiteral("--json")}).json();
    QCOMPARE(shown["state"].get<std::string>(), std::string("done"));
    QCOMPARE(run({QStringLiteral("models"), QStringLiteral("--json")}).json()["models"].size(), size_t{2});
    QCOMPARE(run({QStringLiteral("stop"), QString::fromLatin1(id)}).code, 2); // it has ended
    const Outcome unminable = run({QStringLiteral("pairs"), QStringLiteral("mine"), QString::fromLatin1(id)});
    QCOMPARE(unminable.code, 2);
    QVERIFY2(unminable.err.contains("writes no answers to mine"), unminable.err.constData());
    answersArePairedTrainedOnAndReported(QString::fromLatin1(id.right(6)));
}

// The rest of the loop from a shell: outputs, pairs, DPO, evaluation, report.
void TestCli::answersArePairedTrainedOnAndReported(const QString& endOfSft) {
    const QStringList small{QStringLiteral("--wait"), QStringLiteral("--set"), QStringLiteral("model=sft"), QStringLiteral("--set"), QStringLiteral("threads=1"),
                            QStringLiteral("--set"), QStringLiteral("max_new_tokens=40"), QStringLiteral("--only"), QStringLiteral("document_name"),
                            QStringLiteral("--window"), QStringLiteral("105"), QStringLiteral("--overlap"), QStringLiteral("15"),
                            QStringLiteral("--strategy"), QStringLiteral("section")}; // the model has no room for a stub
    const auto idOf = [](const Outcome& outcome) { return QString::fromLatin1(outcome.out.left(26)); };
    const Outcome generated = run(QStringList{QStringLiteral("run"), QStringLiteral("generate"), QStringLiteral("--side"), QStringLiteral("validation")} + small);
    const Outcome mined = run({QStringLiteral("pairs"), QStringLiteral("mine"), idOf(generated).right(8), QStringLiteral("--json")});
    const Outcome dpo = run({QStringLiteral("run"), QStringLiteral("dpo"), QStringLiteral("--wait"), QStringLiteral("--set"), QStringLiteral("model=stories260k"),
                             QStringLiteral("--set"), QStringLiteral("adapter=sft"), QStringLiteral("--set"), QStringLiteral("threads=1"), QStringLiteral("--set"),
                             QStringLiteral("max_steps=1")});
    const Outcome evaluated = run(QStringList{QStringLiteral("run"), QStringLiteral("evaluate"), QStringLiteral("--set"), QStringLiteral("decoding=constrained")} + small);
    const QString page = m_folder->filePath(QStringLiteral("report.html"));
    const Outcome reported = run({QStringLiteral("report"), idOf(evaluated), QStringLiteral("--out"), page});
    for (const Outcome* outcome : {&generated, &mined, &dpo, &evaluated, &reported})
        QVERIFY2(outcome->code == 0, outcome->err.constData());
    QVERIFY(mined.json()["added"].get<int>() > 0);
    QVERIFY(readFile(toStdString(page))->find("evaluate") != std::string::npos);
    QCOMPARE(run({QStringLiteral("run-show"), endOfSft}).code, 0);
    QCOMPARE(run({QStringLiteral("models"), QStringLiteral("--json")}).json()["models"].size(), size_t{3}); // only what trained left a model
    // A split that was trained on gives no contract away: not even when most shall be tested.
    const auto sidesOf = [this](const QStringList& words) {
        return run(QStringList{QStringLiteral("split"), QStringLiteral("--json")} + words).json()["sides"];
    };
    const Json many = sidesOf({QStringLiteral("--name"), QStringLiteral("second"), QStringLiteral("--test"), QStringLiteral("0.6")});
    QCOMPARE(many.size(), size_t{12});
    QCOMPARE(many, sidesOf({QStringLiteral("--name"), QStringLiteral("third")}));
}

void TestCli::aSampleThatWasKilledHalfWayIsMadeAnew() {
    QVERIFY(QDir().mkpath(m_project + QStringLiteral(".part/documents"))); // what a kill leaves
    const Outcome made = run({QStringLiteral("sample"), m_project, QStringLiteral("--json")});
    QVERIFY2(made.code == 0, made.err.constData());
    QVERIFY(!QFileInfo::exists(m_project + QStringLiteral(".part")));
    std::set<std::string> types;
    int pdfs = 0;
    const Json contracts = run({QStringLiteral("contracts"), QStringLiteral("--json")}).json()["contracts"];
    for (const Json& contract : contracts) {
        types.insert(contract["type"].get<std::string>());
        pdfs += contract["pages"].get<int>() > 0;
    }
    QVERIFY(types.size() >= 5);
    QVERIFY(pdfs >= 2);
    QCOMPARE(run({QStringLiteral("sample"), m_project}).code, 2); // it is there
}

QTEST_GUILESS_MAIN(TestCli)
#include "test_cli.moc"
