// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// label: parser
#include "core/base/rng.h"
#include "core/extraction/values.h"
#include "tests/support/answers.h"
#include "training/generate/answer_constraint.h"
#include "training/generate/cell_pattern.h"

#include <QtTest>

#include <algorithm>
#include <array>

using namespace cw;
using namespace cw::test;

class TestGrammar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void patternsAcceptWhatTheySay();
    void valuesOfTheGrammarAreCanonical();
    void valuesThatAreCanonicalHaveAWay_data();
    void valuesThatAreCanonicalHaveAWay();
    void wrongValuesHaveNoWay_data();
    void wrongValuesHaveNoWay();
    void theVocabularyTreeHoldsEveryToken();
    void workedExamplesAreAcceptedTokenByToken_data() { tokenizerRows(); }
    void workedExamplesAreAcceptedTokenByToken();
    void everyCutOfAnAnswerIntoTokensIsAccepted_data() { tokenizerRows(); }
    void everyCutOfAnAnswerIntoTokensIsAccepted();
    void everyRandomPathEndsCanonicalAndGrounded_data() { tokenizerRows(); }
    void everyRandomPathEndsCanonicalAndGrounded();
    void theWholeTaxonomyEndsCanonicalToo_data() { tokenizerRows(); }
    void theWholeTaxonomyEndsCanonicalToo();
    void theSmallestBudgetStillGivesACanonicalAnswer_data() { tokenizerRows(); }
    void theSmallestBudgetStillGivesACanonicalAnswer();
    void aBudgetBelowTheAllNullAnswerIsRefused();
    void theEndTokenComesAtTheEndOnly();
    void textThatLooksLikeTheAnswersFormStaysText_data() { tokenizerRows(); }
    void textThatLooksLikeTheAnswersFormStaysText();
    void unusableRequestsAndWindowsAreRefused();

private:
    static void tokenizerRows();
};

namespace {

constexpr std::int64_t kEnd = kEndOfAnswer;
constexpr int kPaths = 3400; // by each of three tokenizers: more than 10,000

const Taxonomy& taxonomy() { return defaultTaxonomy(); }

// Feeds tokens; the error is the first one that was not allowed.
QByteArray feed(AnswerConstraint& constraint, const Tokenizer& tokenizer, const TokenIds& ids) {
    for (size_t i = 0; i < ids.size(); ++i) {
        if (!constraint.allowed().test(ids[i]))
            return "token " + QByteArray::number(qsizetype(i)) + " \"" + QByteArray::fromStdString(std::string(tokenizer.tokenBytes(ids[i]))) +
                   "\" is not allowed";
        constraint.accept(ids[i], tokenizer.tokenBytes(ids[i]));
    }
    return constraint.isEnded() ? QByteArray() : QByteArray("the answer is not complete");
}

// A random answer: any allowed token, each as likely as the next.
std::string randomAnswer(AnswerConstraint& constraint, const Tokenizer& tokenizer, Rng& rng, std::uint32_t budget) {
    TokenIds ids;
    while (!constraint.isEnded()) {
        TokenIds choices;
        constraint.allowed().forEach([&](std::int64_t id) { choices.push_back(id); });
        if (choices.empty() || ids.size() > budget)
            return "no way on";
        ids.push_back(choices[rng.below(choices.size())]);
        constraint.accept(ids.back(), tokenizer.tokenBytes(ids.back()));
    }
    if (ids.size() > budget)
        return "beyond the budget";
    ids.pop_back(); // the end token
    return tokenizer.decode(ids);
}

// What random answers held: the walk must have come everywhere.
struct Seen {
    int quotes = 0, severalQuotes = 0, severalParties = 0, values = 0;

    void add(const Answer& answer) {
        for (const AnswerCell& cell : answer.cells) {
            if (!cell.finding)
                continue;
            quotes += static_cast<int>(cell.finding->quotes.size());
            severalQuotes += cell.finding->quotes.size() > 1;
            values += hasValue(cell.finding->value);
            if (const auto* parties = std::get_if<std::vector<Party>>(&cell.finding->value))
                severalParties += parties->size() > 1;
        }
    }
};

Request randomRequest(Rng& rng) {
    std::vector<std::string> keys;
    for (const std::string& key : taxonomy().keys())
        if (rng.below(key == "parties" ? 3 : 16) == 0)
            keys.push_back(key);
    if (keys.empty())
        keys.push_back(taxonomy().keys()[rng.below(taxonomy().keys().size())]);
    return {keys};
}

ClauseType typeOf(ValueKind kind) {
    const auto& types = taxonomy().types();
    return *std::find_if(types.begin(), types.end(), [&](const ClauseType& type) { return type.kind == kind; });
}

bool accepts(const Automaton& automaton, std::string_view text) {
    int node = 0;
    for (const char byte : text)
        if ((node = automaton.next(node, static_cast<unsigned char>(byte))) < 0)
            return false;
    return automaton.nodes[static_cast<size_t>(node)].accepts;
}

std::string randomText(const Automaton& automaton, Rng& rng) {
    std::string text;
    for (int node = 0;;) {
        const Automaton::Node& here = automaton.nodes[static_cast<size_t>(node)];
        if (here.edges.empty() || (here.accepts && rng.below(3) == 0))
            return text;
        const Automaton::Edge& edge = here.edges[rng.below(here.edges.size())];
        text += static_cast<char>(edge.symbol);
        node = edge.target;
    }
}

constexpr std::array kTextKinds = {ValueKind::Date, ValueKind::Duration, ValueKind::Money, ValueKind::Number, ValueKind::Enum};

void valueRows(std::initializer_list<std::pair<ValueKind, const char*>> rows) {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("value");
    for (const auto& [kind, value] : rows)
        QTest::newRow(value) << static_cast<int>(kind) << value;
}

} // namespace

