// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/golden_tokens.h"
#include "tests/training/golden.h"
#include "training/model/adapter_record.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/ones.h>
#include <QTemporaryDir>
#include <QtTest>

using namespace cw;
using nlohmann::json;
namespace fs = std::filesystem;

class TestAdapterOrigin : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path folder() const { return m_folder.path().toStdString(); }
    static fs::path tinyFolder() { return test::dataFolder() / "tokenizers" / "tiny"; }
    static std::string source(const char* name) { return golden::must(readFile(tinyFolder() / name)); }

    // The tiny tokenizer with its file changed.
    std::unique_ptr<Tokenizer> tokenizer(const std::function<void(json&)>& change = {}) const {
        json file = test::readJson(tinyFolder() / "tokenizer.json");
        if (change)
            change(file);
        const json config = {{"bos_token", "<|begin_of_text|>"}, {"eos_token", "<|end_of_text|>"}};
        golden::must(Result<bool>(writeFileAtomically(folder() / "tokenizer.json", file.dump()).ok() &&
                                  writeFileAtomically(folder() / "tokenizer_config.json", config.dump()).ok()));
        return golden::must(loadTokenizer(folder()));
    }
    static std::string templateHashOf(const std::string& text, const Tokenizer& tokenizer) {
        return templateHash(golden::must(ChatTemplate::fromText(text, "it", tokenizer)));
    }

    static NamedTensors weights() {
        return {{"a", at::arange(6000, at::kFloat).view({60, 100})}, {"b", at::ones({3})}};
    }
    std::string hashOf(const NamedTensors& tensors, const ModelConfig& config = {}) const {
        const fs::path model = folder() / "model";
        fs::create_directories(model);
        golden::must(Result<bool>(writeSafetensors(model / "model.safetensors", tensors).ok()));
        return golden::must(baseHash(config, *golden::must(WeightSource::open(model))));
    }

    static AdapterOrigin origin() { return {1, "template", "tokenizer", "base", "f32"}; }
    void write(const AdapterOrigin& made) const { QVERIFY(writeRecord(folder(), {made, std::nullopt})); }
    void refuses(std::string AdapterOrigin::*member, std::string_view sentence) const {
        AdapterOrigin used = origin();
        used.*member = "another";
        const auto checked = checkOrigin(folder(), used);
        QVERIFY(!checked);
        QCOMPARE(checked.error().detail, std::string(sentence));
        QVERIFY(!checked.error().hint.empty());
    }

