// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A model as a source of logits: what it gives is what whole passes give, and the same bits whatever is written beside it.
#include "core/base/file.h"
#include "core/base/rng.h"
#include "tests/support/paths.h"
#include "tests/support/reference_pass.h"
#include "training/generate/model_source.h"
#include "training/model/safetensors.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>
#include <c10/core/InferenceMode.h>

#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>

#include <cmath>

using namespace cw;

namespace {

Transformer sharded(at::ScalarType dtype) {
    return *Transformer::load(test::dataFolder() / "models" / "random-mistral-bf16-sharded", dtype);
}

Transformer family(const std::string& name, const QTemporaryDir& into) {
    const auto families = test::dataFolder() / "models" / "families";
    const auto entry = nlohmann::json::parse(*readFile(families / (name + ".json")));
    const std::filesystem::path folder = into.path().toStdString();
    if (!writeFileAtomically(folder / "config.json", entry["config"].dump()))
        qFatal("the model's configuration can't be written");
    std::filesystem::copy_file(families / entry["weights"].get<std::string>(), folder / "model.safetensors");
    return *Transformer::load(folder, at::kFloat);
}

TokenIds randomTokens(size_t count, std::int64_t vocabulary, std::uint64_t seed = 1) {
    Rng rng(seed);
    TokenIds tokens;
    for (size_t i = 0; i < count; ++i)
        tokens.push_back(static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(vocabulary))));
    return tokens;
}

TokenIds part(const TokenIds& tokens, size_t begin, size_t end) {
    return TokenIds(tokens.begin() + static_cast<std::ptrdiff_t>(begin), tokens.begin() + static_cast<std::ptrdiff_t>(end));
}

at::Tensor wholePass(const Transformer& model, const TokenIds& tokens, const Adapter* adapter = nullptr) {
    const c10::InferenceMode inference;
    const auto length = static_cast<std::int64_t>(tokens.size());
    const at::Tensor ids = at::tensor(tokens, at::kLong).view({1, length});
    return model.logits(test::referencePass(model, ids, adapter)).squeeze(0).to(at::kFloat);
}

// A copy of the logits of a pass: f32 [scored, vocabulary].
at::Tensor scored(ModelSource& source, const std::vector<PassRow>& rows) {
    std::int64_t count = 0;
    for (const PassRow& row : rows)
        count += row.scored;
    const auto logits = source.score(rows);
    if (!logits)
        qFatal("%s", logits.error().message().c_str());
    return at::from_blob(const_cast<float*>(*logits), {count, source.rowWidth()}, at::kFloat).clone();
}

double largestDifference(const at::Tensor& a, const at::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

// Reads `prompt` tokens as a prompt and the others in one pass; the largest difference to a whole pass.
double differenceToWholePass(const ServingModel& model, const Transformer& reference, const TokenIds& tokens, size_t prompt,
                             const Adapter* adapter = nullptr) {
    ModelSource source(model, 2, static_cast<std::int64_t>(tokens.size()), 2);
    if (!source.begin(1, 0, part(tokens, 0, prompt)))
        qFatal("the prompt can't be read");
    const auto rest = static_cast<std::int64_t>(tokens.size() - prompt);
    const at::Tensor logits =
        scored(source, {{1, static_cast<std::int64_t>(prompt), part(tokens, prompt, tokens.size()), rest}});
    return largestDifference(logits, wholePass(reference, tokens, adapter).slice(0, static_cast<std::int64_t>(prompt)));
}

} // namespace

