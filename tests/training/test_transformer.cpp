// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The forward pass against stored logits, and its paths against each other.
#include "core/base/file.h"
#include "tests/support/paths.h"
#include "tests/support/reference_pass.h"
#include "training/model/safetensors.h"
#include "training/model/transformer.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/tril.h>
#include <ATen/ops/zeros.h>
#include <QtTest>

using namespace cw;

namespace {

std::filesystem::path models() {
    return test::dataFolder() / "models";
}

Transformer loadModel(const std::filesystem::path& folder, at::ScalarType dtype = at::kFloat) {
    auto model = Transformer::load(folder, dtype);
    if (!model)
        qFatal("%s", model.error().message().c_str());
    return std::move(*model);
}

double largestDifference(const at::Tensor& a, const at::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

at::Tensor logitsOf(const Transformer& model, const at::Tensor& tokens) {
    const at::NoGradGuard noGradients;
    return model.logits(test::referencePass(model, tokens));
}

// The largest difference over the three stored prompts.
double differenceToGolden(const Transformer& model, const std::filesystem::path& golden) {
    const auto file = SafetensorsFile::open(golden);
    double largest = 0;
    for (const std::string i : {"0", "1", "2"}) {
        const at::Tensor ids = file->tensor("input_ids." + i)->unsqueeze(0);
        largest = std::max(
            largest, largestDifference(logitsOf(model, ids).squeeze(0), *file->tensor("logits." + i)));
    }
    return largest;
}

at::Tensor someTokens(std::int64_t length) {
    return (at::arange(length, at::kLong) * 37 + 11).remainder(512).unsqueeze(0);
}

} // namespace

class TestTransformer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tinyLlamaMatchesGoldenLogits() {
        const Transformer model = loadModel(test::sampleFolder() / "model");
        QVERIFY(differenceToGolden(model, models() / "stories260k" / "golden_logits.safetensors") < 1e-4);
    }

    void shardedMistralInBf16FilesMatchesGoldenLogitsInF32() {
        const Transformer model = loadModel(models() / "random-mistral-bf16-sharded");
        QVERIFY(differenceToGolden(model, models() / "random-mistral-bf16-sharded" / "golden_logits.safetensors") <
                1e-4);
    }

    void bf16ArithmeticStaysNearTheReference() {
        const Transformer model = loadModel(models() / "random-mistral-bf16-sharded", at::kBFloat16);
        const auto golden =
            SafetensorsFile::open(models() / "random-mistral-bf16-sharded" / "golden_logits.safetensors");
        const at::Tensor ids = golden->tensor("input_ids.2")->unsqueeze(0);
        const at::Tensor logits = logitsOf(model, ids).squeeze(0);
        QCOMPARE(logits.scalar_type(), at::kBFloat16);
        const at::Tensor exact = *golden->tensor("logits.2");
        const double reference = largestDifference(*golden->tensor("logits_bf16.2"), exact); // transformers in bf16
        QVERIFY(largestDifference(logits.to(at::kFloat), exact) < 2 * reference);
    }

    void rightPaddingLeavesTheRealTokensAlone() {
        const Transformer model = loadModel(test::sampleFolder() / "model");
        const at::Tensor tokens = someTokens(9);
        const at::Tensor padded = at::cat({tokens, at::full({1, 7}, 5, at::kLong)}, 1);
        const at::Tensor alone = logitsOf(model, tokens);
        QVERIFY(largestDifference(logitsOf(model, padded).narrow(1, 0, 9), alone) < 1e-5);
    }

    void slidingWindowHidesWhatLiesFurtherBack() {
        const at::Tensor mask = causalMask(3, 6, 2, at::kCPU).squeeze();
        const at::Tensor expected = at::zeros({3, 6}, at::kBool);
        for (std::int64_t query = 0; query < 3; ++query)
            expected[query].narrow(0, query + 2, 2).fill_(true);
        QVERIFY(mask.equal(expected));
        QVERIFY(causalMask(4, 4, 0, at::kCPU).squeeze().equal(at::ones({4, 4}, at::kBool).tril()));
    }

    void rotaryAnglesAreExactFarOut() {
        const RotaryAngles angles = rotaryAngles(at::full({1}, 32767, at::kLong), ModelConfig{.headWidth = 64});
        for (std::int64_t i = 0; i < 32; ++i) {
            const double angle = 32767 * std::pow(10000.0, -2.0 * static_cast<double>(i) / 64);
            QVERIFY(std::abs(angles.cosine.flatten()[i].item<double>() - std::cos(angle)) < 1e-7);
            QVERIFY(std::abs(angles.sine.flatten()[i].item<double>() - std::sin(angle)) < 1e-7);
        }
    }

    void aFolderWithoutWeightsGivesOneSentence() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        std::filesystem::copy_file(test::sampleFolder() / "model" / "config.json", path / "config.json");
        const auto model = Transformer::load(path, at::kFloat);
        QVERIFY(!model);
        QCOMPARE(QString::fromStdString(model.error().detail),
                 QString("The model folder %1 has no weights (model.safetensors).").arg(folder.path()));
        QVERIFY(!model.error().hint.empty());
    }

    void pickledWeightsAreNamedAndRefused() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        std::filesystem::copy_file(test::sampleFolder() / "model" / "config.json", path / "config.json");
        QVERIFY(writeFileAtomically(path / "pytorch_model.bin", "x"));
        const auto model = Transformer::load(path, at::kFloat);
        QVERIFY(!model);
        QVERIFY(model.error().detail.find("pytorch_model.bin") != std::string::npos);
    }

    void weightsOfAnotherShapeAreRefused() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        std::string config = *readFile(test::sampleFolder() / "model" / "config.json");
        config.replace(config.find("\"vocab_size\": 512"), 17, "\"vocab_size\": 511");
        QVERIFY(writeFileAtomically(path / "config.json", config));
        std::filesystem::copy_file(test::sampleFolder() / "model" / "model.safetensors", path / "model.safetensors");
        const auto model = Transformer::load(path, at::kFloat);
        QVERIFY(!model);
        QVERIFY(model.error().detail.find("is 512 x 64, but the model's configuration asks for 511 x 64") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestTransformer)
#include "test_transformer.moc"
