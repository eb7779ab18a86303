// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The GPU's pass on the CPU: packing, positions, slots and the cache. Its logits are those of whole passes.
#include "core/base/rng.h"
#include "tests/support/reference_pass.h"
#include "training/generate/model_source.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>
#include <c10/core/InferenceMode.h>

#include <QtTest>

using namespace cw;

namespace {

constexpr std::int64_t kVocabulary = 64;
constexpr double kTolerance = 1e-4;

Transformer randomModel(std::int64_t kvHeads, std::int64_t window) {
    Transformer model = Transformer::random({.family = "mistral", .vocabulary = kVocabulary, .hidden = 64, .intermediate = 64, .layers = 2,
                                             .heads = 8, .kvHeads = kvHeads, .headWidth = 8, .context = 1024, .slidingWindow = window},
                                            at::kFloat);
    for (const Transformer::Layer& layer : model.layers()) // so that attention tells keys apart
        for (const Projection projection : {Projection::Query, Projection::Key, Projection::Value, Projection::Output})
            at::Tensor(layer.weights[static_cast<size_t>(projection)]).mul_(15);
    return model;
}

TokenIds randomTokens(std::int64_t count, std::uint64_t seed) {
    Rng rng(seed);
    TokenIds tokens;
    for (std::int64_t i = 0; i < count; ++i)
        tokens.push_back(static_cast<std::int64_t>(rng.below(kVocabulary)));
    return tokens;
}

TokenIds part(const TokenIds& tokens, std::int64_t begin, std::int64_t end) {
    return TokenIds(tokens.begin() + begin, tokens.begin() + end);
}

at::Tensor wholePass(const Transformer& model, const TokenIds& tokens, const Adapter* adapter) {
    const c10::InferenceMode inference;
    const at::Tensor ids = at::tensor(tokens, at::kLong).view({1, static_cast<std::int64_t>(tokens.size())});
    return model.logits(test::referencePass(model, ids, adapter)).squeeze(0);
}

struct Text {
    std::int64_t slot;
    TokenIds tokens;
    at::Tensor expected; // [tokens, vocabulary]
    std::int64_t fed;    // tokens that the source has
};

// Texts of different lengths in slots that others lie between, given in another order than that of the slots.
std::vector<Text> textsOf(const Transformer& model, const Adapter* adapter, int count) {
    std::vector<Text> texts;
    for (int i = 0; i < count; ++i) {
        const TokenIds tokens = randomTokens(70 + 13 * i, static_cast<std::uint64_t>(i));
        texts.push_back({2 * (5 * (i + 1) % count) + 1, tokens, wholePass(model, tokens, adapter), i == 0 ? 0 : 7 * i + 20});
    }
    return texts;
}

// One pass that brings some tokens more for each text but every `idle`th; the largest difference to the whole passes.
double differenceOfPass(ModelSource& source, std::vector<Text>& texts, std::int64_t tokens, bool differ, int idle) {
    std::vector<PassRow> rows;
    std::vector<at::Tensor> expected;
    for (size_t i = 0; i < texts.size(); ++i) {
        Text& text = texts[i];
        if (static_cast<int>(i) % idle == idle - 1)
            continue;
        const std::int64_t count = tokens + (differ ? static_cast<std::int64_t>(i) : 0), end = text.fed + count;
        const std::int64_t scored = 1 + count / 2;
        rows.push_back({text.slot, text.fed, part(text.tokens, text.fed, end), scored});
        expected.push_back(text.expected.slice(0, end - scored, end));
        text.fed = end;
    }
    const auto logits = source.score(rows);
    if (!logits)
        qFatal("%s", logits.error().message().c_str());
    const at::Tensor all = at::cat(expected);
    return (at::from_blob(const_cast<float*>(*logits), all.sizes(), at::kFloat) - all).abs().max().item<double>();
}

} // namespace

