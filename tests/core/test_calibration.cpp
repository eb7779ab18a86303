// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/eval/calibration.h"
#include "core/eval/calibration_file.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace cw;

namespace {

// `count` rows of one kind from `first` on, `step` apart.
void addRows(std::vector<MarginRow>& rows, bool present, float first, float step, int count = 10) {
    for (int i = 0; i < count; ++i)
        rows.push_back({first + step * static_cast<float>(i), present});
}

double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}

// Margins m whose truth is present with probability sigmoid(a * m + c).
std::vector<MarginRow> drawnRows(double a, double c, int count) {
    Rng rng(5);
    std::vector<MarginRow> rows;
    for (int i = 0; i < count; ++i) {
        const float margin = static_cast<float>(rng.below(2000)) / 100 - 10;
        rows.push_back({margin, static_cast<double>(rng.below(1000000)) / 1e6 < sigmoid(a * static_cast<double>(margin) + c)});
    }
    return rows;
}

} // namespace

class TestCalibration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBiasPartsPresentFromAbsent() {
        std::vector<MarginRow> rows;
        addRows(rows, true, -3, 0.5F);
        addRows(rows, false, -20, 0.5F); // up to -15.5
        QVERIFY(f1OfBias(rows, 0) < 1);
        QCOMPARE(fitBias(rows), 9.25); // the middle of -15.5 and -3
        QCOMPARE(f1OfBias(rows, 9.25), 1.0);
    }

    void aBiasThatGainsNothingStaysZero() {
        std::vector<MarginRow> rows;
        addRows(rows, true, 4, 1);
        addRows(rows, false, -30, 1);
        QCOMPARE(fitBias(rows), 0.0);
    }

    void beyondTheLastMarginItIsOne() {
        std::vector<MarginRow> rows;
        addRows(rows, true, -2, 0);
        addRows(rows, false, -2, 0); // nothing parts them: all are called present
        QCOMPARE(fitBias(rows), 3.0);
    }

    // Calling the upper ten or all thirty gives F1 2/3 (10 of 10 of 20, and 20 of 40); the first needs the smaller bias.
    void ofEqualScoresTheNearestToZeroWins() {
        std::vector<MarginRow> rows;
        addRows(rows, true, -2, 0, 10);
        addRows(rows, false, -4, 0, 20);
        addRows(rows, true, -6, 0, 10);
        QCOMPARE(f1OfBias(rows, 3), f1OfBias(rows, 7));
        QCOMPARE(fitBias(rows), 3.0);
    }

    void tooFewRowsGiveNone() {
        std::vector<MarginRow> rows;
        addRows(rows, true, -3, 0.1F, kLeastOfEach - 1);
        addRows(rows, false, -20, 0.1F, 100);
        QCOMPARE(fitBias(rows), 0.0);
        QVERIFY(fitCalibration(rows) == (NullCalibration{0, 1, 0, kLeastOfEach - 1 + 100}));
        QCOMPARE(fitBias({}), 0.0);
        addRows(rows, true, -3, 0.1F);
        QVERIFY(fitBias(rows) > 0);
        rows.back().margin = std::numeric_limits<float>::infinity();
        QCOMPARE(fitBias(rows), 0.0);
    }

    void theBestBiasIsFoundAmongAll() {
        for (double c : {-3.0, 0.0, 4.0}) {
            const std::vector<MarginRow> rows = drawnRows(0.8, c, 200);
            const double found = f1OfBias(rows, fitBias(rows));
            for (double bias = -12; bias <= 12; bias += 0.05)
                QVERIFY(f1OfBias(rows, bias) <= found);
        }
    }

    void theMappingIsThatOfTheRows() {
        const std::vector<MarginRow> rows = drawnRows(0.5, -1, 20000);
        const NullCalibration fitted = fitCalibration(rows);
        QVERIFY(std::abs(fitted.a - 0.5) < 0.03 && std::abs(fitted.c + 1) < 0.1);
        QCOMPARE(fitted.n, 20000);
        QVERIFY(calibrationError(rows, fitted) < 0.02);
        QVERIFY(calibrationError(rows, {}) > 0.05); // the margin itself is too sure
    }

    void separableRowsStayFiniteAndFallingOnesFlat() {
        std::vector<MarginRow> rows;
        addRows(rows, true, 1, 1, 30);
        addRows(rows, false, -30, 1, 30);
        const NullCalibration fitted = fitCalibration(rows);
        QVERIFY(std::isfinite(fitted.a) && fitted.a > 0 && std::isfinite(fitted.c));
        for (MarginRow& row : rows)
            row.present = !row.present;
        const NullCalibration flat = fitCalibration(rows);
        QCOMPARE(flat.a, 0.0);
        QVERIFY(std::abs(probabilityOf(7, flat) - 0.5) < 1e-9);
    }

    // Four rows of probability sigmoid(2), of which three are present, and two of sigmoid(-2), of which none is.
    void theErrorIsThatOfTheBins() {
        const std::vector<MarginRow> rows = {{2, true}, {2, true}, {2, true}, {2, false}, {-2, false}, {-2, false}};
        QVERIFY(std::abs(calibrationError(rows, {}) - (std::abs(3 - 4 * sigmoid(2)) + 2 * sigmoid(-2)) / 6) < 1e-12);
        QCOMPARE(calibrationError({}, {}), 0.0);
    }

    void rowsAreTheLargestMarginOfAContract() {
        GoldRow gold;
        gold.contract = ContractId("a");
        gold.request.keys = {"insurance", "audit_rights"};
        gold.answer.cells = {{"insurance", Finding{{"insured"}, true}}, {"audit_rights", std::nullopt}};
        OutputRow first;
        first.meta.contract = gold.contract;
        first.meta.request.keys = {"insurance", "audit_rights", "non_compete"};
        first.margins = {-1.F, std::nullopt, 2.F};
        OutputRow second = first;
        second.margins = {3.F, -4.F, 1.F};
        OutputRow free = first;
        free.margins.clear();
        const auto rows = marginRows({first, second, free}, {gold});
        QCOMPARE(rows.size(), size_t{2});
        QVERIFY(rows.at("insurance") == (std::vector<MarginRow>{{3, true}}));
        QVERIFY(rows.at("audit_rights") == (std::vector<MarginRow>{{-4, false}}));
        const auto summed = marginRows({first, second, free}, {gold}, MarginRule::NullSum);
        QVERIFY(summed.at("insurance")[0].margin > 3.1F && summed.at("insurance")[0].margin < 3.4F); // -1 beside 3
        QVERIFY(summed.at("audit_rights") == (std::vector<MarginRow>{{-4, false}}));
    }

    void theFileComesBack() {
        const Calibration calibration = {{"insurance", {0.125, 1.5, -0.1, 40}}, {"parties", {}}};
        const CalibratedModel model{"a1", "b2", "c3"};
        const std::string json = calibrationJson(model, calibration);
        QVERIFY2(json.starts_with("{\n \"v\": 2,\n \"model\": {\n  \"adapter\": \"a1\",\n  \"base\": \"b2\",\n  \"tokenizer\": \"c3\"\n },\n"
                                  " \"clauses\": {\n  \"insurance\": {\n   \"bias\": 0.125,\n   \"a\": 1.5,\n   \"c\": -0.1,\n   \"n\": 40\n"),
                 json.c_str());
        const auto read = calibrationFromJson(json, "calibration.json");
        QVERIFY(read.ok());
        QVERIFY(*read == (StoredCalibration{model, calibration}));
    }

    void theFirstVersionNamesNoModel() {
        const auto read = calibrationFromJson("{\"v\":1,\"clauses\":{\"x\":{\"bias\":2,\"a\":1,\"c\":0,\"n\":9}}}", "calibration.json");
        QVERIFY(read.ok());
        QVERIFY(!read->model);
        QCOMPARE(read->clauses.at("x").bias, 2.0);
    }

    void whatDiffersIsSaid() {
        const CalibratedModel model{"a1", "b2", "c3"};
        QCOMPARE(differenceOf(model, model), std::string());
        QCOMPARE(differenceOf(model, {"a2", "b2", "c3"}), std::string("other weights of the adapter"));
        QCOMPARE(differenceOf(model, {"a2", "b3", "c3"}), std::string("another base model"));
        QCOMPARE(differenceOf(model, {"a1", "b2", "c4"}), std::string("another tokenizer"));
    }

    void aBadFileSaysWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("says");
        QTest::newRow("no JSON") << QByteArray("{") << QStringLiteral("calibration.json");
        QTest::newRow("newer") << QByteArray("{\"v\":3,\"clauses\":{}}") << QStringLiteral("newer Clausewright");
        QTest::newRow("no model") << QByteArray("{\"v\":2,\"clauses\":{}}") << QStringLiteral("model");
        QTest::newRow("no clauses") << QByteArray("{\"v\":1}") << QStringLiteral("clauses");
        QTest::newRow("no bias") << QByteArray("{\"v\":1,\"clauses\":{\"x\":{\"a\":1,\"c\":0,\"n\":1}}}") << QStringLiteral("clauses.x.bias");
        QTest::newRow("text") << QByteArray("{\"v\":1,\"clauses\":{\"x\":{\"bias\":\"y\",\"a\":1,\"c\":0,\"n\":1}}}")
                              << QStringLiteral("finite number");
        QTest::newRow("falls") << QByteArray("{\"v\":1,\"clauses\":{\"x\":{\"bias\":0,\"a\":-1,\"c\":0,\"n\":1}}}") << QStringLiteral("0 or more");
    }

    void aBadFileSaysWhatIsWrong() {
        QFETCH(QByteArray, json);
        QFETCH(QString, says);
        const auto read = calibrationFromJson(json.toStdString(), "calibration.json");
        QVERIFY(!read.ok());
        const QString message = QString::fromStdString(read.error().message());
        QVERIFY2(message.contains(says), qPrintable(message));
    }
};

QTEST_APPLESS_MAIN(TestCalibration)
#include "test_calibration.moc"
