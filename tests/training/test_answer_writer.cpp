// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/unicode.h"
#include "tests/support/answers.h"
#include "tests/support/writer_loop.h"
#include "training/generate/answer_writer.h"
#include "training/generate/replay_source.h"

#include <QtTest>

#include <cmath>
#include <list>

using namespace cw;
using namespace cw::test;

class TestAnswerWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTextDoesNotDependOnHowItIsProposed_data() { tokenizerRows(); }
    void theTextDoesNotDependOnHowItIsProposed();
    void everyBudgetGivesACanonicalAnswer_data() { tokenizerRows(); }
    void everyBudgetGivesACanonicalAnswer();
    void everyValueWasComparedWithNull_data() { tokenizerRows(); }
    void everyValueWasComparedWithNull();
    void anAnswerIsSpeltAsTheTokenizerSpellsIt_data() { tokenizerRows(); }
    void anAnswerIsSpeltAsTheTokenizerSpellsIt();
    void tokensThatWereChosenOddlyAreTakenBack_data() { tokenizerRows(); }
    void tokensThatWereChosenOddlyAreTakenBack();
    void whatIsForcedCostsNoPass();
    void draftsAreTakenWhereTheyAreRight();
    void nullIsOneDecisionAClause_data() { tokenizerRows(); }
    void nullIsOneDecisionAClause();
    void manyUnlikelyWaysToAValueCountTogether_data() { tokenizerRows(); }
    void manyUnlikelyWaysToAValueCountTogether();
    void aBiasTurnsADecision();
    void theProbabilityThatTheGrammarTakesIsMeasured();
    void charactersThatTheTokenizerNormalisesStayVerbatim();

private:
    static void tokenizerRows();
};

namespace {

std::unique_ptr<AnswerWriter> writerFor(const Vocabulary& of, const Request& request, const std::string& window, std::uint32_t budget,
                                        AnswerSettings settings = {}) {
    auto constraint = AnswerConstraint::create(grammarFor(of, request), window, budget, kEndOfAnswer);
    return std::make_unique<AnswerWriter>(std::move(*constraint), *of.tokenizer, std::move(settings));
}

std::string textOf(const Vocabulary& of, const TextWriter& writer) { return of.tokenizer->decode(writer.tokens()); }

// All switches, and drafts of several lengths: each cuts the proposals in another way.
std::vector<AnswerSettings> waysToPropose(const SamplingSettings& sampling) {
    std::vector<AnswerSettings> ways;
    for (const bool jumpAhead : {true, false})
        for (const size_t draft : {size_t(0), size_t(1), size_t(5), size_t(32)}) {
            AnswerSettings settings;
            settings.jumpAhead = jumpAhead;
            settings.drafting = draft > 0;
            settings.draftTokens = draft;
            settings.sampling = sampling;
            ways.push_back(settings);
        }
    return ways;
}

Request someKeys(Rng& rng, std::uint64_t oneOf) {
    Request request;
    for (const std::string& key : defaultTaxonomy().keys())
        if (rng.below(key == "parties" ? 2 : oneOf) == 0)
            request.keys.push_back(key);
    if (request.keys.empty())
        request.keys.push_back("parties");
    return request;
}

std::uint32_t leastBudget(const Vocabulary& of, const Request& request) { return grammarFor(of, request)->tokensToFinish(Grammar::kStart); }

// Replays an answer; the error is what went wrong.
QByteArray replay(const Vocabulary& of, AnswerWriter& writer, const std::string& answer, LoopCounts& counts) {
    ReplaySource source(*of.tokenizer, {{answer, 1}}, kEndOfAnswer);
    const Status status = writeTexts({&writer}, {{1}}, source, counts);
    return status.ok() ? QByteArray() : QByteArray::fromStdString(status.error().message());
}

std::string allNull(const Request& request) {
    Answer answer;
    for (const std::string& key : request.keys)
        answer.cells.push_back({key, std::nullopt});
    return encodeAnswer(answer);
}

// Logits that prefer each byte's own token, so that everything that is chosen is spelt oddly.
class ByteByByte {
public:
    explicit ByteByByte(const Tokenizer& tokenizer, const NoiseLogits& noise) : m_tokenizer(tokenizer), m_noise(noise) {}
    const float* operator()(const TokenIds& tokens) {
        const auto size = static_cast<size_t>(m_tokenizer.vocabSize());
        m_rows.emplace_back(m_noise(tokens), m_noise(tokens) + size);
        for (size_t id = 0; id < size; ++id)
            m_rows.back()[id] += m_tokenizer.tokenBytes(static_cast<std::int64_t>(id)).size() == 1 ? 30.0f : 0.0f;
        return m_rows.back().data();
    }

private:
    const Tokenizer& m_tokenizer;
    const NoiseLogits& m_noise;
    std::list<std::vector<float>> m_rows;
};

// As a tokenizer with a normaliser does it: e with an accent behind it becomes one character.
class Normalising final : public Tokenizer {
public:
    explicit Normalising(const Tokenizer& inner) : Tokenizer(bytesOf(inner), inner.special()), m_inner(inner) {}
    TokenIds encode(std::string_view text) const override { return m_inner.encode(toNfc(text)); }

private:
    static std::vector<std::string> bytesOf(const Tokenizer& inner) {
        std::vector<std::string> bytes;
        for (std::int64_t id = 0; id < inner.vocabSize(); ++id)
            bytes.emplace_back(inner.tokenBytes(id));
        return bytes;
    }
    const Tokenizer& m_inner;
};

} // namespace

