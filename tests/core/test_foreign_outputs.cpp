// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Predictions from elsewhere: whatever stands in the file, it is told by line and no cell is lost.
#include "core/base/file.h"
#include "core/base/line_reader.h"
#include "core/dataset/foreign_outputs.h"
#include "tests/support/evaluation_fixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace cw;
using namespace cw::test;

namespace {

std::string plain(const std::string& contract, const std::string& output = "{}") {
    return nlohmann::json({{"contract", contract}, {"output", output}}).dump();
}

} // namespace

class TestForeignOutputs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesAreCutAndCounted();
    void bothFormsAreRead();
    void everyMemberComesBack();
    void aBadLineHidesNoOther_data();
    void aBadLineHidesNoOther();
    void unknownContractsAreListed();
    void equalDuplicatesCountOnceAndOthersNotAtAll();
    void whatElseDiffersMakesTwoOutputs();
    void requestsOfOneWindowStandSideBySide();
    void windowsThatCantBeAreRefused();
    void windowsBehindTheirTextAreRefused();
    void aLineOfHundredMegabytesIsNotKept();
    void deepNestingTakesNothing();
    void wholeFilesThatHoldNothing();
    void listsAreCutAndSaySo();
    void everyCellOfABadLineIsWrong();

private:
    std::filesystem::path write(const std::string& bytes) {
        const std::filesystem::path file = std::filesystem::path(m_folder.path().toStdString()) / ("file" + std::to_string(++m_files));
        [&] { QVERIFY(writeFileAtomically(file, bytes).ok()); }();
        return file;
    }
    ForeignOutputs read(const std::string& bytes) {
        Result<ForeignOutputs> out = readForeignOutputs(write(bytes), threeContracts(), defaultTaxonomy());
        [&] { QVERIFY2(out.ok(), out.ok() ? "" : out.error().detail.c_str()); }();
        if (!out)
            return {};
        noteMissing(*out, threeContracts());
        return std::move(*out);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

void TestForeignOutputs::linesAreCutAndCounted() {
    std::vector<FileLine> lines;
    const auto take = [&](FileLine line) { lines.push_back(std::move(line)); };
    QVERIFY(readLines(write("\xEF\xBB\xBF" "one\r\n\n  \ntwo, which is long\nend"), 8, take).ok());
    QCOMPARE(lines.size(), size_t{3});
    QCOMPARE(lines[0].text, std::string("one"));
    QCOMPARE(lines[1].number, size_t{4});
    QVERIFY(lines[1].tooLong);
    QCOMPARE(lines[1].bytes, size_t{18});
    QCOMPARE(lines[2].text, std::string("end"));
    QCOMPARE(lines[2].number, size_t{5});
    QCOMPARE(readLines("no/such/file", 8, take).error().code, ErrorCode::NotFound);
    QCOMPARE(readLines(m_folder.path().toStdString(), 8, take).error().code, ErrorCode::BadInput);
}

void TestForeignOutputs::bothFormsAreRead() {
    const OutputRow row = outputRow("beta", "x");
    const ForeignOutputs out = read("\xEF\xBB\xBF{\"contract\":\"alpha\",\"output\":\"{}\",\"tokens\":7,\"tokens_in\":90,\"seconds\":1.5,\"model\":{\"a\":[[[[1]]]]}}\r\n" +
                                    toLine(row) + "\r\n");
    QCOMPARE(out.rows.size(), size_t{2});
    QCOMPARE(out.rows[0].tokens, 7);
    QCOMPARE(*out.rows[0].tokensIn, 90);
    QCOMPARE(*out.rows[0].seconds, 1.5);
    QCOMPARE(out.rows[0].meta.request, fourKeys());
    QCOMPARE(out.rows[1], row);
    QVERIFY(!out.report.isFaulty());
    QCOMPARE(out.report.missing, std::vector{ContractId("gamma")});
}

// The predictions.jsonl of a run holds all that an output has.
void TestForeignOutputs::everyMemberComesBack() {
    OutputRow row = outputRow("alpha", "not UTF-8: \xFF");
    row.meta.window = {10, 68};
    row.meta.part = 2;
    row.meta.parts = 3;
    row.meta.textAt = 77;
    row.meta.dataset = "3f";
    row.meta.again = true;
    row.constrained = true;
    row.finish = FinishReason::Length;
    row.tokens = 12;
    row.margins = {1.5F, std::nullopt, -2.F, 0.25F};
    row.tokensIn = 900;
    row.seconds = 2.5;
    const ForeignOutputs out = read(toLine(row));
    QCOMPARE(out.rows.size(), size_t{1});
    QCOMPARE(out.rows[0], row);
}

void TestForeignOutputs::aBadLineHidesNoOther_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("problem");
    QTest::addColumn<bool>("named");
    const auto row = [](const char* name, const QByteArray& line, const char* problem, bool named) { QTest::newRow(name) << line << QByteArray(problem) << named; };
    row("not UTF-8", "{\"contract\":\"beta\",\"output\":\"\xFF\"}", "byte 30 of the line is not UTF-8.", true);
    row("NUL", QByteArray("{\"contract\":\"beta\",\"output\":\"a\0b\"}", 34), "byte 31 of the line is NUL.", true);
    row("cut in the middle", "{\"contract\":\"beta\",\"output\":\"{}", "the line ends in the middle of its JSON.", true);
    row("not JSON", "contract,output", "not valid JSON from byte 1 of the line on.", false);
    row("two objects", "{\"contract\":\"beta\",\"output\":\"{}\"}{}", "not valid JSON from byte 34 of the line on.", true);
    row("a list", "[\"beta\"]", "the line is not a JSON object.", false);
    row("no contract", "{\"output\":\"{}\"}", "it needs the text \"contract\".", false);
    row("a number for the contract", "{\"contract\":7,\"output\":\"{}\"}", "it needs the text \"contract\".", false);
    row("no output", "{\"contract\":\"beta\"}", "\"output\" must be a text.", true);
    row("an object for the output", "{\"contract\":\"beta\",\"output\":{\"governing_law\":null}}", "\"output\" must be a text.", true);
    row("seconds below zero", "{\"contract\":\"beta\",\"output\":\"\",\"seconds\":-1}", "\"seconds\" must be a number from 0.", true);
    row("deep", QByteArray(100000, '['), "the line ends in the middle of its JSON.", false);
}

