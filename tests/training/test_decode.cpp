// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "tests/support/golden_tokens.h"
#include "tests/support/paths.h"
#include "tests/support/reference_pass.h"
#include "training/generate/answer_writer.h"
#include "training/generate/decoder.h"
#include "training/generate/free_writer.h"
#include "training/generate/model_source.h"

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
    void aTextThatDoesNotFitTheCacheIsRefused();
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

struct Written {
    TokenIds tokens;
    std::int64_t newTokens = 0;
    bool isComplete = false;
};
using Texts = std::map<size_t, Written>;

struct Setting {
    std::int64_t slots = 1;
    std::int64_t capacity = 512;
    int threads = 1;
};

// Writes all jobs; empty if it failed or was stopped.
Texts decode(const Transformer& model, std::vector<DecodeJob> jobs, Setting setting) {
    const ServingModel serving(model, nullptr, ServingForm::AsLoaded);
    ModelSource source(serving, setting.slots, setting.capacity, setting.threads);
    Texts texts;
    size_t given = 0;
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> {
        if (given == jobs.size())
            return std::optional<DecodeJob>();
        return std::optional<DecodeJob>(std::move(jobs[given++]));
    };
    queue.done = [&](const DecodeJob& job) -> Status {
        texts.emplace(job.id, Written{job.writer->tokens(), job.writer->newTokens(), job.writer->isComplete()});
        return {};
    };
    const auto result = Decoder(source).run(queue, setting.slots);
    return result && *result ? texts : Texts();
}

struct FreeJob {
    std::int64_t vocabSize = 0;
    TokenIds stops = {};
    size_t draftTokens = 0;

    DecodeJob operator()(size_t id, TokenIds prompt, std::int64_t maxNewTokens) const {
        auto writer = std::make_unique<FreeWriter>(
            FreeSettings{.vocabSize = vocabSize, .maxNewTokens = maxNewTokens, .stops = stops, .draftTokens = draftTokens}, prompt);
        return {id, std::move(prompt), std::move(writer)};
    }
};

std::vector<DecodeJob> single(DecodeJob job) {
    std::vector<DecodeJob> jobs;
    jobs.push_back(std::move(job));
    return jobs;
}

// The next token by a whole pass over all tokens so far, without a cache.
std::int64_t nextByWholePass(const Transformer& model, const TokenIds& tokens) {
    const c10::InferenceMode inference;
    const auto length = static_cast<std::int64_t>(tokens.size());
    const at::Tensor hidden = test::referencePass(model, at::tensor(tokens, at::kLong).view({1, length}));
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
    const auto prompts = randomPrompts(model.config().vocabulary, lengths);
    std::vector<DecodeJob> jobs;
    for (size_t i = 0; i < prompts.size(); ++i)
        jobs.push_back(FreeJob{model.config().vocabulary}(i, prompts[i], 20));
    const Texts texts = decode(model, std::move(jobs), {.slots = 3, .capacity = 512, .threads = 2});
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
    const FreeJob job{model.tokenizer->vocabSize(), model.tokenizer->stopIds()};
    const nlohmann::json golden = readJson(dataFolder() / "models" / "stories260k" / "golden_logits.json");
    for (const nlohmann::json& prompt : golden.at("prompts")) {
        const auto ids = prompt.at("input_ids").get<TokenIds>();
        const Texts texts = decode(model.transformer, single(job(0, ids, 64)), {});
        QCOMPARE(texts.at(0).tokens, prompt.at("greedy_new_ids").get<TokenIds>());
        QVERIFY(!texts.at(0).isComplete);
        TokenIds whole(ids.begin() + 1, ids.end());
        whole.insert(whole.end(), texts.at(0).tokens.begin(), texts.at(0).tokens.end());
        QCOMPARE(model.tokenizer->decode(whole), prompt.at("greedy_text").get<std::string>());
    }
}

