// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Rows of a dataset: their exact form on disk, the way back, and what an error says.
#include "core/base/file.h"
#include "core/dataset/rows.h"
#include "tests/support/paths.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cw;

namespace {

const Taxonomy& taxonomy() {
    static const Taxonomy loaded = *Taxonomy::fromJson(
        *readFile(test::sourceFolder() / "resources" / "taxonomy" / "default.json"), "default.json");
    return loaded;
}

RowMeta meta() {
    return {ContractId("a"), {10, 20}, 1, 2, Request{{"governing_law", "audit_rights"}}, 5, "abc"};
}

const std::string kMeta =
    R"({"contract":"a","window":[10,20],"part":1,"parts":2,"request":["governing_law","audit_rights"],"text_at":5,"dataset":"abc"})";

GoldRow goldRow() {
    GoldRow row;
    row.contract = ContractId("nda");
    row.title = "Mutual \"NDA\"";
    row.type = "NDA";
    row.language = "en-GB";
    row.request.keys = {"governing_law", "audit_rights", "license_grant"};
    row.answer.cells = {{"governing_law", Finding{{"laws of \"England\""}, std::string("GB-EAW")}},
                        {"audit_rights", std::nullopt},
                        {"license_grant", Finding{{"grants \xC3\xA9", "also grants"}, {}}}};
    row.ranges = {{{3, 20}}, {}, {{30, 39}, {50, 61}}};
    for (const std::string& key : taxonomy().keys())
        if (std::find(row.request.keys.begin(), row.request.keys.end(), key) == row.request.keys.end())
            row.unreviewed.push_back(key);
    return row;
}

std::string errorOf(const std::string& line) {
    const auto row = goldRowFromLine(line, "gold.jsonl, line 3", taxonomy());
    return row.ok() ? "" : row.error().message();
}

} // namespace

class TestRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chatRowHasTheDocumentedForm();
    void promptAloneHasOneTurn();
    void preferenceRowHasTheDocumentedForm();
    void outputRowHasTheDocumentedForm();
    void outputThatIsNotUtf8ComesBackByteForByte();
    void goldRowHasTheDocumentedForm();
    void goldOfOthersMayLeaveOutPlacesAndOrder();
    void goldNamesWhatIsAcceptedToo();
    void badAlternativesSayWhatTheyAre_data();
    void badAlternativesSayWhatTheyAre();
    void goldListsWhatIsUnreviewed();
    void goldKeepsWhatIsKnownOfTheDocument();
    void goldFromBeforeDocumentFactsStillReads();
    void goldOfANewerVersionIsRefused();
    void badChatRowSaysWhere_data();
    void badChatRowSaysWhere();
    void marginsStandBesideAnOutput();
    void badOutputRowSaysWhere_data();
    void badOutputRowSaysWhere();
    void badGoldRowSaysWhat();
    void linesMayEndAsTheyLike();
    void fileErrorNamesFileAndLine();
    void filesComeBackWhole();
};

void TestRows::chatRowHasTheDocumentedForm() {
    const ChatRow row{"Ask\n\"this\"", R"({"audit_rights":null})", meta()};
    const std::string line =
        R"({"messages":[{"role":"user","content":"Ask\n\"this\""},{"role":"assistant","content":"{\"audit_rights\":null}"}],"meta":)" +
        kMeta + "}";
    QCOMPARE(toLine(row), line);
    const auto read = chatRowFromLine(line, "x");
    QVERIFY(read.ok() && *read == row);
}

void TestRows::promptAloneHasOneTurn() {
    const ChatRow row{"Ask", "", meta()};
    QCOMPARE(toLine(row), R"({"messages":[{"role":"user","content":"Ask"}],"meta":)" + kMeta + "}");
    QVERIFY(*chatRowFromLine(toLine(row), "x") == row);
}

