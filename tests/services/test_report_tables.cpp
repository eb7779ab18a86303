// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A report's numbers, its tables for other programs, its comparison, and its PDF.
#include "app/services/html_report_parts.h"
#include "app/services/report_pdf.h"
#include "app/services/report_tables.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "tests/support/evaluation_fixture.h"
#include "tests/support/paths.h"
#include "tests/support/synthetic_runs.h"

#include <QPdfDocument>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace cw;
using namespace cw::test;

namespace {

std::shared_ptr<ScoredRun> scored(const std::string& id, std::vector<OutputRow> outputs) {
    auto run = std::make_shared<ScoredRun>();
    run->id = RunId(id);
    run->taxonomy = defaultTaxonomy();
    run->gold = threeContracts();
    run->outputs = std::move(outputs);
    for (const char* contract : {"alpha", "beta", "gamma"})
        run->texts[ContractId(contract)] = textOf(contract);
    run->byMode.emplace("free", evaluate(run->gold, run->outputs, run->taxonomy, textFor));
    return run;
}

// Before, and after: beta became right, alpha's insurance is still invented, gamma broke.
std::vector<ReportRun> twoRuns() {
    std::vector<OutputRow> after = threeOutputs();
    after[1] = outputRow("beta", Findings{{"document_name", found("NON-DISCLOSURE AGREEMENT")}});
    after[2] = outputRow("gamma", Findings{{"document_name", found("The Licensor grants a licence")}});
    for (OutputRow& row : after) {
        row.tokens = 40;
        row.seconds = 2;
    }
    return {{"Before", scored("01A", threeOutputs())}, {"After =1+1", scored("01B", std::move(after))}};
}

const ReportTable& named(const std::vector<ReportTable>& tables, const std::string& name) {
    const auto found = std::find_if(tables.begin(), tables.end(), [&](const ReportTable& table) { return table.name == name; });
    if (found == tables.end())
        qFatal("no such table");
    return *found;
}

} // namespace

class TestReportTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMetricHasItsDefinition();
    void countsMakeTheNumbers();
    void tablesHoldTheNumbers();
    void spreadsheetsTakeNothingForAFormula();
    void differencesArePaired();
    void thePageComparesAndCosts();
    void filesAreWritten();
    void thePdfHasEveryPart();
    void reportsForWhoeverWantsThem();
};

void TestReportTables::everyMetricHasItsDefinition() {
    std::set<std::string> keys;
    for (const Definition& definition : definitions())
        QVERIFY(keys.insert(definition.key).second && !definition.text.empty());
    for (const Metric& metric : metricsOf(twoRuns()[0].scored->byMode.at("free")))
        QVERIFY(!definitionOf(metric.key).title.empty());
    QVERIFY_THROWS_EXCEPTION(std::logic_error, definitionOf("nonsense"));
}

void TestReportTables::countsMakeTheNumbers() {
    for (const Metric& metric : metricsOf(twoRuns()[0].scored->byMode.at("free")))
        if (metric.whole > 0)
            QCOMPARE(*metric.value, static_cast<double>(metric.part) / metric.whole);
    // Nothing scored is no data, not 0.
    for (const Metric& metric : metricsOf(Evaluation()))
        QVERIFY2(!metric.value, metric.key.c_str());
}

void TestReportTables::tablesHoldTheNumbers() {
    const std::vector<ReportTable> tables = reportTables(twoRuns(), {.perHour = 3600, .perKwh = {}});
    for (const ReportTable& table : tables)
        for (const auto& row : table.rows)
            QCOMPARE(row.size(), table.columns.size());
    const nlohmann::ordered_json scores = tableJson(named(tables, "scores"));
    QCOMPARE(scores[0]["metric"].get<std::string>(), std::string("accuracy"));
    QCOMPARE(scores[0]["part"].get<int>(), 5);
    QCOMPARE(scores[0]["whole"].get<int>(), 12);
    QCOMPARE(named(tables, "cells").rows.size(), size_t{24});
    int invalid = 0;
    for (const auto& row : tableJson(named(tables, "cells")))
        invalid += row["strict"] == "inv" ? 1 : 0;
    QCOMPARE(invalid, 4);
    const nlohmann::ordered_json cost = tableJson(named(tables, "cost"));
    const auto money = std::find_if(cost.begin(), cost.end(), [](const auto& row) { return row["what"] == "Money" && row["run"] != "Before"; });
    QCOMPARE((*money)["in_all"].get<double>(), 6.0);
    QVERIFY(cost[0]["in_all"].is_null());
}

void TestReportTables::spreadsheetsTakeNothingForAFormula() {
    const ReportTable table{"t", {"a", "b", "c", "d"}, {{std::string("=1+1"), -0.25, 7LL, TableValue()}, {std::string("a \"b\", c"), 1.0, -1LL, std::string()}}};
    QCOMPARE(tableCsv(table), std::string("\"a\",\"b\",\"c\",\"d\"\r\n\"'=1+1\",-0.25,7,\r\n\"a \"\"b\"\", c\",1.0,-1,\"\"\r\n"));
}