void TestDecode::aBatchGivesWhatEachTextGivesAlone() {
    const Model model = tinyModel();
    const std::vector<std::string> openings = {"Once upon a time", "The big dog", "Lily and Tom went to the park. They saw a big", "One",
                                               "One day, a little boy found a red ball under the tree, and", "Sam was sad because"};
    const auto jobs = [&](size_t draftTokens) {
        std::vector<DecodeJob> made;
        for (size_t i = 0; i < openings.size(); ++i) {
            TokenIds prompt = {1};
            const TokenIds text = model.tokenizer->encode(openings[i]);
            prompt.insert(prompt.end(), text.begin(), text.end());
            const FreeJob job{model.tokenizer->vocabSize(), model.tokenizer->stopIds(), draftTokens};
            made.push_back(job(i, prompt, 20 + 15 * static_cast<std::int64_t>(i))); // they end at different times
        }
        return made;
    };
    const Texts alone = decode(model.transformer, jobs(0), {});
    QCOMPARE(alone.size(), openings.size());
    for (const std::int64_t slots : {1, 2, 3, 8})
        for (const size_t draftTokens : {0, 8}) {
            const Texts together = decode(model.transformer, jobs(draftTokens), {.slots = slots, .threads = 2});
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
        const FreeJob job{model.tokenizer->vocabSize(), std::move(stops)};
        return decode(model.transformer, single(job(5, prompt, 10)), {.slots = 4, .capacity = 64}).at(5);
    };
    const Written cut = one({2});
    QVERIFY(!cut.isComplete);
    QCOMPARE(cut.tokens.size(), size_t(10));
    QCOMPARE(cut.newTokens, 10);
    const Written stopped = one({2, 286}); // the fourth new token
    QVERIFY(stopped.isComplete);
    QCOMPARE(stopped.tokens, (TokenIds{432, 383}));
    QCOMPARE(stopped.newTokens, 3);
    const Written atOnce = one({432});
    QVERIFY(atOnce.tokens.empty());
    QVERIFY(atOnce.isComplete);
}

void TestDecode::decodingStopsWhenAsked() {
    const Model model = tinyModel();
    const ServingModel serving(model.transformer, nullptr, ServingForm::AsLoaded);
    ModelSource source(serving, 2, 64, 1);
    int passes = 0;
    int finished = 0;
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> { // for ever
        return std::optional<DecodeJob>(FreeJob{model.tokenizer->vocabSize()}(0, {1, 403}, 3));
    };
    queue.done = [&](const DecodeJob&) -> Status {
        ++finished;
        return {};
    };
    queue.shouldStop = [&] { return ++passes == 20; };
    const auto result = Decoder(source).run(queue, 2);
    QVERIFY(result.ok());
    QVERIFY(!*result);
    QVERIFY(finished > 4);
}

void TestDecode::aTextThatDoesNotFitTheCacheIsRefused() {
    const Model model = tinyModel();
    QVERIFY(decode(model.transformer, single(FreeJob{model.tokenizer->vocabSize()}(0, TokenIds(40, 403), 3)), {.capacity = 32}).empty());
    QVERIFY(decode(model.transformer, single(FreeJob{model.tokenizer->vocabSize()}(0, TokenIds(30, 403), 9)), {.capacity = 32}).empty());
}

void TestDecode::constrainedTextsInABatchAreComplete() {
    const Model model = tinyModel();
    const auto taxonomy = Taxonomy::fromJson(*readFile(sourceFolder() / "resources" / "taxonomy" / "default.json"), "default.json");
    const VocabularyTrie trie(*model.tokenizer);
    const Request request{{"document_name", "agreement_date", "governing_law"}};
    const std::shared_ptr<Grammar> grammar = std::move(*Grammar::compile(request, *taxonomy, trie, model.tokenizer->textPrefix()));
    const std::vector<std::string> windows = {"SUPPLY AGREEMENT made on 3 April 2024.", "The laws of Ireland govern this deed.", "Lily saw a cat."};
    const auto jobs = [&] {
        std::vector<DecodeJob> made;
        for (size_t i = 0; i < 6; ++i) {
            TokenIds prompt = {1};
            const TokenIds text = model.tokenizer->encode(windows[i % 3]);
            prompt.insert(prompt.end(), text.begin(), text.end());
            auto constraint = std::move(*AnswerConstraint::create(grammar, windows[i % 3], 150, 2));
            made.push_back({i, prompt, std::make_unique<AnswerWriter>(std::move(constraint), *model.tokenizer)});
        }
        return made;
    };
    const Texts alone = decode(model.transformer, jobs(), {});
    const Texts together = decode(model.transformer, jobs(), {.slots = 4, .threads = 2});
    QCOMPARE(alone.size(), size_t(6));
    for (const auto& [id, text] : alone) {
        const std::string answer = model.tokenizer->decode(text.tokens);
        QVERIFY2(answer.starts_with("{\"document_name\":") && answer.ends_with("}"), answer.c_str());
        QVERIFY(nlohmann::json::accept(answer));
        QVERIFY(text.isComplete);
        QVERIFY(text.newTokens <= 150);
        QCOMPARE(text.tokens, together.at(id).tokens);
        QCOMPARE(text.tokens, alone.at(id % 3).tokens);
    }
}

QTEST_APPLESS_MAIN(TestDecode)
#include "test_decode.moc"
