// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One trained model in every form in which it can be scored: the adapter beside its base, folded into it, the folded
// weights as GGUF files of several number formats, and four-bit weights. What each form costs is held within stated bounds,
// on the logits, on the mean loss of an answer's token, and on the tokens that would be chosen.
#include "tests/support/gguf_builder.h"
#include "tests/training/golden.h"
#include "training/generate/model_source.h"

#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/tensor.h>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace cw;
using test::GgufBuilder;

namespace {

enum class FileFormat : std::uint32_t { F32 = 0, F16 = 1, Q8_0 = 8, Bf16 = 30 }; // as GGUF numbers them

std::string bytesOf(const at::Tensor& tensor) {
    const at::Tensor plain = tensor.contiguous();
    return {static_cast<const char*>(plain.const_data_ptr()), plain.nbytes()};
}

// ggml's reference quantisation: of 32 values, the largest magnitude becomes 127.
std::string toQ8_0(const at::Tensor& tensor) {
    const at::Tensor plain = tensor.contiguous();
    const float* values = plain.const_data_ptr<float>();
    std::string bytes;
    for (std::int64_t begin = 0; begin < plain.numel(); begin += 32) {
        float largest = 0;
        for (std::int64_t i = begin; i < begin + 32; ++i)
            largest = std::max(largest, std::abs(values[i]));
        const float scale = largest / 127;
        bytes += GgufBuilder::plain(c10::Half(scale));
        for (std::int64_t i = begin; i < begin + 32; ++i)
            bytes += static_cast<char>(scale > 0 ? std::lround(values[i] / scale) : 0);
    }
    return bytes;
}

// As llama.cpp's converter has it: vectors stay f32, and a matrix whose rows are no whole blocks is f16 at least.
void addTensor(GgufBuilder& file, const std::string& name, const at::Tensor& tensor, FileFormat format) {
    std::vector<std::uint64_t> shape;
    for (std::int64_t i = tensor.dim(); i-- > 0;)
        shape.push_back(static_cast<std::uint64_t>(tensor.size(i)));
    if (tensor.dim() == 1)
        format = FileFormat::F32;
    else if (format == FileFormat::Q8_0 && tensor.size(1) % 32 != 0)
        format = FileFormat::F16;
    const std::string bytes = format == FileFormat::F32    ? bytesOf(tensor)
                              : format == FileFormat::F16  ? bytesOf(tensor.to(at::kHalf))
                              : format == FileFormat::Bf16 ? bytesOf(tensor.to(at::kBFloat16))
                                                           : toQ8_0(tensor);
    file.tensor(name, shape, static_cast<std::uint32_t>(format), bytes);
}

// Rows i and i + headWidth / 2 of each head become rows 2i and 2i + 1: how files of the architecture "llama" have q and k.
at::Tensor inPairs(const at::Tensor& halves, std::int64_t headWidth) {
    return halves.view({halves.size(0) / headWidth, 2, headWidth / 2, -1}).transpose(1, 2).reshape(halves.sizes());
}

GgufBuilder ggufOf(const Transformer& model, FileFormat format) {
    const ModelConfig& config = model.config();
    GgufBuilder file;
    const auto count = [&](const char* name, std::int64_t value) {
        file.set(std::string("llama.") + name, static_cast<std::uint32_t>(value));
    };
    file.set("general.architecture", "llama");
    count("block_count", config.layers);
    count("context_length", config.context);
    count("embedding_length", config.hidden);
    count("feed_forward_length", config.intermediate);
    count("attention.head_count", config.heads);
    count("attention.head_count_kv", config.kvHeads);
    file.set("llama.rope.freq_base", 10000.0F);
    file.set("llama.attention.layer_norm_rms_epsilon", static_cast<float>(config.normEpsilon));
    addTensor(file, "token_embd.weight", model.embedding(), format); // and the head: the tiny model's is tied
    addTensor(file, "output_norm.weight", model.finalNorm(), format);
    constexpr std::array<const char*, kProjections> kNames = {"attn_q",   "attn_k", "attn_v",  "attn_output",
                                                              "ffn_gate", "ffn_up", "ffn_down"};
    for (size_t i = 0; i < model.layers().size(); ++i) {
        const Transformer::Layer& layer = model.layers()[i];
        const std::string place = "blk." + std::to_string(i) + ".";
        addTensor(file, place + "attn_norm.weight", layer.attentionNorm, format);
        addTensor(file, place + "ffn_norm.weight", layer.mlpNorm, format);
        for (size_t p = 0; p < kProjections; ++p)
            addTensor(file, place + kNames[p] + ".weight",
                      p < 2 ? inPairs(layer.weights[p], config.headWidth) : layer.weights[p], format);
    }
    return file;
}

// What a form makes of the evaluation set: the tokens of the answers in f32.
struct Scores {
    at::Tensor logits;  // [tokens, vocabulary]
    at::Tensor targets; // [tokens]

