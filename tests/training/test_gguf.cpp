// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// GGUF files: number formats against stored values of the gguf package, what their configuration means, and what is
// refused of files that come from outside.
// label: parser
#include "core/base/file.h"
#include "core/base/rng.h"
#include "tests/support/gguf_builder.h"
#include "tests/support/paths.h"
#include "training/model/gguf_config.h"
#include "training/model/safetensors.h"
#include "training/model/weight_source.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty_like.h>
#include <QtTest>
#include <nlohmann/json.hpp>

#include <fstream>
#include <limits>

using namespace cw;
using test::GgufBuilder;

namespace {

std::filesystem::path families() {
    return test::dataFolder() / "models" / "families";
}

// Keeps the file of the last bytes that were opened.
class Opener {
public:
    Result<GgufFile> open(const std::string& bytes) {
        std::ofstream(path(), std::ios::binary) << bytes; // thousands of them: no fsync
        return GgufFile::open(path());
    }
    std::filesystem::path path() const { return std::filesystem::path(m_folder.path().toStdString()) / "model.gguf"; }

private:
    QTemporaryDir m_folder;
};

std::string zeros(size_t count) {
    return std::string(count * sizeof(float), '\0');
}

// A model of one layer without values in its matrices.
GgufBuilder small() {
    GgufBuilder file;
    file.set("general.architecture", "llama");
    const auto key = [&](const char* name, auto value) { file.set(std::string("llama.") + name, value); };
    key("block_count", 1U);
    key("context_length", 64U);
    key("embedding_length", 8U);
    key("feed_forward_length", 8U);
    key("attention.head_count", 2U);
    key("rope.freq_base", 10000.0F);
    file.tensor("token_embd.weight", {8, 16}, 0, zeros(128));
    return file;
}

Result<ModelConfig> configOf(const GgufBuilder& file) {
    Opener opener;
    const auto opened = opener.open(file.bytes());
    return opened ? modelConfigFromGguf(*opened) : Result<ModelConfig>(opened.error());
}

ModelConfig fromJson(const nlohmann::json& change = nlohmann::json::object()) {
    nlohmann::json json = {{"model_type", "llama"},        {"hidden_size", 8},         {"intermediate_size", 8},
                           {"num_hidden_layers", 1},       {"num_attention_heads", 2}, {"vocab_size", 16},
                           {"max_position_embeddings", 64}};
    json.update(change);
    return *modelConfigFromJson(json.dump(), "config.json");
}

} // namespace

