// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The written-out training pass against autograd, against itself packed and single, and at every level of checkpointing.
#include "tests/support/reference_pass.h"
#include "tests/support/set_trainable.h"
#include "tests/training/golden.h"
#include "training/engine/training_pass.h"
#include "training/loss/head_loss.h"
#include "training/loss/token_loss.h"
#include "training/recipes/sft_step.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/zeros.h>
#include <QtTest>

using namespace cw;

namespace {

constexpr Checkpointing kLevels[] = {Checkpointing::None, Checkpointing::Cheap, Checkpointing::Attention,
                                     Checkpointing::Full};

Example exampleOf(std::int64_t prompt, std::int64_t answer, std::int64_t salt) {
    TokenIds first, second;
    for (std::int64_t i = 0; i < prompt; ++i)
        first.push_back((i * 37 + salt * 11 + 3) % 512);
    for (std::int64_t i = 0; i < answer; ++i)
        second.push_back((i * 53 + salt * 29 + 5) % 512);
    return makeExample(first, second);
}

std::vector<Example> someExamples() {
    return {exampleOf(12, 9, 1), exampleOf(3, 20, 2), exampleOf(30, 4, 3)};
}

std::vector<at::Tensor> takeGradients(const Adapter& adapter) {
    std::vector<at::Tensor> gradients;
    for (const at::Tensor& parameter : adapter.parameters()) {
        gradients.push_back(parameter.grad().clone());
        parameter.mutable_grad() = at::Tensor();
    }
    return gradients;
}

double worst(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
    double off = 0;
    for (size_t i = 0; i < a.size(); ++i)
        off = std::max(off, golden::largestDifference(a[i], b[i]));
    return off;
}

// Loss and gradients by LibTorch's autograd over right-padded rows: another path through other kernels.
double autogradLoss(const Transformer& model, Adapter& adapter, const std::vector<Example>& examples) {
    test::setTrainable(adapter, true);
    size_t length = 0;
    std::int64_t labels = 0;
    for (const Example& example : examples) {
        length = std::max(length, example.ids.size());
        labels += example.labelCount();
    }
    const auto count = static_cast<std::int64_t>(examples.size());
    at::Tensor tokens = at::zeros({count, static_cast<std::int64_t>(length)}, at::kLong);
    for (std::int64_t b = 0; b < count; ++b)
        for (size_t t = 0; t < examples[static_cast<size_t>(b)].ids.size(); ++t)
            tokens[b][static_cast<std::int64_t>(t)] = examples[static_cast<size_t>(b)].ids[t];
    const at::Tensor logits = model.logits(test::referencePass(model, tokens, &adapter));
    at::Tensor sum = at::zeros({}, at::kFloat);
    for (std::int64_t b = 0; b < count; ++b) {
        const Batch one = makeBatch({&examples[static_cast<size_t>(b)]}, at::kCPU);
        sum = sum + tokenLogProbs(at::index_select(logits[b], 0, one.rows), one.targets).sum();
    }
    const at::Tensor loss = -sum / static_cast<double>(labels);
    loss.backward();
    test::setTrainable(adapter, false);
    return loss.item<double>();
}

} // namespace

class TestTrainingPass : public QObject {
    Q_OBJECT

    const Transformer m_model = golden::tinyModel();

    Adapter adapter() const {
        Adapter read = golden::adapter("adapter_b_nonzero", m_model);
        test::setTrainable(read, false);
        return read;
    }
    std::pair<double, std::vector<at::Tensor>> step(const Adapter& on, const std::vector<Example>& examples,
                                                    const StepSettings& settings) const {
        std::vector<size_t> rows(examples.size());
        for (size_t i = 0; i < rows.size(); ++i)
            rows[i] = i;
        const double loss = sftStep(m_model, on, examples, rows, 7, settings).loss;
        return {loss, takeGradients(on)};
    }

private Q_SLOTS:
    void packedSingleAndPaddedAreTheSame() {
        Adapter on = adapter();
        const auto examples = someExamples();
        const auto packed = step(on, examples, {.rowsPerPass = 3});
        const auto single = step(on, examples, {.rowsPerPass = 1});
        const double padded = autogradLoss(m_model, on, examples);
        const auto paddedGradients = takeGradients(on);
        QVERIFY(std::abs(packed.first - single.first) < 1e-5);
        QVERIFY(std::abs(packed.first - padded) < 1e-5);
        QVERIFY(worst(packed.second, single.second) < 1e-5);
        QVERIFY(worst(packed.second, paddedGradients) < 1e-5);
    }