private Q_SLOTS:
    void cleanup() { fs::remove(folder() / "clausewright.json"); }

    void aTemplateIsKnownByWhatItDoes() {
        const auto tiny = tokenizer();
        const std::string hash = templateHashOf(source("llama3.jinja"), *tiny);
        QCOMPARE(hash.size(), size_t(64));
        QString spelt = QString::fromStdString(source("llama3.jinja"));
        spelt.replace("message['role']", "message.role").replace("| trim", "|trim").prepend("{# the same #}");
        QCOMPARE(templateHashOf(spelt.toStdString(), *tiny), hash);
        QVERIFY(templateHashOf(source("llama3_dated.jinja"), *tiny) != hash);
        QString otherDay = QString::fromStdString(source("llama3_dated.jinja"));
        otherDay.replace("26 Jul 2024", "27 Jul 2024");
        QVERIFY(templateHashOf(otherDay.toStdString(), *tiny) != templateHashOf(source("llama3_dated.jinja"), *tiny));
    }

    void aTokenizerIsKnownByItsTokensAndWhatItMakesOfAText() {
        const std::string hash = tokenizerHash(*tokenizer());
        QCOMPARE(tokenizerHash(*tokenizer()), hash);
        const auto differs = [&](const std::function<void(json&)>& change) {
            return tokenizerHash(*tokenizer(change)) != hash;
        };
        QVERIFY(differs([](json& file) { file["added_tokens"][4]["content"] = "<|eot|>"; }));
        QVERIFY(differs([](json& file) { file["model"]["merges"].erase(0); }));
        QVERIFY(differs([](json& file) { file["normalizer"] = {{"type", "NFC"}}; }));
        QVERIFY(differs([](json& file) {
            json& vocabulary = file["model"]["vocab"];
            std::swap(vocabulary["a"], vocabulary["b"]);
        }));
    }

    void aBaseIsKnownByItsShapeAndTheBeginningOfEachTensor() {
        const std::string hash = hashOf(weights());
        QCOMPARE(hashOf(weights()), hash);
        auto changed = weights();
        changed["a"].view({-1})[1023] += 1; // within the first 4 KB
        QVERIFY(hashOf(changed) != hash);
        changed = weights();
        changed["b"] = at::ones({3}).to(at::kBFloat16);
        QVERIFY(hashOf(changed) != hash);
        changed = weights();
        changed["a"] = changed["a"].view({100, 60});
        QVERIFY(hashOf(changed) != hash);
        changed = weights();
        changed["c"] = changed["b"];
        QVERIFY(hashOf(changed) != hash);
        ModelConfig config;
        config.headWidth = 8;
        const std::string shaped = hashOf(weights(), config);
        config.rope.theta = 1e6;
        QVERIFY(hashOf(weights(), config) != shaped);
        QVERIFY(hashOf(weights(), config) != hash);
    }

    void anotherTypeOfTheSameWeightsInAGgufFileIsAnotherBase() {
        const auto hashOfModel = [](const fs::path& model) {
            return golden::must(
                baseHash(golden::must(readModelConfig(model)), *golden::must(WeightSource::open(model))));
        };
        const std::string hash = hashOfModel(test::sampleFolder() / "model");
        QCOMPARE(hashOfModel(test::sampleFolder() / "model"), hash);
        QVERIFY(hashOfModel(test::dataFolder() / "models" / "random-mistral-bf16-sharded") != hash);
    }

    void theSameOriginIsAcceptedWithoutAWord() {
        write(origin());
        QCOMPARE(golden::must(checkOrigin(folder(), origin())), std::string());
    }

    void anotherOriginIsRefusedWithItsSentence() {
        write(origin());
        refuses(&AdapterOrigin::baseHash, kOtherBase);
        refuses(&AdapterOrigin::tokenizerHash, kOtherTokenizer);
        refuses(&AdapterOrigin::templateHash, kOtherTemplate);
    }

    void anotherDtypeIsSaid() {
        write(origin());
        AdapterOrigin used = origin();
        used.dtype = "bf16";
        QCOMPARE(
            golden::must(checkOrigin(folder(), used)),
            std::string(
                "The adapter was trained on the base in f32 and is used on it in bf16; results may differ a little."));
    }

    void anAdapterMadeElsewhereIsAcceptedWithANote() {
        QVERIFY(golden::must(checkOrigin(folder(), origin())).find("doesn't say what it was trained on") !=
                std::string::npos);
    }

    void newerAndDamagedFilesAreRefused() {
        QVERIFY(writeFileAtomically(folder() / "clausewright.json", "{\"version\":2}"));
        QVERIFY(checkOrigin(folder(), origin()).error().code == ErrorCode::NewerVersion);
        for (const char* text :
             {"{", "[]", "{}", "{\"version\":1,\"template_hash\":5}", "{\"version\":1,\"frozen_rank\":{\"q_proj\":1}}",
              "{\"version\":1,\"frozen_rank\":{\"x_proj\":1},\"trained_rank\":1,\"trained_alpha\":1}"}) {
            QVERIFY(writeFileAtomically(folder() / "clausewright.json", text));
            QVERIFY2(checkOrigin(folder(), origin()).error().code == ErrorCode::Corrupt, text);
        }
    }

    void anAdapterKeepsItsOriginInItsFolder() {
        const ModelConfig config = golden::must(readModelConfig(test::sampleFolder() / "model"));
        const Adapter adapter = makeAdapter(config, {2, 4, 0, false, {}, {}}, 1);
        const AdapterOrigin made = origin();
        QVERIFY(writeAdapter(folder() / "adapter", adapter, "tiny", &made));
        QVERIFY(golden::must(readRecord(folder() / "adapter")).origin == made);
        QVERIFY(readAdapter(folder() / "adapter", config).ok());
        QVERIFY(writeAdapter(folder() / "adapter", adapter, "tiny")); // over it, by someone who doesn't know
        QVERIFY(!golden::must(readRecord(folder() / "adapter")).origin);
    }
};

QTEST_APPLESS_MAIN(TestAdapterOrigin)
#include "test_adapter_origin.moc"
