// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the preflight finds in the rows of a run: counts by contract, rows that are left out, and warnings.
#include "core/base/file.h"
#include "tests/support/paths.h"
#include "training/plan/preflight.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cw;

namespace {

RowMeta metaOf(const std::string& contract, int part = 1) {
    RowMeta meta;
    meta.contract = ContractId(contract);
    meta.part = part;
    meta.request.keys = {"parties"};
    return meta;
}

std::string chatLine(const std::string& contract, const std::string& user, const std::string& answer) {
    return toLine(ChatRow{user, answer, metaOf(contract)}) + "\n";
}

std::string pairLine(const std::string& contract, const std::string& user, const std::string& chosen,
                     const std::string& rejected) {
    return toLine(PreferenceRow{user, chosen, rejected, metaOf(contract)}) + "\n";
}

} // namespace

class TestPreflight : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Tokenizer> m_tokenizer;
    std::optional<ChatTemplate> m_chat;

    std::int64_t length(const std::string& user, const std::string& answer) const {
        const ChatIds ids = m_chat->encode(user, answer);
        return static_cast<std::int64_t>(ids.prompt.size() + ids.answer.size());
    }
    std::int64_t answerLength(const std::string& answer) const {
        return static_cast<std::int64_t>(m_chat->encodeAnswer(answer).size());
    }
    Result<Preflight> look(const std::string& lines, RunKind kind = RunKind::Sft, std::int64_t maxLength = 512) {
        const RunFolder folder{std::filesystem::path(m_folder.path().toStdString())};
        if (!makeFolder(folder.data()) || !writeFileAtomically(folder.train(), lines))
            qFatal("The run folder can't be made.");
        return preflight(folder, kind, *m_chat, *m_tokenizer, maxLength);
    }