void TestForeignOutputs::aBadLineHidesNoOther() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, problem);
    QFETCH(bool, named);
    const ForeignOutputs out = read(plain("alpha") + "\n" + line.toStdString() + "\n" + plain("gamma"));
    QCOMPARE(out.rows.size(), size_t{2});
    QCOMPARE(out.report.lines, size_t{3});
    QCOMPARE(out.report.badLines.total, size_t{1});
    const InputNote& note = out.report.badLines.items[0];
    QCOMPARE(note.line, size_t{2});
    QCOMPARE(QByteArray::fromStdString(note.problem), problem);
    QCOMPARE(note.contract, std::string(named ? "beta" : ""));
    QCOMPARE(out.report.missing, std::vector{ContractId("beta")});
}

void TestForeignOutputs::unknownContractsAreListed() {
    OutputRow stranger = outputRow("omega", "{}");
    const ForeignOutputs out = read(plain("alpha") + "\n" + plain("zz") + "\n" + toLine(stranger));
    QCOMPARE(out.report.unknownContracts.total, size_t{2});
    QCOMPARE(out.report.unknownContracts.items[0].line, size_t{2});
    QCOMPARE(out.report.unknownContracts.items[0].contract, std::string("zz"));
    QCOMPARE(out.rows.size(), size_t{2}); // a row tells what it was asked: it counts for validity
    const nlohmann::ordered_json json = inputReportJson(out.report);
    QCOMPARE(json["unknown_contracts"][1]["contract"].get<std::string>(), std::string("omega"));
    QCOMPARE(json["missing"].dump(), std::string(R"(["beta","gamma"])"));
    QVERIFY(json["bad_lines"].empty() && json["duplicates"].empty());
}

