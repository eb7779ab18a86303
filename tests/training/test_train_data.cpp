// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// From rows to batches: which tokens are trained, what is left out, and in which order rows come.
#include "core/base/file.h"
#include "tests/support/paths.h"
#include "training/data/row_files.h"
#include "training/data/row_order.h"
#include "training/recipes/step.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <set>

using namespace cw;

namespace {

std::vector<std::int64_t> values(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.contiguous();
    return {flat.const_data_ptr<std::int64_t>(), flat.const_data_ptr<std::int64_t>() + flat.numel()};
}

using Ids = std::vector<std::int64_t>;

ChatRow chatRow(const std::string& contract, const std::string& user, const std::string& assistant, int part = 1) {
    ChatRow row{user, assistant, {}};
    row.meta.contract = ContractId(contract);
    row.meta.part = part;
    row.meta.parts = std::max(part, 1);
    row.meta.request.keys = {"parties"};
    return row;
}

} // namespace

class TestTrainData : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Tokenizer> m_tokenizer;
    std::unique_ptr<ChatTemplate> m_chat;

    std::filesystem::path file() const { return std::filesystem::path(m_folder.path().toStdString()) / "train.jsonl"; }
    void write(const std::string& text) const { QVERIFY(writeFileAtomically(file(), text)); }