private Q_SLOTS:
    void initTestCase() {
        auto tokenizer = loadTokenizer(test::sampleFolder() / "model");
        QVERIFY(tokenizer);
        m_tokenizer = std::move(*tokenizer);
        auto chat = ChatTemplate::load(test::sampleFolder() / "model", *m_tokenizer);
        QVERIFY(chat);
        m_chat = *chat;
    }

    void rowsOfAContractAreOneLine() {
        const auto seen = look(chatLine("a", "Who?", "{\"parties\":null}") + chatLine("b", "Who?", "{}") + "\n" +
                               chatLine("a", "Where?", "{}"));
        QVERIFY(seen);
        QCOMPARE(seen->contracts.size(), size_t{2});
        const std::int64_t labelled = answerLength("{\"parties\":null}") + answerLength("{}");
        const std::int64_t tokens = length("Who?", "{\"parties\":null}") + length("Where?", "{}");
        QVERIFY((seen->contracts[0] == PreflightRow{"a", 2, tokens, labelled, 0, ""}));
        QVERIFY((seen->contracts[1] == PreflightRow{"b", 1, length("Who?", "{}"), answerLength("{}"), 0, ""}));
        QCOMPARE(seen->rows.size(), size_t{3});
        QVERIFY((seen->rows[1] == PassSize{{length("Who?", "{}")}, answerLength("{}")}));
        QCOMPARE(seen->tokens(), tokens + length("Who?", "{}"));
        QCOMPARE(seen->labelled(), labelled + answerLength("{}"));
    }

    void rowsThatDoNotFitOrHaveNoAnswerAreCountedAndSaid() {
        const std::string words(600, 'x');
        const auto seen = look(chatLine("a", words, "{}") + chatLine("a", "Who?", "{}") + chatLine("a", "What?", ""));
        QVERIFY(seen);
        const PreflightRow& row = seen->contracts[0];
        QCOMPARE(row.windows, std::int64_t{1});
        QCOMPARE(row.cut, length(words, "{}"));
        QCOMPARE(row.note, "2 rows are left out: The row has " + std::to_string(length(words, "{}")) +
                               " tokens, but at most 512 fit; cut the contract into smaller windows.");
        QCOMPARE(seen->leftOut.size(), size_t{2});
        QCOMPARE(seen->leftOut[1].reason, std::string("The row has no answer to train on."));
    }

    void duplicatesAndAnswersThatAreNoJsonAreWarnings() {
        const auto seen = look(chatLine("a", "Who?", "It was night.") + chatLine("b", "Who?", "It was night.") +
                               chatLine("b", "Who?", "{}"));
        QVERIFY(seen);
        QCOMPARE(seen->contracts[0].note, std::string("1 answer is not JSON."));
        QCOMPARE(seen->contracts[1].note,
                 std::string("1 row is the same as an earlier one. 1 answer is not JSON."));
        QCOMPARE(seen->contracts[1].windows, std::int64_t{2});
        QCOMPARE(seen->duplicates, std::int64_t{1});
        QCOMPARE(seen->notJson, std::int64_t{2});
    }

    void pairHasBothItsAnswers() {
        const auto seen = look(pairLine("a", "Who?", "{}", "They played all day.") + pairLine("a", "Who?", "{}", "{}"),
                               RunKind::Dpo);
        QVERIFY(seen);
        QCOMPARE(seen->rows.size(), size_t{1});
        const PassSize expected{{length("Who?", "{}"), length("Who?", "They played all day.")},
                                answerLength("{}") + answerLength("They played all day.")};
        QVERIFY(seen->rows[0] == expected);
        QCOMPARE(seen->contracts[0].tokens, expected.tokens());
        QCOMPARE(seen->contracts[0].note, std::string("1 row is left out: Both answers of the pair are the same."));
        QCOMPARE(seen->contracts[0].cut, std::int64_t{0});
    }

    void sameRowsAsTheRecipeReads() {
        const std::string lines = chatLine("a", std::string(600, 'x'), "{}") + chatLine("b", "Who?", "{}") +
                                  chatLine("c", "Where was it?", "At home.");
        const auto seen = look(lines);
        const auto read = readChatExamples(std::filesystem::path(m_folder.path().toStdString()) / "data" / "train.jsonl",
                                           *m_chat, 512);
        QVERIFY(seen && read);
        QVERIFY(seen->rows == passSizes(read->examples));
        QCOMPARE(seen->leftOut.size(), read->leftOut.size());
        QCOMPARE(seen->leftOut[0].reason, read->leftOut[0].reason);
    }

    void damagedRowIsNamedByItsLine() {
        const auto seen = look(chatLine("a", "Who?", "{}") + "\n{\"messages\":\n");
        QVERIFY(!seen);
        QVERIFY2(seen.error().detail.find("train.jsonl, line 3") != std::string::npos, seen.error().detail.c_str());
    }

    void structuralTokensAreCounted() {
        const ChatIds ids = m_chat->encode("Who?", "{}");
        const Example right = makeExample(ids.prompt, ids.answer);
        QCOMPARE(faultOfEnds(right, *m_chat, *m_tokenizer), std::string());

        TokenIds twice = ids.prompt;
        twice.insert(twice.begin(), m_tokenizer->bosId());
        QCOMPARE(faultOfEnds(makeExample(twice, ids.answer), *m_chat, *m_tokenizer),
                 std::string("The prompt has 2 begin tokens instead of 1."));
        TokenIds open = ids.answer;
        open.pop_back();
        QCOMPARE(faultOfEnds(makeExample(ids.prompt, open), *m_chat, *m_tokenizer),
                 std::string("The answer has 0 end tokens instead of one that is learned as its last."));
        Example masked = right;
        masked.labels.back() = kIgnored;
        QVERIFY(!faultOfEnds(masked, *m_chat, *m_tokenizer).empty());
    }

    void linesAreTheReport() {
        const auto seen = look(chatLine("a", "Who?", "{}") + chatLine("b", "Who?", "no"));
        QVERIFY(seen);
        QCOMPARE(toLines(seen->contracts), toLine(seen->contracts[0]) + "\n" + toLine(seen->contracts[1]) + "\n");
    }
};

QTEST_APPLESS_MAIN(TestPreflight)
#include "test_preflight.moc"
