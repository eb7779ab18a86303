// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The memory plan against the bytes that a training step really allocates on the CPU: every level of checkpointing, both
// formats, few and all tokens labelled, one row and several.
#include "core/base/file.h"
#include "core/base/rng.h"
#include "tests/support/paths.h"
#include "training/device/counting_allocator.h"
#include "training/model/safetensors.h"
#include "training/optim/adamw.h"
#include "training/plan/memory_plan.h"
#include "training/recipes/dpo_step.h"
#include "training/recipes/sft_step.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>

using namespace cw;

namespace {

nlohmann::json midSize() {
    return {{"model_type", "llama"},
            {"vocab_size", 8000},
            {"hidden_size", 256},
            {"intermediate_size", 704},
            {"num_hidden_layers", 6},
            {"num_attention_heads", 8},
            {"num_key_value_heads", 4},
            {"max_position_embeddings", 4096},
            {"tie_word_embeddings", false}};
}

at::Tensor randomTensor(std::vector<std::int64_t> shape, at::ScalarType dtype, Rng& rng) {
    const at::Tensor tensor = at::empty(shape, at::kFloat);
    float* values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        values[i] = static_cast<float>(rng.uniform() - 0.5) * 0.05f;
    return tensor.to(dtype);
}

// A model folder with random weights in that dtype, so that loading maps them and allocates nothing.
void writeModel(const std::filesystem::path& folder, const nlohmann::json& json, at::ScalarType dtype) {
    const ModelConfig config = *modelConfigFromJson(json.dump(), "config.json");
    Rng rng(1, "weights");
    NamedTensors tensors = {{"model.embed_tokens.weight", randomTensor({config.vocabulary, config.hidden}, dtype, rng)},
                            {"model.norm.weight", randomTensor({config.hidden}, dtype, rng)},
                            {"lm_head.weight", randomTensor({config.vocabulary, config.hidden}, dtype, rng)}};
    for (std::int64_t i = 0; i < config.layers; ++i) {
        const std::string prefix = "model.layers." + std::to_string(i) + ".";
        tensors[prefix + "input_layernorm.weight"] = randomTensor({config.hidden}, dtype, rng);
        tensors[prefix + "post_attention_layernorm.weight"] = randomTensor({config.hidden}, dtype, rng);
        for (size_t p = 0; p < kProjections; ++p) {
            const auto projection = static_cast<Projection>(p);
            const MatrixSize size = sizeOf(projection, config);
            tensors[prefix + std::string(moduleName(projection)) + ".weight"] =
                randomTensor({size.out, size.in}, dtype, rng);
        }
    }
    if (!makeFolder(folder) || !writeFileAtomically(folder / "config.json", json.dump()) ||
        !writeSafetensors(folder / "model.safetensors", tensors))
        qFatal("The random model can't be written.");
}

Example exampleOf(std::int64_t length, std::int64_t labelled) {
    TokenIds prompt, answer;
    for (std::int64_t t = 0; t < length; ++t)
        (t < length - labelled ? prompt : answer).push_back(5 + t % 300);
    return makeExample(prompt, answer);
}

// As two rows of a step's pairs: the second answer is half as long.
PreferenceExample pairOf(std::int64_t length, std::int64_t labelled) {
    return {exampleOf(length, labelled), exampleOf(length - labelled / 2, labelled - labelled / 2)};
}

double offBy(std::int64_t planned, std::int64_t measured) {
    return static_cast<double>(planned) / static_cast<double>(measured) - 1;
}

std::int64_t allocated(const MemoryPlan& plan) {
    return plan.peakBytes - plan.parts[static_cast<size_t>(MemoryUse::Weights)]; // these are mapped
}

} // namespace

