// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The document that `score --json` prints: its members, and the hand-made numbers in them.
#include "tests/support/evaluation_fixture.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace cw;
using namespace cw::test;
using Json = nlohmann::ordered_json;

namespace {

Json scored(const TextOf& texts) {
    const Taxonomy taxonomy = defaultTaxonomy();
    return Json::parse(scoreJson(evaluate(threeContracts(), threeOutputs(), taxonomy, texts), taxonomy));
}

QStringList keysOf(const Json& object) {
    QStringList keys;
    for (const auto& [key, value] : object.items())
        keys << QString::fromStdString(key);
    return keys;
}

const QStringList kBreakdownMembers =
    QString("accuracy null_baseline skill present_accuracy micro_f1 macro_f1 presence_f1 hallucination_rate "
            "omission_rate document_exact tp tn sub fp fn inv per_clause error_kinds precision f2 macro_clauses false_discovery fp_ungrounded "
            "fp_misread hallucination_ungrounded_rate hallucination_misread_rate at_most_one_wrong errors_per_contract "
            "false_values_per_contract right_values right_in_doubt right_by_alternative span_views booleans")
        .split(' ');

} // namespace

class TestScoreJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void membersAreThoseOfTheGuide();
    void numbersAreThoseOfTheCells();
    void marginsGiveAReviewCurve();
    void validityIsOfTheHighestLevel();
    void withoutTextsItSaysNotScored();
    void noDataIsNull();
};

void TestScoreJson::membersAreThoseOfTheGuide() {
    const Json json = scored(textFor);
    QCOMPARE(keysOf(json),
             QString("contracts cells unreviewed not_asked validity second_looks fault_tags strict compat intervals t_intervals design_effects clusters valid_at_least "
                     "quotes confidence lenient").split(' '));
    QCOMPARE(keysOf(json["lenient"]), kBreakdownMembers);
    QCOMPARE(keysOf(json["strict"]), kBreakdownMembers);
    QCOMPARE(keysOf(json["compat"]), kBreakdownMembers);
    QCOMPARE(keysOf(json["validity"]), QString("V0 V1 V2 V3 V4 V5").split(' '));
    QCOMPARE(keysOf(json["strict"]["per_clause"]),
             QString("document_name renewal_term governing_law insurance").split(' '));
    QCOMPARE(keysOf(json["strict"]["per_clause"]["insurance"]),
             QString("tp tn sub fp fn inv f1 hallucination_rate omission_rate fp_ungrounded fp_misread").split(' '));
    QCOMPARE(keysOf(json["intervals"]),
             QString("accuracy hallucination_rate macro_f1 micro_f1 omission_rate presence_f1 present_accuracy quotes_found valid").split(' '));
    QVERIFY(json["confidence"].is_null()); // no output has margins
    QCOMPARE(json["intervals"]["accuracy"].size(), size_t{2});
}

void TestScoreJson::numbersAreThoseOfTheCells() {
    const Json json = scored(textFor);
    QCOMPARE(json["contracts"].get<int>(), 3);
    QCOMPARE(json["cells"].get<int>(), 12);
    QCOMPARE(json["unreviewed"].get<int>(), 3);
    QCOMPARE(json["not_asked"].get<int>(), 3 * (47 - 4 - 1));
    const Json& strict = json["strict"];
    QCOMPARE(strict["accuracy"].get<double>(), 5.0 / 12);
    QCOMPARE(strict["null_baseline"].get<double>(), 7.0 / 12);
    QCOMPARE(strict["micro_f1"].get<double>(), 4.0 / 9);
    QCOMPARE(strict["inv"].get<int>(), 4);
    QCOMPARE(strict["per_clause"]["document_name"]["f1"].get<double>(), 0.8);
    QCOMPARE(strict["error_kinds"]["output_invalid"].get<int>(), 4);
    QCOMPARE(strict["error_kinds"]["date_order"].get<int>(), 0);
    QCOMPARE(strict["f2"].get<double>(), 10.0 / 24);
    QCOMPARE(strict["fp_misread"].get<int>(), 1);
    QCOMPARE(strict["per_clause"]["insurance"]["fp_misread"].get<int>(), 1);
    QCOMPARE(strict["errors_per_contract"].get<double>(), 7.0 / 3);
    QVERIFY(strict["booleans"]["insurance"] == Json::parse("[[1,0,1,1],[0,0,0,0],[0,0,0,0]]"));
    QVERIFY(json["quotes"] == Json::parse(R"({"quotes":4,"grounded":4,"fabrication_rate":0.0})"));
    QCOMPARE(json["lenient"]["inv"].get<int>(), 0); // the object in a fence can be read
}