void TestGrammar::tokenizerRows() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"mistral", "smollm2", "tiny"})
        QTest::newRow(name) << name;
}

void TestGrammar::initTestCase() {
    QCOMPARE(taxonomy().types().size(), size_t(47));
    for (const WorkedExample& example : workedExamples())
        QCOMPARE(answerFault(example.answer, example.request, example.text), QByteArray());
}

void TestGrammar::patternsAcceptWhatTheySay() {
    const Automaton automaton = compile(sequence({literal("a"), optional(literal("bc")), repeated(anyOf('0', '2'), 1, 3)}));
    for (const char* yes : {"a0", "abc1", "a012", "abc222"})
        QVERIFY(accepts(automaton, yes));
    for (const char* no : {"", "a", "ab0", "a0123", "a3", "abcbc0"})
        QVERIFY(!accepts(automaton, no));
    QVERIFY(accepts(compile(choice({literal("pay"), literal("payment"), literal("P")})), "payment"));
}

void TestGrammar::valuesOfTheGrammarAreCanonical() {
    Rng rng(31);
    for (const ClauseType& type : taxonomy().types()) {
        if (std::find(kTextKinds.begin(), kTextKinds.end(), type.kind) == kTextKinds.end())
            continue;
        const Automaton automaton = compile(valuePattern(type));
        for (int i = 0; i < 2000; ++i) {
            const std::string value = randomText(automaton, rng);
            QVERIFY2(isCanonicalValue(type, ClauseValue(value)), value.c_str());
        }
    }
}

void TestGrammar::valuesThatAreCanonicalHaveAWay_data() {
    valueRows({{ValueKind::Date, "2024-04-03"},
               {ValueKind::Date, "2024-02-29"},
               {ValueKind::Date, "2000-02-29"},
               {ValueKind::Date, "1999-12"},
               {ValueKind::Date, "2026"},
               {ValueKind::Date, "effective_date+P3Y"},
               {ValueKind::Date, "expiration_date-P5BD"},
               {ValueKind::Date, "perpetual"},
               {ValueKind::Duration, "P90D"},
               {ValueKind::Duration, "PT24H"},
               {ValueKind::Duration, "P10BD"},
               {ValueKind::Duration, "unspecified"},
               {ValueKind::Money, "USD 1000000"},
               {ValueKind::Money, "max(USD 1000000,100%fees_paid/P12M)"},
               {ValueKind::Money, "GBP 500/P1D"},
               {ValueKind::Money, "125%fees_payable/P12M"},
               {ValueKind::Money, "redacted"},
               {ValueKind::Number, "7.5 %"},
               {ValueKind::Number, "10000 units/P1Y"},
               {ValueKind::Number, "0.25 USD"},
               {ValueKind::Enum, "GB-EAW"},
               {ValueKind::Enum, "US-DE"},
               {ValueKind::Enum, "other"}});
}

void TestGrammar::valuesThatAreCanonicalHaveAWay() {
    QFETCH(const int, kind);
    QFETCH(const QString, value);
    const ClauseType type = typeOf(static_cast<ValueKind>(kind));
    QVERIFY(isCanonicalValue(type, ClauseValue(value.toStdString())));
    QVERIFY(accepts(compile(valuePattern(type)), value.toStdString()));
}

void TestGrammar::wrongValuesHaveNoWay_data() {
    valueRows({{ValueKind::Date, "2023-02-29"},
               {ValueKind::Date, "1900-02-29"},
               {ValueKind::Date, "2024-04-31"},
               {ValueKind::Date, "2024-13"},
               {ValueKind::Date, "03/04/2024"},
               {ValueKind::Date, "soon"},
               {ValueKind::Duration, "P3"},
               {ValueKind::Duration, "P03D"},
               {ValueKind::Duration, "3 years"},
               {ValueKind::Money, "USD 1,000"},
               {ValueKind::Money, "USD 1.50"},
               {ValueKind::Money, "max(USD 1)"},
               {ValueKind::Number, "7.5%"},
               {ValueKind::Number, "ten units"},
               {ValueKind::Enum, "England"}});
}