void TestAnswerWriter::tokenizerRows() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"mistral", "smollm2", "tiny"})
        QTest::newRow(name) << name;
}

void TestAnswerWriter::theTextDoesNotDependOnHowItIsProposed() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const NoiseLogits noise(of.tokenizer->vocabSize(), 51);
    const std::vector<std::string> windows = oddWindows();
    Rng rng(52);
    for (int i = 0; i < 24; ++i) {
        const Request request = someKeys(rng, 12);
        const std::string& window = windows[rng.below(windows.size())];
        const std::uint32_t budget = leastBudget(of, request) + static_cast<std::uint32_t>(rng.below(i % 3 == 0 ? 30 : 300));
        SamplingSettings sampling;
        if (i % 2 == 1)
            sampling = {0.7, 0.9, static_cast<std::uint64_t>(i)};
        std::unique_ptr<AnswerWriter> first;
        for (const AnswerSettings& settings : waysToPropose(sampling)) {
            auto writer = writerFor(of, request, window, budget, settings);
            LoopCounts counts;
            QCOMPARE(writeText(*writer, noise, counts), QByteArray());
            QCOMPARE(writer->counts().passes, counts.passes);
            if (!first) {
                first = std::move(writer);
                QCOMPARE(answerFault(textOf(of, *first), request, window), QByteArray());
                continue;
            }
            QCOMPARE(writer->tokens(), first->tokens());
            QCOMPARE(writer->newTokens(), first->newTokens());
            QVERIFY(writer->margins() == first->margins());
            QVERIFY(writer->interference() == first->interference()); // the same sum, bit for bit
            QCOMPARE(writer->counts().decisions, first->counts().decisions);
            QCOMPARE(writer->counts().forced, first->counts().forced);
        }
    }
}

void TestAnswerWriter::everyBudgetGivesACanonicalAnswer() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const NoiseLogits noise(of.tokenizer->vocabSize(), 53);
    const std::vector<std::string> windows = oddWindows();
    Rng rng(54);
    int quotes = 0;
    for (int i = 0; i < 300; ++i) {
        const Request request = someKeys(rng, i % 10 == 0 ? 1 : 16);
        const std::string& window = windows[rng.below(windows.size())];
        const std::uint32_t least = leastBudget(of, request);
        const auto budget = least + static_cast<std::uint32_t>(i < 150 ? i : rng.below(900));
        auto writer = writerFor(of, request, window, budget);
        LoopCounts counts;
        QCOMPARE(writeText(*writer, [&](const TokenIds& tokens) { return noise(tokens) + i; }, counts), QByteArray());
        const std::string text = textOf(of, *writer);
        QCOMPARE(answerFault(text, request, window), QByteArray());
        QVERIFY(writer->isComplete());
        QVERIFY(writer->newTokens() <= static_cast<std::int64_t>(budget));
        if (const TokenIds spelt = of.tokenizer->encode(text); spelt.size() < budget)
            QCOMPARE(writer->tokens(), spelt);
        quotes += static_cast<int>(std::count(text.begin(), text.end(), '['));
    }
    QVERIFY(quotes > 300);
    const Request all{defaultTaxonomy().keys()};
    auto writer = writerFor(of, all, windows.back(), leastBudget(of, all));
    LoopCounts counts;
    QCOMPARE(writeText(*writer, noise, counts), QByteArray());
    QCOMPARE(textOf(of, *writer), allNull(all));
    QCOMPARE(writer->newTokens(), static_cast<std::int64_t>(leastBudget(of, all)));
}

