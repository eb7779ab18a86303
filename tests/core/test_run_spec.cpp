// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The table of run fields: defaults, bounds, sentences, and the JSON form.
#include "core/base/closest_name.h"
#include "core/run/run_spec.h"

#include <QtTest>

#include <cmath>
#include <set>

using namespace cw;

class TestRunSpec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreThoseOfTheKind();
    void everyFieldExplainsItself();
    void whatMostRunsLeaveAsItIsIsAdvanced();
    void aWarmStartTakesASmallerRate();
    void everyDefaultIsWithinItsOwnBounds();
    void everyFieldReadsBackFromItsText();
    void specSurvivesJson_data();
    void specSurvivesJson();
    void numberTextIsShort();
    void badValueSaysWhatIsAllowed_data();
    void badValueSaysWhatIsAllowed();
    void refusedValueChangesNothing();
    void mistypedFieldGetsASuggestion();
    void fieldOfAnotherKindSaysWhose();
    void badJsonIsRefused_data();
    void badJsonIsRefused();
    void runWithoutModelIsNotValid();
    void swappedNeighboursAreOneEdit();
};

void TestRunSpec::defaultsAreThoseOfTheKind() {
    const RunSpec sft = defaultSpec(RunKind::Sft);
    QCOMPARE(sft.loraRank, 64);
    QCOMPARE(sft.loraAlpha, 128.0);
    QCOMPARE(sft.loraDropout, 0.05);
    QCOMPARE(sft.epochs, 3);
    QCOMPARE(sft.microBatch, 4);
    QCOMPARE(sft.accumulation, 8);
    QCOMPARE(sft.learningRate, 2e-4);
    QCOMPARE(sft.schedule, std::string("cosine"));
    const RunSpec dpo = defaultSpec(RunKind::Dpo);
    QCOMPARE(dpo.epochs, 1);
    QCOMPARE(dpo.learningRate, 5e-6);
    QCOMPARE(dpo.beta, 0.1);
    QCOMPARE(dpo.loraDropout, 0.0); // policy and reference differ by what was learned alone
    QCOMPARE(dpo.holdOut, 0.1);
    RunSpec noisy = dpo;
    noisy.model = "models/base";
    noisy.labelNoise = 0.1; // no other loss knows of it
    QCOMPARE(validate(noisy).error().hint, std::string("Set preference_loss to robust, or label_noise to 0."));
    noisy.preferenceLoss = "robust";
    QVERIFY(validate(noisy).ok());
    QCOMPARE(dpo.loraDropout, 0.0);
    QCOMPARE(dpo.microBatch, 2);
    QCOMPARE(dpo.accumulation, 4);
}

void TestRunSpec::whatMostRunsLeaveAsItIsIsAdvanced() {
    std::set<std::string> plain;
    for (const RunField* field : runFieldsOf(RunKind::Sft))
        if (!field->advanced)
            plain.insert(field->key);
    for (const char* key : {"model", "adapter", "lora_rank", "epochs", "micro_batch", "learning_rate"})
        QVERIFY2(plain.contains(key), key);
    for (const char* key : {"lora_init", "outliers", "checkpointing", "patience"})
        QVERIFY2(!plain.contains(key), key);
}

void TestRunSpec::aWarmStartTakesASmallerRate() {
    QCOMPARE(suggestedLearningRate(RunKind::Sft, false), 2e-4);
    QVERIFY(std::abs(suggestedLearningRate(RunKind::Sft, true) - 4e-5) < 1e-12);
    QCOMPARE(suggestedLearningRate(RunKind::Dpo, true), 5e-6); // it always starts from an adapter
}

void TestRunSpec::everyFieldExplainsItself() {
    std::set<std::string> keys;
    const std::set<std::string> groups = {"Model",      "LoRA",  "Optimisation", "Memory",
                                          "Validation", "Sweep", "Preference",   "Decoding"};
    for (const RunField& field : runFields()) {
        QVERIFY2(keys.insert(field.key).second, field.key.c_str());
        QVERIFY2(!field.title.empty() && !field.kinds.empty(), field.key.c_str());
        QVERIFY2(field.help.size() > 20 && field.help.back() == '.', field.key.c_str());
        QVERIFY2(groups.count(field.group) == 1, field.group.c_str());
        QVERIFY2(field.minimum <= field.maximum, field.key.c_str());
    }
}