void TestRows::preferenceRowHasTheDocumentedForm() {
    const PreferenceRow row{"Ask", "good", "bad", meta()};
    const std::string line =
        R"({"prompt":[{"role":"user","content":"Ask"}],"chosen":[{"role":"assistant","content":"good"}],)"
        R"("rejected":[{"role":"assistant","content":"bad"}],"meta":)" +
        kMeta + "}";
    QCOMPARE(toLine(row), line);
    QVERIFY(*preferenceRowFromLine(line, "x") == row);
    QVERIFY(!preferenceRowFromLine(R"({"prompt":[],"chosen":[],"rejected":[],"meta":)" + kMeta + "}", "x").ok());
}

void TestRows::outputRowHasTheDocumentedForm() {
    const OutputRow row{meta(), true, "{\"a\":1}", FinishReason::Length, 12};
    const std::string line =
        R"({"v":1,"contract":"a","window":[10,20],"part":1,"parts":2,"request":["governing_law","audit_rights"],"text_at":5,)"
        R"("dataset":"abc","mode":"constrained","output":"{\"a\":1}","finish":"length","tokens":12})";
    QCOMPARE(toLine(row), line);
    QVERIFY(*outputRowFromLine(line, "x") == row);
}

void TestRows::outputThatIsNotUtf8ComesBackByteForByte() {
    OutputRow row{meta(), false, std::string("cut \xE2\x82\0!", 8), FinishReason::Stop, 3};
    QVERIFY(toLine(row).find(R"("output_hex":"63757420e2820021")") != std::string::npos);
    QVERIFY(*outputRowFromLine(toLine(row), "x") == row);
    row.output = "\xEF\xBF\xBD"; // a replacement character that the model wrote itself
    QVERIFY(toLine(row).find("\"output\":") != std::string::npos);
    QVERIFY(*outputRowFromLine(toLine(row), "x") == row);
}

void TestRows::goldRowHasTheDocumentedForm() {
    const GoldRow row = goldRow();
    const std::string begin =
        R"({"v":1,"contract":"nda","type":"NDA","title":"Mutual \"NDA\"","language":"en-GB","clauses":{)"
        R"("governing_law":{"q":["laws of \"England\""],"v":"GB-EAW","s":[[3,20]]},"audit_rights":null,)"
        "\"license_grant\":{\"q\":[\"grants \xC3\xA9\",\"also grants\"],\"s\":[[30,39],[50,61]]}},"
        R"("unreviewed":["document_name","parties",)";
    QCOMPARE(toLine(row).substr(0, begin.size()), begin);
    const auto read = goldRowFromLine(toLine(row), "x", taxonomy());
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().message().c_str());
    QVERIFY(*read == row);
    QCOMPARE(read->unreviewed.size(), size_t{44});
}

void TestRows::goldOfOthersMayLeaveOutPlacesAndOrder() {
    const auto row = goldRowFromLine(
        R"({"contract":"x","clauses":{"audit_rights":{"q":["may audit"],"v":true,"by":"me"},)"
        R"("parties":{"q":["A Ltd and B Ltd"],"v":[{"n":"A Ltd","r":"mutual"},{"n":"B Ltd","r":"mutual"}]}}})",
        "x", taxonomy());
    QVERIFY2(row.ok(), row.ok() ? "" : row.error().message().c_str());
    QCOMPARE(row->request.keys, (std::vector<std::string>{"parties", "audit_rights"}));
    QVERIFY(row->answer.cells[1].finding->value == ClauseValue(true));
    QCOMPARE(std::get<std::vector<Party>>(row->answer.cells[0].finding->value)[1].name, std::string("B Ltd"));
    QVERIFY(row->ranges[0].empty());
}

void TestRows::goldNamesWhatIsAcceptedToo() {
    GoldRow row = goldRow();
    const std::string before = toLine(row);
    row.alternatives["governing_law"] = {Finding{{"laws of Scotland"}, std::string("GB-SCT")}};
    row.alternatives["license_grant"] = {Finding{{"also grants"}, {}}, Finding{{"grants \xC3\xA9"}, {}}};
    QVERIFY(toLine(row).find(R"("v":"GB-EAW","s":[[3,20]],"alt":[{"q":["laws of Scotland"],"v":"GB-SCT"}]})") != std::string::npos);
    const auto read = goldRowFromLine(toLine(row), "x", taxonomy());
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().message().c_str());
    QVERIFY(*read == row);
    QVERIFY(goldRowFromLine(before, "x", taxonomy())->alternatives.empty());
    row.alternatives.clear();
    QCOMPARE(toLine(row), before); // a file without any is written as ever
}