    double loss() const {
        return -at::log_softmax(logits, -1).gather(1, targets.unsqueeze(1)).mean().item<double>();
    }
    // By how much the tokens that the other form would choose are less likely here than the most likely ones, in the mean. Not how
    // many they are: tokens that were never trained have nearly the same logits as each other.
    double lostBy(const Scores& other) const {
        const at::Tensor chosen = logits.gather(1, at::argmax(other.logits, -1, /*keepdim=*/true)).squeeze(1);
        return (std::get<0>(logits.max(1)) - chosen).mean().item<double>();
    }
};

// As decoding reads them: the prompt first, then the answer.
Scores scoresOf(const ServingModel& model, const std::vector<Example>& examples) {
    std::vector<at::Tensor> logits;
    std::vector<std::int64_t> targets;
    for (const Example& example : examples) {
        const auto answer = static_cast<std::int64_t>(example.labelCount());
        const auto prompt = static_cast<std::int64_t>(example.ids.size()) - answer;
        ModelSource source(model, 1, prompt + answer, 1);
        const auto begin = example.ids.begin();
        if (!source.begin(0, 0, {begin, begin + prompt - 1}))
            qFatal("a prompt can't be read");
        const PassRow rest{0, prompt - 1, {begin + prompt - 1, example.ids.end() - 1}, answer};
        const auto rows = source.score({&rest, 1});
        if (!rows)
            qFatal("%s", rows.error().message().c_str());
        logits.push_back(
            at::from_blob(const_cast<float*>(*rows), {answer, source.rowWidth()}, at::kFloat).clone());
        targets.insert(targets.end(), begin + prompt, example.ids.end());
    }
    return {at::cat(logits), at::tensor(targets, at::kLong)};
}

} // namespace

class TestScoreForms : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::optional<Transformer> m_base, m_merged;
    std::optional<Adapter> m_adapter; // really trained: what it chooses means something
    std::vector<Example> m_examples;
    Scores m_beside; // the adapter beside its base, in f32: how training saw the model
    Scores m_untrained;

    Transformer throughGguf(FileFormat format) {
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("model.gguf")).toStdString();
        std::ofstream(path, std::ios::binary | std::ios::trunc) << ggufOf(*m_merged, format).bytes();
        return golden::must(Transformer::load(path, at::kFloat));
    }