class TestPackedPass : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void textsSideBySideGiveTheLogitsOfWholePasses_data() {
        QTest::addColumn<int>("texts");
        QTest::addColumn<int>("kvHeads");
        QTest::addColumn<int>("window");
        QTest::addColumn<bool>("isAdapted");
        for (const int texts : {1, 3, 8})
            for (const int kvHeads : {8, 2, 1})
                for (const int window : {0, 24})
                    QTest::addRow("%d texts, %d key heads, window %d", texts, kvHeads, window) << texts << kvHeads << window << false;
        QTest::addRow("adapter") << 3 << 2 << 0 << true;
    }

    void textsSideBySideGiveTheLogitsOfWholePasses() {
        QFETCH(int, texts);
        QFETCH(int, kvHeads);
        QFETCH(int, window);
        QFETCH(bool, isAdapted);
        const Transformer transformer = randomModel(kvHeads, window);
        Adapter adapter = makeAdapter(transformer.config(), {.rank = 5, .alpha = 10}, 3);
        for (auto& layer : adapter.layers)
            for (LoraPair& pair : layer)
                at::Tensor(pair.b.detach()).uniform_(-0.5, 0.5);
        const Adapter* worn = isAdapted ? &adapter : nullptr;
        const ServingModel model(transformer, worn, ServingForm::AsLoaded);
        std::vector<Text> all = textsOf(transformer, worn, texts);
        ModelSource source(model, 2 * texts + 2, 200, 1, PassForm::Packed);
        for (const Text& text : all)
            QVERIFY(source.begin(text.slot, 0, part(text.tokens, 0, text.fed)).ok());
        QVERIFY(differenceOfPass(source, all, 1, /*differ=*/false, /*idle=*/100) < kTolerance);
        QVERIFY(differenceOfPass(source, all, 1, /*differ=*/false, /*idle=*/3) < kTolerance);
        QVERIFY(differenceOfPass(source, all, 3, /*differ=*/true, /*idle=*/100) < kTolerance);
        QVERIFY(differenceOfPass(source, all, 6, /*differ=*/true, /*idle=*/2) < kTolerance);
        for (Text& text : all)
            text.fed -= 2; // taken back, and written over
        QVERIFY(differenceOfPass(source, all, 2, /*differ=*/true, /*idle=*/100) < kTolerance);
    }

    void aSharedBeginningIsReadOnce() {
        const Transformer transformer = randomModel(2, 0);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        const TokenIds head = randomTokens(290, 1);
        const auto text = [&](std::uint64_t seed) {
            TokenIds tokens = head;
            const TokenIds rest = randomTokens(40, seed);
            tokens.insert(tokens.end(), rest.begin(), rest.end());
            tokens[290] = static_cast<std::int64_t>(seed); // the first that differs
            return tokens;
        };
        ModelSource source(model, 4, 400, 1, PassForm::Packed);
        QVERIFY(source.begin(3, 0, part(text(2), 0, 325)).ok());
        QVERIFY(source.begin(1, 1, part(text(3), 0, 325)).ok());
        QCOMPARE(source.copiedTokens(), 290);
        QCOMPARE(source.promptTokens(), 2 * 325 - 290);
        std::vector<Text> texts;
        for (const std::int64_t slot : {1, 3}) {
            const TokenIds tokens = text(slot == 1 ? 3 : 2);
            texts.push_back({slot, tokens, wholePass(transformer, tokens, nullptr), 325});
        }
        QVERIFY(differenceOfPass(source, texts, 5, /*differ=*/false, /*idle=*/100) < kTolerance);
    }

    // Nothing is scored while a prompt is read, and many kinds of pass write to the same memory for logits.
    void moreRowsThanBeforeAreScored() {
        const Transformer transformer = randomModel(4, 0);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        std::vector<Text> texts = textsOf(transformer, nullptr, 3);
        ModelSource source(model, 8, 200, 1, PassForm::Packed);
        for (const Text& text : texts)
            QVERIFY(source.begin(text.slot, 0, part(text.tokens, 0, text.fed)).ok());
        for (const std::int64_t tokens : {1, 9, 2, 12})
            QVERIFY(differenceOfPass(source, texts, tokens, /*differ=*/true, /*idle=*/100) < kTolerance);
    }

    // The worker asks for deterministic algorithms, which a pass lays aside and takes up again.
    void askedForDeterministicAlgorithmsItGivesTheSame() {
        const Transformer transformer = randomModel(4, 0);
        const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
        std::vector<Text> texts = textsOf(transformer, nullptr, 3);
        at::globalContext().setDeterministicAlgorithms(true, /*warn_only=*/true);
        ModelSource source(model, 8, 200, 1, PassForm::Packed);
        for (const Text& text : texts)
            QVERIFY(source.begin(text.slot, 0, part(text.tokens, 0, text.fed)).ok());
        QVERIFY(differenceOfPass(source, texts, 2, /*differ=*/true, /*idle=*/100) < kTolerance);
        QVERIFY(at::globalContext().deterministicAlgorithms() && at::globalContext().deterministicAlgorithmsWarnOnly());
        at::globalContext().setDeterministicAlgorithms(false, /*warn_only=*/false);
    }
};

QTEST_GUILESS_MAIN(TestPackedPass)
#include "test_packed_pass.moc"
