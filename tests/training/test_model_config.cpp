// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// config.json: what is read, and what is refused by name.
#include "tests/support/paths.h"
#include "training/model/model_config.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace cw;

namespace {

nlohmann::json plain() {
    return {{"model_type", "llama"},    {"hidden_size", 64},
            {"intermediate_size", 172}, {"num_hidden_layers", 5},
            {"num_attention_heads", 8}, {"num_key_value_heads", 4},
            {"vocab_size", 512},        {"max_position_embeddings", 512}};
}

Result<ModelConfig> parsed(const nlohmann::json& json) {
    return modelConfigFromJson(json.dump(), "config.json");
}

} // namespace

class TestModelConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tinyLlamaIsReadWhole() {
        const auto config = readModelConfig(test::sampleFolder() / "model");
        QVERIFY(config.ok());
        const ModelConfig expected{.family = "llama",
                                   .vocabulary = 512,
                                   .hidden = 64,
                                   .intermediate = 172,
                                   .layers = 5,
                                   .heads = 8,
                                   .kvHeads = 4,
                                   .headWidth = 8,
                                   .context = 512,
                                   .slidingWindow = 0,
                                   .normEpsilon = 1e-5,
                                   .rope = {},
                                   .tiedHead = true,
                                   .bos = 1,
                                   .eos = {2}};
        QVERIFY(*config == expected);
        QCOMPARE(config->parameters(), std::int64_t{260032});
    }

    void mistralIsReadWhole() {
        const auto config = readModelConfig(test::dataFolder() / "models" / "random-mistral-bf16-sharded");
        QVERIFY(config.ok());
        QCOMPARE(config->family, std::string("mistral"));
        QCOMPARE(config->rope.theta, 1e6);
        QCOMPARE(config->tiedHead, false);
    }

    void leftOutMembersTakeTheFormatsDefaults() {
        const auto config = parsed(plain());
        QVERIFY(config.ok());
        QCOMPARE(config->headWidth, std::int64_t{8}); // hidden_size / num_attention_heads
        QCOMPARE(config->rope.theta, 10000.0);
        QCOMPARE(config->normEpsilon, 1e-6);
        QVERIFY(!config->tiedHead && !config->bos && config->eos.empty());
    }

    void newerAndOlderFormsAreUnderstood() {
        auto json = plain();
        json["rope_parameters"] = {{"rope_type", "default"}, {"rope_theta", 5e5}};
        json["eos_token_id"] = {2, 32007};
        json["sliding_window"] = 4096;
        json["rope_scaling"] = nullptr;
        const auto config = parsed(json);
        QVERIFY(config.ok());
        QCOMPARE(config->rope.theta, 5e5);
        QVERIFY((config->eos == std::vector<std::int64_t>{2, 32007}));
        QCOMPARE(config->slidingWindow, std::int64_t{4096});
    }

    void whatCannotBeComputedIsRefusedByName_data() {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("family") << R"({"model_type":"gemma2"})"
                                << "config.json describes a model of type \"gemma2\", which is not supported.";
        QTest::newRow("rope") << R"({"rope_scaling":{"rope_type":"llama3","factor":8}})"
                              << "config.json asks for rotary positions of kind \"llama3\", which is not supported.";
        QTest::newRow("older rope")
            << R"({"rope_scaling":{"type":"linear","factor":2}})"
            << "config.json asks for rotary positions of kind \"linear\", which is not supported.";
        QTest::newRow("newer rope")
            << R"({"rope_parameters":{"rope_type":"yarn"}})"
            << "config.json asks for rotary positions of kind \"yarn\", which is not supported.";
        QTest::newRow("activation") << R"({"hidden_act":"gelu"})"
                                    << "config.json asks for the activation \"gelu\", which is not supported.";
        QTest::newRow("bias") << R"({"attention_bias":true})"
                              << "config.json sets \"attention_bias\", which is not supported.";
        QTest::newRow("quantised") << R"({"quantization_config":{"bits":4}})"
                                   << "config.json describes quantised weights, which can't be trained.";
    }

    void whatCannotBeComputedIsRefusedByName() {
        QFETCH(QString, change);
        QFETCH(QString, sentence);
        auto json = plain();
        json.update(nlohmann::json::parse(change.toStdString()));
        const auto config = parsed(json);
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::Unsupported);
        QCOMPARE(QString::fromStdString(config.error().detail), sentence);
        QVERIFY(!config.error().hint.empty());
    }

    void numbersThatMakeNoSenseAreRefused() {
        for (const auto& [key, value] : std::map<std::string, nlohmann::json>{{"hidden_size", 0},
                                                                              {"vocab_size", -5},
                                                                              {"num_hidden_layers", 1e30},
                                                                              {"num_attention_heads", "8"},
                                                                              {"num_key_value_heads", 3},
                                                                              {"head_dim", 7},
                                                                              {"max_position_embeddings", nullptr},
                                                                              {"rms_norm_eps", 0},
                                                                              {"rope_theta", -1}}) {
            auto json = plain();
            json[key] = value;
            const auto config = parsed(json);
            QVERIFY2(!config, key.c_str());
            QCOMPARE(config.error().code, ErrorCode::BadInput);
        }
    }

    void textThatIsNoObjectIsRefused() {
        for (const char* text : {"", "[]", "{\"model_type\":", "\xff"})
            QVERIFY(!modelConfigFromJson(text, "config.json"));
    }

    void folderWithoutConfigGivesOneSentence() {
        QTemporaryDir folder;
        const auto config = readModelConfig(folder.path().toStdString());
        QVERIFY(!config);
        QCOMPARE(QString::fromStdString(config.error().detail),
                 QString("The model folder %1 has no config.json.").arg(folder.path()));
    }
};

QTEST_APPLESS_MAIN(TestModelConfig)
#include "test_model_config.moc"