class TestMemoryPlan : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::map<std::string, Transformer> m_models;

    const Transformer& model(const std::string& name) { return m_models.at(name); }
    void load(const std::string& name, const std::filesystem::path& folder, at::ScalarType dtype) {
        auto loaded = Transformer::load(folder, dtype);
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().detail.c_str());
        m_models.emplace(name, std::move(*loaded));
    }

    // The peak of a step of these rows, `rowsPerPass` at once, beyond the base's weights.
    std::int64_t measured(const MemoryRequest& request, const Transformer& transformer,
                          const std::vector<Example>& rows, std::int64_t rowsPerPass) {
        const std::int64_t before = allocatedBytes();
        Adapter adapter = makeAdapter(request.config, request.lora, 1);
        setTrainable(adapter, true);
        const AdamW optimizer(adapter.parameters(), {});
        const AllocationPeak peak;
        std::vector<size_t> indices;
        for (size_t i = 0; i < rows.size(); ++i)
            indices.push_back(i);
        sftStep(transformer, adapter, rows, indices, 0,
                {.rowsPerPass = rowsPerPass, .checkpointing = request.checkpointing, .dropout = request.lora.dropout});
        return peak.bytes() - before;
    }

private Q_SLOTS:
    void initTestCase() {
        countCpuAllocations();
        at::set_num_threads(2);
        const std::filesystem::path folder = m_folder.path().toStdString();
        writeModel(folder / "f32", midSize(), at::kFloat);
        writeModel(folder / "bf16", midSize(), at::kBFloat16);
        load("mid f32", folder / "f32", at::kFloat);
        load("mid bf16", folder / "bf16", at::kBFloat16);
        load("tiny f32", test::sampleFolder() / "model", at::kFloat);
    }

    void stepTakesWhatThePlanSays_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("level");
        QTest::addColumn<QList<int>>("lengths");
        QTest::addColumn<int>("percent");
        QTest::addColumn<double>("dropout");
        for (const char* name : {"mid f32", "mid bf16", "tiny f32"})
            for (const int level : {0, 1, 2, 3})
                for (const int percent : {10, 100})
                    for (const QList<int>& lengths :
                         {QList<int>{256}, QList<int>{1024}, QList<int>{500, 256, 100}, QList<int>{512, 512}}) {
                        if (QByteArray(name).startsWith("tiny") && lengths[0] > 512)
                            continue;
                        for (const double dropout : {0.0, 0.05}) {
                            if (dropout > 0 && lengths.size() > 1)
                                continue;
                            QTest::addRow("%s, level %d, %d %%, %d rows of %d, dropout %g", name, level, percent,
                                          int(lengths.size()), lengths[0], dropout)
                                << QString::fromUtf8(name) << level << lengths << percent << dropout;
                        }
                    }
    }

    void stepTakesWhatThePlanSays() {
        QFETCH(QString, name);
        QFETCH(int, level);
        QFETCH(QList<int>, lengths);
        QFETCH(int, percent);
        QFETCH(double, dropout);
        const Transformer& transformer = model(name.toStdString());
        MemoryRequest request;
        request.config = transformer.config();
        request.lora = {.rank = 16, .alpha = 32, .dropout = dropout};
        request.checkpointing = static_cast<Checkpointing>(level);
        request.isBf16 = transformer.dtype() == at::kBFloat16;
        request.threads = 2;
        std::vector<Example> rows;
        for (const int length : lengths)
            rows.push_back(exampleOf(length, percent == 100 ? length - 1 : length * percent / 100));
        // The same pass twice, so that the second one finds gradients.
        const std::vector<Example> again = rows;
        rows.insert(rows.end(), again.begin(), again.end());
        std::stable_sort(rows.begin(), rows.end(), [](auto& a, auto& b) { return a.ids.size() > b.ids.size(); });
        for (int i = 0; i < lengths.size(); ++i)
            request.pass += passSize(rows[i]);
        request.isFirstPass = lengths.size() == 3;
        const std::int64_t peak = measured(request, transformer, rows, lengths.size());
        const MemoryPlan plan = planMemory(request);
        const double off = offBy(allocated(plan), peak);
        std::string parts;
        for (const auto& part : toParts(plan.parts)) parts += part.name + " " + std::to_string(part.bytes) + " ";
        std::printf("%+6.2f %%  plan %9ld real %9ld  %s\n    %s\n", 100 * off, allocated(plan), peak, QTest::currentDataTag(), parts.c_str());
        QVERIFY2(std::abs(off) < 0.03, QByteArray::number(off).constData());
    }
};

QTEST_APPLESS_MAIN(TestMemoryPlan)
#include "test_memory_plan.moc"