    void aNeighbourChangesNothing() {
        const Adapter on = adapter();
        const auto examples = someExamples();
        const Batch alone = makeBatch({&examples[0]}, at::kCPU);
        const Batch among = makeBatch({&examples[1], &examples[0], &examples[2]}, at::kCPU);
        const at::Tensor a = labelledHidden(m_model, &on, alone);
        const at::Tensor b = labelledHidden(m_model, &on, among).narrow(0, examples[1].labelCount(), a.size(0));
        QVERIFY(golden::largestDifference(a, b) < 1e-5);
    }

    void everyLevelGivesTheSameGradients() {
        const Adapter on = adapter();
        const auto examples = someExamples();
        const auto kept = step(on, examples, {.rowsPerPass = 2, .dropout = 0.1, .seed = 5});
        for (const Checkpointing level : kLevels) {
            const auto again =
                step(on, examples, {.rowsPerPass = 2, .checkpointing = level, .dropout = 0.1, .seed = 5});
            QCOMPARE(again.first, kept.first);
            QCOMPARE(worst(again.second, kept.second), 0.0); // the same kernels on the same numbers: exactly
        }
    }

    void dropoutFollowsFromItsKeyAlone() {
        const Adapter on = adapter();
        const auto examples = someExamples();
        const StepSettings settings{.rowsPerPass = 1, .dropout = 0.3, .seed = 5};
        const auto first = step(on, examples, settings), second = step(on, examples, settings);
        QCOMPARE(first.first, second.first);
        QCOMPARE(worst(first.second, second.second), 0.0);
        StepSettings other = settings;
        other.seed = 6;
        QVERIFY(step(on, examples, other).first != first.first);
        const std::vector<size_t> rows = {0, 1, 2};
        const double nextStep = sftStep(m_model, on, examples, rows, 8, settings).loss;
        takeGradients(on);
        QVERIFY(nextStep != first.first);
    }

    // The gradient is that of the loss with these very masks: a small step along it lowers the loss as it promises.
    void gradientWithDropoutIsThatOfItsLoss() {
        Adapter on = adapter();
        const auto examples = someExamples();
        const StepSettings settings{.rowsPerPass = 2, .dropout = 0.2, .seed = 9};
        const auto [loss, gradients] = step(on, examples, settings);
        double promised = 0;
        constexpr double kRate = 1e-4;
        const auto parameters = on.parameters();
        for (size_t i = 0; i < parameters.size(); ++i) {
            promised += kRate * gradients[i].square().sum().item<double>();
            at::Tensor parameter = parameters[i];
            parameter.sub_(gradients[i], kRate);
        }
        const double lower = step(on, examples, settings).first;
        QVERIFY2(std::abs((loss - lower) / promised - 1) < 0.05, qPrintable(QString::number((loss - lower) / promised)));
    }

    void processesTakeThePassesOfOneStep() {
        const Adapter on = adapter();
        const auto examples = someExamples();
        const auto whole = step(on, examples, {.rowsPerPass = 1, .dropout = 0.1, .seed = 5});
        auto sum = step(on, examples, {.rowsPerPass = 1, .dropout = 0.1, .seed = 5, .process = 0, .processes = 2});
        const auto part = step(on, examples, {.rowsPerPass = 1, .dropout = 0.1, .seed = 5, .process = 1, .processes = 2});
        for (size_t i = 0; i < sum.second.size(); ++i)
            sum.second[i] += part.second[i];
        QVERIFY(std::abs(whole.first - sum.first - part.first) < 1e-9);
        QVERIFY(worst(whole.second, sum.second) < 1e-6);
    }