// Where the budget is tight a token may bring what is forced before a cell and decide the cell with it.
void TestAnswerWriter::everyValueWasComparedWithNull() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const NoiseLogits noise(of.tokenizer->vocabSize(), 57);
    const std::vector<std::string> windows = oddWindows();
    Rng rng(58);
    int values = 0, nulls = 0, uncompared = 0;
    for (int i = 0; i < 400; ++i) {
        const Request request = someKeys(rng, 16);
        const std::string& window = windows[rng.below(windows.size())];
        auto writer = writerFor(of, request, window, leastBudget(of, request) + static_cast<std::uint32_t>(rng.below(60)));
        LoopCounts counts;
        QCOMPARE(writeText(*writer, [&](const TokenIds& tokens) { return noise(tokens) + i; }, counts), QByteArray());
        const auto answer = parseCanonical(textOf(of, *writer), request, defaultTaxonomy());
        QVERIFY(answer.ok());
        for (const AnswerCell& cell : answer->cells) {
            const auto margin = writer->margins().find(cell.key);
            if (margin != writer->margins().end())
                QCOMPARE(margin->second > 0, cell.finding.has_value());
            else
                QVERIFY2(!cell.finding, textOf(of, *writer).c_str());
            values += cell.finding.has_value();
            nulls += !cell.finding;
            uncompared += margin == writer->margins().end();
        }
    }
    QVERIFY(values > 50 && nulls > 50 && uncompared > 0 && uncompared < nulls);
}

void TestAnswerWriter::anAnswerIsSpeltAsTheTokenizerSpellsIt() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    for (const WorkedExample& example : workedExamples())
        for (const AnswerSettings& settings : waysToPropose({})) {
            auto writer = writerFor(of, example.request, example.text, 6000, settings);
            LoopCounts counts;
            QCOMPARE(replay(of, *writer, example.answer, counts), QByteArray());
            QCOMPARE(writer->tokens(), of.tokenizer->encode(example.answer));
            QVERIFY(writer->interference() < 1e-3);
            for (const auto& [key, margin] : writer->margins())
                QCOMPARE(margin > 0, example.answer.find("\"" + key + "\":null") == std::string::npos);
            QCOMPARE(writer->margins().size(), example.request.keys.size());
        }
}

void TestAnswerWriter::tokensThatWereChosenOddlyAreTakenBack() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const NoiseLogits noise(of.tokenizer->vocabSize(), 55);
    ByteByByte logits(*of.tokenizer, noise);
    AnswerSettings settings;
    settings.drafting = false;
    settings.valueBias["document_name"] = settings.valueBias["governing_law"] = 1000; // two quotes
    const std::string window = "SUPPLY AGREEMENT under English law";
    auto writer = writerFor(of, {{"document_name", "governing_law"}}, window, 400, settings);
    LoopCounts counts;
    QCOMPARE(writeText(*writer, std::ref(logits), counts), QByteArray());
    QCOMPARE(writer->tokens(), of.tokenizer->encode(textOf(of, *writer)));
    QVERIFY(writer->margins().at("governing_law") > 0);
    QVERIFY(counts.takenBack > 0); // what was spelt anew
}