void TestRunSpec::everyDefaultIsWithinItsOwnBounds() {
    for (RunKind kind : {RunKind::Sft, RunKind::Dpo, RunKind::Generate, RunKind::Evaluate, RunKind::Sweep}) {
        RunSpec spec = defaultSpec(kind);
        spec.model = "models/base";
        const Status status = validate(spec);
        QVERIFY2(status.ok(), status.ok() ? "" : status.error().message().c_str());
    }
}

void TestRunSpec::everyFieldReadsBackFromItsText() {
    for (RunKind kind : {RunKind::Dpo, RunKind::Evaluate}) {
        for (const RunField* field : runFieldsOf(kind)) {
            const RunSpec before = defaultSpec(kind);
            RunSpec after = before;
            QVERIFY2(setField(after, field->key, fieldText(before, *field)).ok(), field->key.c_str());
            QVERIFY2(after == before, field->key.c_str());
        }
    }
}

void TestRunSpec::specSurvivesJson_data() {
    QTest::addColumn<int>("kind");
    for (RunKind kind : {RunKind::Sft, RunKind::Dpo, RunKind::Generate, RunKind::Evaluate})
        QTest::newRow(std::string(toString(kind)).c_str()) << static_cast<int>(kind);
}

void TestRunSpec::specSurvivesJson() {
    QFETCH(int, kind);
    RunSpec spec = defaultSpec(static_cast<RunKind>(kind));
    spec.name = "Länder \"A\"";
    spec.model = "/models/base";
    spec.adapter = "../01/outputs/adapter";
    spec.seed = 9007199254740991;
    const auto read = runSpecFromJson(toJson(spec), "spec.json");
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().message().c_str());
    QVERIFY(*read == spec);
}

void TestRunSpec::numberTextIsShort() {
    RunSpec spec = defaultSpec(RunKind::Dpo);
    const auto text = [&](const std::string& key) {
        for (const RunField& field : runFields())
            if (field.key == key)
                return fieldText(spec, field);
        return std::string();
    };
    QCOMPARE(text("learning_rate"), std::string("5e-6"));
    QCOMPARE(text("lora_alpha"), std::string("128"));
    spec.loraDropout = 0.05;
    QCOMPARE(text("lora_dropout"), std::string("0.05"));
    spec.learningRate = 1e-10;
    QCOMPARE(text("learning_rate"), std::string("1e-10"));
}

void TestRunSpec::badValueSaysWhatIsAllowed_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("hint");
    QTest::newRow("too large") << "learning_rate" << "5" << "Learning rate: a number from 1e-9 to 1.";
    QTest::newRow("not finite") << "learning_rate" << "inf" << "Learning rate: a number from 1e-9 to 1.";
    QTest::newRow("not a number") << "learning_rate" << "nan" << "Learning rate: a number from 1e-9 to 1.";
    QTest::newRow("rest behind") << "epochs" << "3 times" << "Epochs: a whole number from 1 to 1000.";
    QTest::newRow("fraction") << "epochs" << "1.5" << "Epochs: a whole number from 1 to 1000.";
    QTest::newRow("empty") << "epochs" << "" << "Epochs: a whole number from 1 to 1000.";
    QTest::newRow("beyond 64 bits") << "seed" << "99999999999999999999"
                                    << "Seed: a whole number from 0 to 9007199254740991.";
    QTest::newRow("choice") << "schedule" << "cosin" << "Schedule: one of constant, cosine or linear.";
    QTest::newRow("two lines") << "name" << "a\nb" << "Name: one line of UTF-8 text.";
}

void TestRunSpec::badValueSaysWhatIsAllowed() {
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QString, hint);
    RunSpec spec = defaultSpec(RunKind::Sft);
    const Status status = setField(spec, key.toStdString(), text.toStdString());
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::BadUsage);
    QVERIFY(QString::fromStdString(status.error().detail).startsWith(key + QStringLiteral(" can't be ")));
    QCOMPARE(QString::fromStdString(status.error().hint), hint);
}

