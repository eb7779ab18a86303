// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Supervised training against transformers and PEFT: one forward and backward pass, and three curves of ten steps.
#include "tests/support/train_adapter.h"
#include "tests/training/golden.h"
#include "training/recipes/sft_step.h"

#include <QtTest>

using namespace cw;

namespace {

LoopSettings settingsOf(const nlohmann::json& run) {
    LoopSettings settings;
    settings.rows = 20;
    settings.rowsPerStep = 2 * run["accumulation"].get<std::int64_t>();
    settings.steps = 10;
    settings.order = RowOrder::Kind::File;
    settings.learningRate = run["lr"];
    settings.schedule = run["schedule"] == "constant" ? Schedule::Constant : Schedule::Cosine;
    settings.warmup = run["schedule"] == "constant" ? 0 : 2;
    settings.weightDecay = run["weight_decay"];
    settings.maxGradNorm = run.value("max_grad_norm", 1.0);
    return settings;
}

} // namespace

class TestSftGolden : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossAndEveryGradientMatch_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("B zero") << "adapter_b_zero";
        QTest::newRow("B nonzero") << "adapter_b_nonzero";
    }

    void lossAndEveryGradientMatch() {
        QFETCH(QString, name);
        const auto stored = golden::json("sft_forward_backward.json");
        const auto& expected = stored["cases"][name.toStdString()];
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter(name.toStdString(), model);
        const auto examples = golden::examples(stored["samples"]);
        QCOMPARE(examples[0].labelCount() + examples[1].labelCount(), expected["label_tokens"].get<std::int64_t>());

        const StepOutcome outcome = sftStep(model, adapter, examples, {0, 1}, 0, {.rowsPerPass = 2});
        QVERIFY(std::abs(outcome.loss - expected["loss"].get<double>()) < 1e-5);
        QCOMPARE(namedParameters(adapter).size(), expected["grads"].size());
        QCOMPARE(golden::worstGradient(adapter, golden::tensors("grads_sft_" + name.toStdString() + ".safetensors")),
                 0.0);
        QVERIFY(std::abs(clipGradients(adapter.parameters(), 0) - expected["total_grad_norm"].get<double>()) < 1e-4);
    }

    void gradientsDoNotDependOnTheMicroBatch() {
        const Transformer model = golden::tinyModel();
        const auto examples = golden::examples(golden::json("sft_curves.json")["samples"]);
        const Adapter whole = golden::adapter("adapter_b_nonzero", model);
        const Adapter single = golden::adapter("adapter_b_nonzero", model);
        const std::vector<size_t> rows = {0, 1, 2, 3, 4, 5, 6};
        const StepOutcome a = sftStep(model, whole, examples, rows, 0, {.rowsPerPass = 7});
        for (const std::int64_t size : {1, 3}) {
            const StepOutcome b = sftStep(model, single, examples, rows, 0, {.rowsPerPass = size});
            QVERIFY(std::abs(a.loss - b.loss) < 1e-5);
            QCOMPARE(a.tokens, b.tokens);
            for (size_t i = 0; i < whole.parameters().size(); ++i) {
                QVERIFY(golden::largestDifference(single.parameters()[i].grad(), whole.parameters()[i].grad()) < 1e-5);
                single.parameters()[i].mutable_grad() = at::Tensor();
            }
        }
    }

    void lossWithoutGradientsIsTheLossOfAStep() {
        const Transformer model = golden::tinyModel();
        const auto examples = golden::examples(golden::json("sft_forward_backward.json")["samples"]);
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        QVERIFY(std::abs(*sftLoss(model, &adapter, examples, 1) - 4.799239158630371) < 1e-5);
        QVERIFY(!adapter.parameters().front().grad().defined());
        size_t told = 0;
        QVERIFY(!sftLoss(model, &adapter, examples, 1, [&](size_t done) { return (told = done) < 1; }));
        QCOMPARE(told, size_t{1}); // the second was never begun
        QVERIFY(sftLoss(model, &adapter, examples, 1, [&](size_t done) { return done < examples.size(); })); // all were done by then
    }

    void tenStepsFollowTheCurve_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"lr2e-4", "lr5e-3", "lr5e-3_cosine_wd_accum2"})
            QTest::newRow(name) << name;
    }

    void tenStepsFollowTheCurve() {
        QFETCH(QString, name);
        const auto stored = golden::json("sft_curves.json");
        const auto& expected = stored["runs"][name.toStdString()];
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter(expected["start"], model);
        const auto examples = golden::examples(stored["samples"]);
        size_t checked = 0;
        const auto report = [&](const StepReport& current) -> Result<AfterStep> {
            const auto& want = expected["steps"][checked++];
            if (std::abs(current.outcome.loss - want["loss"].get<double>()) > 1e-3 ||
                std::abs(current.gradNorm - want["grad_norm_before_clip"].get<double>()) > 1e-2 ||
                std::abs(current.learningRate - want["lr"].get<double>()) > 1e-9)
                return Error{ErrorCode::Failed,
                             "Step " + std::to_string(current.step) + " is off: loss " +
                                 std::to_string(current.outcome.loss) + ", norm " + std::to_string(current.gradNorm),
                             ""};
            return AfterStep::Continue;
        };
        const auto step = [&](std::int64_t step, const std::vector<size_t>& rows) {
            return sftStep(model, adapter, examples, rows, step, {.rowsPerPass = 2});
        };
        const auto ended = test::trainAdapter(settingsOf(expected), adapter, SystemClock(), step, report);
        QVERIFY2(ended.ok(), ended.ok() ? "" : ended.error().detail.c_str());
        QCOMPARE(checked, size_t{10});
        const Adapter start = golden::adapter(expected["start"], model);
        const double off = golden::shareOfTheWay(adapter, golden::adapter(expected["final"], model), start);
        QVERIFY2(off < 1e-2, std::to_string(off).c_str());
    }

    void everyBHasMovedAfterThreeSteps() {
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_zero", model);
        const auto examples = golden::examples(golden::json("sft_curves.json")["samples"]);
        LoopSettings settings;
        settings.rows = 20;
        settings.rowsPerStep = 4;
        settings.steps = 3;
        settings.learningRate = 1e-3;
        const auto step = [&](std::int64_t step, const std::vector<size_t>& rows) {
            return sftStep(model, adapter, examples, rows, step, {.rowsPerPass = 4, .dropout = 0.05});
        };
        QVERIFY(test::trainAdapter(settings, adapter, SystemClock(), step,
                             [](const StepReport&) -> Result<AfterStep> { return AfterStep::Continue; }));
        for (const auto& layer : adapter.layers)
            for (const LoraPair& pair : layer)
                QVERIFY(pair.b.norm().item<double>() > 0);
    }

    void lossThatIsNotFiniteEndsTheRun() {
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_zero", model);
        LoopSettings settings;
        settings.rows = 1;
        const auto step = [](std::int64_t, const std::vector<size_t>&) { return StepOutcome{.loss = std::nan("")}; };
        const auto ended = test::trainAdapter(settings, adapter, SystemClock(), step,
                                        [](const StepReport&) -> Result<AfterStep> { return AfterStep::Continue; });
        QVERIFY(!ended);
        QCOMPARE(ended.error().detail, std::string("The loss or its gradient is no longer a finite number at step 1."));
    }
};

QTEST_APPLESS_MAIN(TestSftGolden)
#include "test_sft_golden.moc"