void TestAnswerWriter::whatIsForcedCostsNoPass() {
    const Vocabulary& of = vocabulary("mistral");
    const Request request{defaultTaxonomy().keys()};
    const auto tokens = static_cast<std::int64_t>(of.tokenizer->encode(allNull(request)).size());
    const auto passes = [&](bool jumpAhead, bool drafting) {
        AnswerSettings settings;
        settings.jumpAhead = jumpAhead;
        settings.drafting = drafting;
        auto writer = writerFor(of, request, "text", 2000, settings);
        LoopCounts counts;
        const QByteArray fault = replay(of, *writer, allNull(request), counts);
        return fault.isEmpty() && static_cast<std::int64_t>(writer->tokens().size()) == tokens ? counts.passes : -1;
    };
    QCOMPARE(passes(true, false), 47); // one a clause
    QVERIFY(passes(false, false) > tokens - 10 && passes(false, false) <= tokens + 1);
    QVERIFY(passes(true, true) > 0 && passes(true, true) < 24); // several nulls a pass
}

void TestAnswerWriter::draftsAreTakenWhereTheyAreRight() {
    const Vocabulary& of = vocabulary("smollm2");
    for (const WorkedExample& example : workedExamples()) {
        auto writer = writerFor(of, example.request, example.text, 6000);
        LoopCounts counts;
        QCOMPARE(replay(of, *writer, example.answer, counts), QByteArray());
        QVERIFY(writer->counts().drafted > writer->counts().accepted);
        QVERIFY(2 * writer->counts().accepted > static_cast<std::int64_t>(writer->tokens().size()));
        QVERIFY(writer->counts().decisions > counts.passes);
    }
}

void TestAnswerWriter::nullIsOneDecisionAClause() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const Request request{defaultTaxonomy().keys()};
    auto writer = writerFor(of, request, "text", 3000);
    LoopCounts counts;
    QCOMPARE(replay(of, *writer, allNull(request), counts), QByteArray());
    QCOMPARE(writer->counts().decisions, 47);
    for (const auto& [key, margin] : writer->margins())
        QVERIFY(margin < -10 && margin > -20.1); // all tokens that lead to a value against the one that is preferred
}

// Each of two ways to a value is a little less likely than null; together they are likelier.
void TestAnswerWriter::manyUnlikelyWaysToAValueCountTogether() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const Request request{{"force_majeure"}};
    const std::string null = "{\"force_majeure\":null}", value = "{\"force_majeure\":{\"q\":[\"text\"]}}";
    const TokenIds nullTokens = of.tokenizer->encode(null), valueTokens = of.tokenizer->encode(value);
    const size_t common = static_cast<size_t>(std::mismatch(nullTokens.begin(), nullTokens.end(), valueTokens.begin()).first - nullTokens.begin());
    // Every token that runs from there into the value.
    std::vector<float> row(static_cast<size_t>(of.tokenizer->vocabSize()), -30.0f);
    const std::string shared = of.tokenizer->decode({nullTokens.begin(), nullTokens.begin() + static_cast<std::ptrdiff_t>(common)});
    int ways = 0;
    for (std::int64_t id = 0; id < of.tokenizer->vocabSize(); ++id) {
        const std::string behind = shared + std::string(of.tokenizer->tokenBytes(id));
        const bool leads = id == valueTokens[common] || (behind.size() > std::string("{\"force_majeure\":").size() && value.starts_with(behind) &&
                                                         !of.tokenizer->tokenBytes(id).empty());
        row[static_cast<size_t>(id)] = leads ? 0.0f : -30.0f;
        ways += leads;
    }
    QVERIFY(ways >= 1);
    const double together = std::log(ways);
    for (const double lead : {together - 0.01, together + 0.01}) {
        row[static_cast<size_t>(nullTokens[common])] = static_cast<float>(lead);
        auto writer = writerFor(of, request, "text", 100);
        LoopCounts counts;
        QCOMPARE(writeText(*writer, [&](const TokenIds&) { return row.data(); }, counts), QByteArray());
        QVERIFY(std::abs(writer->margins().at("force_majeure") - (together - lead)) < 1e-3);
        QCOMPARE(textOf(of, *writer) == null, lead > together);
    }
}