void TestScoreJson::marginsGiveAReviewCurve() {
    const Taxonomy taxonomy = defaultTaxonomy();
    std::vector<OutputRow> rows = threeOutputs();
    for (OutputRow& row : rows)
        row.margins = {2.0F, 1.0F, -1.0F, 0.1F};
    const Json json = Json::parse(scoreJson(evaluate(threeContracts(), rows, taxonomy, textFor), taxonomy))["confidence"];
    QCOMPARE(keysOf(json), QString("cells wrong calibrated ece ece_interval brier bins risk_coverage review").split(' '));
    QCOMPARE(json["cells"].get<int>(), 8); // beta's are unusable
    QCOMPARE(json["calibrated"].get<int>(), 0); // nobody fitted what their margins stand for
    QCOMPARE(json["review"].size(), size_t{101});
    QVERIFY(json["review"][100] == Json::parse("[1.0,1.0]"));
}

void TestScoreJson::validityIsOfTheHighestLevel() {
    const Json json = scored(textFor);
    QVERIFY(json["validity"] == Json::parse(R"({"V0":0,"V1":1,"V2":0,"V3":0,"V4":1,"V5":1})"));
    QVERIFY(json["fault_tags"] == Json::parse(R"({"fence":1})"));
}

void TestScoreJson::withoutTextsItSaysNotScored() {
    const Json json = scored({});
    QVERIFY(json["validity"] == Json::parse(R"({"V0":0,"V1":1,"V2":0,"V3":0,"V4":2,"V5":"not scored"})"));
    const Json& kinds = json["strict"]["error_kinds"];
    QVERIFY(kinds["boundary_long"] == Json("not scored"));
    QVERIFY(kinds["hallucinated_ungrounded"] == Json("not scored"));
    QVERIFY(kinds["hallucinated"] == Json(1));
    QVERIFY(json["quotes"] == Json("not scored"));
    QVERIFY(json["strict"]["fp_misread"] == Json("not scored"));
    QVERIFY(kinds["span_missing"] == Json(0));
}

void TestScoreJson::noDataIsNull() {
    const Taxonomy taxonomy = defaultTaxonomy();
    const Json absent = Json::parse(scoreJson(
        evaluate({goldRow("beta", {})}, {outputRow("beta", encodeAnswer(answerOf({})))}, taxonomy, textFor), taxonomy));
    QVERIFY(absent["strict"]["accuracy"] == Json(1.0));
    for (const char* rate : {"skill", "present_accuracy", "micro_f1", "macro_f1", "presence_f1", "omission_rate"})
        QVERIFY2(absent["strict"][rate].is_null(), rate);
    QVERIFY(absent["strict"]["per_clause"]["insurance"]["f1"].is_null());
    QVERIFY(!absent["intervals"].contains("accuracy")); // one contract has no interval
    const Json nothing = Json::parse(scoreJson(evaluate({}, {}, taxonomy, {}), taxonomy));
    QVERIFY(nothing["strict"]["accuracy"].is_null());
    QCOMPARE(keysOf(nothing["strict"]), kBreakdownMembers);
}

QTEST_APPLESS_MAIN(TestScoreJson)
#include "test_score_json.moc"
