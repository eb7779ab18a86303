// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "tests/support/golden_tokens.h"
#include "tests/support/paths.h"
#include "training/generate/decoder.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/tensor.h>
#include <c10/core/InferenceMode.h>

#include <QTemporaryDir>
#include <QtTest>

#include <map>

using namespace cw;
using namespace cw::test;

class TestDecode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); } // the models are too small to share work
    void greedyTextOfTheTinyModelIsTheReferences();
    void aBatchGivesWhatEachTextGivesAlone();
    void theCacheGivesWhatAWholePassGives();
    void aSlidingWindowHidesOldKeysInTheCacheToo();
    void aTextEndsAtItsLimitOrItsStop();
    void decodingStopsWhenAsked();
    void constrainedTextsInABatchAreComplete();
};

namespace {

struct Model {
    std::unique_ptr<Tokenizer> tokenizer;
    Transformer transformer;
};

Model tinyModel() {
    const auto folder = sampleFolder() / "model";
    return {std::move(*loadTokenizer(folder)), std::move(*Transformer::load(folder, at::kFloat))};
}

// A tokenizer for models whose tokens mean nothing: any id may come, none is text.
class AnyTokens final : public Tokenizer {
public:
    explicit AnyTokens(std::int64_t count) : Tokenizer(std::vector<std::string>(static_cast<size_t>(count)), {}) {}
    TokenIds encode(std::string_view) const override { return {}; }
};

using Texts = std::map<size_t, DecodedText>;

// Decodes all jobs with so many slots; empty if it failed or was stopped.
Texts decode(const Decoder& decoder, std::vector<DecodeJob> jobs, std::int64_t slots, std::int64_t capacity) {
    Texts texts;
    size_t given = 0;
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> {
        if (given == jobs.size())
            return std::optional<DecodeJob>();
        return std::optional<DecodeJob>(std::move(jobs[given++]));
    };
    queue.done = [&](size_t id, const DecodedText& text) -> Status {
        texts.emplace(id, text);
        return {};
    };
    const auto result = decoder.run(queue, slots, capacity);
    return result && *result ? texts : Texts();
}

DecodeJob freeJob(size_t id, TokenIds prompt, std::int64_t maxNewTokens) { return {id, std::move(prompt), maxNewTokens, std::nullopt}; }

// The next token by a whole pass over all tokens so far, without a cache.
std::int64_t nextByWholePass(const Transformer& model, const TokenIds& tokens) {
    const c10::InferenceMode inference;
    const auto length = static_cast<std::int64_t>(tokens.size());
    const at::Tensor hidden = model.forward({.tokens = at::tensor(tokens, at::kLong).view({1, length})});
    return model.logits(hidden.select(1, length - 1)).argmax(1).item<std::int64_t>();
}

std::vector<TokenIds> randomPrompts(std::int64_t vocabulary, const std::vector<size_t>& lengths) {
    Rng rng(21);
    std::vector<TokenIds> prompts;
    for (const size_t length : lengths) {
        TokenIds prompt;
        for (size_t i = 0; i < length; ++i)
            prompt.push_back(static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(vocabulary))));
        prompts.push_back(prompt);
    }
    return prompts;
}

void compareCacheWithWholePasses(const Transformer& model, const std::vector<size_t>& lengths) {
    const AnyTokens tokenizer(model.config().vocabulary);
    const Decoder decoder(model, nullptr, tokenizer, {});
    const auto prompts = randomPrompts(model.config().vocabulary, lengths);
    std::vector<DecodeJob> jobs;
    for (size_t i = 0; i < prompts.size(); ++i)
        jobs.push_back(freeJob(i, prompts[i], 20));
    const Texts texts = decode(decoder, std::move(jobs), 3, 128);
    QCOMPARE(texts.size(), prompts.size());
    for (const auto& [id, text] : texts) {
        TokenIds tokens = prompts[id];
        for (const std::int64_t token : text.tokens) {
            QCOMPARE(token, nextByWholePass(model, tokens));
            tokens.push_back(token);
        }
    }
}

} // namespace

