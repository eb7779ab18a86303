// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// config.json: what is read, and what is refused by name.
// label: parser
#include "tests/support/paths.h"
#include "training/model/model_config.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <cmath>
#include <numbers>

using namespace cw;
using Json = nlohmann::json;

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

    void familiesHaveTheirOwnParts() {
        auto json = plain();
        json["model_type"] = "qwen2";
        const auto qwen2 = parsed(json);
        QVERIFY(qwen2->attentionBias && !qwen2->outputBias && !qwen2->headNorms);
        QCOMPARE(qwen2->parameters(), parsed(plain())->parameters() + 5 * (64 + 32 + 32));
        json["model_type"] = "qwen3";
        const auto qwen3 = parsed(json);
        QVERIFY(!qwen3->attentionBias && qwen3->headNorms);
        QCOMPARE(qwen3->headWidth, std::int64_t{128}); // the family's own, whatever the width
        json["model_type"] = "llama";
        json["attention_bias"] = true;
        const auto llama = parsed(json);
        QVERIFY(llama->attentionBias && llama->outputBias && !llama->headNorms);
        QCOMPARE(llama->parameters(), parsed(plain())->parameters() + 5 * (64 + 32 + 32 + 64));
    }

    void windowsAreThoseOfTheFamily() {
        auto json = plain();
        QCOMPARE(parsed(json)->slidingWindow, std::int64_t{0});
        json["sliding_window"] = 32;
        QCOMPARE(parsed(json)->slidingWindow, std::int64_t{0}); // a Llama has none
        json.erase("sliding_window");
        json["model_type"] = "mistral";
        QCOMPARE(parsed(json)->slidingWindow, std::int64_t{4096}); // where nothing is said
        json["sliding_window"] = nullptr;
        QCOMPARE(parsed(json)->slidingWindow, std::int64_t{0});
        json["model_type"] = "qwen2";
        json["sliding_window"] = 32;
        QCOMPARE(parsed(json)->slidingWindow, std::int64_t{0}); // "use_sliding_window" is not set
        json["use_sliding_window"] = true;
        QCOMPARE(parsed(json)->slidingWindow, std::int64_t{0}); // "max_window_layers" is 28
        json["max_window_layers"] = 0;
        QCOMPARE(parsed(json)->slidingWindow, std::int64_t{32});
        json["layer_types"] = std::vector<std::string>(5, "full_attention");
        QCOMPARE(parsed(json)->slidingWindow, std::int64_t{0});
    }

    void waysOfStretchingAreReadInBothForms() {
        auto older = plain(), newer = plain();
        older["rope_theta"] = 5e5;
        older["rope_scaling"] = {{"type", "yarn"}, {"factor", 8}, {"original_max_position_embeddings", 64}};
        newer["rope_parameters"] = {
            {"rope_type", "yarn"}, {"rope_theta", 5e5}, {"original_max_position_embeddings", 64}};
        QVERIFY(parsed(older)->rope == parsed(newer)->rope); // the factor follows from the two contexts
        QVERIFY(parsed(older)->rope.kind == RopeKind::Yarn);
        QCOMPARE(parsed(older)->rope.attentionScale, 0.1 * std::log(8) + 1);
        older["rope_scaling"]["attention_factor"] = 1.5;
        QCOMPARE(parsed(older)->rope.attentionScale, 1.5);
        older["rope_scaling"] = {
            {"rope_type", "llama3"}, {"type", "su"}, {"factor", 8}, {"low_freq_factor", 1}, {"high_freq_factor", 4}};
        QVERIFY(parsed(older)->rope.kind == RopeKind::Llama3); // "rope_type" goes before "type"
        QCOMPARE(parsed(older)->rope.originalContext, std::int64_t{512});
        older["rope_scaling"] = Json::object();
        QVERIFY(parsed(older)->rope == (RopeSettings{.theta = 5e5}));
    }

    // From the definitions, far from any implementation.
    void stretchedFrequenciesAreThoseOfTheirDefinitions() {
        ModelConfig config{.headWidth = 8, .rope = {.theta = 10000}};
        const std::vector<double> plainOnes = ropeFrequencies(config).radians;
        QVERIFY((plainOnes == std::vector<double>{1, 0.1, 0.01, 0.001}) || std::abs(plainOnes[3] - 0.001) < 1e-15);
        config.rope.kind = RopeKind::Dynamic;
        QVERIFY(ropeFrequencies(config).radians == plainOnes);
        config.rope = {.kind = RopeKind::Linear, .factor = 4};
        QCOMPARE(ropeFrequencies(config).radians[1], plainOnes[1] / 4);
        // Waves of 6, 63, 628 and 6283 tokens: kept below 400 / 4, stretched above 400 / 1.
        config.rope = {.kind = RopeKind::Llama3, .factor = 8, .originalContext = 400};
        const std::vector<double> llama3 = ropeFrequencies(config).radians;
        QCOMPARE(llama3[0], plainOnes[0]);
        QCOMPARE(llama3[1], plainOnes[1]);
        QCOMPARE(llama3[2], plainOnes[2] / 8);
        QCOMPARE(llama3[3], plainOnes[3] / 8);
        config.rope.originalContext = 1000; // the wave of 628 turns 1.59 times: 0.197 of the way from 1 to 4
        const double kept = (1000 * 0.01 / (2 * std::numbers::pi) - 1) / 3;
        QVERIFY(std::abs(ropeFrequencies(config).radians[2] - (0.01 / 8 * (1 - kept) + 0.01 * kept)) < 1e-15);
        config.rope = {.kind = RopeKind::Yarn, .factor = 4, .originalContext = 1000, .attentionScale = 1.5};
        QCOMPARE(ropeFrequencies(config).scale, 1.5);
        QCOMPARE(ropeFrequencies(config).radians[0], plainOnes[0]);
        QCOMPARE(ropeFrequencies(config).radians[3], plainOnes[3] / 4);
    }

    void newerAndOlderFormsAreUnderstood() {
        auto json = plain();
        json["model_type"] = "mistral";
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
        QTest::newRow("rope") << R"({"rope_scaling":{"rope_type":"longrope","factor":8}})"
                              << "config.json asks for rotary positions of kind \"longrope\", which is not supported.";
        QTest::newRow("older rope") << R"({"rope_scaling":{"type":"su","factor":2}})"
                                    << "config.json asks for rotary positions of kind \"su\", which is not supported.";
        QTest::newRow("newer rope")
            << R"({"rope_parameters":{"rope_type":"proportional"}})"
            << "config.json asks for rotary positions of kind \"proportional\", which is not supported.";
        QTest::newRow("partial rope")
            << R"({"partial_rotary_factor":0.5})"
            << "config.json turns only a part of each head (\"partial_rotary_factor\"), which is not supported.";
        QTest::newRow("sliding layers")
            << R"({"model_type":"qwen2","use_sliding_window":true,"max_window_layers":2})"
            << "config.json slides the window of a part of its layers alone, which is not supported.";
        QTest::newRow("listed sliding layers")
            << R"({"model_type":"qwen3","layer_types":["sliding_attention","full_attention","full_attention","full_attention","full_attention"]})"
            << "config.json slides the window of a part of its layers alone, which is not supported.";
        QTest::newRow("other layers") << R"({"model_type":"qwen3","layer_types":["linear_attention","full_attention"]})"
                                      << "config.json names kinds of layers (\"layer_types\") that are not supported.";
        QTest::newRow("activation") << R"({"hidden_act":"gelu"})"
                                    << "config.json asks for the activation \"gelu\", which is not supported.";
        QTest::newRow("bias") << R"({"mlp_bias":true})"
                              << "config.json sets \"mlp_bias\", which is not supported.";
        QTest::newRow("bias of Mistral") << R"({"model_type":"mistral","attention_bias":true})"
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
        for (const auto& [key, value] : std::vector<std::pair<std::string, nlohmann::json>>{
                 {"hidden_size", 0},
                 {"vocab_size", -5},
                 {"num_hidden_layers", 1e30},
                 {"num_hidden_layers", 1025},
                 {"num_attention_heads", "8"},
                 {"num_attention_heads", 1028},
                 {"num_key_value_heads", 3},
                 {"head_dim", 7},
                 {"max_position_embeddings", nullptr},
                 {"rms_norm_eps", 0},
                 {"rope_theta", -1},
                 {"rope_scaling", Json{{"type", "linear"}}},
                 {"rope_scaling", Json{{"type", "linear"}, {"factor", -2}}},
                 {"rope_parameters", Json{{"rope_theta", 0}}},
                 {"rope_scaling", Json{{"rope_type", "llama3"}, {"factor", 8}}},
                 {"rope_scaling",
                  Json{{"rope_type", "llama3"}, {"factor", 8}, {"low_freq_factor", 4}, {"high_freq_factor", 4}}},
                 {"rope_scaling", Json{{"rope_type", "yarn"}, {"original_max_position_embeddings", "x"}}}}) {
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

    void aTowerOfListsIsRefused() {
        constexpr size_t kDeep = 1'000'000;
        auto json = plain();
        std::string text = json.dump();
        text.replace(text.size() - 1, 1, ",\"eos_token_id\":" + std::string(kDeep, '[') + std::string(kDeep, ']') + "}");
        const auto config = modelConfigFromJson(text, "config.json");
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::BadInput);
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
