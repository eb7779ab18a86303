// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which validation is the best, and what is said of settings before training.
#include "training/recipes/advice.h"
#include "training/recipes/score_history.h"

#include <QtTest>

#include <cmath>

using namespace cw;

namespace {

ValidationScores withLoss(std::int64_t step, double loss) {
    return {.step = step, .loss = loss};
}

ValidationScores withF1(std::int64_t step, std::optional<double> f1) {
    return {.step = step, .loss = 1.0 / static_cast<double>(step), .f1 = f1};
}

} // namespace

class TestScoreHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLowestLossIsTheBest() {
        ScoreHistory history("loss");
        QVERIFY(!history.best());
        QVERIFY(history.add(withLoss(10, 1.0)));
        QVERIFY(!history.add(withLoss(20, 1.2)));
        QVERIFY(history.add(withLoss(30, 0.8)));
        QCOMPARE(history.best()->step, std::int64_t{30});
        QCOMPARE(history.best(29)->step, std::int64_t{10});
        QVERIFY(!history.best(9));
        QVERIFY(history.has(20) && !history.has(21));
    }

    void theHighestScoreIsTheBestAndOfEqualsTheEarlier() {
        ScoreHistory history("f1");
        QVERIFY(history.add(withF1(10, 0.4)));
        QVERIFY(!history.add(withF1(20, 0.4)));
        QVERIFY(!history.add(withF1(30, std::nullopt))); // nothing to find and nothing found: 0
        QCOMPARE(history.best()->step, std::int64_t{10});
        QCOMPARE(history.withoutGain(), std::int64_t{2});
        QVERIFY(history.add(withF1(40, 0.5)));
        QCOMPARE(history.withoutGain(), std::int64_t{0});
    }

    void aLossThatIsNotANumberIsNeverTheBest() {
        ScoreHistory history("loss");
        QVERIFY(!history.add(withLoss(10, std::nan(""))));
        QVERIFY(!history.best());
        QCOMPARE(history.withoutGain(), std::int64_t{1});
        QVERIFY(history.add(withLoss(20, 5)));
        QVERIFY(!history.add(withLoss(30, std::nan(""))));
    }

    void eachScoreHasItsValue() {
        const ValidationScores scores{.step = 1, .loss = 0.1, .validJson = 0.2, .cellAccuracy = 0.3, .f1 = 0.4};
        QCOMPARE(valueOf(scores, "loss"), 0.1);
        QCOMPARE(valueOf(scores, "valid_json"), 0.2);
        QCOMPARE(valueOf(scores, "cell_accuracy"), 0.3);
        QCOMPARE(valueOf(scores, "f1"), 0.4);
    }

    void aScaleAboveEightIsSaid() {
        RunSpec spec = defaultSpec(RunKind::Sft);
        QVERIFY(trainingAdvice(spec, {.rank = 64, .alpha = 128}).empty()); // 2
        const auto advice = trainingAdvice(spec, {.rank = 64, .alpha = 128, .rankStabilised = true}); // 16
        QCOMPARE(advice.size(), size_t{1});
        QCOMPARE(QString::fromStdString(advice[0]), QStringLiteral("Updates are multiplied by 16 (alpha 128 by the square root of rank 64); above 8 training "
                                        "often is unstable. An alpha of 64 gives 8."));
        QVERIFY(trainingAdvice(spec, {.rank = 64, .alpha = 64, .rankStabilised = true}).empty()); // 8 itself
        // A projection of its own rank counts, one without an update doesn't.
        const auto own = trainingAdvice(spec, {.rank = 64, .alpha = 128, .ranks = {{Projection::Down, 8}}});
        QVERIFY(own.size() == 1 && own[0].find("multiplied by 16 (alpha 128 by rank 8)") != std::string::npos);
        QVERIFY(trainingAdvice(spec, {.rank = 64, .alpha = 128, .ranks = {{Projection::Query, 0}}}).empty());
    }

    void aFreshRateOnAnAdapterIsSaid() {
        RunSpec spec = defaultSpec(RunKind::Sft);
        const LoraSettings lora{.rank = 64, .alpha = 128};
        spec.adapter = "../earlier/outputs/adapter";
        const auto advice = trainingAdvice(spec, lora);
        QCOMPARE(advice.size(), size_t{1});
        QVERIFY2(advice[0].find("6.67e-5 to 2e-5") != std::string::npos, advice[0].c_str());
        spec.learningRate = 1e-4;
        QVERIFY(trainingAdvice(spec, lora).empty());
    }

    void settingsThatMakePreferencesNoiseAreSaid() {
        RunSpec spec = defaultSpec(RunKind::Dpo);
        const LoraSettings lora{.rank = 64, .alpha = 128};
        QVERIFY(trainingAdvice(spec, lora).empty());
        spec.loraDropout = 0.05;
        QVERIFY(trainingAdvice(spec, lora).front().starts_with("A dropout of 0.05 makes the adapter differ from its reference by chance"));
        spec.loraDropout = 0;
        spec.preferenceLoss = "sigmoid_norm";
        QVERIFY(trainingAdvice(spec, lora).front().find("a beta of 0.1 hardly teaches") != std::string::npos);
        spec.beta = 5;
        QVERIFY(trainingAdvice(spec, lora).empty());
    }
};

QTEST_APPLESS_MAIN(TestScoreHistory)
#include "test_score_history.moc"
