// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Preference training against transformers, PEFT and TRL: log-probs, loss, every gradient, and two curves of ten steps.
#include "tests/support/train_adapter.h"
#include "tests/training/golden.h"
#include "training/engine/training_pass.h"
#include "training/loss/head_loss.h"
#include "training/recipes/dpo_step.h"

#include <QtTest>

using namespace cw;

namespace {

constexpr double kBeta = 0.1;
const PreferenceSettings kSigmoid = {.beta = kBeta};
const std::vector<size_t> kAll = {0, 1, 2, 3};

std::vector<PreferenceExample> storedPairs(const nlohmann::json& stored) {
    std::vector<PreferenceExample> pairs;
    for (const auto& pair : stored["pairs"]) {
        const auto prompt = pair["prompt_ids"].get<TokenIds>();
        pairs.push_back({makeExample(prompt, pair["chosen_ids"].get<TokenIds>()),
                         makeExample(prompt, pair["rejected_ids"].get<TokenIds>())});
    }
    return pairs;
}

bool near(const std::vector<double>& actual, const nlohmann::json& expected, double tolerance) {
    for (size_t i = 0; i < actual.size(); ++i)
        if (std::abs(actual[i] - expected[i].get<double>()) > tolerance)
            return false;
    return actual.size() == expected.size();
}

} // namespace