private Q_SLOTS:
    void initTestCase() {
        auto tokenizer = loadTokenizer(test::sampleFolder() / "model");
        QVERIFY(tokenizer.ok());
        m_tokenizer = std::move(*tokenizer);
        auto chat = ChatTemplate::load(test::sampleFolder() / "model", *m_tokenizer);
        QVERIFY(chat.ok());
        m_chat = std::make_unique<ChatTemplate>(std::move(*chat));
    }

    void labelsAreThoseOfTheStoredSamples() {
        const auto stored =
            nlohmann::json::parse(*readFile(test::dataFolder() / "golden" / "train" / "sft_curves.json"));
        for (const auto& sample : stored["samples"]) {
            const Example example = makeExample(sample["prompt_ids"].get<Ids>(), sample["answer_ids"].get<Ids>());
            QVERIFY(example.ids == sample["input_ids"].get<Ids>());
            QVERIFY(example.labels == sample["labels"].get<Ids>());
        }
    }

    void examplesArePackedWithoutPaddingOrCrossTalk() {
        const Example longer = makeExample({1, 10, 11}, {20, 21, 2});
        const Example shorter = makeExample({1, 12}, {22, 0});
        const Batch batch = makeBatch({&longer, &shorter}, at::kCPU);
        QVERIFY(values(batch.tokens) == (Ids{1, 10, 11, 20, 21, 2, 1, 12, 22, 0}));
        QVERIFY(values(batch.positions) == (Ids{0, 1, 2, 3, 4, 5, 0, 1, 2, 3}));
        QVERIFY(batch.starts == (std::vector<std::int64_t>{0, 6, 10}));
        QVERIFY(values(batch.rows) == (Ids{2, 3, 4, 7, 8})); // each is one before its target
        QVERIFY(values(batch.targets) == (Ids{20, 21, 2, 22, 0}));
        QVERIFY(values(batch.sequenceOf) == (Ids{0, 0, 0, 1, 1}));
    }

    void theFirstTokenOfAPackedExampleIsNoLabelOfTheOneBefore() {
        const Example first = makeExample({}, {20, 21}), second = makeExample({}, {30, 31});
        const Batch batch = makeBatch({&first, &second}, at::kCPU);
        QVERIFY(values(batch.rows) == (Ids{0, 2}));
        QVERIFY(values(batch.targets) == (Ids{21, 31}));
    }

    void aFirstTokenIsNeverALabel() {
        const Example example = makeExample({}, {20, 21});
        QCOMPARE(example.labelCount(), std::int64_t{1});
        QVERIFY(values(makeBatch({&example}, at::kCPU).targets) == (Ids{21}));
    }

    void rowsBecomePromptAndAnswerIds() {
        write(toLine(chatRow("a", "Who?", "{\"parties\":null}")) + "\n");
        const auto read = readChatExamples(file(), *m_chat, 512);
        QVERIFY(read.ok());
        QCOMPARE(read->examples.size(), size_t{1});
        QVERIFY((read->names == std::vector<RowName>{{"a", 1, 1}}));
        QVERIFY(read->leftOut.empty());
        const Example& example = read->examples[0];
        const TokenIds prompt = m_chat->encodePrompt("Who?");
        QVERIFY(std::equal(prompt.begin(), prompt.end(), example.ids.begin()));
        QCOMPARE(example.ids.front(), std::int64_t{1});
        QCOMPARE(std::count(example.ids.begin(), example.ids.end(), 1), std::ptrdiff_t{1}); // one BOS
        QCOMPARE(example.labels.back(), m_chat->endId());                                   // the end is learned
        QCOMPARE(example.labelCount(), static_cast<std::int64_t>(example.ids.size() - prompt.size()));
    }

    void rowsThatAreTooLongAreLeftOutWholeAndListed() {
        const ChatRow fits = chatRow("short", "Who?", "{}");
        const ChatRow tooLong = chatRow("long", std::string(600, 'x'), "{}", 3);
        const ChatRow unanswered = chatRow("open", "Who?", "");
        write(toLine(fits) + "\n" + toLine(tooLong) + "\n" + toLine(unanswered) + "\n");
        const auto read = readChatExamples(file(), *m_chat, 512);
        QVERIFY(read.ok());
        QCOMPARE(read->examples.size(), size_t{1});
        QCOMPARE(read->leftOut.size(), size_t{2});
        QCOMPARE(read->leftOut[0].contract, std::string("long"));
        QCOMPARE(read->leftOut[0].part, 3);
        QVERIFY(read->leftOut[0].why == LeftOutWhy::TooLong && read->leftOut[1].why == LeftOutWhy::NoAnswer);
        QVERIFY(read->leftOut[0].reason.find("but at most 512 fit") != std::string::npos);
        QCOMPARE(read->leftOut[1].reason, std::string("The row has no answer to train on."));
    }

    void limitIsReachedExactly() {
        write(toLine(chatRow("a", "Who?", "{}")) + "\n");
        const auto length = static_cast<std::int64_t>(readChatExamples(file(), *m_chat, 512)->examples[0].ids.size());
        QCOMPARE(readChatExamples(file(), *m_chat, length)->examples.size(), size_t{1});
        QCOMPARE(readChatExamples(file(), *m_chat, length - 1)->examples.size(), size_t{0});
    }

    void pairsShareTheirPrompt() {
        PreferenceRow row{"Who?", "{\"parties\":null}", "nobody", {}};
        row.meta = chatRow("a", "", "").meta;
        PreferenceRow same = row;
        same.rejected = same.chosen;
        write(toLine(row) + "\n" + toLine(same) + "\n");
        const auto read = readPreferenceExamples(file(), *m_chat, 512);
        QVERIFY(read.ok());
        QCOMPARE(read->pairs.size(), size_t{1});
        QCOMPARE(read->leftOut.size(), size_t{1});
        QCOMPARE(read->leftOut[0].reason, std::string("Both answers of the pair are the same."));
        QVERIFY(read->leftOut[0].why == LeftOutWhy::SameAnswers);
        QCOMPARE(read->names.size(), size_t{1});
        const auto prompt = static_cast<std::ptrdiff_t>(m_chat->encodePrompt("Who?").size());
        const auto& [chosen, rejected] = read->pairs[0];
        QVERIFY(std::equal(chosen.ids.begin(), chosen.ids.begin() + prompt, rejected.ids.begin()));
        QCOMPARE(chosen.ids.back(), rejected.ids.back());
    }

    void lineThatIsNoRowIsNamed() {
        write(toLine(chatRow("a", "Who?", "{}")) + "\nnot a row\n");
        const auto read = readChatExamples(file(), *m_chat, 512);
        QVERIFY(!read);
        QVERIFY2(read.error().detail.find("train.jsonl, line 2") != std::string::npos, read.error().detail.c_str());
    }

    void everyEpochReadsEveryRowOnce() {
        RowOrder order(10, 4, RowOrder::Kind::Shuffled, 17);
        std::vector<std::vector<size_t>> epochs;
        for (int epoch = 0; epoch < 3; ++epoch) {
            std::vector<size_t> rows;
            for (const size_t expected : {4, 4, 2}) { // the last step of an epoch is a short one
                const auto step = order.next();
                QCOMPARE(step.size(), expected);
                rows.insert(rows.end(), step.begin(), step.end());
            }
            QCOMPARE((std::set<size_t>(rows.begin(), rows.end()).size()), size_t{10});
            epochs.push_back(rows);
        }
        QVERIFY(epochs[0] != epochs[1] && epochs[1] != epochs[2]);
    }

    void orderFollowsFromTheSeed() {
        const auto first = [](std::uint64_t seed) { return RowOrder(100, 100, RowOrder::Kind::Shuffled, seed).next(); };
        QVERIFY(first(17) == first(17));
        QVERIFY(first(17) != first(18));
    }

    void stepsCountTheShortOnes() {
        QCOMPARE(plannedSteps(1200, 32, 3, 0), std::int64_t{114});
        QCOMPARE(plannedSteps(400, 32, 1, 0), std::int64_t{13});
        QCOMPARE(plannedSteps(20, 8, 3, 30), std::int64_t{30});
    }

    void anOrderThatGoesOnIsTheSameOrder() {
        RowOrder whole(10, 4, RowOrder::Kind::Shuffled, 17), rest(10, 4, RowOrder::Kind::Shuffled, 17);
        for (int step = 0; step < 7; ++step)
            whole.next();
        rest.skip(7);
        for (int step = 0; step < 5; ++step)
            QVERIFY(whole.next() == rest.next());
    }

    void passesGroupRowsOfLikeLengthTheLongestFirst() {
        const std::vector<size_t> lengths = {5, 50, 6, 49, 7};
        const auto lengthOf = [&](size_t row) { return lengths[row]; };
        const auto passes = stepPasses({0, 1, 2, 3, 4}, {.rowsPerPass = 2}, lengthOf);
        QCOMPARE(passes.size(), size_t{3});
        QVERIFY((passes[0].rows == std::vector<size_t>{1, 3}));
        QVERIFY((passes[1].rows == std::vector<size_t>{4, 2}));
        QVERIFY((passes[2].rows == std::vector<size_t>{0}));
    }

    void processesShareThePassesOfAStep() {
        const auto lengthOf = [](size_t) { return size_t{1}; };
        std::set<std::int64_t> numbers;
        std::set<size_t> rows;
        for (const std::int64_t process : {0, 1}) {
            const StepSettings settings{.rowsPerPass = 2, .process = process, .processes = 2};
            for (const StepPass& pass : stepPasses({0, 1, 2, 3, 4}, settings, lengthOf)) {
                QVERIFY(numbers.insert(pass.number).second);
                rows.insert(pass.rows.begin(), pass.rows.end());
            }
        }
        QVERIFY((numbers == std::set<std::int64_t>{0, 1, 2})); // as one process numbers them: dropout goes by it
        QCOMPARE(rows.size(), size_t{5});
    }

    void rowsAreNamedByTheirContracts() {
        const std::vector<RowName> names = {{"nda", 1, 1}, {"lease", 2, 3}, {"lease", 3, 3}, {"msa", 1, 1},
                                            {"sow", 1, 1}, {"dpa", 1, 1},   {"sla", 1, 1}};
        QCOMPARE(namesOf(names, {0}), std::string("nda"));
        QCOMPARE(namesOf(names, {0, 1}), std::string("nda and lease (part 2 of 3)"));
        QCOMPARE(namesOf(names, {3, 0, 3, 0}), std::string("msa and nda")); // each once
        QCOMPARE(namesOf(names, {0, 1, 2, 3, 4}),
                 std::string("nda, lease (part 2 of 3), lease (part 3 of 3), msa and sow"));
        QCOMPARE(namesOf(names, {0, 1, 2, 3, 4, 5, 6}),
                 std::string("nda, lease (part 2 of 3), lease (part 3 of 3), msa, sow and 2 more"));
    }
};

QTEST_APPLESS_MAIN(TestTrainData)
#include "test_train_data.moc"
