// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// label: parser
#include "tests/support/reference_pass.h"
#include "tests/training/golden.h"
#include "training/model/adapter_config.h"

#include <ATen/ops/ones.h>
#include <ATen/ops/tensor.h>
#include <QTemporaryDir>
#include <QtTest>

using namespace cw;
using nlohmann::json;
namespace fs = std::filesystem;

class TestAdapterFiles : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path folder() const { return fs::path(m_folder.path().toStdString()) / "adapter"; }
    static fs::path peftFolder() { return test::dataFolder() / "golden" / "peft"; }
    static ModelConfig tinyConfig() { return golden::must(readModelConfig(test::sampleFolder() / "model")); }

    // A stored adapter's files, with the members of `change` put into its configuration.
    void copyChanged(const json& change) {
        fs::remove_all(folder());
        fs::create_directories(folder());
        const fs::path from = peftFolder() / "rank_stabilised";
        fs::copy_file(from / "adapter_model.safetensors", folder() / "adapter_model.safetensors");
        json config = json::parse(golden::must(readFile(from / "adapter_config.json")));
        config.update(change);
        QVERIFY(writeFileAtomically(folder() / "adapter_config.json", config.dump()));
    }
    json writtenConfig() const { return json::parse(golden::must(readFile(folder() / "adapter_config.json"))); }