void TestRows::badAlternativesSayWhatTheyAre_data() {
    QTest::addColumn<QString>("alternatives");
    QTest::addColumn<QString>("says");
    QTest::newRow("no list") << R"({"q":["a"],"v":true})" << "\"clauses.audit_rights.alt\" must be a list";
    QTest::newRow("a value alone") << "[false]" << "\"clauses.audit_rights.alt[0]\" must be an object";
    QTest::newRow("null") << "[null]" << "\"clauses.audit_rights.alt[0]\" must be an object";
    QTest::newRow("without quotes") << R"([{"v":false}])" << "clauses.audit_rights.alt[0].q";
    QTest::newRow("an empty list of quotes") << R"([{"q":[],"v":false}])" << "audit_rights";
    QTest::newRow("another kind of value") << R"([{"q":["a"],"v":"P30D"}])" << "its value is not one of its kind";
    QTest::newRow("no value") << R"([{"q":["a"]}])" << "its value is not one of its kind";
    QTest::newRow("a number") << R"([{"q":["a"],"v":7}])" << "clauses.audit_rights.alt[0].v";
    QTest::newRow("a member too many") << R"([{"q":["a"],"v":false,"alt":[]}])" << "an alternative has q and v alone";
    QString many = R"({"q":["a"],"v":false})";
    for (int i = 0; i < 16; ++i)
        many += R"(,{"q":["a"],"v":false})";
    QTest::newRow("too many") << "[" + many + "]" << "at most 16 findings";
}

void TestRows::badAlternativesSayWhatTheyAre() {
    QFETCH(QString, alternatives);
    QFETCH(QString, says);
    const std::string error = errorOf(R"({"contract":"a","clauses":{"audit_rights":{"q":["a"],"v":true,"alt":)" + alternatives.toStdString() + "}}}");
    QVERIFY2(error.find(says.toStdString()) != std::string::npos, error.c_str());
    QVERIFY2(error.starts_with("gold.jsonl, line 3: "), error.c_str());
}

// A run that asks for three types has no opinion on the others: they are neither gold nor unreviewed.
void TestRows::goldListsWhatIsUnreviewed() {
    GoldRow row = goldRow();
    row.unreviewed = {"parties"};
    QVERIFY(*goldRowFromLine(toLine(row), "x", taxonomy()) == row);
    QCOMPARE(
        errorOf(R"({"contract":"a","clauses":{"audit_rights":null},"unreviewed":["audit_rights"]})"),
        std::string("gold.jsonl, line 3: \"unreviewed\" must be free of audit_rights, which is among the clauses."));
}

void TestRows::goldKeepsWhatIsKnownOfTheDocument() {
    GoldRow row = goldRow();
    row.origin = "matter \"7\"";
    row.document = DocumentFacts{"application/pdf", 40123, 12, 3};
    const std::string line = toLine(row);
    QVERIFY2(line.ends_with(R"(],"origin":"matter \"7\"","document":{"media_type":"application/pdf","text_bytes":40123,"pages":12,"recognised_pages":3}})"),
             line.c_str());
    QVERIFY(*goldRowFromLine(line, "x", taxonomy()) == row);
    QCOMPARE(errorOf(R"({"contract":"a","document":{"media_type":"text/plain","text_bytes":3,"pages":-1},"clauses":{}})"),
             std::string("gold.jsonl, line 3: \"document.pages\" must be a whole number from 0."));
}

void TestRows::goldFromBeforeDocumentFactsStillReads() {
    const auto row = goldRowFromLine(R"({"contract":"a","type":"NDA","title":"A","language":"en-GB","clauses":{"audit_rights":null},"unreviewed":[]})",
                                     "x", taxonomy());
    QVERIFY(row.ok());
    QVERIFY(row->origin.empty() && !row->document);
    QCOMPARE(row->language, std::string("en-GB"));
}

