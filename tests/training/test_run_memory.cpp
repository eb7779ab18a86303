// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The plan of a run against the most that the whole run ever holds, as the worker does it on the CPU: loading, accumulated
// passes of rows of many lengths, validation, checkpoints, the adapter's files.
#include "core/run/run_plan.h"
#include "tests/training/training_runs.h"
#include "training/device/counting_allocator.h"
#include "training/model/adapter_files.h"
#include "training/model/safetensors.h"
#include "training/model/transformer.h"
#include "training/recipes/worker.h"

#include <QtTest>

#include <array>

using namespace cw;
using namespace cw::test;

namespace {

ModelConfig midSize() {
    ModelConfig config;
    config.family = "llama";
    config.vocabulary = 512; // of the sample model's tokenizer
    config.hidden = 256;
    config.intermediate = 704;
    config.layers = 4;
    config.heads = 8;
    config.kvHeads = 4;
    config.headWidth = 32;
    config.context = 1024;
    return config;
}

NamedTensors namedTensors(const Transformer& model) {
    NamedTensors tensors = {{"model.embed_tokens.weight", model.embedding()},
                            {"model.norm.weight", model.finalNorm()},
                            {"lm_head.weight", model.head()}};
    for (size_t i = 0; i < model.layers().size(); ++i) {
        const Transformer::Layer& layer = model.layers()[i];
        const std::string place = "model.layers." + std::to_string(i) + ".";
        tensors.emplace(place + "input_layernorm.weight", layer.attentionNorm);
        tensors.emplace(place + "post_attention_layernorm.weight", layer.mlpNorm);
        for (size_t p = 0; p < kProjections; ++p)
            tensors.emplace(place + std::string(moduleName(static_cast<Projection>(p))) + ".weight", layer.weights[p]);
    }
    return tensors;
}

// Random weights with the sample model's tokenizer.
void writeModel(const std::filesystem::path& folder, at::ScalarType inFile) {
    const ModelConfig config = midSize();
    const nlohmann::json json = {{"model_type", config.family},
                                 {"vocab_size", config.vocabulary},
                                 {"hidden_size", config.hidden},
                                 {"intermediate_size", config.intermediate},
                                 {"num_hidden_layers", config.layers},
                                 {"num_attention_heads", config.heads},
                                 {"num_key_value_heads", config.kvHeads},
                                 {"head_dim", config.headWidth},
                                 {"max_position_embeddings", config.context},
                                 {"tie_word_embeddings", false}};
    std::filesystem::create_directories(folder);
    for (const char* name : {"tokenizer.model", "tokenizer_config.json"})
        std::filesystem::copy_file(sampleFolder() / "model" / name, folder / name);
    if (!writeFileAtomically(folder / "config.json", json.dump()) ||
        !writeSafetensors(folder / "model.safetensors", namedTensors(Transformer::random(config, inFile))))
        qFatal("The model can't be written.");
}

// Sentences of the tiny model's stories: `count` of them in a row's prompt.
std::string story(int count) {
    const auto all = samples();
    std::string text;
    for (int i = 0; i < count; ++i)
        text += all[static_cast<size_t>(i) % all.size()]["prompt"].get<std::string>() + " ";
    return text;
}

// Rows of about 80 to 500 tokens.
constexpr std::array kSentences = {2, 12, 5, 9, 3, 11, 7, 4};

std::string chatRows() {
    std::string lines;
    for (size_t i = 0; i < kSentences.size(); ++i)
        lines += toLine(ChatRow{story(kSentences[i]), story(1 + static_cast<int>(i) % 3), metaOf(static_cast<int>(i))}) + "\n";
    return lines;
}

std::string pairRows() {
    std::string lines;
    for (size_t i = 0; i < kSentences.size(); ++i)
        lines += toLine(PreferenceRow{story(kSentences[i]), story(1), story(2), metaOf(static_cast<int>(i))}) + "\n";
    return lines;
}

} // namespace