void TestRunSpec::refusedValueChangesNothing() {
    RunSpec spec = defaultSpec(RunKind::Sft);
    QVERIFY(!setField(spec, "lora_rank", "0").ok());
    QVERIFY(!setField(spec, "dtype", "f16").ok());
    QVERIFY(spec == defaultSpec(RunKind::Sft));
}

void TestRunSpec::mistypedFieldGetsASuggestion() {
    RunSpec spec = defaultSpec(RunKind::Sft);
    const auto hint = [&](const char* key) { return setField(spec, key, "1").error().hint; };
    QCOMPARE(hint("learning-rate"), std::string("Did you mean learning_rate?"));
    QCOMPARE(hint("lora_rnak"), std::string("Did you mean lora_rank?"));
    QCOMPARE(hint("epoch"), std::string("Did you mean epochs?"));
    QVERIFY(hint("frobnicate").rfind("Its fields: name, model, ", 0) == 0);
    QCOMPARE(setField(spec, "epoch", "1").error().detail, std::string("A run of kind sft has no field \"epoch\"."));
}

void TestRunSpec::fieldOfAnotherKindSaysWhose() {
    RunSpec spec = defaultSpec(RunKind::Sft);
    QCOMPARE(setField(spec, "beta", "0.1").error().hint, std::string("It belongs to dpo."));
    QCOMPARE(setField(spec, "decoding", "both").error().hint, std::string("It belongs to generate and evaluate."));
}

void TestRunSpec::badJsonIsRefused_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char* name, const char* json, ErrorCode code, const char* detail) {
        QTest::newRow(name) << QString::fromUtf8(json) << static_cast<int>(code) << QString::fromUtf8(detail);
    };
    row("no JSON", "{\"version\":1", ErrorCode::BadInput, "spec.json is not valid JSON.");
    row("a list", "[]", ErrorCode::BadInput, "spec.json: this is not a run's specification: it has no version.");
    row("newer", R"({"version":2,"kind":"sft"})", ErrorCode::NewerVersion,
        "spec.json has version 2; this program knows 1.");
    row("unknown kind", R"({"version":1,"kind":"ppo"})", ErrorCode::BadInput,
        "spec.json: the kind of run is missing or unknown.");
    row("unknown field", R"({"version":1,"kind":"sft","rank":8})", ErrorCode::BadInput,
        "spec.json: A run of kind sft has no field \"rank\".");
    row("out of bounds", R"({"version":1,"kind":"sft","epochs":0})", ErrorCode::BadInput,
        "spec.json: epochs can't be \"0\".");
    row("wrong type", R"({"version":1,"kind":"sft","epochs":[1]})", ErrorCode::BadInput,
        "spec.json: \"epochs\" is neither a number nor a text.");
}

void TestRunSpec::badJsonIsRefused() {
    QFETCH(QString, json);
    QFETCH(int, code);
    QFETCH(QString, detail);
    const auto read = runSpecFromJson(json.toStdString(), "spec.json");
    QVERIFY(!read.ok());
    QCOMPARE(static_cast<int>(read.error().code), code);
    QCOMPARE(QString::fromStdString(read.error().detail), detail);
}

void TestRunSpec::runWithoutModelIsNotValid() {
    const Status status = validate(defaultSpec(RunKind::Sft));
    QVERIFY(!status.ok());
    QCOMPARE(status.error().detail, std::string("The run has no base model."));
}

void TestRunSpec::swappedNeighboursAreOneEdit() {
    QCOMPARE(editDistance("rank", "rnak"), size_t{1});
    QCOMPARE(editDistance("", "abc"), size_t{3});
    QCOMPARE(editDistance("kitten", "sitting"), size_t{3});
    QCOMPARE(closestName("zzz", {"alpha", "beta"}), std::string());
}

QTEST_APPLESS_MAIN(TestRunSpec)
#include "test_run_spec.moc"
