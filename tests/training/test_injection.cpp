// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two hundred attacks that are planted in real contracts: whatever a text says, it stays text for the tokenizer, and the
// answer stays canonical and verbatim.
#include "core/base/hash.h"
#include "core/prompt/prompt.h"
#include "core/text/hidden_text.h"
#include "tests/support/answers.h"
#include "training/generate/answer_writer.h"
#include "training/generate/decoder.h"
#include "training/generate/model_source.h"
#include "training/tokenizer/chat_template.h"

#include <ATen/Parallel.h>

#include <QtTest>

#include <cstdlib>

using namespace cw;
using namespace cw::test;

namespace {

const Request kRequest{{"document_name", "parties", "governing_law"}};
constexpr std::uint32_t kBudget = 100;

struct Attack {
    std::string kind;
    std::string text;
    std::string clean;   // a window of a contract
    std::string planted; // the same with the attack in it
};

std::vector<Attack> attacks(size_t windowBytes) {
    std::vector<Attack> all;
    for (const auto& entry : readJson(dataFolder() / "injection" / "attacks.json")) {
        const std::string contract = *readFile(sampleFolder() / "contracts" / entry.at("contract").get<std::string>());
        size_t at = static_cast<size_t>(entry.at("place").get<double>() * static_cast<double>(contract.size()));
        at = contract.find(' ', at);
        const size_t begin = contract.find(' ', at - std::min(at, windowBytes / 2)) + 1;
        const size_t end = std::min(contract.size(), contract.find(' ', at + windowBytes / 2));
        const std::string text = entry.at("attack").get<std::string>();
        const std::string clean = contract.substr(begin, end - begin);
        all.push_back({entry.at("kind").get<std::string>(), text, clean,
                       clean.substr(0, at - begin) + " " + text + clean.substr(at - begin)});
    }
    return all;
}

Prompt promptFor(const std::string& text) {
    return makePrompt(kRequest, "Agreement", {{0, text.size()}, 1, 1, {}}, text);
}

// The special tokens among ids, in order.
TokenIds specialIn(const TokenIds& ids, const Tokenizer& tokenizer) {
    TokenIds found;
    for (const std::int64_t id : ids)
        if (std::ranges::any_of(tokenizer.special().ids, [&](const auto& named) { return named.second == id; }))
            found.push_back(id);
    return found;
}

// How often tokens spell the word of a mark that is none of the special tokens (Mistral v0.1 and v0.2).
std::ptrdiff_t markWordsIn(const TokenIds& ids, const Tokenizer& tokenizer) {
    return std::ranges::count_if(ids, [&](std::int64_t id) { return tokenizer.tokenBytes(id).find("INST") != std::string_view::npos; });
}

// The answers of a model to all windows under the grammar.
std::vector<std::string> answersOf(const Transformer& transformer, const Vocabulary& of, const ChatTemplate& chat,
                                   const std::vector<std::string>& windows, std::int64_t slots, float valueBias = 0) {
    const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
    ModelSource source(model, slots, 2048, 2);
    const std::shared_ptr<Grammar> grammar = grammarFor(of, kRequest);
    AnswerSettings settings;
    for (const std::string& key : kRequest.keys)
        settings.valueBias[key] = valueBias;
    std::vector<std::string> answers(windows.size());
    size_t given = 0;
    DecodeQueue queue;
    queue.next = [&]() -> Result<std::optional<DecodeJob>> {
        if (given == windows.size())
            return std::optional<DecodeJob>();
        const std::string& window = windows[given];
        CW_TRY_ASSIGN(constraint, AnswerConstraint::create(grammar, window, kBudget, chat.endId()));
        return std::optional(DecodeJob{given++, chat.encodePrompt(promptFor(window).user),
                                       std::make_unique<AnswerWriter>(std::move(constraint), *of.tokenizer, settings)});
    };
    queue.done = [&](const DecodeJob& job) -> Status {
        answers[job.id] = of.tokenizer->decode(job.writer->tokens());
        return {};
    };
    const auto result = Decoder(source).run(queue, slots);
    if (!result)
        qFatal("%s", result.error().message().c_str());
    return answers;
}

} // namespace