void TestRows::goldOfANewerVersionIsRefused() {
    const auto row = goldRowFromLine(R"({"v":2,"contract":"a","clauses":{"audit_rights":null}})", "gold.jsonl, line 3", taxonomy());
    QVERIFY(!row.ok());
    QCOMPARE(row.error().code, ErrorCode::NewerVersion);
}

void TestRows::badChatRowSaysWhere_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char* name, const std::string& line, const char* detail) {
        QTest::newRow(name) << QString::fromStdString(line)
                            << QStringLiteral("train.jsonl, line 7: ") + QString::fromUtf8(detail);
    };
    const std::string messages = R"({"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}])";
    row("torn", messages, "not valid JSON from byte 79 on.");
    row("a list", "[]", "not a JSON object.");
    row("no messages", R"({"meta":{}})", "\"messages\" must be a list.");
    row("no meta", messages + "}", "\"meta\" must be an object.");
    row("no user", R"({"messages":[{"role":"assistant","content":"b"}],"meta":{}})",
        "\"messages\" must be turns by the user and the assistant, number 1 by the user.");
    row("content", R"({"messages":[{"role":"user","content":1}],"meta":{}})",
        "\"messages[0].content\" must be a text.");
    row("window", messages + R"(,"meta":{"contract":"a","window":[20,10],"part":1,"parts":1,"request":["a"]}})",
        "\"meta.window\" must be a range [begin,end] of whole numbers.");
    row("negative", messages + R"(,"meta":{"contract":"a","window":[0,10],"part":-1,"parts":1,"request":["a"]}})",
        "\"meta.part\" must be a whole number from 0.");
    row("request", messages + R"(,"meta":{"contract":"a","window":[0,10],"part":1,"parts":1,"request":[1]}})",
        "\"meta.request\" must be a list of texts.");
}

void TestRows::badChatRowSaysWhere() {
    QFETCH(QString, line);
    QFETCH(QString, detail);
    const auto row = chatRowFromLine(line.toStdString(), "train.jsonl, line 7");
    QVERIFY(!row.ok());
    QCOMPARE(row.error().code, ErrorCode::BadInput);
    QCOMPARE(QString::fromStdString(row.error().detail), detail);
}

void TestRows::marginsStandBesideAnOutput() {
    OutputRow row{meta(), true, "{}", FinishReason::Stop, 3, {0.1F, std::nullopt}};
    const std::string line = toLine(row);
    QVERIFY2(line.ends_with("\"tokens\":3,\"margins\":[0.1,null]}"), line.c_str());
    const auto read = outputRowFromLine(line, "line");
    QVERIFY(read.ok());
    QVERIFY(*read == row);
    row.margins[1] = std::numeric_limits<float>::infinity(); // one side was impossible: nothing to compare
    QVERIFY(toLine(row).ends_with("[0.1,null]}"));
    QVERIFY(toLine(row).find("again") == std::string::npos);
    row.meta.again = true;
    QVERIFY(outputRowFromLine(toLine(row), "line")->meta == row.meta);
    row.margins.clear();
    QVERIFY(toLine(row).find("margins") == std::string::npos);
    QVERIFY(outputRowFromLine(toLine(row), "line")->margins.empty());
    for (const char* wrong : {"[0.1]", "[0.1,\"x\"]", "1"}) {
        const auto refused = outputRowFromLine(line.substr(0, line.find("[0.1")) + wrong + "}", "line");
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().detail.find("margins") != std::string::npos);
    }
}

void TestRows::badOutputRowSaysWhere_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("detail");
    QTest::newRow("mode") << R"("mode":"free")" << R"("mode":"fast")" << "x: \"mode\" must be free or constrained.";
    QTest::newRow("finish") << R"("finish":"stop")" << R"("finish":"end")" << "x: \"finish\" must be stop or length.";
    QTest::newRow("hex") << R"("output":"o")" << R"("output_hex":"6")"
                         << "x: \"output_hex\" must be pairs of hex digits.";
    QTest::newRow("newer") << R"("v":1)" << R"("v":2)" << "x was made by a newer Clausewright.";
}

