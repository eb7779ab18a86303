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

#include <cmath>
#include <map>
#include <set>

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
    void constrainedTextsAreTheSameInEveryBatch();
    void constrainedTextsAreTheSameHoweverTheyAreProposed();
    void logitsThatAreNoNumbersEndTheRun();
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
    friend bool operator==(const Written&, const Written&) = default;
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

// The windows that texts of the constrained tests are about; no two are the same.
std::vector<std::string> windowsFor(size_t count) {
    const std::vector<std::string> openings = {"SUPPLY AGREEMENT made on 3 April 2024.", "The laws of Ireland govern this deed.", "Lily saw a cat."};
    std::vector<std::string> windows;
    for (size_t i = 0; i < count; ++i)
        windows.push_back(openings[i % 3] + " Part " + std::to_string(i) + ".");
    return windows;
}

// A grammar's texts by the tiny model, one a window.
class ConstrainedTexts {
public:
    ConstrainedTexts() {
        const auto taxonomy = Taxonomy::fromJson(*readFile(sourceFolder() / "resources" / "taxonomy" / "default.json"), "default.json");
        const Request request{{"document_name", "agreement_date", "governing_law"}};
        m_grammar = std::move(*Grammar::compile(request, *taxonomy, m_trie, m_model.tokenizer->textPrefix()));
    }

    Texts write(const std::vector<std::string>& windows, const AnswerSettings& settings, Setting setting) const {
        std::vector<DecodeJob> jobs;
        for (const std::string& window : windows) {
            TokenIds prompt = {1};
            const TokenIds text = m_model.tokenizer->encode(window);
            prompt.insert(prompt.end(), text.begin(), text.end());
            auto constraint = std::move(*AnswerConstraint::create(m_grammar, window, kBudget, 2));
            jobs.push_back({jobs.size(), prompt, std::make_unique<AnswerWriter>(std::move(constraint), *m_model.tokenizer, settings)});
        }
        return decode(m_model.transformer, std::move(jobs), setting);
    }

    // Held to find something, the model quotes its window: else most answers would be the same.
    static AnswerSettings quoting() {
        AnswerSettings settings;
        for (const char* key : {"document_name", "agreement_date", "governing_law"})
            settings.valueBias[key] = 50;
        return settings;
    }

    std::string answer(const Written& text) const { return m_model.tokenizer->decode(text.tokens); }

    static constexpr std::uint32_t kBudget = 110;

private:
    Model m_model = tinyModel();
    VocabularyTrie m_trie{*m_model.tokenizer};
    std::shared_ptr<Grammar> m_grammar;
};

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

void TestDecode::constrainedTextsAreTheSameInEveryBatch() {
    const ConstrainedTexts texts;
    const std::vector<std::string> windows = windowsFor(48);
    const Texts alone = texts.write(windows, ConstrainedTexts::quoting(), {});
    QCOMPARE(alone.size(), windows.size());
    std::set<std::string> answers;
    for (const auto& [id, text] : alone) {
        const std::string answer = texts.answer(text);
        QVERIFY2(answer.starts_with("{\"document_name\":") && answer.ends_with("}"), answer.c_str());
        QVERIFY(nlohmann::json::accept(answer));
        QVERIFY(text.isComplete);
        QVERIFY(text.newTokens <= ConstrainedTexts::kBudget);
        answers.insert(answer);
    }
    QVERIFY(answers.size() > 2); // else there would be little to mix up
    for (const std::int64_t slots : {2, 3, 4, 5, 8, 16, 48})
        QVERIFY(texts.write(windows, ConstrainedTexts::quoting(), {.slots = slots, .threads = 2}) == alone);
}

// Whether forced tokens come at once or one by one, and whether the text ahead is proposed, changes how many passes there are, not a byte.
void TestDecode::constrainedTextsAreTheSameHoweverTheyAreProposed() {
    const ConstrainedTexts texts;
    const std::vector<std::string> windows = windowsFor(12);
    const Texts plain = texts.write(windows, {.jumpAhead = false, .drafting = false}, {});
    QCOMPARE(plain.size(), windows.size());
    for (const std::int64_t slots : {1, 5, 12})
        for (const bool jumpAhead : {false, true})
            for (const bool drafting : {false, true})
                QVERIFY(texts.write(windows, {.jumpAhead = jumpAhead, .drafting = drafting}, {.slots = slots, .threads = 2}) == plain);
}

// Every logit of a damaged model is no number.
void TestDecode::logitsThatAreNoNumbersEndTheRun() {
    const Model model = tinyModel();
    Adapter damaged = makeAdapter(model.transformer.config(), {.rank = 4, .alpha = 8}, 3);
    damaged.layers.back()[static_cast<size_t>(Projection::Down)].b.fill_(std::nanf(""));
    const ServingModel serving(model.transformer, &damaged, ServingForm::Folded);
    ModelSource source(serving, 1, 64, 1);
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> {
        return std::optional<DecodeJob>(FreeJob{model.tokenizer->vocabSize()}(0, {1, 403}, 5));
    };
    queue.done = [](const DecodeJob&) { return Status(); };
    const auto result = Decoder(source).run(queue, 1);
    QVERIFY(!result);
    QCOMPARE(result.error().tag, std::string("not_finite"));
}

QTEST_APPLESS_MAIN(TestDecode)
#include "test_decode.moc"
