// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Adapters: how they begin, what dropout does, and their files in PEFT's form.
#include "tests/support/reference_pass.h"
#include "tests/training/golden.h"

#include <ATen/Context.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/ones.h>
#include <QtTest>

using namespace cw;

namespace {

const LoraSettings kSettings{.rank = 8, .alpha = 16, .dropout = 0.0};

ModelConfig tinyConfig() {
    return golden::must(readModelConfig(test::sampleFolder() / "model"));
}

} // namespace

class TestLora : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return std::filesystem::path(m_folder.path().toStdString()) / "adapter"; }

    void copyStored() const {
        std::filesystem::remove_all(folder());
        std::filesystem::copy(golden::folder() / "adapter_b_nonzero", folder());
    }
    void changeConfig(const nlohmann::json& change) const {
        auto json = nlohmann::json::parse(golden::must(readFile(folder() / "adapter_config.json")));
        json.update(change);
        QVERIFY(writeFileAtomically(folder() / "adapter_config.json", json.dump()));
    }

private Q_SLOTS:
    void freshAdapterLeavesTheModelUnchanged() {
        const Transformer model = golden::tinyModel();
        const Adapter adapter = makeAdapter(model.config(), kSettings, 17);
        const at::NoGradGuard noGradients;
        const at::Tensor ids = at::ones({1, 5}, at::kLong);
        QVERIFY(test::referencePass(model, ids, &adapter).equal(test::referencePass(model, ids)));
    }

    void freshAIsKaimingUniformAndBIsZero() {
        const Adapter adapter = makeAdapter(tinyConfig(), kSettings, 17);
        for (size_t p = 0; p < kProjections; ++p) {
            const LoraPair& pair = adapter.layers[0][p];
            const MatrixSize size = sizeOf(static_cast<Projection>(p), tinyConfig());
            QVERIFY(pair.a.sizes() == c10::IntArrayRef({8, size.in}) &&
                    pair.b.sizes() == c10::IntArrayRef({size.out, 8}));
            const double bound = 1 / std::sqrt(static_cast<double>(size.in));
            QVERIFY(pair.a.abs().max().item<double>() <= bound);
            QVERIFY(pair.a.abs().max().item<double>() > 0.95 * bound);
            QVERIFY(std::abs(pair.a.square().mean().item<double>() / (bound * bound / 3) - 1) <
                    0.15); // the variance of a uniform
            QCOMPARE(pair.b.abs().max().item<double>(), 0.0);
        }
        QCOMPARE(adapter.parameterCount(), golden::adapter("adapter_b_zero", golden::tinyModel()).parameterCount());
    }

    void seedDecidesTheAdapter() {
        const auto first = [](std::uint64_t seed) {
            return makeAdapter(tinyConfig(), kSettings, seed).layers[0][0].a.detach();
        };
        QVERIFY(first(17).equal(first(17)));
        QVERIFY(!first(17).equal(first(18)));
    }

    void scaleIsAlphaOverRankOrItsRoot() {
        QCOMPARE((LoraSettings{.rank = 64, .alpha = 128}.scale()), 2.0);
        QCOMPARE((LoraSettings{.rank = 64, .alpha = 128, .rankStabilised = true}.scale()), 16.0);
    }

    void filesMakeTheRoundTrip() {
        const Adapter stored = golden::adapter("adapter_b_nonzero", golden::tinyModel());
        QVERIFY(writeAdapter(folder(), stored, "stories260k"));
        const Adapter read = golden::must(readAdapter(folder(), tinyConfig()));
        QVERIFY(read.settings == stored.settings);
        QCOMPARE(read.parameters().size(), stored.parameters().size());
        for (size_t i = 0; i < stored.parameters().size(); ++i)
            QVERIFY(read.parameters()[i].equal(stored.parameters()[i].detach()));
        QVERIFY(!read.parameters().front().requires_grad());
    }

    void writtenFilesAreThoseThatPeftWrites() {
        QVERIFY(writeAdapter(folder(), golden::adapter("adapter_b_nonzero", golden::tinyModel()), "stories260k"));
        const auto mine = nlohmann::json::parse(golden::must(readFile(folder() / "adapter_config.json")));
        const auto stored = golden::json("adapter_b_nonzero/adapter_config.json");
        for (const auto& [key, value] : stored.items())
            QVERIFY2(mine.contains(key) && mine[key] == value, key.c_str());
        QVERIFY(golden::must(SafetensorsFile::open(folder() / "adapter_model.safetensors")).names() ==
                golden::tensors("adapter_b_nonzero/adapter_model.safetensors").names());
    }

    void featuresThatAreNotPlainLoraAreRefusedByName_data() {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("named");
        QTest::newRow("DoRA") << R"({"use_dora":true})"
                              << "use_dora";
        QTest::newRow("bias") << R"({"bias":"all"})"
                              << "trained biases (bias)";
        QTest::newRow("whole modules") << R"({"modules_to_save":["lm_head"]})"
                                       << "modules_to_save";
        QTest::newRow("other method") << R"({"peft_type":"IA3"})"
                                      << "a peft_type other than LORA";
    }

    void featuresThatAreNotPlainLoraAreRefusedByName() {
        QFETCH(QString, change);
        QFETCH(QString, named);
        copyStored();
        changeConfig(nlohmann::json::parse(change.toStdString()));
        const auto read = readAdapter(folder(), tinyConfig());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Unsupported);
        QVERIFY(QString::fromStdString(read.error().detail).contains("uses " + named + ", which is not supported"));
    }

    void adapterOfAnotherShapeIsRefused() {
        copyStored();
        changeConfig({{"r", 4}});
        const auto wrongRank = readAdapter(folder(), tinyConfig());
        QVERIFY(!wrongRank);
        QVERIFY(wrongRank.error().detail.find("doesn't fit the model") != std::string::npos);

        copyStored();
        ModelConfig shallow = tinyConfig();
        shallow.layers = 4;
        const auto tooDeep = readAdapter(folder(), shallow);
        QVERIFY(!tooDeep);
        QVERIFY(tooDeep.error().detail.find("belong to no layer of the model") != std::string::npos);
    }

    void adapterOnSomeProjectionsWorks() {
        const Transformer model = golden::tinyModel();
        Adapter partial = golden::adapter("adapter_b_nonzero", model);
        for (auto& layer : partial.layers)
            layer[static_cast<size_t>(Projection::Gate)] = {};
        QVERIFY(writeAdapter(folder(), partial, "stories260k"));
        const Adapter read = golden::must(readAdapter(folder(), model.config()));
        QCOMPARE(read.parameters().size(), size_t{5 * 6 * 2});
        QCOMPARE(golden::must(readFile(folder() / "adapter_config.json")).find("gate_proj"), std::string::npos);
        const at::NoGradGuard noGradients;
        QVERIFY(test::referencePass(model, at::ones({1, 5}, at::kLong), &read).isfinite().all().item<bool>());
    }

    void folderWithoutAdapterGivesOneSentence() {
        const auto read = readAdapter(m_folder.path().toStdString(), tinyConfig());
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().detail),
                 QString("The adapter folder %1 has no adapter_config.json.").arg(m_folder.path()));
    }
};

QTEST_APPLESS_MAIN(TestLora)
#include "test_lora.moc"