class TestModelSource : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void everyFamilyGivesTheLogitsOfTransformers_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"llama", "llama-linear", "llama-llama3", "llama-yarn", "llama-yarn-scaled", "mistral-window", "qwen2",
                                 "qwen2-window", "qwen3"})
            QTest::newRow(name) << name;
    }

    void everyFamilyGivesTheLogitsOfTransformers() {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        const Transformer transformer = family(name.toStdString(), folder);
        const auto golden = SafetensorsFile::open(test::dataFolder() / "models" / "families" / "golden_logits.safetensors");
        const at::Tensor ids = *golden->tensor("ids"), expected = *golden->tensor(name.toStdString());
        const TokenIds tokens(ids.const_data_ptr<std::int64_t>(), ids.const_data_ptr<std::int64_t>() + ids.numel());
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        for (const PassForm form : {PassForm::ByRow, PassForm::Packed})
            for (const size_t prompt : {size_t(0), tokens.size() / 2}) {
                ModelSource source(model, 1, static_cast<std::int64_t>(tokens.size()), 2, form);
                QVERIFY(source.begin(0, 0, part(tokens, 0, prompt)).ok());
                const std::int64_t count = std::min(expected.size(0), static_cast<std::int64_t>(tokens.size() - prompt));
                const at::Tensor logits =
                    scored(source, {{0, static_cast<std::int64_t>(prompt), part(tokens, prompt, tokens.size()), count}});
                QVERIFY(largestDifference(logits, expected.slice(0, -count)) < 1e-4);
            }
    }

    void longPromptsAreReadInPieces_data() {
        QTest::addColumn<int>("prompt");
        for (const int prompt : {1, 255, 256, 257, 515, 1279, 1280, 1300})
            QTest::addRow("%d tokens", prompt) << prompt;
    }

    void longPromptsAreReadInPieces() {
        QFETCH(int, prompt);
        const Transformer transformer = sharded(at::kFloat);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        const TokenIds tokens = randomTokens(static_cast<size_t>(prompt) + 20, transformer.config().vocabulary);
        QVERIFY(differenceToWholePass(model, transformer, tokens, static_cast<size_t>(prompt)) < 1e-4);
    }

    // Each cut of a text into what stands in the cache and what comes behind it.
    void everyCutOfATextGivesTheSameLogits() {
        const Transformer transformer = sharded(at::kFloat);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        const TokenIds tokens = randomTokens(40, transformer.config().vocabulary);
        for (size_t prompt = 0; prompt < tokens.size(); ++prompt)
            QVERIFY(differenceToWholePass(model, transformer, tokens, prompt) < 1e-4);
    }

    void fewAndManyTokensSeeShortAndLongCaches_data() {
        QTest::addColumn<int>("kvHeads");
        QTest::addColumn<int>("cached");
        for (const int kvHeads : {8, 2, 1}) // groups of 1, 4 and 8 query heads
            for (const int cached : {0, 1, 255, 256, 4095, 9000})
                QTest::addRow("%d key heads, %d keys", kvHeads, cached) << kvHeads << cached;
    }

    void fewAndManyTokensSeeShortAndLongCaches() {
        QFETCH(int, kvHeads);
        QFETCH(int, cached);
        Transformer transformer = Transformer::random({.family = "llama", .vocabulary = 64, .hidden = 64, .intermediate = 64, .layers = 1,
                                                       .heads = 8, .kvHeads = kvHeads, .headWidth = 8, .context = 16384},
                                                      at::kFloat);
        for (const Transformer::Layer& layer : transformer.layers()) // so that attention tells keys apart
            for (const Projection projection : {Projection::Query, Projection::Key, Projection::Value, Projection::Output})
                at::Tensor(layer.weights[static_cast<size_t>(projection)]).mul_(15);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        const auto begin = static_cast<size_t>(cached);
        const TokenIds tokens = randomTokens(begin + 300, 64);
        const at::Tensor expected = wholePass(transformer, tokens).slice(0, cached);
        QVERIFY(largestDifference(expected.slice(0, 1), expected.slice(0, 0, 299)) > 0.1); // they say something
        ModelSource source(model, 1, cached + 300, 2);
        QVERIFY(source.begin(0, 0, part(tokens, 0, begin)).ok());
        for (const std::int64_t count : {1, 2, 17, 300}) {
            const at::Tensor logits = scored(source, {{0, cached, part(tokens, begin, begin + static_cast<size_t>(count)), count}});
            QVERIFY(largestDifference(logits, expected.slice(0, 0, count)) < 1e-4);
        }
    }

    void bf16StaysNearTheReference() {
        const Transformer exact = sharded(at::kFloat), rounded = sharded(at::kBFloat16);
        const ServingModel model(rounded, nullptr, ServingForm::AsLoaded);
        const TokenIds tokens = randomTokens(160, exact.config().vocabulary);
        const double reference = largestDifference(wholePass(rounded, tokens), wholePass(exact, tokens));
        QVERIFY(differenceToWholePass(model, exact, tokens, 140) < 1.5 * reference);
    }

    // Where a context ends, and whatever the model's type: in bf16 whole turns would be lost there.
    void anglesAreExactFarOut() {
        const ModelConfig config{.headWidth = 64};
        const RotaryTable table = rotaryTable(config, 32768, at::kCPU);
        QVERIFY(table.cosine.scalar_type() == at::kFloat && table.sine.scalar_type() == at::kFloat);
        for (std::int64_t i = 0; i < 32; ++i) {
            const double angle = 32767 * std::pow(10000.0, -2.0 * static_cast<double>(i) / 64);
            QVERIFY(std::abs(table.cosine[32767][i].item<double>() - std::cos(angle)) < 1e-7);
            QVERIFY(std::abs(table.sine[32767][i].item<double>() - std::sin(angle)) < 1e-7);
        }
    }

    void anAdapterCountsInEveryForm() {
        for (const at::ScalarType dtype : {at::kFloat, at::kBFloat16}) {
            const Transformer transformer = sharded(dtype);
            Adapter adapter = makeAdapter(transformer.config(), {.rank = 5, .alpha = 10}, 3);
            for (auto& layer : adapter.layers)
                for (LoraPair& pair : layer)
                    pair.b.uniform_(-0.5, 0.5);
            const TokenIds tokens = randomTokens(40, transformer.config().vocabulary);
            const double effect = largestDifference(wholePass(transformer, tokens, &adapter), wholePass(transformer, tokens));
            const double tolerance = dtype == at::kFloat ? 1e-4 : 0.1 * effect;
            for (const ServingForm form : {ServingForm::AsLoaded, ServingForm::Folded}) {
                const ServingModel model(transformer, &adapter, form);
                QCOMPARE(model.adapter() == nullptr, dtype == at::kFloat && form == ServingForm::Folded);
                QVERIFY(differenceToWholePass(model, transformer, tokens, 20, &adapter) < tolerance);
            }
        }
    }

    void anAdapterMayDifferFromLayerToLayer() {
        const Transformer transformer = sharded(at::kBFloat16);
        Adapter adapter = makeAdapter(transformer.config(), {.rank = 4, .alpha = 8}, 3);
        const Adapter wide = makeAdapter(transformer.config(), {.rank = 24, .alpha = 48}, 4);
        adapter.layers.front() = {}; // as with "layers_to_transform"
        adapter.layers.back() = wide.layers.back();
        for (auto& layer : adapter.layers)
            for (LoraPair& pair : layer)
                if (pair.isPresent())
                    pair.b.uniform_(-0.2, 0.2);
        const TokenIds tokens = randomTokens(60, transformer.config().vocabulary);
        const double effect = largestDifference(wholePass(transformer, tokens, &adapter), wholePass(transformer, tokens));
        const ServingModel model(transformer, &adapter, ServingForm::AsLoaded);
        QVERIFY(differenceToWholePass(model, transformer, tokens, 20, &adapter) < 0.1 * effect);
    }

    // Against the same model with its rounded weights written out.
    void fourBitWeightsAreUsedAsTheyAreStored() {
        const Transformer transformer = Transformer::random({.family = "llama", .vocabulary = 96, .hidden = 128, .intermediate = 192,
                                                             .layers = 2, .heads = 4, .kvHeads = 2, .headWidth = 32, .context = 256},
                                                            at::kFloat);
        const ServingModel model(transformer, nullptr, ServingForm::Int4);
        for (size_t p = 0; p < kProjections; ++p) {
            const ServingModel::Packed* rounded = model.packed(0, static_cast<Projection>(p));
            QVERIFY(rounded);
            QVERIFY(7 * (rounded->bytes.nbytes() + rounded->scales.nbytes()) < transformer.layers()[0].weights[p].nbytes());
        }
        const TokenIds tokens = randomTokens(30, 96);
        ModelSource source(model, 1, 64, 2);
        QVERIFY(source.begin(0, 0, part(tokens, 0, 20)).ok());
        const at::Tensor byRows = scored(source, {{0, 20, part(tokens, 20, 30), 10}});

        KvSlots cache(model.config(), model.dtype(), at::kCPU, 1, 64);
        const RotaryTable rotary = rotaryTable(model.config(), 64, at::kCPU);
        const TextPiece all{0, 0, tokens};
        const c10::InferenceMode inference;
        const at::Tensor byTensors = transformer.logits(TensorPass(model, cache, rotary).run({&all, 1}, true)).slice(0, 20);
        QVERIFY(largestDifference(byRows, byTensors) < 1e-4);
        QVERIFY(largestDifference(byRows, wholePass(transformer, tokens).slice(0, 20)) > 1e-3); // they were rounded
    }

    void aPassIsTheSameBitsWhateverIsBesideIt() {
        for (const ServingForm form : {ServingForm::AsLoaded, ServingForm::Int4})
            for (const at::ScalarType dtype : {at::kFloat, at::kBFloat16}) {
                const Transformer transformer = sharded(dtype);
                const ServingModel model(transformer, nullptr, form);
                const TokenIds tokens = randomTokens(330, transformer.config().vocabulary);

                ModelSource alone(model, 1, 400, 1);
                QVERIFY(alone.begin(0, 0, part(tokens, 0, 300)).ok());
                std::vector<at::Tensor> one;
                for (size_t i = 300; i < tokens.size(); ++i)
                    one.push_back(scored(alone, {{0, static_cast<std::int64_t>(i), {tokens[i]}, 1}}));

                ModelSource beside(model, 3, 400, 2);
                const TokenIds other = randomTokens(150, transformer.config().vocabulary, 9);
                QVERIFY(beside.begin(2, 0, other).ok());
                QVERIFY(beside.begin(1, 1, part(tokens, 0, 300)).ok());
                const at::Tensor many = scored(beside, {{1, 300, part(tokens, 300, 330), 30}, {2, 150, {5, 6, 7}, 2}});
                for (std::int64_t i = 0; i < 30; ++i)
                    QVERIFY(many[i].equal(one[static_cast<size_t>(i)][0]));
            }
    }

    void whatWasTakenBackLeavesNoTrace() {
        const Transformer transformer = sharded(at::kFloat);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        const TokenIds tokens = randomTokens(60, transformer.config().vocabulary);
        ModelSource plain(model, 1, 128, 1), wandering(model, 1, 128, 1);
        QVERIFY(plain.begin(0, 0, part(tokens, 0, 40)).ok());
        QVERIFY(wandering.begin(0, 0, part(tokens, 0, 40)).ok());
        scored(wandering, {{0, 40, {1, 2, 3, 4, 5, 6}, 6}});
        scored(wandering, {{0, 42, {7, 8}, 1}});
        const at::Tensor expected = scored(plain, {{0, 40, part(tokens, 40, 60), 20}});
        QVERIFY(scored(wandering, {{0, 40, part(tokens, 40, 60), 20}}).equal(expected));
    }

    void aSharedBeginningIsReadOnceAndGivesTheSameBits() {
        const Transformer transformer = sharded(at::kFloat);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        const TokenIds head = randomTokens(290, transformer.config().vocabulary);
        const auto prompt = [&](std::uint64_t seed) {
            TokenIds tokens = head;
            const TokenIds rest = randomTokens(40, transformer.config().vocabulary, seed);
            tokens.insert(tokens.end(), rest.begin(), rest.end());
            return tokens;
        };
        ModelSource sharing(model, 2, 400, 1);
        QVERIFY(sharing.begin(0, 0, prompt(1)).ok());
        QVERIFY(sharing.begin(1, 1, prompt(2)).ok());
        QCOMPARE(sharing.copiedTokens(), 256);
        QCOMPARE(sharing.promptTokens(), 2 * 330 - 256);
        sharing.release(1);
        QVERIFY(sharing.begin(1, 2, prompt(3)).ok()); // from its own slot
        QCOMPARE(sharing.copiedTokens(), 2 * 256);

        ModelSource alone(model, 1, 400, 1);
        QVERIFY(alone.begin(0, 0, prompt(3)).ok());
        QVERIFY(scored(sharing, {{1, 330, {4, 5}, 2}}).equal(scored(alone, {{0, 330, {4, 5}, 2}})));
    }

    void whatDoesNotFitIsRefused() {
        const Transformer transformer = sharded(at::kFloat);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        ModelSource source(model, 1, 16, 1);
        QVERIFY(!source.begin(0, 0, randomTokens(17, transformer.config().vocabulary)).ok());
        QVERIFY(source.begin(0, 0, randomTokens(15, transformer.config().vocabulary)).ok());
        const PassRow row{0, 15, {1, 2}, 1};
        QVERIFY(!source.score({&row, 1}).ok());
    }
};

QTEST_GUILESS_MAIN(TestModelSource)
#include "test_model_source.moc"