void TestRows::badOutputRowSaysWhere() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, detail);
    const QString line = QString::fromStdString(toLine(OutputRow{meta(), false, "o", FinishReason::Stop, 1}));
    QVERIFY(line.contains(from));
    const auto row = outputRowFromLine(QString(line).replace(from, to).toStdString(), "x");
    QVERIFY(!row.ok());
    QCOMPARE(QString::fromStdString(row.error().detail), detail);
}

void TestRows::badGoldRowSaysWhat() {
    QCOMPARE(errorOf(R"({"contract":"a","clauses":{"goverming_law":null}})"),
             std::string("gold.jsonl, line 3: \"clauses.goverming_law\" is not a clause type of the taxonomy. Did you "
                         "mean governing_law?"));
    QCOMPARE(errorOf(R"({"contract":"a","clauses":{"audit_rights":true}})"),
             std::string("gold.jsonl, line 3: \"clauses.audit_rights\" must be an object."));
    QCOMPARE(errorOf(R"({"contract":"a","clauses":{"audit_rights":{"q":["a","b"],"v":true,"s":[[1,2]]}}})"),
             std::string("gold.jsonl, line 3: \"clauses.audit_rights.s\" must be one range a quote."));
    QVERIFY(errorOf(R"({"contract":"a","clauses":{"audit_rights":{"q":["a"],"v":"yes"}}})").find("audit_rights") !=
            std::string::npos);
    QVERIFY(errorOf(R"({"contract":"a","clauses":{"audit_rights":{"q":[],"v":true}}})").find("audit_rights") !=
            std::string::npos);
    QVERIFY(errorOf(R"({"contract":"a","clauses":{"audit_rights":{"q":["a"],"v":7}}})").find("audit_rights.v") !=
            std::string::npos);
}

void TestRows::linesMayEndAsTheyLike() {
    const std::string bytes = "one\r\n\n  \ntwo\nthree";
    const auto lines = splitLines(bytes);
    QCOMPARE(lines, (std::vector<std::string_view>{"one\r", "two", "three"}));
    QCOMPARE(lineNumber(bytes, lines[0]), size_t{1});
    QCOMPARE(lineNumber(bytes, lines[1]), size_t{4});
    QCOMPARE(lineNumber(bytes, lines[2]), size_t{5});
    QVERIFY(splitLines("").empty());
}

void TestRows::fileErrorNamesFileAndLine() {
    const QTemporaryDir folder;
    const std::string file = folder.path().toStdString() + "/train.jsonl";
    QVERIFY(writeFileAtomically(file, toLine(ChatRow{"a", "b", meta()}) + "\n\n{\n").ok());
    const auto rows = readChatRows(file);
    QVERIFY(!rows.ok());
    QVERIFY2(QString::fromStdString(rows.error().detail)
                 .startsWith(QString::fromStdString(file + ", line 3: not valid JSON")),
             rows.error().detail.c_str());
    QVERIFY(!readChatRows(folder.path().toStdString() + "/none.jsonl").ok());
}

void TestRows::filesComeBackWhole() {
    const QTemporaryDir folder;
    const std::string file = folder.path().toStdString() + "/rows.jsonl";
    const std::vector<ChatRow> chat = {{"a", "b", meta()}, {"c", "", meta()}};
    QVERIFY(writeFileAtomically(file, toLines(chat)).ok());
    QVERIFY(*readChatRows(file) == chat);
    const std::vector<PreferenceRow> preference = {{"a", "b", "c", meta()}};
    QVERIFY(writeFileAtomically(file, toLines(preference)).ok());
    QVERIFY(*readPreferenceRows(file) == preference);
    const std::vector<OutputRow> outputs = {{meta(), true, "\xFF", FinishReason::Length, 1}};
    QVERIFY(writeFileAtomically(file, toLines(outputs)).ok());
    QVERIFY(*readOutputRows(file) == outputs);
    const std::vector<GoldRow> gold = {goldRow(), goldRow()};
    QVERIFY(writeFileAtomically(file, toLines(gold)).ok());
    QVERIFY(*readGoldRows(file, taxonomy()) == gold);
}

QTEST_GUILESS_MAIN(TestRows)
#include "test_rows.moc"
