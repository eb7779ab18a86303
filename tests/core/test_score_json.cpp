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
            "omission_rate document_exact tp tn sub fp fn inv per_clause error_kinds")
        .split(' ');

} // namespace

class TestScoreJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void membersAreThoseOfTheGuide();
    void numbersAreThoseOfTheCells();
    void validityIsOfTheHighestLevel();
    void withoutTextsItSaysNotScored();
    void noDataIsNull();
};

void TestScoreJson::membersAreThoseOfTheGuide() {
    const Json json = scored(textFor);
    QCOMPARE(keysOf(json),
             QString("contracts cells unreviewed validity second_looks fault_tags strict compat intervals").split(' '));
    QCOMPARE(keysOf(json["strict"]), kBreakdownMembers);
    QCOMPARE(keysOf(json["compat"]), kBreakdownMembers);
    QCOMPARE(keysOf(json["validity"]), QString("V0 V1 V2 V3 V4 V5").split(' '));
    QCOMPARE(keysOf(json["strict"]["per_clause"]),
             QString("document_name renewal_term governing_law insurance").split(' '));
    QCOMPARE(keysOf(json["strict"]["per_clause"]["insurance"]), QString("tp tn sub fp fn inv f1").split(' '));
    QCOMPARE(keysOf(json["intervals"]), QString("accuracy micro_f1 valid").split(' '));
    QCOMPARE(json["intervals"]["accuracy"].size(), size_t{2});
}

void TestScoreJson::numbersAreThoseOfTheCells() {
    const Json json = scored(textFor);
    QCOMPARE(json["contracts"].get<int>(), 3);
    QCOMPARE(json["cells"].get<int>(), 12);
    QCOMPARE(json["unreviewed"].get<int>(), 3);
    const Json& strict = json["strict"];
    QCOMPARE(strict["accuracy"].get<double>(), 5.0 / 12);
    QCOMPARE(strict["null_baseline"].get<double>(), 7.0 / 12);
    QCOMPARE(strict["micro_f1"].get<double>(), 4.0 / 9);
    QCOMPARE(strict["inv"].get<int>(), 4);
    QCOMPARE(strict["per_clause"]["document_name"]["f1"].get<double>(), 0.8);
    QCOMPARE(strict["error_kinds"]["output_invalid"].get<int>(), 4);
    QCOMPARE(strict["error_kinds"]["date_order"].get<int>(), 0);
}

void TestScoreJson::validityIsOfTheHighestLevel() {
    const Json json = scored(textFor);
    QVERIFY(json["validity"] == Json::parse(R"({"V0":0,"V1":1,"V2":0,"V3":0,"V4":0,"V5":2})"));
    QVERIFY(json["fault_tags"] == Json::parse(R"({"fence":1})"));
}

void TestScoreJson::withoutTextsItSaysNotScored() {
    const Json json = scored({});
    QVERIFY(json["validity"] == Json::parse(R"({"V0":0,"V1":1,"V2":0,"V3":0,"V4":2,"V5":"not scored"})"));
    const Json& kinds = json["strict"]["error_kinds"];
    QVERIFY(kinds["boundary_long"] == Json("not scored"));
    QVERIFY(kinds["hallucinated_ungrounded"] == Json("not scored"));
    QVERIFY(kinds["hallucinated"] == Json(1));
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
