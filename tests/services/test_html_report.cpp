// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report: self-contained, everything from outside escaped, its numbers those of the evaluation, legible in light
// and dark.
#include "app/services/report_confidence.h"
#include "app/services/result_qt.h"
#include "tests/support/evaluation_fixture.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace cw;
using namespace cw::test;

namespace {

std::shared_ptr<ScoredRun> scoredRun(std::vector<GoldRow> gold, std::vector<OutputRow> outputs) {
    auto run = std::make_shared<ScoredRun>();
    run->id = RunId("01TEST");
    run->taxonomy = defaultTaxonomy();
    run->gold = std::move(gold);
    run->outputs = std::move(outputs);
    run->byMode.emplace("free", evaluate(run->gold, run->outputs, run->taxonomy, textFor));
    return run;
}

QString page(const std::string& note, const std::vector<ReportRun>& runs) {
    return toQString(htmlReport("Sample report", note, runs));
}

QString pageOfThree() {
    return page("A tiny model: it shows the path.", {{"After SFT", scoredRun(threeContracts(), threeOutputs())}});
}

// Sixty cells of twelve contracts, each the surer the later; every fifth decision is wrong.
std::shared_ptr<ScoredRun> confidentRun(int calibrated) {
    auto run = scoredRun(threeContracts(), threeOutputs());
    std::vector<Decision> decisions;
    for (int i = 0; i < 60; ++i)
        decisions.push_back({"c" + std::to_string(i / 5), 0.4 + i * 0.01, i % 5 != 0, i % 5 != 0, std::to_string(i), i < calibrated});
    run->byMode.at("free").confidence = confidenceReport(decisions);
    return run;
}

using Colours = QHash<QString, QString>;

// The custom properties of the light theme, or of the light one overlaid with the dark one's.
Colours colours(bool dark) {
    const QString css = toQString(report::styleSheet());
    const int darkAt = css.indexOf(QStringLiteral("prefers-color-scheme:dark"));
    const QString part = dark ? css : css.left(darkAt);
    Colours out;
    auto matches = QRegularExpression(QStringLiteral("--([\\w-]+):(#[0-9A-F]{6})")).globalMatch(part);
    while (matches.hasNext()) {
        const auto match = matches.next();
        out[match.captured(1)] = match.captured(2);
    }
    return out;
}

double luminance(const QString& hex) {
    double sum = 0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; ++i) {
        const double c = hex.mid(1 + 2 * i, 2).toInt(nullptr, 16) / 255.0;
        sum += weights[i] * (c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double contrast(const QString& a, const QString& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestHtmlReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void escapesEverythingFromOutside();
    void showsWhatIsNoUtf8AsReplacement();
    void needsNothingButItself();
    void saysTheNoteFirst();
    void headlineNumbersStandBesideTheirBaseline();
    void everyRunAndModeHasARow();
    void cellsWithAnotherGoldAreCounted();
    void matrixCountsTheWrongCells();
    void examplesMarkTheDifference();
    void malformedOutputsStandBesideTheirGold();
    void confidenceStandsBinByBin();
    void whatIsNotCalibratedSaysWhatToDo();
    void oneAdviceForAllThatNeedIt();
    void nothingScoredIsStillAPage();
    void numbersAreGrouped();
    void textHasContrastInLightAndDark_data();
    void textHasContrastInLightAndDark();
};

void TestHtmlReport::escapesEverythingFromOutside() {
    const std::string evil = "<script>alert('x')</script>";
    GoldRow gold = goldRow("alpha", {{"document_name", found(evil + " & \"AGREEMENT\"")}});
    gold.contract = ContractId(evil);
    OutputRow output =
        outputRow("alpha", Findings{{"document_name", found("other " + evil)}, {"insurance", found(evil, true)}});
    output.meta.contract = gold.contract;
    OutputRow broken = outputRow("beta", evil);
    const auto run = scoredRun({gold, threeContracts()[1]}, {output, broken});
    const QString html = toQString(htmlReport(evil, evil, {{evil, run}}));
    QVERIFY(!html.contains(QStringLiteral("<script"), Qt::CaseInsensitive));
    QVERIFY(!html.contains(QStringLiteral("alert('x')")));
    QVERIFY(html.count(QStringLiteral("&lt;script&gt;")) >=
            8); // title, heading, note, run, contract, gold, prediction, raw output
    QVERIFY(html.contains(QStringLiteral("&amp; &quot;AGREEMENT&quot;")));
}

void TestHtmlReport::showsWhatIsNoUtf8AsReplacement() {
    QCOMPARE(toQString(report::escaped("a\xFFz\x01")), QStringLiteral("a\uFFFDz\uFFFD"));
    QCOMPARE(toQString(report::escaped("£ “x”\n")), QStringLiteral("£ “x”\n"));
    const QString html = page({}, {{"Run", scoredRun(threeContracts(), {outputRow("alpha", "broken \xC3")})}});
    QVERIFY(html.contains(QStringLiteral("broken \uFFFD")));
}

void TestHtmlReport::needsNothingButItself() {
    const QString html = pageOfThree();
    for (const char* reference : {"http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link"})
        QVERIFY2(!html.contains(QString::fromLatin1(reference)), reference);
    QVERIFY(html.startsWith(QStringLiteral("<!DOCTYPE html>")));
    QVERIFY(html.contains(QStringLiteral("default-src 'none'")));
    QVERIFY(html.contains(QStringLiteral("prefers-color-scheme:dark")));
    QVERIFY(html.contains(QStringLiteral("@media print")));
}

void TestHtmlReport::saysTheNoteFirst() {
    const QString html = pageOfThree();
    const auto note = html.indexOf(QStringLiteral("A tiny model: it shows the path."));
    QVERIFY(note > 0 && note < html.indexOf(QStringLiteral("<table")));
    QVERIFY(!page({}, {}).contains(QStringLiteral("<aside")));
}

void TestHtmlReport::headlineNumbersStandBesideTheirBaseline() {
    const QString html = pageOfThree();
    QVERIFY(html.contains(QStringLiteral("<b>41.7\u00A0%</b>"))); // accuracy 5/12
    QVERIFY(html.contains(QStringLiteral("5/12")));
    QVERIFY(html.contains(QStringLiteral("58.3\u00A0%")));  // null baseline 7/12
    QVERIFY(html.contains(QStringLiteral("−40.0\u00A0%"))); // skill
    QVERIFY(html.contains(QStringLiteral("44.4\u00A0%")));  // F1 4/9
    const auto valid = wilson(2, 3);
    QVERIFY(html.contains(toQString(report::interval(valid))));
    QVERIFY(html.contains(QStringLiteral("3 contracts · 4 clause types asked · 12 cells, 5 of them present")));
}

void TestHtmlReport::everyRunAndModeHasARow() {
    const auto run = scoredRun(threeContracts(), threeOutputs());
    run->byMode.emplace("constrained", run->byMode.at("free"));
    const std::vector<ReportRun> runs = {{"Base model", run}, {"After SFT", run}};
    const auto rows = report::rowsOf(runs);
    QCOMPARE(rows.size(), size_t{4});
    QCOMPARE(rows[1].mode, std::string("constrained"));
    const QString html = page({}, runs);
    QCOMPARE(html.count(QStringLiteral("<th scope=row>Base model</th>")), 6); // scores, confidence and validity, two modes
    QVERIFY(html.contains(QStringLiteral("What went wrong: After SFT, constrained decoding")));
}

void TestHtmlReport::cellsWithAnotherGoldAreCounted() {
    std::vector<GoldRow> mended = threeContracts();
    mended[0].answer.cells[1].finding->value = std::string("P2Y");
    const auto before = scoredRun(threeContracts(), threeOutputs()), after = scoredRun(mended, threeOutputs());
    const QString sentence = QStringLiteral("1 cell is not compared: its gold answer differs between the two evaluations.");
    QVERIFY(page({}, {{"Before", before}, {"After", after}}).contains(sentence));
    QVERIFY(!page({}, {{"Before", before}, {"After", before}}).contains(QStringLiteral("gold answer differs")));
}

void TestHtmlReport::matrixCountsTheWrongCells() {
    const QString html = pageOfThree();
    const QString foot = html.mid(html.indexOf(QStringLiteral("<tfoot>")), 900);
    QVERIFY(foot.contains(QStringLiteral("<b>7</b>"))); // all wrong cells
    QVERIFY(html.contains(QStringLiteral("output invalid <b>4</b>")));
    QVERIFY(html.contains(QStringLiteral("class=\"n heat\"")));
}

void TestHtmlReport::examplesMarkTheDifference() {
    const auto run =
        scoredRun({goldRow("alpha", {{"document_name", found("SUPPLY AGREEMENT made in London")}})},
                  {outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT kept elsewhere")}})});
    const QString html = page({}, {{"Run", run}});
    QVERIFY(html.contains(QStringLiteral("<del>made")));
    QVERIFY(html.contains(QStringLiteral("<ins>kept")));
    QVERIFY(html.contains(QStringLiteral("altered quote")));
}

void TestHtmlReport::malformedOutputsStandBesideTheirGold() {
    const QString html = pageOfThree();
    const auto at = html.indexOf(QStringLiteral("Outputs that are not valid JSON"));
    QVERIFY(at > 0);
    QVERIFY(html.mid(at).contains(QStringLiteral("NON-DISCLOSURE AGREEMENT")));
    QVERIFY(html.mid(at).contains(QStringLiteral("```json")));
}

void TestHtmlReport::confidenceStandsBinByBin() {
    const auto run = confidentRun(60);
    const ConfidenceReport& confidence = run->byMode.at("free").confidence;
    const QString html = page({}, {{"Run", run}});
    const QString section = html.mid(html.indexOf(QStringLiteral("<h2>Confidence</h2>"))).section(QStringLiteral("</section>"), 0, 0);
    QCOMPARE(section.count(QStringLiteral("<circle")), 15);
    QCOMPARE(section.count(QStringLiteral("<tr>")), 1 + 1 + 1 + 15); // two heads, the run, the bins
    QVERIFY(section.contains(toQString("<b>" + report::threeDigits(confidence.calibrationError) + "</b>")));
    QVERIFY(section.contains(toQString("<td class=n>" + report::threeDigits(confidence.brier) + "</td>")));
    QVERIFY(section.contains(QStringLiteral("<td>calibrated</td>")));
    QVERIFY(!section.contains(QStringLiteral("class=advice")));
    QCOMPARE(report::gapWords({10, 0.8, 0.9, 0.85, 0.8}), std::string("5.0 too sure"));
    QCOMPARE(report::gapWords({10, 0.8, 0.9, 0.85, 0.9}), std::string("5.0 too unsure"));
    QCOMPARE(report::gapWords({10, 0.8, 0.9, 0.85, 0.85}), std::string("0.0"));
}

void TestHtmlReport::whatIsNotCalibratedSaysWhatToDo() {
    const QString without = pageOfThree();
    QVERIFY(without.contains(QStringLiteral("<td>no margins</td>")));
    QVERIFY(without.contains(QStringLiteral("Not calibrated: the answers carry no margins")));
    QVERIFY(without.contains(QStringLiteral("evaluate with decoding=constrained")));
    const QString raw = page({}, {{"Run", confidentRun(0)}});
    QVERIFY(raw.contains(QStringLiteral("<td>not calibrated</td>")));
    QVERIFY(raw.contains(QStringLiteral("run clausewright-cli calibrate on that evaluation")));
    const auto noted = confidentRun(0);
    noted->calibrationNote = "Not calibrated: calibration.json beside the adapter was fitted to another base.";
    QVERIFY(page({}, {{"Run", noted}}).contains(QStringLiteral("fitted to another base. To calibrate, ")));
    const QString part = page({}, {{"Run", confidentRun(40)}});
    QVERIFY(part.contains(QStringLiteral("<td>40 of 60 calibrated</td>")));
    QVERIFY(part.contains(QStringLiteral("20 of 60 cells are not calibrated")));
}

void TestHtmlReport::oneAdviceForAllThatNeedIt() {
    const auto rows = report::rowsOf({{"Base", scoredRun(threeContracts(), threeOutputs())}, {"SFT", scoredRun(threeContracts(), threeOutputs())}, {"DPO", confidentRun(0)}});
    const auto advice = report::calibrationAdvice(rows);
    QCOMPARE(advice.size(), size_t{2});
    QCOMPARE(advice[0].runs, std::string("Base, free; SFT, free"));
    QCOMPARE(advice[1].runs, std::string("DPO, free"));
    const auto both = confidentRun(60); // free beside constrained: nothing is to be done about the free one
    both->byMode.emplace("constrained", both->byMode.at("free"));
    both->byMode.at("free").confidence = {};
    QVERIFY(report::calibrationAdvice(report::rowsOf({{"Run", both}})).empty());
}

void TestHtmlReport::nothingScoredIsStillAPage() {
    const QString html = page("Nothing yet.", {});
    QVERIFY(html.contains(QStringLiteral("No run was scored.")));
    QVERIFY(html.endsWith(QStringLiteral("</html>\n")));
}

void TestHtmlReport::numbersAreGrouped() {
    QCOMPARE(report::ofTotal(12, 1340), std::string("12/1,340"));
    QCOMPARE(report::grouped(1234567), std::string("1,234,567"));
    QCOMPARE(report::grouped(999), std::string("999"));
    QVERIFY(report::share(0, 0).find("no data") != std::string::npos);
}

void TestHtmlReport::textHasContrastInLightAndDark_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("fill");
    const std::pair<const char*, const char*> pairs[] = {{"text", "surface"},
                                                         {"muted", "surface"},
                                                         {"muted", "window"},
                                                         {"danger", "danger-fill"},
                                                         {"warning", "warning-fill"},
                                                         {"ins", "ins-fill"},
                                                         {"on", "v0"},
                                                         {"on", "v1"},
                                                         {"on", "v2"},
                                                         {"on", "v3"},
                                                         {"on", "v4"},
                                                         {"on", "v5"},
                                                         {"gI", "surface"},
                                                         {"gT", "surface"},
                                                         {"gL", "surface"},
                                                         {"gC", "surface"},
                                                         {"gM", "surface"},
                                                         {"gP", "surface"},
                                                         {"gR", "surface"},
                                                         {"gD", "surface"}};
    for (const auto& [text, fill] : pairs)
        QTest::addRow("%s on %s", text, fill) << QString::fromLatin1(text) << QString::fromLatin1(fill);
}

void TestHtmlReport::textHasContrastInLightAndDark() {
    QFETCH(QString, text);
    QFETCH(QString, fill);
    for (bool dark : {false, true}) {
        const Colours theme = colours(dark);
        QVERIFY(theme.contains(text) && theme.contains(fill));
        QVERIFY2(contrast(theme[text], theme[fill]) >= 4.5, dark ? "dark" : "light");
    }
}

QTEST_GUILESS_MAIN(TestHtmlReport)
#include "test_html_report.moc"