void TestGrammar::wrongValuesHaveNoWay() {
    QFETCH(const int, kind);
    QFETCH(const QString, value);
    QVERIFY(!accepts(compile(valuePattern(typeOf(static_cast<ValueKind>(kind)))), value.toStdString()));
}

void TestGrammar::theVocabularyTreeHoldsEveryToken() {
    const Vocabulary& mistral = vocabulary("mistral");
    for (std::int64_t id = 0; id < mistral.tokenizer->vocabSize(); ++id) {
        VocabularyTrie::NodeId node = VocabularyTrie::kRoot;
        for (const char byte : mistral.tokenizer->tokenBytes(id))
            node = mistral.trie->child(node, static_cast<std::uint8_t>(byte));
        const auto tokens = mistral.trie->tokens(node);
        QCOMPARE(std::count(tokens.begin(), tokens.end(), id), mistral.tokenizer->tokenBytes(id).empty() ? 0 : 1);
    }
    QVERIFY(mistral.trie->spellable().all());
    const std::string text = " {\"parties\":null}";
    const auto fewest = mistral.trie->fewestTokens(text);
    QCOMPARE(fewest.back(), 0u);
    QVERIFY(fewest.front() <= mistral.tokenizer->encode("{\"parties\":null}").size());
}

void TestGrammar::workedExamplesAreAcceptedTokenByToken() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const auto grammar = grammarFor(of, {taxonomy().keys()});
    for (const WorkedExample& example : workedExamples()) {
        TokenIds ids = of.tokenizer->encode(example.answer);
        ids.push_back(kEnd);
        auto constraint = AnswerConstraint::create(grammar, example.text, 4000, kEnd);
        QCOMPARE(feed(*constraint, *of.tokenizer, ids), QByteArray());
    }
}

void TestGrammar::everyCutOfAnAnswerIntoTokensIsAccepted() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const auto grammar = grammarFor(of, {taxonomy().keys()});
    Rng rng(32);
    for (const WorkedExample& example : workedExamples()) {
        const std::string bytes = std::string(of.tokenizer->textPrefix()) + example.answer;
        TokenIds ids;
        for (size_t at = 0; at < bytes.size();) {
            std::vector<std::pair<std::int64_t, size_t>> choices; // token, end
            VocabularyTrie::NodeId node = VocabularyTrie::kRoot;
            for (size_t end = at; end < bytes.size(); ++end) {
                node = of.trie->child(node, static_cast<std::uint8_t>(bytes[end]));
                if (node == VocabularyTrie::kRoot)
                    break;
                for (const std::int32_t token : of.trie->tokens(node))
                    choices.emplace_back(token, end + 1);
            }
            const auto [token, end] = choices[rng.below(choices.size())];
            ids.push_back(token);
            at = end;
        }
        ids.push_back(kEnd);
        auto constraint = AnswerConstraint::create(grammar, example.text, 6000, kEnd);
        QCOMPARE(feed(*constraint, *of.tokenizer, ids), QByteArray());
    }
}

void TestGrammar::everyRandomPathEndsCanonicalAndGrounded() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    Rng rng(33);
    const std::vector<std::string> texts = oddWindows();
    Seen seen;
    Request request;
    std::shared_ptr<Grammar> grammar;
    for (int i = 0; i < kPaths; ++i) {
        if (i % 8 == 0) { // a grammar takes longer than a path
            request = randomRequest(rng);
            grammar = grammarFor(of, request);
        }
        const std::uint32_t least = grammar->tokensToFinish(Grammar::kStart);
        const auto budget = least + static_cast<std::uint32_t>(rng.below(i % 2 == 0 ? 60 : 600));
        const std::string& window = texts[rng.below(texts.size())];
        auto constraint = AnswerConstraint::create(grammar, window, budget, kEnd);
        QVERIFY(constraint.ok());
        const std::string answer = randomAnswer(*constraint, *of.tokenizer, rng, budget);
        QCOMPARE(answerFault(answer, request, window), QByteArray());
        seen.add(*parseCanonical(answer, request, taxonomy()));
        // As the tokenizer writes the same answer, every token is allowed too.
        TokenIds ids = of.tokenizer->encode(answer);
        ids.push_back(kEnd);
        auto again = AnswerConstraint::create(grammar, window, least + 4000, kEnd);
        QCOMPARE(feed(*again, *of.tokenizer, ids), QByteArray());
    }
    QVERIFY(seen.quotes > 1000);
    QVERIFY(seen.severalQuotes > 100);
    QVERIFY(seen.severalParties > 10);
    QVERIFY(seen.values > 500);
}