private Q_SLOTS:
    void initTestCase() {
        m_base = golden::tinyModel();
        m_adapter = golden::must(readAdapter(golden::folder() / "adapter_sft_lr5e-3", m_base->config()));
        m_merged = m_base->merged(*m_adapter);
        m_examples = golden::examples(golden::json("sft_curves.json")["samples"]);
        QCOMPARE(m_examples.size(), size_t{20});
        m_beside = scoresOf({*m_base, &*m_adapter, ServingForm::AsLoaded}, m_examples);
        m_untrained = scoresOf({*m_base, nullptr, ServingForm::AsLoaded}, m_examples);
    }

    // Else no form could be told from any other.
    void theAdapterChangesWhatIsScored() {
        QVERIFY(golden::largestDifference(m_beside.logits, m_untrained.logits) > 1);
        QVERIFY(m_beside.loss() < 0.7 * m_untrained.loss());
    }

    void everyFormScoresAsTheAdapterBesideItsBase_data() {
        QTest::addColumn<QString>("form");
        QTest::addColumn<double>("logits"); // the largest difference
        QTest::addColumn<double>("loss");   // nats a token
        QTest::addColumn<double>("lost");   // nats a token, by choosing what the form finds most likely
        QTest::newRow("folded, f32") << "folded" << 2e-4 << 1e-5 << 1e-5;
        QTest::newRow("GGUF, F32") << "F32" << 2e-4 << 1e-5 << 1e-5;
        QTest::newRow("GGUF, F16") << "F16" << 0.05 << 5e-4 << 2e-4;
        QTest::newRow("GGUF, BF16") << "BF16" << 0.4 << 2e-3 << 1e-3;
        QTest::newRow("GGUF, Q8_0") << "Q8_0" << 0.8 << 1e-2 << 5e-3;
        // A group of 64 weights, which share a scale, is a whole row of this model: larger ones lose less.
        QTest::newRow("four bits, the adapter beside") << "int4" << 20.0 << 0.6 << 0.6;
    }

    void everyFormScoresAsTheAdapterBesideItsBase() {
        QFETCH(QString, form);
        QFETCH(double, logits);
        QFETCH(double, loss);
        QFETCH(double, lost);
        const std::map<QString, FileFormat> formats = {{QStringLiteral("F32"), FileFormat::F32},
                                                       {QStringLiteral("F16"), FileFormat::F16},
                                                       {QStringLiteral("BF16"), FileFormat::Bf16},
                                                       {QStringLiteral("Q8_0"), FileFormat::Q8_0}};
        const auto format = formats.find(form);
        const bool isFile = format != formats.end();
        const Transformer& model = isFile ? throughGguf(format->second) : *m_base;
        const Scores scores = scoresOf({model, isFile ? nullptr : &*m_adapter,
                                        form == QLatin1String("int4") ? ServingForm::Int4 : ServingForm::Folded},
                                       m_examples);
        const double offLogits = golden::largestDifference(scores.logits, m_beside.logits);
        const double offLoss = std::abs(scores.loss() - m_beside.loss());
        const double offChoice = m_beside.lostBy(scores);
        const QString said = QStringLiteral("logits differ by %1, the loss by %2, choices lose %3 nats a token")
                                 .arg(offLogits)
                                 .arg(offLoss)
                                 .arg(offChoice);
        qInfo("%s", qPrintable(said));
        QVERIFY2(offLogits <= logits, qPrintable(said));
        QVERIFY2(offLoss <= loss, qPrintable(said));
        QVERIFY2(offChoice <= lost, qPrintable(said));
    }

    // Through a file without rounding nothing changes at all.
    void theMergedWeightsComeBackFromAGgufFile() {
        const Transformer read = throughGguf(FileFormat::F32);
        QVERIFY(read.embedding().equal(m_merged->embedding()) && read.head().equal(m_merged->head()));
        for (size_t layer = 0; layer < read.layers().size(); ++layer)
            for (size_t p = 0; p < kProjections; ++p)
                QVERIFY(read.layers()[layer].weights[p].equal(m_merged->layers()[layer].weights[p]));
    }

    // Half a step of bf16 is 1/512 of a weight, and an adapter's changes are often smaller: the adapter stays beside it.
    void anAdapterIsNeverFoldedIntoBf16() {
        const Transformer rounded =
            golden::must(Transformer::load(test::sampleFolder() / "model", at::kBFloat16));
        const ServingModel model(rounded, &*m_adapter, ServingForm::Folded);
        QVERIFY(model.adapter() == &*m_adapter);
        for (size_t p = 0; p < kProjections; ++p)
            QVERIFY(model.dense(0, static_cast<Projection>(p)).is_same(rounded.layers()[0].weights[p]));
        QVERIFY(!ServingModel(*m_base, &*m_adapter, ServingForm::Folded).adapter());
    }
};

QTEST_APPLESS_MAIN(TestScoreForms)
#include "test_score_forms.moc"