void TestAnswerWriter::aBiasTurnsADecision() {
    const Vocabulary& of = vocabulary("mistral");
    const Request request{{"document_name", "force_majeure"}};
    const auto margin = [&](float bias, std::string& text) {
        AnswerSettings settings;
        settings.valueBias["force_majeure"] = bias;
        auto writer = writerFor(of, request, "x", 100, settings);
        const std::vector<float> flat(static_cast<size_t>(of.tokenizer->vocabSize()), 0.0f);
        LoopCounts counts;
        (void)writeText(*writer, [&](const TokenIds&) { return flat.data(); }, counts);
        text = textOf(of, *writer);
        return writer->margins().at("force_majeure");
    };
    std::string plain, towards, away;
    const double unbiased = margin(0, plain);
    QVERIFY(std::abs(margin(50, towards) - unbiased - 50) < 1e-4);
    QVERIFY(std::abs(margin(-50, away) - unbiased + 50) < 1e-4);
    QVERIFY(towards.ends_with("\"force_majeure\":{\"q\":[\"x\"]}}"));
    QVERIFY(away.ends_with("\"force_majeure\":null}"));
}

void TestAnswerWriter::theProbabilityThatTheGrammarTakesIsMeasured() {
    const Vocabulary& of = vocabulary("smollm2");
    const Request request{{"document_name"}};
    const auto interference = [&](float ofForbidden) {
        std::vector<float> row(static_cast<size_t>(of.tokenizer->vocabSize()), -1000.0f);
        row[static_cast<size_t>(of.tokenizer->encode("null")[0])] = 0;
        row[static_cast<size_t>(of.tokenizer->encode("None")[0])] = ofForbidden;
        auto writer = writerFor(of, request, "x", 100);
        LoopCounts counts;
        (void)writeText(*writer, [&](const TokenIds&) { return row.data(); }, counts);
        return writer->counts().decisions == 1 ? writer->interference() : -1;
    };
    QVERIFY(std::abs(interference(0) - 0.5) < 1e-5);
    QVERIFY(interference(-100) < 1e-5 && interference(-100) >= 0);
    QVERIFY(interference(20) > 0.999);
}

void TestAnswerWriter::charactersThatTheTokenizerNormalisesStayVerbatim() {
    const Normalising tokenizer(*vocabulary("smollm2").tokenizer);
    const VocabularyTrie trie(tokenizer);
    const Request request{{"document_name", "force_majeure"}};
    const std::string window = "The cafe\u0301 agreement of the cafe\u0301";
    const std::string answer = encodeAnswer({{{"document_name", Finding{{"cafe\u0301 agreement"}, {}}}, {"force_majeure", Finding{{"cafe\u0301"}, {}}}}});
    QVERIFY(tokenizer.decode(tokenizer.encode(answer)) != answer);
    const std::shared_ptr<Grammar> grammar = std::move(*Grammar::compile(request, defaultTaxonomy(), trie, ""));
    const auto byteOf = [&](const TokenIds& tokens) { // the one token that goes on with one byte of the answer
        const std::string rest = answer.substr(tokenizer.decode(tokens).size());
        for (std::int64_t id = 0; id < tokenizer.vocabSize(); ++id)
            if (!rest.empty() && tokenizer.tokenBytes(id) == rest.substr(0, 1))
                return id;
        return std::int64_t(0);
    };
    for (const AnswerSettings& settings : waysToPropose({})) {
        AnswerWriter writer(std::move(*AnswerConstraint::create(grammar, window, 400, kEndOfAnswer)), tokenizer, settings);
        std::list<std::vector<float>> rows;
        LoopCounts counts;
        const QByteArray fault = writeText(writer, [&](const TokenIds& tokens) {
            rows.emplace_back(static_cast<size_t>(tokenizer.vocabSize()), 0.0f);
            const bool isRight = answer.starts_with(tokenizer.decode(tokens));
            rows.back()[static_cast<size_t>(isRight ? byteOf(tokens) : 0)] = 20;
            return static_cast<const float*>(rows.back().data());
        }, counts);
        QCOMPARE(fault, QByteArray());
        QCOMPARE(tokenizer.decode(writer.tokens()), answer);
    }
}

QTEST_APPLESS_MAIN(TestAnswerWriter)
#include "test_answer_writer.moc"