    void projectionsWithoutUpdateAndRanksOfTheirOwnWork() {
        const LoraSettings settings = golden::must(loraSettings(4, 8, 0, "q,up,down", "down:2", false));
        Adapter on = makeAdapter(m_model.config(), settings, 3);
        for (auto& layer : on.layers)
            for (LoraPair& pair : layer)
                if (pair.isPresent())
                    pair.b = at::arange(pair.b.numel(), at::kFloat).view_as(pair.b).sin() * 0.05;
        QCOMPARE(on.parameters().size(), size_t{5 * 3 * 2});
        QCOMPARE(on.pair(0, Projection::Down).rank(), std::int64_t{2});
        QCOMPARE(on.pair(0, Projection::Down).scale, 4.0);
        const auto examples = someExamples();
        const auto mine = step(on, examples, {.rowsPerPass = 3});
        const double reference = autogradLoss(m_model, on, examples);
        QVERIFY(std::abs(mine.first - reference) < 1e-5);
        QVERIFY(worst(mine.second, takeGradients(on)) < 1e-5);
    }

    void slidingWindowIsHonouredInTraining() {
        const Transformer model = golden::must(
            Transformer::load(test::dataFolder() / "models" / "random-mistral-bf16-sharded", at::kFloat));
        Adapter on = makeAdapter(model.config(), {.rank = 4, .alpha = 8, .dropout = 0}, 3);
        for (auto& layer : on.layers)
            for (LoraPair& pair : layer)
                pair.b = at::arange(pair.b.numel(), at::kFloat).view_as(pair.b).cos() * 0.05;
        const std::vector<Example> examples = {exampleOf(40, 30, 1), exampleOf(5, 9, 2)};
        const double mine = sftStep(model, on, examples, {0, 1}, 0, {.rowsPerPass = 2}).loss;
        const auto gradients = takeGradients(on);
        QVERIFY(std::abs(mine - autogradLoss(model, on, examples)) < 1e-4);
        QVERIFY(worst(gradients, takeGradients(on)) < 1e-4);
    }

    // Biases (qwen2), head norms (qwen3), tied and untied heads: the written-out passes follow autograd through each.
    void everyFamilyTrainsAsItAnswers_data() {
        QTest::addColumn<QString>("family");
        for (const char* name : {"llama", "qwen2", "qwen3"})
            QTest::newRow(name) << name;
    }

    void everyFamilyTrainsAsItAnswers() {
        QFETCH(QString, family);
        const auto file = test::dataFolder() / "models" / "families" / (family.toStdString() + ".gguf");
        const Transformer model = golden::must(Transformer::load(file, at::kFloat));
        Adapter on = makeAdapter(model.config(), {.rank = 4, .alpha = 8, .dropout = 0}, 3);
        for (auto& layer : on.layers)
            for (LoraPair& pair : layer)
                pair.b = at::arange(pair.b.numel(), at::kFloat).view_as(pair.b).cos() * 0.05;
        std::vector<Example> examples = {exampleOf(9, 12, 1), exampleOf(5, 9, 2)};
        for (Example& example : examples)
            for (size_t i = 0; i < example.ids.size(); ++i) {
                example.ids[i] %= model.config().vocabulary;
                example.labels[i] = example.labels[i] == kIgnored ? kIgnored : example.ids[i];
            }
        for (const Checkpointing level : kLevels) {
            const double mine = sftStep(model, on, examples, {0, 1}, 0, {.rowsPerPass = 2, .checkpointing = level}).loss;
            const auto gradients = takeGradients(on);
            QVERIFY(std::abs(mine - autogradLoss(model, on, examples)) < 1e-4);
            QVERIFY(worst(gradients, takeGradients(on)) < 1e-4);
        }
    }

