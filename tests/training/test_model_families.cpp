// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Every supported family, way of stretching a context and number format of files against stored logits of transformers,
// and what loading refuses.
#include "core/base/file.h"
#include "tests/support/paths.h"
#include "tests/support/reference_pass.h"
#include "training/model/safetensors.h"
#include "training/model/transformer.h"
#include "training/model/weight_source.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <QtTest>
#include <nlohmann/json.hpp>

using namespace cw;

namespace {

std::filesystem::path families() {
    return test::dataFolder() / "models" / "families";
}

SafetensorsFile golden() {
    return *SafetensorsFile::open(families() / "golden_logits.safetensors");
}

// A model folder of one entry, made from its configuration and the weights that it shares with others.
class ModelFolder {
public:
    explicit ModelFolder(const std::string& name) {
        const auto entry = nlohmann::json::parse(*readFile(families() / (name + ".json")));
        const auto weights = SafetensorsFile::open(families() / entry["weights"].get<std::string>());
        for (const std::string& tensor : weights->names())
            tensors[tensor] = *weights->tensor(tensor);
        config = entry["config"];
    }
    // Writes both files and loads them.
    Result<Transformer> load(at::ScalarType dtype = at::kFloat) const {
        if (!writeFileAtomically(path() / "config.json", config.dump()) ||
            !writeSafetensors(path() / "model.safetensors", tensors))
            qFatal("the model's files can't be written");
        return Transformer::load(path(), dtype);
    }
    std::filesystem::path path() const { return m_folder.path().toStdString(); }

    nlohmann::json config;
    NamedTensors tensors;

private:
    QTemporaryDir m_folder;
};

// The largest difference to the stored logits, which are those of the last tokens alone.
double differenceToGolden(const Transformer& model, const std::string& name) {
    const at::NoGradGuard noGradients;
    const SafetensorsFile file = golden();
    const at::Tensor expected = *file.tensor(name);
    const at::Tensor logits = model.logits(test::referencePass(model, file.tensor("ids")->unsqueeze(0))).squeeze(0);
    return (logits.narrow(0, logits.size(0) - expected.size(0), expected.size(0)) - expected)
        .abs()
        .max()
        .item<double>();
}

Error errorOf(const ModelFolder& folder) {
    const auto model = folder.load();
    return model ? Error{} : model.error();
}

} // namespace