void TestForeignOutputs::equalDuplicatesCountOnceAndOthersNotAtAll() {
    const ForeignOutputs out = read(plain("alpha") + "\n" + plain("alpha") + "\n" + plain("beta", "x") + "\n" + plain("beta", "y") + "\n" + plain("beta", "x"));
    QCOMPARE(out.rows.size(), size_t{1});
    QCOMPARE(out.report.duplicates.total, size_t{3});
    QCOMPARE(out.report.duplicates.items[0].problem, std::string("it repeats the output of line 1; it counts once."));
    QVERIFY(out.report.duplicates.items[1].problem.find("two outputs for the same text of beta, the other one in line 3") != std::string::npos);
    QCOMPARE(out.report.missing, (std::vector{ContractId("beta"), ContractId("gamma")}));
}

// The same words, but one was cut at its limit, or surer: which one is meant can't be told, whatever their order.
void TestForeignOutputs::whatElseDiffersMakesTwoOutputs() {
    OutputRow ended = outputRow("alpha", "{}"), cut = ended, sure = outputRow("beta", "{}"), surer = sure;
    cut.finish = FinishReason::Length;
    sure.margins = {1.F, 1.F, 1.F, 1.F};
    surer.margins = {2.F, 2.F, 2.F, 2.F};
    const ForeignOutputs out = read(toLine(ended) + "\n" + toLine(cut) + "\n" + toLine(sure) + "\n" + toLine(surer));
    QVERIFY(out.rows.empty());
    QCOMPARE(out.report.duplicates.total, size_t{2});
    QVERIFY(out.report.duplicates.items[0].problem.find("two outputs") != std::string::npos);
}

void TestForeignOutputs::requestsOfOneWindowStandSideBySide() {
    OutputRow first = outputRow("alpha", "{}"), second = first, again = first;
    first.meta.request.keys = {"document_name", "renewal_term"};
    second.meta.request.keys = {"governing_law", "insurance"};
    second.output = "{\"x\":1}";
    again.meta.request = first.meta.request;
    again.meta.again = true;
    again.output = "{\"y\":1}";
    const ForeignOutputs out = read(toLine(first) + "\n" + toLine(second) + "\n" + toLine(again));
    QCOMPARE(out.rows.size(), size_t{3});
    QVERIFY(!out.report.isFaulty());
}

void TestForeignOutputs::windowsThatCantBeAreRefused() {
    OutputRow many = outputRow("alpha", "{}"), beyond = outputRow("beta", "{}"), strange = outputRow("gamma", "{}");
    many.meta.parts = 2'000'000'000; // would be as many missing parts
    beyond.meta.part = 3;
    beyond.meta.parts = 2;
    strange.meta.request.keys = {"no_such_clause"};
    const ForeignOutputs out = read(toLine(many) + "\n" + toLine(beyond) + "\n" + toLine(strange));
    QVERIFY(out.rows.empty());
    QCOMPARE(out.report.badLines.total, size_t{3});
    QVERIFY(out.report.badLines.items[2].problem.find("no_such_clause") != std::string::npos);
}