    // Llama's configuration may ask for biases of all four projections of attention; none of the stored models has that of o.
    void theOutputProjectionsBiasIsTrainedWith() {
        ModelConfig config = m_model.config();
        config.layers = 2;
        config.attentionBias = config.outputBias = true;
        at::manual_seed(11);
        const Transformer model = Transformer::random(config, at::kFloat);
        for (const Transformer::Layer& layer : model.layers())
            for (at::Tensor bias : layer.biases)
                if (bias.defined())
                    bias.copy_(at::randn(bias.sizes()) * 0.3);
        Adapter on = makeAdapter(config, {.rank = 4, .alpha = 8, .dropout = 0}, 3);
        for (auto& layer : on.layers)
            for (LoraPair& pair : layer)
                pair.b = at::arange(pair.b.numel(), at::kFloat).view_as(pair.b).cos() * 0.05;
        const auto examples = someExamples();
        const auto stepOf = [&](Checkpointing level) {
            const double loss = sftStep(model, on, examples, {0, 1, 2}, 0, {.rowsPerPass = 2, .checkpointing = level}).loss;
            return std::pair(loss, takeGradients(on));
        };
        const double expected = autogradLoss(model, on, examples);
        const auto gradients = takeGradients(on);
        for (const Checkpointing level : kLevels) {
            const auto mine = stepOf(level);
            QVERIFY(std::abs(mine.first - expected) < 1e-4);
            QVERIFY(worst(mine.second, gradients) < 1e-4);
        }
        for (const Transformer::Layer& layer : model.layers())
            at::Tensor(layer.biases[static_cast<size_t>(Projection::Output)]).zero_();
        QVERIFY(std::abs(stepOf(Checkpointing::None).first - expected) > 1e-3); // it was of consequence
    }

    void bf16StaysNearTheReferenceAndTrainsInSinglePrecision() {
        const Transformer model = golden::must(Transformer::load(test::sampleFolder() / "model", at::kBFloat16));
        const Adapter on = adapter();
        const auto examples = someExamples();
        const auto exact = step(on, examples, {.rowsPerPass = 3});
        const double loss = sftStep(model, on, examples, {0, 1, 2}, 0, {.rowsPerPass = 3}).loss;
        QVERIFY(std::abs(loss - exact.first) < 0.02 * exact.first);
        double off = 0, size = 0;
        for (size_t i = 0; i < exact.second.size(); ++i) {
            const at::Tensor gradient = on.parameters()[i].grad();
            QCOMPARE(gradient.scalar_type(), at::kFloat);
            off += (gradient - exact.second[i]).square().sum().item<double>();
            size += exact.second[i].square().sum().item<double>();
        }
        QVERIFY2(std::sqrt(off / size) < 0.05, qPrintable(QString::number(std::sqrt(off / size))));
    }

    void headInChunksIsTheHeadAtOnce() {
        const std::int64_t rows = 3 * headChunkRows(1 << 20, 200000) + 7;
        QVERIFY(headChunkRows(1 << 20, 200000) < rows);
        at::manual_seed(4);
        const at::Tensor hidden = at::randn({rows, 8}), head = at::randn({200000, 8});
        const at::Tensor targets = at::arange(rows, at::kLong) * 991;
        const at::Tensor weights = at::arange(rows, at::kFloat).sin();
        const HeadLoss loss = headLoss(hidden, head, targets, weights);
        const at::Tensor leaf = hidden.clone().requires_grad_(true);
        const at::Tensor logProbs = tokenLogProbs(at::matmul(leaf, head.t()), targets);
        (logProbs * weights).sum().backward();
        QVERIFY(golden::largestDifference(loss.logProbs, logProbs) < 1e-4);
        QVERIFY(golden::largestDifference(loss.gradHidden, leaf.grad()) < 1e-4);
        QVERIFY(golden::largestDifference(headLogProbs(hidden, head, targets), logProbs) < 1e-4);
    }
};

QTEST_APPLESS_MAIN(TestTrainingPass)
#include "test_training_pass.moc"