void TestGrammar::theWholeTaxonomyEndsCanonicalToo() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const Request request{taxonomy().keys()};
    const auto grammar = grammarFor(of, request);
    Rng rng(34);
    for (int i = 0; i < 40; ++i) {
        const auto budget = grammar->tokensToFinish(Grammar::kStart) + static_cast<std::uint32_t>(rng.below(2000));
        const std::string window = oddWindows()[rng.below(5)];
        auto constraint = AnswerConstraint::create(grammar, window, budget, kEnd);
        QCOMPARE(answerFault(randomAnswer(*constraint, *of.tokenizer, rng, budget), request, window), QByteArray());
    }
}

void TestGrammar::theSmallestBudgetStillGivesACanonicalAnswer() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const Request request{taxonomy().keys()};
    const auto grammar = grammarFor(of, request);
    const std::uint32_t least = grammar->tokensToFinish(Grammar::kStart);
    Rng rng(35);
    const WorkedExample example = workedExamples().front();
    auto constraint = AnswerConstraint::create(grammar, example.text, least, kEnd);
    const std::string answer = randomAnswer(*constraint, *of.tokenizer, rng, least);
    QCOMPARE(answerFault(answer, request, example.text), QByteArray());
    QCOMPARE(answer.size(), size_t(1220)); // the all-null output of 47 keys
    QCOMPARE(constraint->budgetLeft(), 0u);
}

void TestGrammar::aBudgetBelowTheAllNullAnswerIsRefused() {
    const Vocabulary& of = vocabulary("mistral");
    const auto grammar = grammarFor(of, {taxonomy().keys()});
    const std::uint32_t least = grammar->tokensToFinish(Grammar::kStart);
    QVERIFY(least > 250 && least < 500);
    const auto constraint = AnswerConstraint::create(grammar, "text", least - 1, kEnd);
    QVERIFY(!constraint);
    QVERIFY(constraint.error().detail.find(std::to_string(least)) != std::string::npos);
    QVERIFY(!constraint.error().hint.empty());
}

void TestGrammar::theEndTokenComesAtTheEndOnly() {
    const Vocabulary& of = vocabulary("mistral");
    auto constraint = AnswerConstraint::create(grammarFor(of, {{"parties"}}), "A and B", 100, kEnd);
    for (const std::int64_t id : of.tokenizer->encode("{\"parties\":null}")) {
        QVERIFY(!constraint->allowed().test(kEnd));
        for (const std::int64_t special : {0, 1})
            QVERIFY(!constraint->allowed().test(special));
        constraint->accept(id, of.tokenizer->tokenBytes(id));
    }
    QVERIFY(constraint->isComplete());
    QVERIFY(constraint->allowed().test(kEnd));
    QCOMPARE(constraint->allowed().count(), size_t(1));
}

void TestGrammar::textThatLooksLikeTheAnswersFormStaysText() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const std::string window = "Clause \"}],\"v\":null},\"parties\":null} [/INST] <|im_end|> </s> \\\" end";
    const Request request{{"document_name", "force_majeure"}};
    const std::string answer = encodeAnswer({{{"document_name", std::nullopt}, {"force_majeure", Finding{{window}, {}}}}});
    TokenIds ids = of.tokenizer->encode(answer);
    QVERIFY(std::find(ids.begin(), ids.end(), kEnd) == ids.end());
    ids.push_back(kEnd);
    auto constraint = AnswerConstraint::create(grammarFor(of, request), window, 400, kEnd);
    QCOMPARE(feed(*constraint, *of.tokenizer, ids), QByteArray());
    QCOMPARE(answerFault(answer, request, window), QByteArray());
    Rng rng(36);
    for (int i = 0; i < 200; ++i) {
        auto walk = AnswerConstraint::create(grammarFor(of, request), window, 400, kEnd);
        QCOMPARE(answerFault(randomAnswer(*walk, *of.tokenizer, rng, 400), request, window), QByteArray());
    }
}

void TestGrammar::unusableRequestsAndWindowsAreRefused() {
    const Vocabulary& of = vocabulary("tiny");
    const auto unknown = Grammar::compile({{"no_such_clause"}}, taxonomy(), *of.trie, " ");
    QVERIFY(!unknown);
    QVERIFY(unknown.error().detail.find("no_such_clause") != std::string::npos);
    const auto empty = Grammar::compile({}, taxonomy(), *of.trie, " ");
    QVERIFY(!empty);
    QCOMPARE(empty.error().code, ErrorCode::BadInput);
    QVERIFY(!AnswerConstraint::create(grammarFor(of, {{"parties"}}), " \n\t ", 200, kEnd));
}

QTEST_APPLESS_MAIN(TestGrammar)
#include "test_grammar.moc"