void TestForeignOutputs::windowsBehindTheirTextAreRefused() {
    OutputRow beyond = outputRow("alpha", "{}"), within = outputRow("beta", "{}"), unknown = outputRow("gamma", "{}");
    beyond.meta.window = {1000, 2000};
    unknown.meta.window = {1000, 2000}; // of a contract whose text isn't given
    const auto bytesOf = [](const ContractId& id) { return id.value == "gamma" ? std::nullopt : std::optional(textOf(id.value).size()); };
    const auto out = readForeignOutputs(write(toLine(beyond) + "\n" + toLine(within) + "\n" + toLine(unknown)), threeContracts(), defaultTaxonomy(), bytesOf);
    QVERIFY(out.ok());
    QCOMPARE(out->rows.size(), size_t{2});
    QCOMPARE(out->report.badLines.total, size_t{1});
    QCOMPARE(out->report.badLines.items[0].problem, "\"window\" ends at byte 2000, and the text has " + std::to_string(textOf("alpha").size()) + ".");
}

void TestForeignOutputs::aLineOfHundredMegabytesIsNotKept() {
    const ForeignOutputs out = read("{\"contract\":\"beta\",\"output\":\"" + std::string(100'000'000, 'x') + "\"}\n" + plain("alpha"));
    QCOMPARE(out.rows.size(), size_t{1});
    QCOMPARE(out.report.badLines.items[0].contract, std::string("beta"));
    QCOMPARE(out.report.badLines.items[0].problem, std::string("the line has 100000031 bytes, and at most 16777216 are read."));
}

void TestForeignOutputs::deepNestingTakesNothing() {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    const ForeignOutputs out = read("{\"contract\":\"alpha\",\"other\":" + deep + ",\"output\":\"{}\"}\n{\"contract\":\"beta\",\"output\":\"{\\\"document_name\\\":" + deep +
                                    "}\"}\n{\"contract\":\"gamma\",\"window\":" + deep + "}");
    QCOMPARE(out.rows.size(), size_t{2}); // what isn't ours doesn't matter
    QCOMPARE(out.report.badLines.total, size_t{1});
    const Evaluation evaluation = evaluate(threeContracts(), out.rows, defaultTaxonomy(), {});
    QCOMPARE(evaluation.strict.total.cells(), 12);
    QCOMPARE(evaluation.strict.total.inv, 12);
}

void TestForeignOutputs::wholeFilesThatHoldNothing() {
    const auto failure = [&](const std::string& bytes) {
        const auto out = readForeignOutputs(write(bytes), threeContracts(), defaultTaxonomy());
        return out ? std::string() : out.error().message();
    };
    QVERIFY(failure("").find("is empty") != std::string::npos);
    QVERIFY(failure(" \n\r\n\n").find("is empty") != std::string::npos);
    QVERIFY(failure("\xEF\xBB\xBF").find("is empty") != std::string::npos);
    QVERIFY(failure(std::string("\xFF\xFE{\0\"\0", 6)).find("UTF-16") != std::string::npos);
}

void TestForeignOutputs::listsAreCutAndSaySo() {
    std::string bytes;
    for (size_t i = 0; i < kMostNotes + 5; ++i)
        bytes += "x\n";
    const ForeignOutputs out = read(bytes);
    QCOMPARE(out.report.badLines.items.size(), kMostNotes);
    const nlohmann::ordered_json json = inputReportJson(out.report);
    QCOMPARE(json["bad_lines"].size(), kMostNotes);
    QCOMPARE(json["bad_lines_total"].get<size_t>(), kMostNotes + 5);
    QVERIFY(!json.contains("duplicates_total"));
}

void TestForeignOutputs::everyCellOfABadLineIsWrong() {
    const ForeignOutputs out = read(plain("alpha", encodeAnswer(answerOf({}))) + "\n{\"contract\":\"beta\",\"output\":\"{");
    const Evaluation evaluation = evaluate(threeContracts(), out.rows, defaultTaxonomy(), {});
    QCOMPARE(evaluation.contracts, 3);
    QCOMPARE(evaluation.strict.total.cells(), 12);
    QCOMPARE(evaluation.strict.total.inv, 8); // beta and gamma
    QCOMPARE(evaluation.outputs.size(), size_t{3});
}

QTEST_APPLESS_MAIN(TestForeignOutputs)
#include "test_foreign_outputs.moc"