void TestDecode::greedyTextOfTheTinyModelIsTheReferences() {
    const Model model = tinyModel();
    const Decoder decoder(model.transformer, nullptr, *model.tokenizer, model.tokenizer->stopIds());
    const nlohmann::json golden = readJson(dataFolder() / "models" / "stories260k" / "golden_logits.json");
    for (const nlohmann::json& prompt : golden.at("prompts")) {
        const auto ids = prompt.at("input_ids").get<TokenIds>();
        const Texts texts = decode(decoder, [&] {
            std::vector<DecodeJob> jobs;
            jobs.push_back(freeJob(0, ids, 64));
            return jobs;
        }(), 1, 512);
        QCOMPARE(texts.at(0).tokens, prompt.at("greedy_new_ids").get<TokenIds>());
        QCOMPARE(texts.at(0).finish, FinishReason::Length);
        TokenIds whole(ids.begin() + 1, ids.end());
        whole.insert(whole.end(), texts.at(0).tokens.begin(), texts.at(0).tokens.end());
        QCOMPARE(model.tokenizer->decode(whole), prompt.at("greedy_text").get<std::string>());
    }
}

void TestDecode::aBatchGivesWhatEachTextGivesAlone() {
    const Model model = tinyModel();
    const Decoder decoder(model.transformer, nullptr, *model.tokenizer, model.tokenizer->stopIds());
    const std::vector<std::string> openings = {"Once upon a time", "The big dog", "Lily and Tom went to the park. They saw a big", "One",
                                               "One day, a little boy found a red ball under the tree, and", "Sam was sad because"};
    const auto jobs = [&] {
        std::vector<DecodeJob> made;
        for (size_t i = 0; i < openings.size(); ++i) {
            TokenIds prompt = {1};
            const TokenIds text = model.tokenizer->encode(openings[i]);
            prompt.insert(prompt.end(), text.begin(), text.end());
            made.push_back(freeJob(i, prompt, 20 + 15 * static_cast<std::int64_t>(i))); // they end at different times
        }
        return made;
    };
    const Texts alone = decode(decoder, jobs(), 1, 256);
    QCOMPARE(alone.size(), openings.size());
    for (const std::int64_t slots : {2, 3, 8}) {
        const Texts together = decode(decoder, jobs(), slots, 256);
        QCOMPARE(together.size(), openings.size());
        for (const auto& [id, text] : together)
            QCOMPARE(text.tokens, alone.at(id).tokens);
    }
}

void TestDecode::theCacheGivesWhatAWholePassGives() {
    const auto model = Transformer::load(dataFolder() / "models" / "random-mistral-bf16-sharded", at::kFloat);
    compareCacheWithWholePasses(*model, {3, 17, 1, 40, 9});
}

void TestDecode::aSlidingWindowHidesOldKeysInTheCacheToo() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    const auto source = dataFolder() / "models" / "random-mistral-bf16-sharded";
    for (const auto& entry : std::filesystem::directory_iterator(source))
        std::filesystem::create_symlink(entry.path(), path / entry.path().filename());
    nlohmann::json config = readJson(source / "config.json");
    config["sliding_window"] = 7;
    std::filesystem::remove(path / "config.json");
    QVERIFY(writeFileAtomically(path / "config.json", config.dump()).ok());
    const auto model = Transformer::load(path, at::kFloat);
    QVERIFY2(model.ok(), model ? "" : model.error().message().c_str());
    QCOMPARE(model->config().slidingWindow, 7);
    compareCacheWithWholePasses(*model, {3, 17, 30, 7});
}