void TestReportTables::differencesArePaired() {
    const std::vector<ReportComparison> comparisons = reportComparisons(twoRuns());
    QCOMPARE(comparisons.size(), size_t{1});
    QCOMPARE(comparisons[0].cells.total.fixed, 4);  // beta
    QCOMPARE(comparisons[0].cells.total.broken, 1); // gamma's title
    const nlohmann::ordered_json rows = tableJson(named(reportTables(twoRuns(), {}), "differences"));
    QCOMPARE(rows[0]["clause"].get<std::string>(), std::string("all"));
    QCOMPARE(rows[0]["change"].get<double>(), comparisons[0].cells.total.change());
    QVERIFY(rows[0]["p"].is_number());
    QVERIFY(reportComparisons({twoRuns()[0]}).empty());
}

void TestReportTables::thePageComparesAndCosts() {
    const QString html = toQString(htmlReport("Two", "", twoRuns(), {.perHour = 3600, .perKwh = {}}));
    for (const char* words : {"After =1+1 against Before, free decoding", "+25.0 better", "<h2>Cost</h2>", "3,600 an hour", "A right present clause",
                              "After =1+1: now wrong"})
        QVERIFY2(html.contains(QString::fromUtf8(words)), words);
    for (const Definition& definition : definitions()) // a click away, or in the closing list
        QVERIFY2(html.contains(toQString(report::escaped(definition.text))), definition.key.c_str());
    QVERIFY(html.contains(QStringLiteral("<summary>Accuracy</summary>")));
    QVERIFY(toQString(htmlReport("One", "", {twoRuns()[0]})).contains(QStringLiteral("none was given")));
}

void TestReportTables::filesAreWritten() {
    QTemporaryDir folder;
    const auto files = writeReportTables(reportTables(twoRuns(), {}), std::filesystem::path(folder.path().toStdString()) / "tables");
    QVERIFY(files.ok());
    QCOMPARE(files->size(), size_t{22});
    for (const std::filesystem::path& file : *files)
        QVERIFY(std::filesystem::file_size(file) > 2);
    QVERIFY(!writeReportTables(reportTables(twoRuns(), {}), "/dev/null/no").ok());
}

void TestReportTables::thePdfHasEveryPart() {
    QTemporaryDir folder;
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "report.pdf";
    const Status written = writeReportPdf(file, "Two <runs>", "A note.", twoRuns(), {});
    QVERIFY2(written.ok(), written.ok() ? "" : written.error().detail.c_str());
    QPdfDocument document;
    QCOMPARE(document.load(toQString(file.string())), QPdfDocument::Error::None);
    QVERIFY(document.pageCount() >= 3);
    QString text;
    for (int page = 0; page < document.pageCount(); ++page) {
        QVERIFY(document.pagePointSize(page).width() > document.pagePointSize(page).height());
        text += document.getAllText(page).text();
    }
    for (const char* words : {"Two <runs>", "A note.", "Null baseline", "After =1+1 against Before", "Confidence", "Not calibrated: the answers carry no margins", "Cost", "Validity of the outputs", "By clause", "What went wrong",
                              "Worst examples", "How to read this", "1 / "})
        QVERIFY2(text.contains(QString::fromUtf8(words)), words);
}

void TestReportTables::reportsForWhoeverWantsThem() {
    const std::filesystem::path folder = qEnvironmentVariable("CW_PICTURES").toStdString();
    if (folder.empty())
        QSKIP("CW_PICTURES names no folder for reports.");
    const std::filesystem::path sample = sampleFolder(), dense = corpusFolder() / "data" / "contracts";
    const SyntheticGold gold = corpusFolder().empty() ? syntheticGold(sample / "annotations.json", sample / "contracts", 12) : syntheticGold(dense / "annotations.json", dense, 80);
    const auto runWith = [&](double errors, std::uint64_t seed, bool calibrated) {
        auto run = std::make_shared<ScoredRun>();
        run->id = RunId("01REPORT" + std::to_string(seed));
        run->taxonomy = defaultTaxonomy();
        run->gold = gold.rows;
        run->texts = gold.texts;
        run->outputs = syntheticOutputs(gold, errors, 0.1, seed);
        Calibration calibration;
        for (const std::string& key : run->taxonomy.keys())
            if (calibrated)
                calibration[key] = {0, 0.8, 0.3, 40};
        run->byMode.emplace("free", evaluate(run->gold, run->outputs, run->taxonomy, gold.textOf(), {{}, calibration, {}}));
        return run;
    };
    const std::vector<ReportRun> runs = {{"base-7b", runWith(0.35, 1, false)}, {"sft-r16-from-the-second-split-with-a-long-name-of-its-own", runWith(0.2, 2, false)},
                                         {"dpo-r16-b0.05", runWith(0.15, 3, true)}};
    QVERIFY(writeFileAtomically(folder / "report.html", htmlReport("Three runs", "A note on what these scores are worth.", runs, {.perHour = 2.4, .perKwh = {}})).ok());
    QVERIFY(writeReportPdf(folder / "report.pdf", "Three runs", "A note on what these scores are worth.", runs, {.perHour = 2.4, .perKwh = {}}).ok());
}

QTEST_MAIN(TestReportTables)
#include "test_report_tables.moc"