class TestRunMemory : public QObject {
    Q_OBJECT

private:
    TrainingRuns m_runs;
    SystemClock m_clock;

    std::string modelIn(at::ScalarType dtype) const {
        return (m_runs.root() / (dtype == at::kFloat ? "f32" : "bf16")).string();
    }

    // A fresh adapter for a run to start from.
    std::string start(const RunSpec& spec) const {
        const std::filesystem::path folder = m_runs.root() / "start";
        const auto lora = loraSettings(spec.loraRank, spec.loraAlpha, 0, spec.loraModules, "", false);
        if (!lora || !writeAdapter(folder, makeAdapter(midSize(), *lora, 5), "f32"))
            qFatal("The adapter can't be written.");
        return folder.string();
    }

private Q_SLOTS:
    void initTestCase() {
        countCpuAllocations();
        for (const at::ScalarType dtype : {at::kFloat, at::kBFloat16})
            writeModel(modelIn(dtype), dtype);
    }

    void wholeRunTakesWhatItsPlanSays_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("checkpointing");
        QTest::addColumn<QString>("variant");
        for (const char* level : {"none", "attention", "full"})
            QTest::addRow("SFT, checkpointing %s", level) << "sft" << level << "";
        QTest::newRow("SFT, going on from an adapter") << "sft" << "none" << "start";
        QTest::newRow("SFT, PiSSA") << "sft" << "full" << "pissa";
        QTest::newRow("SFT, weights converted") << "sft" << "full" << "bf16";
        QTest::newRow("DPO") << "dpo" << "none" << "";
    }

    void wholeRunTakesWhatItsPlanSays() {
        QFETCH(QString, kind);
        QFETCH(QString, checkpointing);
        QFETCH(QString, variant);
        const bool isPairs = kind == QLatin1String("dpo"), isConverted = variant == QLatin1String("bf16");
        RunSpec spec = specOf(isPairs ? RunKind::Dpo : RunKind::Sft);
        spec.model = modelIn(isConverted ? at::kBFloat16 : at::kFloat);
        spec.dtype = "f32";
        spec.loraRank = 16;
        spec.maxSteps = 4;
        spec.validateEvery = spec.checkpointEvery = 2;
        spec.keep = "best";
        spec.checkpointing = checkpointing.toStdString();
        spec.threads = 2;
        if (variant == QLatin1String("start"))
            spec.adapter = start(spec);
        if (variant == QLatin1String("pissa"))
            spec.loraInit = "pissa";
        const std::string rows = isPairs ? pairRows() : chatRows();
        const RunFolder folder = m_runs.make(spec, rows, rows);

        const std::int64_t before = allocatedBytes();
        const AllocationPeak peak;
        {
            EventLog events(folder, m_clock);
            const auto outcome = performRun(folder, m_clock, events);
            QVERIFY2(outcome.ok(), outcome ? "" : outcome.error().message().c_str());
        }
        const std::int64_t measured = peak.bytes() - before;

        QCOMPARE(eventsOf(folder, "step").size(), size_t{4});
        QVERIFY(eventsOf(folder, "validation").size() >= 2);
        QVERIFY(eventsOf(folder, "checkpoint").size() >= 2);
        const auto plan = runPlanFromJson(*readFile(folder.plan()), "plan.json");
        QVERIFY(plan.ok());
        QCOMPARE(plan->parts[0].name, std::string("weights"));
        // Weights that stay in the mapped file are in the plan, but nobody allocates them.
        const std::int64_t planned = plan->peakBytes - (isConverted ? 0 : plan->parts[0].bytes);
        const double off = static_cast<double>(planned) / static_cast<double>(measured) - 1;
        const QString said =
            QStringLiteral("%1 bytes planned, %2 measured: %3 %").arg(planned).arg(measured).arg(100 * off, 0, 'f', 2);
        qInfo("%s", qPrintable(said));
        QVERIFY2(std::abs(off) < 0.03, qPrintable(said));
    }
};

QTEST_APPLESS_MAIN(TestRunMemory)
#include "test_run_memory.moc"