void TestDecode::aTextEndsAtItsLimitOrItsStop() {
    const Model model = tinyModel();
    const TokenIds prompt = {1, 403, 407, 261, 378}; // "Once upon a time", then 432 ","
    const auto one = [&](TokenIds stops) {
        std::vector<DecodeJob> jobs;
        jobs.push_back(freeJob(5, prompt, 10));
        return decode(Decoder(model.transformer, nullptr, *model.tokenizer, std::move(stops)), std::move(jobs), 4, 64).at(5);
    };
    const DecodedText cut = one({2});
    QCOMPARE(cut.finish, FinishReason::Length);
    QCOMPARE(cut.tokens.size(), size_t(10));
    QCOMPARE(cut.newTokens, 10);
    const DecodedText stopped = one({2, 286}); // the fourth new token
    QCOMPARE(stopped.finish, FinishReason::Stop);
    QCOMPARE(stopped.tokens, (TokenIds{432, 383}));
    QCOMPARE(stopped.newTokens, 3);
    const DecodedText atOnce = one({432});
    QVERIFY(atOnce.tokens.empty());
    QCOMPARE(atOnce.finish, FinishReason::Stop);
}

void TestDecode::decodingStopsWhenAsked() {
    const Model model = tinyModel();
    const Decoder decoder(model.transformer, nullptr, *model.tokenizer, {});
    int steps = 0;
    int finished = 0;
    DecodeQueue queue;
    queue.next = []() -> Result<std::optional<DecodeJob>> { return std::optional<DecodeJob>(freeJob(0, {1, 403}, 3)); }; // for ever
    queue.done = [&](size_t, const DecodedText&) -> Status {
        ++finished;
        return {};
    };
    queue.shouldStop = [&] { return ++steps == 20; };
    const auto result = decoder.run(queue, 2, 64);
    QVERIFY(result.ok());
    QVERIFY(!*result);
    QVERIFY(finished > 4);
}

void TestDecode::constrainedTextsInABatchAreComplete() {
    const Model model = tinyModel();
    const auto taxonomy = Taxonomy::fromJson(*readFile(sourceFolder() / "resources" / "taxonomy" / "default.json"), "default.json");
    const VocabularyTrie trie(*model.tokenizer);
    const Request request{{"document_name", "agreement_date", "governing_law"}};
    const std::shared_ptr<Grammar> grammar = std::move(*Grammar::compile(request, *taxonomy, trie, model.tokenizer->textPrefix()));
    const Decoder decoder(model.transformer, nullptr, *model.tokenizer, {});
    const std::vector<std::string> windows = {"SUPPLY AGREEMENT made on 3 April 2024.", "The laws of Ireland govern this deed.", "Lily saw a cat."};
    const auto jobs = [&] {
        std::vector<DecodeJob> made;
        for (size_t i = 0; i < 6; ++i) {
            TokenIds prompt = {1};
            const TokenIds text = model.tokenizer->encode(windows[i % 3]);
            prompt.insert(prompt.end(), text.begin(), text.end());
            made.push_back({i, prompt, 150, std::move(*AnswerConstraint::create(grammar, windows[i % 3], 150, 2))});
        }
        return made;
    };
    const Texts alone = decode(decoder, jobs(), 1, 300);
    const Texts together = decode(decoder, jobs(), 4, 300);
    QCOMPARE(alone.size(), size_t(6));
    for (const auto& [id, text] : alone) {
        const std::string answer = model.tokenizer->decode(text.tokens);
        QVERIFY2(answer.starts_with("{\"document_name\":") && answer.ends_with("}"), answer.c_str());
        QVERIFY(nlohmann::json::accept(answer));
        QCOMPARE(text.finish, FinishReason::Stop);
        QVERIFY(text.newTokens <= 150);
        QCOMPARE(text.tokens, together.at(id).tokens);
        QCOMPARE(text.tokens, alone.at(id % 3).tokens);
    }
}

QTEST_APPLESS_MAIN(TestDecode)
#include "test_decode.moc"