private Q_SLOTS:
    // Made with PEFT: ranks and alphas by module and by layer in bf16, rank-stabilised scaling of every linear module
    // in f16.
    void adaptersOfPeftGiveItsLogits_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("patterns") << "patterns";
        QTest::newRow("rank_stabilised") << "rank_stabilised";
    }

    void adaptersOfPeftGiveItsLogits() {
        QFETCH(QString, name);
        const at::NoGradGuard noGradients;
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::must(readAdapter(peftFolder() / name.toStdString(), model.config()));
        for (const at::Tensor& tensor : adapter.parameters())
            QCOMPARE(tensor.scalar_type(), at::kFloat);
        const at::Tensor tokens =
            at::tensor({1, 403, 407, 261, 378, 410, 432, 292, 51, 9, 77, 500}, at::kLong).unsqueeze(0);
        const at::Tensor logits = model.logits(test::referencePass(model, tokens, &adapter))[0].slice(0, -3);
        const SafetensorsFile stored =
            golden::must(SafetensorsFile::open(peftFolder() / name.toStdString() / "logits.safetensors"));
        const double difference = golden::largestDifference(logits, golden::must(stored.tensor("logits")));
        QVERIFY2(difference < 2e-5, qPrintable(QString::number(difference)));
        const at::Tensor plain = model.logits(test::referencePass(model, tokens))[0].slice(0, -3);
        QVERIFY(golden::largestDifference(logits, plain) > 0.1); // the adapter does something
    }

    void modulesHaveTheirOwnRanksAndScales() {
        const Adapter adapter = golden::must(readAdapter(peftFolder() / "patterns", tinyConfig()));
        QCOMPARE(adapter.pair(0, Projection::Query).rank(), 2);
        QCOMPARE(adapter.pair(1, Projection::Query).rank(), 6);
        QCOMPARE(adapter.pair(1, Projection::Down).rank(), 3);
        QCOMPARE(adapter.pair(2, Projection::Down).scale, 1.0 / 4);
        QCOMPARE(adapter.pair(3, Projection::Value).scale, 20.0 / 4);
        QVERIFY(!adapter.pair(0, Projection::Key).isPresent());
        QCOMPARE(adapter.settings.rankOf(Projection::Key), 0);
        QCOMPARE(
            golden::must(readAdapter(peftFolder() / "rank_stabilised", tinyConfig())).pair(0, Projection::Output).scale,
            8 / std::sqrt(2.0));
    }

    void whatDiffersByLayerMakesTheRoundTrip() {
        const Adapter stored = golden::must(readAdapter(peftFolder() / "patterns", tinyConfig()));
        QVERIFY(writeAdapter(folder(), stored, "stories260k"));
        const Adapter read = golden::must(readAdapter(folder(), tinyConfig()));
        QVERIFY(read.settings == stored.settings);
        for (size_t layer = 0; layer < stored.layers.size(); ++layer)
            for (size_t p = 0; p < kProjections; ++p) {
                QCOMPARE(read.layers[layer][p].isPresent(), stored.layers[layer][p].isPresent());
                QCOMPARE(read.layers[layer][p].scale, stored.layers[layer][p].scale);
                QVERIFY(!read.layers[layer][p].isPresent() || read.layers[layer][p].a.equal(stored.layers[layer][p].a));
            }
        const json config = writtenConfig();
        QCOMPARE(config["rank_pattern"].size(), size_t(5 + 1)); // q_proj by layer, one down_proj
        QCOMPARE(config["alpha_pattern"], (json{{"v_proj", 20}, {"model.layers.2.mlp.down_proj", 1}}));
    }

    void settingsOfARunMakeTheRoundTrip_data() {
        QTest::addColumn<bool>("rankStabilised");
        QTest::newRow("standard") << false;
        QTest::newRow("rank-stabilised") << true;
    }

    void settingsOfARunMakeTheRoundTrip() {
        QFETCH(bool, rankStabilised);
        const LoraSettings settings = golden::must(loraSettings(6, 10, 0.05, "q,v,down", "q:3,down:5", rankStabilised));
        const Adapter made = makeAdapter(tinyConfig(), settings, 7);
        QVERIFY(writeAdapter(folder(), made, "stories260k"));
        const json config = writtenConfig();
        QCOMPARE(config["rank_pattern"], (json{{"q_proj", 3}, {"down_proj", 5}}));
        QCOMPARE(config["alpha_pattern"], json::object());
        QCOMPARE(config["target_modules"], (json{"q_proj", "v_proj", "down_proj"}));
        const Adapter read = golden::must(readAdapter(folder(), tinyConfig()));
        QVERIFY(read.settings == settings);
        for (const Projection projection : {Projection::Query, Projection::Value, Projection::Down})
            QCOMPARE(read.pair(4, projection).scale, made.pair(4, projection).scale);
        QVERIFY(!fs::exists(folder() / "clausewright.json"));
    }

    void keysMatchAsInPeft() {
        const std::string path = modulePath(1, Projection::Query);
        for (const char* key : {"q_proj", "self_attn.q_proj", "layers.1.self_attn.q_proj",
                                "model.layers.1.self_attn.q_proj", "^model.layers.1.self_attn.q_proj"})
            QVERIFY2(matchesModule(key, path), key);
        for (const char* key : {"proj", "attn.q_proj", "^q_proj", "1.self_attn", "model.layers.11.self_attn.q_proj",
                                "x.model.layers.1.self_attn.q_proj"})
            QVERIFY2(!matchesModule(key, path), key);
        const AdapterConfig config =
            golden::must(adapterConfigFromJson("{\"peft_type\":\"LORA\",\"r\":4,\"lora_alpha\":8,\"rank_pattern\":{\"q_"
                                               "proj\":6,\"layers.1.self_attn.q_proj\":2}}",
                                               "it"));
        QCOMPARE(config.rankOf(path), 6); // the first match counts
    }

    void whatPeftCanAndWeCannotIsRefusedByName_data() {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("named");
        const auto row = [](const json& change, const char* named) {
            QTest::newRow(named) << QByteArray::fromStdString(change.dump()) << named;
        };
        row({{"rank_pattern", {{"layers\\.[0-3]\\..*q_proj", 4}}}},
            "uses the regular expression \"layers\\.[0-3]\\..*q_proj\" in rank_pattern");
        row({{"alpha_pattern", {{"(q|k)_proj", 4}}}}, "uses the regular expression \"(q|k)_proj\" in alpha_pattern");
        row({{"target_modules", ".*_proj"}}, "uses the regular expression \".*_proj\" as target_modules");
        row({{"init_lora_weights", "pissa_niter_16"}}, "a base changed by init_lora_weights \"pissa_niter_16\"");
        row({{"layer_replication", json::array({json::array({0, 3})})}}, "uses layer_replication");
        row({{"lora_bias", true}}, "uses lora_bias");
        row({{"something_new", {{"x", 1}}}}, "uses something_new");
    }

    void whatPeftCanAndWeCannotIsRefusedByName() {
        QFETCH(QByteArray, change);
        QFETCH(QString, named);
        copyChanged(json::parse(change.toStdString()));
        const auto read = readAdapter(folder(), tinyConfig());
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::Unsupported);
        QVERIFY2(QString::fromStdString(read.error().detail).contains(named), read.error().detail.c_str());
    }

    void brokenConfigurationsAreRefused_data() {
        QTest::addColumn<QByteArray>("change");
        const auto row = [](const char* name, const json& change) {
            QTest::newRow(name) << QByteArray::fromStdString(change.dump());
        };
        row("no rank", {{"r", nullptr}});
        row("a rank of nothing", {{"r", 0}});
        row("a rank that is no number", {{"rank_pattern", {{"q_proj", "4"}}}});
        row("an alpha that is no number", {{"alpha_pattern", {{"q_proj", nullptr}}}});
        row("patterns that are a list", {{"rank_pattern", json::array({4})}});
        row("targets that are numbers", {{"target_modules", json::array({1})}});
        row("a target missing", {{"target_modules", json::array({"q_proj"})}});
        row("the rank of other tensors", {{"rank_pattern", {{"q_proj", 3}}}});
    }

    // Copies of nlohmann's values go as deep as their lists do.
    void aTowerOfListsIsRefused() {
        constexpr size_t kDeep = 1'000'000;
        const std::string tower = std::string(kDeep, '[') + std::string(kDeep, ']');
        copyChanged(json::object());
        const std::string config = golden::must(readFile(folder() / "adapter_config.json"));
        QVERIFY(writeFileAtomically(folder() / "adapter_config.json", "{\"bias\":" + tower + "," + config.substr(config.find('{') + 1)));
        QVERIFY(readAdapter(folder(), tinyConfig()).error().code == ErrorCode::BadInput);
        copyChanged(json::object());
        QVERIFY(writeFileAtomically(folder() / "clausewright.json", "{\"version\":1,\"template_hash\":" + tower + "}"));
        QVERIFY(readAdapter(folder(), tinyConfig()).error().code == ErrorCode::Corrupt);
    }

    void brokenConfigurationsAreRefused() {
        QFETCH(QByteArray, change);
        copyChanged(json::object());
        QVERIFY(readAdapter(folder(), tinyConfig()).ok());
        copyChanged(json::parse(change.toStdString()));
        const auto read = readAdapter(folder(), tinyConfig());
        QVERIFY(!read);
        QVERIFY(read.error().code == ErrorCode::BadInput);
    }

    void aTensorOfNoLayerIsNamed() {
        copyChanged(json::object());
        const Adapter stored = golden::must(readAdapter(folder(), tinyConfig()));
        NamedTensors tensors{{"base_model.model.lm_head.lora_A.weight", at::ones({4, 64})}};
        for (const NamedParameter& parameter : namedParameters(stored))
            tensors.emplace(parameter.name, parameter.tensor);
        QVERIFY(writeSafetensors(folder() / "adapter_model.safetensors", tensors));
        const auto read = readAdapter(folder(), tinyConfig());
        QVERIFY(!read);
        QVERIFY(read.error().detail.find("such as \"base_model.model.lm_head.lora_A.weight\"") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestAdapterFiles)
#include "test_adapter_files.moc"