class TestModelFamilies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logitsAreThoseOfTransformers_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("expected");
        for (const char* name : {"llama", "llama-linear", "llama-llama3", "llama-yarn", "llama-yarn-scaled",
                                 "mistral-window", "qwen2", "qwen2-window", "qwen3"})
            QTest::newRow(name) << name << name;
        QTest::newRow("llama-dynamic, within its context") << "llama-dynamic"
                                                           << "llama";
    }

    void logitsAreThoseOfTransformers() {
        QFETCH(QString, model);
        QFETCH(QString, expected);
        const ModelFolder folder(model.toStdString());
        const auto loaded = folder.load();
        QVERIFY2(loaded.ok(), loaded ? "" : loaded.error().message().c_str());
        QVERIFY(differenceToGolden(*loaded, expected.toStdString()) < 1e-4);
    }

    void ggufFilesGiveTheLogitsOfTransformers_data() {
        QTest::addColumn<QString>("family");
        for (const char* name : {"llama", "qwen2", "qwen3"})
            QTest::newRow(name) << name;
    }

    void ggufFilesGiveTheLogitsOfTransformers() {
        QFETCH(QString, family);
        const std::string file = family.toStdString() + ".gguf";
        const auto model = Transformer::load(families() / file, at::kFloat);
        QVERIFY2(model.ok(), model ? "" : model.error().message().c_str());
        QVERIFY(differenceToGolden(*model, file) < 1e-4);
        QCOMPARE(model->config().parameters(), ModelFolder(family.toStdString()).load()->config().parameters());
    }

    void aFolderWithOneGgufFileIsThatModel() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        std::filesystem::copy_file(families() / "qwen2.gguf", path / "model.gguf");
        const auto model = Transformer::load(path, at::kFloat);
        QVERIFY2(model.ok(), model ? "" : model.error().message().c_str());
        QVERIFY(differenceToGolden(*model, "qwen2.gguf") < 1e-4);
        std::filesystem::copy_file(families() / "qwen3.gguf", path / "other.gguf");
        const auto two = Transformer::load(path, at::kFloat);
        QVERIFY(!two);
        QCOMPARE(QString::fromStdString(two.error().detail),
                 QString("The folder %1 holds several GGUF files.").arg(folder.path()));
    }

    void bf16ArithmeticStaysNearTheReference() {
        for (const char* name : {"llama-yarn", "qwen2", "qwen3"}) {
            const auto model = ModelFolder(name).load(at::kBFloat16);
            QVERIFY(model.ok());
            QCOMPARE(model->dtype(), at::kBFloat16);
            const double off = differenceToGolden(*model, name);
            QVERIFY2(off > 0 && off < 0.6, name); // logits of up to 15 with 8 bits
        }
    }

    void weightsOfTheFilesDtypeStayInTheFile() {
        const ModelFolder folder("qwen2"); // f32
        const auto first = folder.load();
        const auto source = WeightSource::open(folder.path());
        QVERIFY(first.ok() && source.ok());
        const std::string name = "model.layers.1.mlp.up_proj.weight";
        const at::Tensor mapped = *(*source)->tensor(name, {32, 32});
        QVERIFY(mapped.equal(first->layers()[1].weights[static_cast<size_t>(Projection::Up)]));
        (*source)->forget(name); // they come back from the file
        QVERIFY(mapped.equal(first->layers()[1].weights[static_cast<size_t>(Projection::Up)]));
        QVERIFY(!mapped.storage().resizable()); // not LibTorch's own memory
        QVERIFY(!first->layers()[1].weights[static_cast<size_t>(Projection::Up)].storage().resizable());
        QVERIFY(folder.load(at::kBFloat16)->layers()[1].weights[0].storage().resizable());
    }

    void aMissingTensorIsNamed_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("tensor");
        QTest::newRow("matrix") << "llama"
                                << "model.layers.1.mlp.down_proj.weight";
        QTest::newRow("head") << "llama"
                              << "lm_head.weight";
        QTest::newRow("bias") << "qwen2"
                              << "model.layers.0.self_attn.k_proj.bias";
        QTest::newRow("norm of keys") << "qwen3"
                                      << "model.layers.1.self_attn.k_norm.weight";
    }

    void aMissingTensorIsNamed() {
        QFETCH(QString, model);
        QFETCH(QString, tensor);
        ModelFolder folder(model.toStdString());
        QCOMPARE(folder.tensors.erase(tensor.toStdString()), size_t(1));
        QCOMPARE(QString::fromStdString(errorOf(folder).detail),
                 QString("The weights in %1 lack \"%2\".").arg(QString::fromStdString(folder.path().string()), tensor));
    }

    void aTensorThatNothingAsksForIsNamed_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("tensor");
        QTest::newRow("bias") << "llama"
                              << "model.layers.0.self_attn.q_proj.bias";
        QTest::newRow("norm") << "qwen2"
                              << "model.layers.0.self_attn.q_norm.weight";
        QTest::newRow("layer") << "qwen3"
                               << "model.layers.2.mlp.up_proj.weight";
        QTest::newRow("experts") << "llama"
                                 << "model.layers.0.mlp.experts.0.w1.weight";
    }

    void aTensorThatNothingAsksForIsNamed() {
        QFETCH(QString, model);
        QFETCH(QString, tensor);
        ModelFolder folder(model.toStdString());
        folder.tensors[tensor.toStdString()] = at::zeros({32});
        const Error error = errorOf(folder);
        QVERIFY(error.code == ErrorCode::Unsupported);
        QCOMPARE(QString::fromStdString(error.detail),
                 QString("The weights hold the tensor \"%1\", which the model's configuration doesn't ask for.")
                     .arg(tensor));
    }

    void harmlessTensorsAreLeftAlone() {
        ModelFolder folder("qwen2");
        folder.tensors["lm_head.weight"] = folder.tensors["model.embed_tokens.weight"]; // tied
        folder.tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = at::ones({4});
        const auto model = folder.load();
        QVERIFY2(model.ok(), model ? "" : model.error().message().c_str());
        QVERIFY(model->head().is_alias_of(model->embedding()));
    }

    void aTensorOfAnotherShapeOrOfIntegersIsNamed() {
        ModelFolder folder("qwen2");
        folder.tensors["model.norm.weight"] = at::ones({33});
        QVERIFY(errorOf(folder).detail.find("\"model.norm.weight\" in") != std::string::npos);
        QVERIFY(errorOf(folder).detail.find("is 33, but the model's configuration asks for 32.") != std::string::npos);
        folder.tensors["model.norm.weight"] = at::ones({32}, at::kInt);
        QVERIFY(errorOf(folder).code == ErrorCode::Unsupported);
    }

    // Hugging Face adds biases to all four projections of a Llama that asks for them.
    void biasesOfALlamaAreAdded() {
        ModelFolder folder("llama");
        folder.config["attention_bias"] = true;
        const auto zero = [&](const std::string& name, std::int64_t size) {
            for (const char* layer : {"0", "1"})
                folder.tensors["model.layers." + std::string(layer) + ".self_attn." + name + ".bias"] =
                    at::zeros({size});
        };
        zero("q_proj", 64);
        zero("k_proj", 32);
        zero("v_proj", 32);
        zero("o_proj", 32);
        const auto model = folder.load();
        QVERIFY2(model.ok(), model ? "" : model.error().message().c_str());
        QVERIFY(differenceToGolden(*model, "llama") < 1e-4);
        folder.tensors["model.layers.1.self_attn.o_proj.bias"] = at::ones({32});
        QVERIFY(differenceToGolden(*folder.load(), "llama") > 0.1);
    }
};

QTEST_APPLESS_MAIN(TestModelFamilies)
#include "test_model_families.moc"