class TestGguf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocksHaveTheValuesOfTheReference_data() {
        QTest::addColumn<int>("type");
        QTest::newRow("F16") << static_cast<int>(BlockType::F16);
        QTest::newRow("BF16") << static_cast<int>(BlockType::Bf16);
        QTest::newRow("Q8_0") << static_cast<int>(BlockType::Q8_0);
        QTest::newRow("Q4_0") << static_cast<int>(BlockType::Q4_0);
        QTest::newRow("Q4_1") << static_cast<int>(BlockType::Q4_1);
        QTest::newRow("Q4_K") << static_cast<int>(BlockType::Q4_K);
        QTest::newRow("Q6_K") << static_cast<int>(BlockType::Q6_K);
    }

    void blocksHaveTheValuesOfTheReference() {
        QFETCH(int, type);
        const auto file = SafetensorsFile::open(families() / "gguf_blocks.safetensors");
        const std::string name = QTest::currentDataTag();
        const at::Tensor blocks = *file->tensor(name + ".blocks"), expected = *file->tensor(name + ".values");
        const BlockLayout layout = layoutOf(static_cast<BlockType>(type));
        const std::int64_t count = blocks.numel() / layout.bytes;
        QCOMPARE(count * layout.values, expected.numel());
        const at::Tensor values = at::empty_like(expected);
        dequantise(static_cast<BlockType>(type), static_cast<const char*>(blocks.const_data_ptr()), count,
                   values.data_ptr<float>());
        QVERIFY(((values - expected).abs() <= expected.abs() * 1e-6).all().item<bool>());
    }

    void valuesOfEveryKindAreRead() {
        GgufBuilder file;
        file.set("whole", 7U)
            .set("real", 0.5F)
            .set("yes", true)
            .set("text", "a\nb")
            .set("texts", std::vector<std::string>{"", "x"});
        file.list("reals", GgufBuilder::kF32, std::vector<float>{1.5F, -2})
            .list("wholes", GgufBuilder::kI32, std::vector<std::int32_t>{-1, 3});
        file.raw("huge", GgufBuilder::kU64, GgufBuilder::plain(~std::uint64_t{0}));
        file.raw("lists", GgufBuilder::kList,
                 GgufBuilder::plain(GgufBuilder::kList) + GgufBuilder::plain(std::uint64_t{1}) +
                     GgufBuilder::plain(GgufBuilder::kU8) + GgufBuilder::plain(std::uint64_t{2}) + "ab");
        Opener opener;
        const auto opened = opener.open(file.bytes());
        QVERIFY2(opened.ok(), opened ? "" : opened.error().message().c_str());
        QVERIFY(opened->integer("whole") == 7 && opened->number("whole") == 7.0 && opened->number("real") == 0.5);
        QVERIFY(opened->flag("yes") == true && opened->text("text") == "a\nb");
        QVERIFY((opened->texts("texts") == std::vector<std::string_view>{"", "x"}));
        QVERIFY((opened->numbers("reals") == std::vector<double>{1.5, -2}));
        QVERIFY((opened->numbers("wholes") == std::vector<double>{-1, 3}));
        QVERIFY(opened->has("lists") && !opened->numbers("lists") && !opened->texts("lists"));
        for (const char* key : {"missing", "text", "texts", "real", "yes", "huge"}) // none, another kind, out of range
            QVERIFY2(!opened->integer(key), key);
        QVERIFY(!opened->text("whole") && !opened->flag("whole") && !opened->texts("text") && !opened->number("text"));
    }

    void whatIsWrongBeforeTheTensorsIsRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const std::string& bytes, const char* said) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << said;
        };
        const auto one = [](const GgufBuilder& file) { return file.bytes(); };
        const auto plain = [](auto value) { return GgufBuilder::plain(value); };
        constexpr std::uint64_t kHuge = ~std::uint64_t{0};
        GgufBuilder empty;
        row("empty", "", "is empty");
        row("another format", "GGML" + empty.bytes().substr(4), "doesn't begin with");
        row("version 1", empty.head(0, 0, 1), "of version 3");
        row("big-endian", empty.head(0, 0, 0x03000000), "of version 3");
        row("no counts", empty.bytes().substr(0, 20), "ends too early");
        row("huge counts", empty.head(kHuge, kHuge), "more than its bytes can hold");
        row("a value that isn't there", empty.head(0, 1), "more than its bytes can hold");
        row("a key that ends too late", empty.head(0, 1) + plain(std::uint64_t{1000}) + std::string(40, 'k'),
            "ends too early");
        row("a key of the largest length", empty.head(0, 1) + plain(kHuge) + std::string(40, 'k'), "ends too early");
        row("a key without a name", one(GgufBuilder().set("", 1U)), "a name has 0 bytes");
        row("a key that is no UTF-8", one(GgufBuilder().set("a\xFF", 1U)), "a name is no UTF-8");
        row("a text that is no UTF-8", one(GgufBuilder().set("a", "\xC3(")), "\"a\" is no UTF-8");
        row("a key twice", one(GgufBuilder().set("a", 1U).set("a", 2U)), "occurs twice");
        row("an unknown type", one(GgufBuilder().raw("a", 13, "12345678")), "unknown type 13");
        row("a bool of 2", one(GgufBuilder().raw("a", GgufBuilder::kBool, "\2")), "neither true nor false");
        row("a text that ends too late", one(GgufBuilder().raw("a", GgufBuilder::kText, plain(kHuge) + "abc")),
            "ends too early");
        row("a list of too many",
            one(GgufBuilder().raw("a", GgufBuilder::kList, plain(GgufBuilder::kU64) + plain(kHuge / 8))), "elements");
        row("a list of too many lists",
            one(GgufBuilder().raw("a", GgufBuilder::kList, plain(GgufBuilder::kList) + plain(kHuge))), "elements");
        row("a list whose texts end too late",
            one(GgufBuilder().raw("a", GgufBuilder::kList,
                                  plain(GgufBuilder::kText) + plain(std::uint64_t{1}) + plain(std::uint64_t{9}))),
            "ends too early");
        std::string nested;
        for (int i = 0; i < 1000; ++i)
            nested += plain(GgufBuilder::kList) + plain(std::uint64_t{1});
        row("nesting", one(GgufBuilder().raw("a", GgufBuilder::kList, nested)), "nested too deep");
        row("an alignment of 12", one(GgufBuilder().set("general.alignment", 12U)), "alignment");
        row("an alignment of 0", one(GgufBuilder().set("general.alignment", 0U)), "alignment");
        row("an alignment that is a text", one(GgufBuilder().set("general.alignment", "32")), "alignment");
        row("one part of several", one(GgufBuilder().raw("split.count", 2, plain(std::uint16_t{3}))),
            "one part of a model in several files");
    }

    void whatIsWrongBeforeTheTensorsIsRefused() { refused(); }

    void wrongTensorsAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const GgufBuilder& file, const char* said) {
            QTest::newRow(name) << QByteArray::fromStdString(file.bytes()) << said;
        };
        constexpr std::uint64_t kHuge = std::uint64_t{1} << 62;
        row("no dimension", GgufBuilder().tensor("a", {}, 0, zeros(1)), "has 0 dimensions");
        row("five dimensions", GgufBuilder().tensor("a", {1, 1, 1, 1, 1}, 0, zeros(1)), "has 5 dimensions");
        row("an empty dimension", GgufBuilder().tensor("a", {8, 0}, 0, zeros(8)), "impossible shape");
        row("a product beyond any file", GgufBuilder().tensor("a", {kHuge, kHuge, 16}, 0, zeros(8)),
            "impossible shape");
        row("a size beyond the file", GgufBuilder().tensor("a", {1 << 20, 8}, 0, zeros(8)), "ends too early");
        row("a name twice", GgufBuilder().tensor("a", {8}, 0, zeros(8)).tensor("a", {8}, 0, zeros(8)), "occurs twice");
        row("half a block", GgufBuilder().tensor("a", {48}, 8, std::string(51, 'x')), "no whole blocks");
        row("a format that isn't read", GgufBuilder().tensor("a", {256}, 13, std::string(176, 'x')), "as Q5_K");
        row("an unknown format", GgufBuilder().tensor("a", {256}, 99, std::string(176, 'x')), "as type 99");
        row("two at one place", GgufBuilder().tensor("a", {8}, 0, zeros(8)).tensorAt("b", {8}, 0, 0), "overlap");
        row("one within another", GgufBuilder().tensor("a", {16}, 0, zeros(16)).tensorAt("b", {8}, 0, 32), "overlap");
        row("a hole", GgufBuilder().tensorAt("a", {8}, 0, 64).tensor("b", {8}, 0, zeros(8)), "follow each other");
        row("no aligned place", GgufBuilder().tensorAt("a", {8}, 0, 4).tensor("b", {1}, 0, zeros(9)),
            "follow each other");
        row("a place at the end of all numbers",
            GgufBuilder().tensor("a", {8}, 0, zeros(8)).tensorAt("b", {8}, 0, ~std::uint64_t{31}), "follow each other");
        row("bytes behind the last", GgufBuilder().tensor("a", {8}, 0, zeros(64)), "bytes after the last tensor");
    }

    void wrongTensorsAreRefused() { refused(); }

    void everyShortenedFileIsRefused() {
        Opener opener;
        const std::string whole = small().bytes();
        QVERIFY(opener.open(whole).ok());
        for (size_t length = 0; length < whole.size(); length += length < 1024 ? 1 : 31)
            QVERIFY2(!opener.open(whole.substr(0, length)).ok(), std::to_string(length).c_str());
    }

    // Whatever a file claims, opening it ends with an answer, and so does all that reads an open one.
    void changedBytesNeverLeadOutOfTheFile() {
        Opener opener;
        const std::string whole = *readFile(families() / "qwen3.gguf");
        const size_t header = whole.find("blk.1.ffn_up.weight") + 64;
        Rng rng(20261126);
        int opened = 0;
        for (int i = 0; i < 1000; ++i) {
            std::string bytes = whole;
            for (std::uint64_t changes = 1 + rng.below(3); changes > 0; --changes)
                bytes[rng.below(header)] = static_cast<char>(rng.below(3) == 0 ? 0xFF : rng.below(256));
            if (const auto file = opener.open(bytes)) {
                ++opened;
                const auto config = modelConfigFromGguf(*file);
                if (const auto source = WeightSource::open(opener.path()); config && source)
                    for (const std::string& name : (*source)->names())
                        (void)(*source)->tensor(name, {config->hidden});
            }
        }
        QVERIFY(opened > 20); // changed values and names, not numbers that matter to the form
    }

    void aPlainConfigurationIsRead() {
        GgufBuilder file = small();
        file.set("llama.attention.layer_norm_rms_epsilon", 0.25F).set("llama.vocab_size", 99U);
        file.set("tokenizer.ggml.bos_token_id", 1U).set("tokenizer.ggml.eos_token_id", 2U);
        const auto config = configOf(file);
        QVERIFY2(config.ok(), config ? "" : config.error().message().c_str());
        QVERIFY(*config ==
                fromJson(
                    {{"rms_norm_eps", 0.25}, {"tie_word_embeddings", true}, {"bos_token_id", 1}, {"eos_token_id", 2}}));
    }

    void waysOfStretchingAreRead() {
        const auto key = [](const char* name) { return std::string("llama.rope.scaling.") + name; };
        GgufBuilder linear = small();
        linear.set(key("type"), "linear").set(key("factor"), 2.5F);
        QVERIFY(configOf(linear)->rope == fromJson({{"rope_scaling", {{"type", "linear"}, {"factor", 2.5}}}}).rope);
        GgufBuilder older = small();
        QVERIFY(configOf(older.set(key("factor"), 2.5F))->rope == configOf(linear)->rope);
        GgufBuilder none = small();
        QVERIFY(configOf(none.set(key("type"), "none").set(key("factor"), 2.5F))->rope == RopeSettings{});
        GgufBuilder yarn = small();
        yarn.set(key("type"), "yarn").set(key("factor"), 4.0F).set(key("original_context_length"), 16U);
        QVERIFY(
            configOf(yarn)->rope ==
            fromJson({{"rope_scaling", {{"type", "yarn"}, {"factor", 4}, {"original_max_position_embeddings", 16}}}})
                .rope);
        yarn.set(key("yarn_beta_fast"), 16.0F).set(key("yarn_attn_factor"), 2.0F);
        QCOMPARE(configOf(yarn)->rope.betaFast, 16.0);
        QCOMPARE(configOf(yarn)->rope.attentionScale, 2 * yarnAttentionScale(4));
        GgufBuilder longer = small();
        QVERIFY(configOf(longer.set(key("type"), "longrope")).error().detail.find("of kind \"longrope\"") !=
                std::string::npos);
    }

    // Llama 3.1's frequencies are the plain ones divided by a tensor.
    void divisorsOfFrequenciesAreRead() {
        GgufBuilder file = small();
        file.tensor("rope_freqs.weight", {2}, 0, GgufBuilder::plain(1.0F) + GgufBuilder::plain(8.0F));
        const auto config = configOf(file);
        QVERIFY2(config.ok(), config ? "" : config.error().message().c_str());
        const std::vector<double> plain = ropeFrequencies(fromJson()).radians;
        QVERIFY((ropeFrequencies(*config).radians == std::vector<double>{plain[0], plain[1] / 8}));
        for (const float wrong : {0.0F, -1.0F, std::numeric_limits<float>::quiet_NaN()}) {
            GgufBuilder broken = small();
            broken.tensor("rope_freqs.weight", {2}, 0, GgufBuilder::plain(1.0F) + GgufBuilder::plain(wrong));
            QVERIFY(!configOf(broken));
        }
        GgufBuilder longer = small();
        QVERIFY(!configOf(longer.tensor("rope_freqs.weight", {4}, 0, zeros(4))));
    }

    void whatCannotBeComputedIsRefusedByName_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const GgufBuilder& file, const char* said) {
            QTest::newRow(name) << QByteArray::fromStdString(file.bytes()) << said;
        };
        row("architecture", GgufBuilder().set("general.architecture", "gemma2"), "of type \"gemma2\"");
        row("no architecture", GgufBuilder().set("general.name", "x"), "of type \"\"");
        row("experts", small().set("llama.expert_count", 8U), "mixture of experts");
        row("values of another width", small().set("llama.attention.value_length", 8U), "values of another width");
        row("a part of each head", small().set("llama.rope.dimension_count", 2U), "only a part of each head");
        row("looking ahead", small().set("llama.attention.causal", false), "looks ahead");
        row("a part of the layers", small().set("llama.attention.sliding_window_pattern", 6U), "a part of its layers");
        row("no layers", GgufBuilder().set("general.architecture", "qwen3"), "needs \"qwen3.embedding_length\"");
    }

    void whatCannotBeComputedIsRefusedByName() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        Opener opener;
        const auto file = opener.open(bytes.toStdString());
        QVERIFY(file.ok());
        const auto config = modelConfigFromGguf(*file);
        QVERIFY(!config);
        QVERIFY2(QString::fromStdString(config.error().detail).contains(said), config.error().detail.c_str());
        QVERIFY(!config.error().hint.empty());
    }

    void slidingWindowsAreHonoured() {
        QCOMPARE(configOf(small().set("llama.attention.sliding_window", 16U))->slidingWindow, std::int64_t{16});
        QCOMPARE(configOf(small())->slidingWindow, std::int64_t{0});
    }

    void rowsOfBiasesAreInHalvesToo() {
        GgufBuilder file = small();
        std::string values;
        for (int i = 0; i < 8; ++i)
            values += GgufBuilder::plain(static_cast<float>(i));
        file.tensor("blk.0.attn_q.bias", {8}, 0, values).tensor("blk.0.attn_v.bias", {8}, 0, values);
        Opener opener;
        QVERIFY(opener.open(file.bytes()).ok());
        const auto source = WeightSource::open(opener.path());
        QVERIFY(source.ok());
        const at::Tensor query = *(*source)->tensor("model.layers.0.self_attn.q_proj.bias", {8});
        const at::Tensor value = *(*source)->tensor("model.layers.0.self_attn.v_proj.bias", {8});
        for (std::int64_t i = 0; i < 8; ++i)
            QCOMPARE(value[i].item<float>(), static_cast<float>(i));
        const std::vector<float> expected{0, 2, 1, 3, 4, 6, 5, 7}; // two heads of four
        for (std::int64_t i = 0; i < 8; ++i)
            QCOMPARE(query[i].item<float>(), expected[static_cast<size_t>(i)]);
    }

    void aTensorWithoutAPlaceKeepsItsName() {
        GgufBuilder file = small();
        file.tensor("blk.0.ffn_gate_exps.weight", {8}, 0, zeros(8));
        Opener opener;
        QVERIFY(opener.open(file.bytes()).ok());
        const auto source = WeightSource::open(opener.path());
        QVERIFY((*source)->contains("blk.0.ffn_gate_exps.weight"));
        QVERIFY((*source)->contains("model.embed_tokens.weight"));
    }

private:
    static void refused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        Opener opener;
        const auto file = opener.open(bytes.toStdString());
        QVERIFY(!file);
        QVERIFY2(QString::fromStdString(file.error().detail).contains(said), file.error().detail.c_str());
        QVERIFY(!file.error().hint.empty());
    }
};

QTEST_APPLESS_MAIN(TestGguf)
#include "test_gguf.moc"