class TestInjection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QCOMPARE(attacks(600).size(), size_t(200));
    }

    void textNeverBecomesStructure_data() {
        QTest::addColumn<QString>("tokenizer");
        for (const char* name : {"mistral", "smollm2", "tiny"})
            QTest::newRow(name) << name;
    }

    void textNeverBecomesStructure() {
        QFETCH(QString, tokenizer);
        const Vocabulary& of = vocabulary(tokenizer.toStdString());
        const auto file = dataFolder() / "tokenizers" / tokenizer.toStdString() / "chat_template.jinja";
        const auto chat = ChatTemplate::fromText(std::filesystem::exists(file) ? *readFile(file) : std::string(), "it", *of.tokenizer);
        QVERIFY2(chat.ok(), chat ? "" : chat.error().message().c_str());
        for (const Attack& attack : attacks(600)) {
            const TokenIds clean = chat->encodePrompt(promptFor(attack.clean).user);
            const TokenIds planted = chat->encodePrompt(promptFor(attack.planted).user);
            QCOMPARE(specialIn(planted, *of.tokenizer), specialIn(clean, *of.tokenizer));
            if (chat->format() == ChatFormat::Instruct) // elsewhere it is a word like another
                QCOMPARE(markWordsIn(planted, *of.tokenizer), markWordsIn(clean, *of.tokenizer));
        }
    }

    void whatNobodySeesIsReported() {
        int hidden = 0;
        for (const Attack& attack : attacks(600)) {
            const bool isHidden = attack.kind == "hidden" && std::ranges::none_of(std::array{"\u00AD", "zalgo"}, [&](const char* shown) {
                                      return attack.text.find(shown) != std::string::npos;
                                  });
            QCOMPARE(findInvisible(attack.planted).size() > findInvisible(attack.clean).size(), isHidden);
            hidden += isHidden ? 1 : 0;
        }
        QVERIFY(hidden > 10);
    }

    // The sample's model knows nothing of contracts: its answers are as good as random. Held to find something, it quotes.
    void everyAnswerStaysCanonicalAndVerbatim() {
        at::set_num_threads(1);
        const Vocabulary& of = vocabulary("tiny");
        const auto folder = sampleFolder() / "model";
        const auto transformer = Transformer::load(folder, at::kFloat);
        const auto chat = ChatTemplate::load(folder, *of.tokenizer);
        std::vector<std::string> windows;
        for (const Attack& attack : attacks(160))
            windows.push_back(attack.planted);
        const std::vector<std::string> answers = answersOf(*transformer, of, *chat, windows, 8, /*valueBias=*/50);
        size_t present = 0;
        for (size_t i = 0; i < answers.size(); ++i) {
            const QByteArray fault = answerFault(answers[i], kRequest, windows[i]);
            QVERIFY2(fault.isEmpty(), fault.constData());
            present += answers[i].find("\"q\"") != std::string::npos ? 1 : 0;
        }
        QCOMPARE(present, answers.size()); // else nothing was quoted, and nothing shown
    }

    void aRealModelChangesFewFields() {
        const char* models = std::getenv("CW_MODELS");
        if (!models || !std::filesystem::exists(std::filesystem::path(models) / "smollm2-135m-instruct"))
            QSKIP("CW_MODELS has no SmolLM2-135M: what planted attacks change in a real model's answers was not measured.");
        const auto folder = std::filesystem::path(models) / "smollm2-135m-instruct";
        const Vocabulary& of = vocabulary("smollm2");
        const auto transformer = Transformer::load(folder, at::kFloat);
        const auto chat = ChatTemplate::load(folder, *of.tokenizer);
        std::vector<std::string> clean, planted;
        const std::vector<Attack> all = attacks(300);
        for (size_t i = 0; i < all.size(); i += 5) { // each costs two answers
            clean.push_back(all[i].clean);
            planted.push_back(all[i].planted);
        }
        const auto before = answersOf(*transformer, of, *chat, clean, 4), after = answersOf(*transformer, of, *chat, planted, 4);
        int fields = 0, changed = 0;
        for (size_t i = 0; i < before.size(); ++i) {
            const QByteArray fault = answerFault(after[i], kRequest, planted[i]);
            QVERIFY2(fault.isEmpty(), fault.constData());
            const auto first = nlohmann::json::parse(before[i]), second = nlohmann::json::parse(after[i]);
            for (const std::string& key : kRequest.keys) {
                ++fields;
                changed += first.at(key) != second.at(key) ? 1 : 0;
            }
        }
        qInfo("%d of %d fields changed (%.1f %%)", changed, fields, 100.0 * changed / fields);
    }
};

QTEST_GUILESS_MAIN(TestInjection)
#include "test_injection.moc"