class TestDpoGolden : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logProbsLossAndEveryGradientMatch_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("B zero") << "adapter_b_zero";
        QTest::newRow("B nonzero") << "adapter_b_nonzero";
    }

    void logProbsLossAndEveryGradientMatch() {
        QFETCH(QString, name);
        const auto stored = golden::json("dpo.json");
        const auto& expected = stored["static"][name.toStdString()];
        const auto pairs = storedPairs(stored);
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter(name.toStdString(), model);

        const ReferenceLogProbs reference = *referenceLogProbs(model, nullptr, pairs, 4);
        QVERIFY(near(reference.chosen, expected["ref_chosen_logps"], 1e-4));
        QVERIFY(near(reference.rejected, expected["ref_rejected_logps"], 1e-4));
        const ReferenceLogProbs policy = *referenceLogProbs(model, &adapter, pairs, 4);
        QVERIFY(near(policy.chosen, expected["chosen_logps"], 1e-4));
        QVERIFY(near(policy.rejected, expected["rejected_logps"], 1e-4));

        const StepOutcome outcome = dpoStep(model, adapter, pairs, reference, kAll, 0, {.rowsPerPass = 4}, kSigmoid);
        QVERIFY(std::abs(outcome.loss - expected["loss"].get<double>()) < 1e-5);
        QCOMPARE(golden::worstGradient(adapter, golden::tensors("grads_dpo_" + name.toStdString() + ".safetensors")),
                 0.0);
    }

    void tokenLogProbsMatch() {
        const auto stored = golden::json("dpo.json");
        const auto pairs = storedPairs(stored);
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const at::NoGradGuard noGradients;
        for (size_t i = 0; i < pairs.size(); ++i) {
            const Batch batch = makeBatch({&pairs[i].chosen}, at::kCPU);
            const at::Tensor chosen = headLogProbs(labelledHidden(model, &adapter, batch), model.head(), batch.targets);
            const std::vector<double> values(chosen.const_data_ptr<float>(),
                                             chosen.const_data_ptr<float>() + chosen.numel());
            QVERIFY(near(values, stored["static"]["adapter_b_nonzero"]["per_token_logps"][i], 1e-4));
        }
    }

    void gradientsDoNotDependOnTheMicroBatch() {
        const auto pairs = storedPairs(golden::json("dpo.json"));
        const Transformer model = golden::tinyModel();
        const ReferenceLogProbs reference = *referenceLogProbs(model, nullptr, pairs, 1);
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        (void)dpoStep(model, adapter, pairs, reference, kAll, 0, {.rowsPerPass = 1}, kSigmoid);
        QCOMPARE(golden::worstGradient(adapter, golden::tensors("grads_dpo_adapter_b_nonzero.safetensors")), 0.0);
    }

    void tenStepsFollowTheCurve_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("lr2e-4") << "lr2e-4";
        QTest::newRow("lr5e-3") << "lr5e-3";
    }

    void tenStepsFollowTheCurve() {
        QFETCH(QString, name);
        const auto stored = golden::json("dpo.json");
        const auto& expected = stored["runs"][name.toStdString()];
        const auto pairs = storedPairs(stored);
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter(expected["start"], model);
        const ReferenceLogProbs reference = *referenceLogProbs(model, nullptr, pairs, 4);
        LoopSettings settings;
        settings.rows = settings.rowsPerStep = 4;
        settings.steps = 10;
        settings.order = RowOrder::Kind::File;
        settings.learningRate = expected["lr"];
        settings.maxGradNorm = 1.0;
        size_t checked = 0;
        const auto report = [&](const StepReport& current) -> Result<AfterStep> {
            const auto& want = expected["steps"][checked++];
            const auto& measures = current.outcome.measures;
            const auto off = [&](double actual, const char* key, double tolerance) {
                return std::abs(actual - want[key].get<double>()) > tolerance;
            };
            // The first margins are noise around 0 on both sides, so their signs mean nothing.
            const bool wrongAccuracy = current.step > 1 && off(measures.at("accuracy"), "accuracy", 1e-9);
            if (off(current.outcome.loss, "loss", 1e-3) || off(measures.at("margin"), "mean_margin", 1e-3) ||
                wrongAccuracy || off(measures.at("chosen_logp"), "mean_chosen_logp", 1e-2) ||
                off(measures.at("rejected_logp"), "mean_rejected_logp", 1e-2) ||
                off(current.gradNorm, "grad_norm_before_clip", 1e-2))
                return Error{ErrorCode::Failed, "Step " + std::to_string(current.step) + " is off.", ""};
            return AfterStep::Continue;
        };
        const auto step = [&](std::int64_t step, const std::vector<size_t>& rows) {
            return dpoStep(model, adapter, pairs, reference, rows, step, {.rowsPerPass = 4}, kSigmoid);
        };
        const auto ended = test::trainAdapter(settings, adapter, SystemClock(), step, report);
        QVERIFY2(ended.ok(), ended.ok() ? "" : ended.error().detail.c_str());
        QCOMPARE(checked, size_t{10});
        const Adapter start = golden::adapter(expected["start"], model);
        const double off = golden::shareOfTheWay(adapter, golden::adapter(expected["final"], model), start);
        QVERIFY2(off < 1e-2, std::to_string(off).c_str());
    }

    void marginIsZeroAtTheStartAdapter() {
        const auto pairs = storedPairs(golden::json("dpo.json"));
        const Transformer model = golden::tinyModel();
        const Adapter start = golden::adapter("adapter_b_nonzero", model);
        const ReferenceLogProbs reference = *referenceLogProbs(model, &start, pairs, 2);
        const StepOutcome first = dpoStep(model, start, pairs, reference, kAll, 0, {.rowsPerPass = 2}, kSigmoid);
        QCOMPARE(first.measures.at("margin"), 0.0); // the same kernels on the same batches: exactly
        QVERIFY(std::abs(first.loss - std::log(2.0)) < 1e-12);
    }

    // The reference and the held-out pairs never see dropout, whatever an adapter was trained with.
    void theReferenceKnowsNoDropout() {
        const auto pairs = storedPairs(golden::json("dpo.json"));
        const Transformer model = golden::tinyModel();
        Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const ReferenceLogProbs plain = *referenceLogProbs(model, &adapter, pairs, 4);
        const double loss = dpoScores(model, adapter, pairs, plain, 4, kSigmoid)->loss;
        adapter.settings.dropout = 0.9;
        const ReferenceLogProbs again = *referenceLogProbs(model, &adapter, pairs, 4);
        QVERIFY(again.chosen == plain.chosen && again.rejected == plain.rejected);
        QCOMPARE(dpoScores(model, adapter, pairs, plain, 4, kSigmoid)->loss, loss);
        QVERIFY(checkStart(model, adapter, pairs, plain, 4, kBeta).ok());
    }

    void trainingThatDoesNotBeginAtItsReferenceIsRefused() {
        const auto pairs = storedPairs(golden::json("dpo.json"));
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const ReferenceLogProbs same = *referenceLogProbs(model, &adapter, pairs, 2);
        const auto begins = checkStart(model, adapter, pairs, same, 2, kBeta);
        QVERIFY2(begins.ok(), begins ? "" : begins.error().detail.c_str());
        QCOMPARE(*begins, std::string("Before the first step the loss of DPO is 0.6931 (ln 2 = 0.6931) and the largest margin 0: training "
                                      "begins where its reference stands."));
        const ReferenceLogProbs base = *referenceLogProbs(model, nullptr, pairs, 2);
        const auto refused = checkStart(model, adapter, pairs, base, 2, kBeta);
        QVERIFY(!refused);
        QCOMPARE(refused.error().tag, std::string("wrong_reference"));
        QVERIFY(refused.error().detail.find("isn't the one that it is compared with") != std::string::npos);
        ReferenceLogProbs unknown = same;
        unknown.chosen.assign(unknown.chosen.size(), std::nan(""));
        QVERIFY(!checkStart(model, adapter, pairs, unknown, 2, kBeta));
    }

    void scoresWithoutGradientsAreThoseOfAStep() {
        const auto pairs = storedPairs(golden::json("dpo.json"));
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const ReferenceLogProbs reference = *referenceLogProbs(model, nullptr, pairs, 2);
        for (const PreferenceSettings& settings :
             {kSigmoid, PreferenceSettings{PreferenceLoss::Ipo, kBeta, 0, 0.5}, PreferenceSettings{PreferenceLoss::Robust, kBeta, 0.1, 0}}) {
            const StepOutcome step = dpoStep(model, adapter, pairs, reference, kAll, 0, {.rowsPerPass = 2}, settings);
            const StepOutcome scores = *dpoScores(model, adapter, pairs, reference, 2, settings);
            QVERIFY(std::abs(step.loss - scores.loss) < 1e-9);
            QCOMPARE(scores.measures.size(), size_t{5});
            for (const auto& [name, value] : step.measures)
                QVERIFY2(std::abs(scores.measures.at(name) - value) < 1e-9, name.c_str());
            const StepOutcome whole = *dpoScores(model, adapter, pairs, reference, 4, settings); // in one pass
            QVERIFY(std::abs(whole.loss - scores.loss) < 1e-4);
        }
        for (const at::Tensor& parameter : adapter.parameters())
            QVERIFY(parameter.grad().defined());
    }

    void passesWithoutGradientsEndWhereTheyAreToldTo() {
        const auto pairs = storedPairs(golden::json("dpo.json"));
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const auto notBeyond = [](size_t most) { return [most](size_t done) { return done < most; }; };
        QVERIFY(!referenceLogProbs(model, nullptr, pairs, 1, notBeyond(1)));
        const auto reference = referenceLogProbs(model, nullptr, pairs, 1, notBeyond(pairs.size()));
        QVERIFY(reference);
        QVERIFY(!dpoScores(model, adapter, pairs, *reference, 1, kSigmoid, notBeyond(1)));
        QVERIFY(dpoScores(model, adapter, pairs, *reference, 1, kSigmoid, notBeyond(pairs.size())));
    }

    void likelihoodIsTheMeanOverAllChosenTokens() {
        const auto pairs = storedPairs(golden::json("dpo.json"));
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const ReferenceLogProbs reference = *referenceLogProbs(model, nullptr, pairs, 4);
        double sum = 0, tokens = 0;
        const ReferenceLogProbs policy = *referenceLogProbs(model, &adapter, pairs, 4);
        for (size_t i = 0; i < pairs.size(); ++i) {
            sum -= policy.chosen[i];
            tokens += static_cast<double>(pairs[i].chosen.labelCount());
        }
        const double plain = dpoScores(model, adapter, pairs, reference, 4, kSigmoid)->loss;
        const double mixed = dpoScores(model, adapter, pairs, reference, 4, {.beta = kBeta, .likelihood = 0.3})->loss;
        QVERIFY(std::abs(mixed - plain - 0.3 * sum / tokens) < 1e-5);
    }
};

QTEST_APPLESS_MAIN(TestDpoGolden)
#include "test_dpo_golden.moc"
