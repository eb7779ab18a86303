// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/labels.h"
#include "core/prompt/merge.h"
#include "core/prompt/prompt.h"
#include "tests/support/answers.h"
#include "tests/support/writer_loop.h"
#include "training/generate/answer_writer.h"
#include "training/generate/free_writer.h"
#include "training/generate/grammar_cache.h"
#include "training/generate/replay_source.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace cw;
using namespace cw::test;

class TestReplay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFreeTextIsReplayed_data() { tokenizerRows(); }
    void aFreeTextIsReplayed();
    void textsAreReplayedSideBySide();
    void whatWasTakenBackIsForgotten();
    void aTextThatLeavesTheReplayIsAnError();
    void anOddSpellingGoesOnByTheRest_data() { tokenizerRows(); }
    void anOddSpellingGoesOnByTheRest();
    void everyWindowOfTheSampleIsReplayed_data() { tokenizerRows(); }
    void everyWindowOfTheSampleIsReplayed();
    void everyWindowOfTheCollectionIsReplayed_data();
    void everyWindowOfTheCollectionIsReplayed();

private:
    static void tokenizerRows();
};

namespace {

const std::string kText = "The caf\u00E9's \u65E5\u672C agreement, \"as is\".";

struct Figures {
    size_t windows = 0, otherTokens = 0;
    size_t contracts = 0, otherMerged = 0; // whole ones, and those of them whose merged answer isn't their gold
    std::string firstOther;
    std::int64_t tokens = 0, passes = 0, fed = 0, decisions = 0, drafted = 0, accepted = 0;
    size_t longWindows = 0; // with 1,200 to 1,800 tokens
    std::int64_t longTokens = 0, longPasses = 0;
    std::int64_t mostLongPasses = 0;
    double interference = 0;

    void add(const AnswerWriter& writer, const LoopCounts& counts) {
        ++windows;
        tokens += writer.newTokens();
        passes += counts.passes;
        fed += counts.fed;
        decisions += writer.counts().decisions;
        drafted += writer.counts().drafted;
        accepted += writer.counts().accepted;
        interference = std::max(interference, writer.interference());
        if (writer.newTokens() < 1200 || writer.newTokens() > 1800)
            return;
        ++longWindows;
        longTokens += writer.newTokens();
        longPasses += counts.passes;
        mostLongPasses = std::max(mostLongPasses, counts.passes);
    }
    void print() const {
        const auto per = [](std::int64_t a, std::int64_t b) { return b > 0 ? static_cast<double>(a) / static_cast<double>(b) : 0.0; };
        qInfo("%zu windows, %lld tokens, %lld passes (%.1f tokens a pass), %.2f decisions a pass, %.0f %% of drafted tokens taken, %.2f tokens read for one written",
              windows, static_cast<long long>(tokens), static_cast<long long>(passes), per(tokens, passes), per(decisions, passes),
              100 * per(accepted, drafted), per(fed, tokens));
        qInfo("%zu contracts merged, %zu of them to something else than their gold%s%s", contracts, otherMerged,
              firstOther.empty() ? "" : "; the first: ", firstOther.c_str());
        if (longWindows > 0)
            qInfo("of these %zu answers of 1,200 to 1,800 tokens: %.0f tokens and %.0f passes in the mean, %lld passes at most", longWindows,
                  per(longTokens, static_cast<std::int64_t>(longWindows)), per(longPasses, static_cast<std::int64_t>(longWindows)),
                  static_cast<long long>(mostLongPasses));
    }
};

// Whether the windows' answers, merged, are the contract's whole gold answer; a span that no window holds can't be in it.
bool mergesToGold(const std::string& text, const std::vector<Cell>& cells, const ContractTargets& targets, const std::vector<WindowAnswer>& windows) {
    Answer merged;
    for (MergedCell& cell : mergeAnswers(text, targets.request, windows))
        merged.cells.push_back({cell.key, std::move(cell.finding)});
    return encodeAnswer(merged) == encodeAnswer(goldAnswer(cells, targets.request));
}

// Replays the gold of every window of these contracts; the error is the first window whose text came out different.
QByteArray replayContracts(const Vocabulary& of, const std::filesystem::path& annotations, const std::filesystem::path& contracts,
                           Figures& figures) {
    GrammarCache grammars(*of.tokenizer, defaultTaxonomy());
    const auto labels = parseLabels(*readFile(annotations), "annotations.json");
    if (!labels)
        return QByteArray::fromStdString(labels.error().message());
    for (const LabelledContract& contract : *labels) {
        const std::filesystem::path file = contracts / contract.contractFile;
        if (!std::filesystem::exists(file)) // of some of the sample's there is a PDF alone
            continue;
        const std::string text = *readFile(file);
        const std::vector<Cell> cells = mapLabels(contract, text, true, defaultTaxonomy()).cells;
        const ContractTargets targets = makeTargets(text, cells, defaultTaxonomy(), {});
        std::vector<WindowAnswer> answers;
        for (const WindowTarget& target : targets.windows) {
            const auto grammar = grammars.grammarFor(targets.request);
            const std::string window = text.substr(target.window.range.begin, target.window.range.size());
            auto constraint = AnswerConstraint::create(*grammar, window, 20000, kEndOfAnswer);
            AnswerWriter writer(std::move(*constraint), *of.tokenizer);
            ReplaySource source(*of.tokenizer, {{target.text, 1}}, kEndOfAnswer);
            LoopCounts counts;
            const Status status = writeTexts({&writer}, {{1}}, source, counts);
            const QByteArray where = QByteArray::fromStdString(contract.contractFile) + ", window " + QByteArray::number(target.window.part) + ": ";
            if (!status)
                return where + QByteArray::fromStdString(status.error().message());
            if (of.tokenizer->decode(writer.tokens()) != target.text)
                return where + QByteArray::fromStdString(of.tokenizer->decode(writer.tokens()));
            figures.otherTokens += writer.tokens() != of.tokenizer->encode(target.text);
            figures.add(writer, counts);
            answers.push_back({target.window.range, *parseCanonical(of.tokenizer->decode(writer.tokens()), targets.request, defaultTaxonomy())});
        }
        if (!targets.lost.empty() || targets.windows.empty())
            continue;
        ++figures.contracts;
        if (!mergesToGold(text, cells, targets, answers)) {
            ++figures.otherMerged;
            if (figures.firstOther.empty())
                figures.firstOther = contract.contractFile;
        }
    }
    return {};
}

} // namespace

void TestReplay::tokenizerRows() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"mistral", "smollm2", "tiny"})
        QTest::newRow(name) << name;
}

void TestReplay::aFreeTextIsReplayed() {
    QFETCH(const QString, name);
    const Tokenizer& tokenizer = *vocabulary(name.toStdString()).tokenizer;
    ReplaySource source(tokenizer, {{kText, 3}}, kEndOfAnswer);
    FreeWriter writer({.vocabSize = tokenizer.vocabSize(), .maxNewTokens = 200, .stops = {kEndOfAnswer}, .sampling = {}, .draftTokens = 4},
                      tokenizer.encode(kText + kText));
    LoopCounts counts;
    QVERIFY(writeTexts({&writer}, {{1, 1, 1}}, source, counts).ok());
    QCOMPARE(writer.tokens(), tokenizer.encode(kText));
    QVERIFY(writer.isComplete());
    QCOMPARE(source.passes(), counts.passes);
    QVERIFY(counts.passes < writer.newTokens());
}

void TestReplay::textsAreReplayedSideBySide() {
    const Tokenizer& tokenizer = *vocabulary("smollm2").tokenizer;
    const std::vector<std::string> texts = {kText, "", "One.", "One. One. One. One. One. One."};
    std::vector<ReplayText> replays;
    std::vector<FreeWriter> writers;
    std::vector<TextWriter*> pointers;
    std::vector<TokenIds> prompts;
    for (const std::string& text : texts) {
        replays.push_back({text, static_cast<std::int64_t>(replays.size()) + 1});
        writers.emplace_back(FreeSettings{.vocabSize = tokenizer.vocabSize(), .maxNewTokens = 200, .stops = {kEndOfAnswer}, .sampling = {}, .draftTokens = 3});
        prompts.emplace_back(replays.size(), 9);
    }
    for (FreeWriter& writer : writers)
        pointers.push_back(&writer);
    ReplaySource source(tokenizer, replays, kEndOfAnswer);
    LoopCounts counts;
    QVERIFY(writeTexts(pointers, prompts, source, counts).ok());
    std::int64_t most = 0;
    for (size_t i = 0; i < texts.size(); ++i) {
        QCOMPARE(tokenizer.decode(writers[i].tokens()), texts[i]);
        most = std::max(most, writers[i].newTokens());
    }
    QVERIFY(source.passes() <= most); // all go on in one pass
    QCOMPARE(source.tokensRead(), counts.fed);
    QVERIFY(!source.begin(0, texts.size(), {1}));
}

void TestReplay::whatWasTakenBackIsForgotten() {
    const Tokenizer& tokenizer = *vocabulary("smollm2").tokenizer;
    const TokenIds ids = tokenizer.encode("one two three");
    const std::int64_t other = tokenizer.encode(" seven")[0];
    QCOMPARE(ids.size(), size_t(3));
    ReplaySource source(tokenizer, {{"one two three", 1}}, kEndOfAnswer);
    QVERIFY(source.begin(0, 0, {5}).ok());
    const auto best = [&](const PassRow& row, std::int64_t scored) {
        const auto rows = source.score(std::span(&row, 1));
        const float* logits = *rows + scored * source.rowWidth();
        const float* most = std::max_element(logits, logits + source.rowWidth());
        return *most == ReplaySource::kPreference ? most - logits : -1;
    };
    QCOMPARE(best({0, 0, {5}, 1}, 0), ids[0]);
    QCOMPARE(best({0, 1, {ids[0], other, ids[1]}, 3}, 0), ids[1]); // a draft that is wrong
    QCOMPARE(best({0, 2, {other, ids[1]}, 3}, 1), -1);
    QCOMPARE(best({0, 2, {ids[1]}, 1}, 0), ids[2]);
    QCOMPARE(best({0, 3, {ids[2]}, 1}, 0), kEndOfAnswer);
    QCOMPARE(best({0, 1, {ids[0]}, 1}, 0), ids[1]); // from the beginning
}

void TestReplay::aTextThatLeavesTheReplayIsAnError() {
    const Tokenizer& tokenizer = *vocabulary("smollm2").tokenizer;
    ReplaySource source(tokenizer, {{"one two three", 1}}, kEndOfAnswer);
    QVERIFY(source.begin(3, 0, {5}).ok());
    const PassRow row{3, 1, tokenizer.encode("one seven"), 1};
    const auto result = source.score(std::span(&row, 1));
    QVERIFY(!result);
    QVERIFY(result.error().detail.find("seven") != std::string::npos);
    QVERIFY(!result.error().hint.empty());
}

void TestReplay::anOddSpellingGoesOnByTheRest() {
    QFETCH(const QString, name);
    const Vocabulary& of = vocabulary(name.toStdString());
    const std::string bytes = std::string(of.tokenizer->textPrefix()) + kText;
    for (size_t cut = 1; cut < bytes.size(); ++cut) {
        // So many bytes one by one, then what the source wants.
        ReplaySource source(*of.tokenizer, {{kText, 0}}, kEndOfAnswer);
        TokenIds read;
        for (const char byte : bytes.substr(0, cut))
            read.push_back(of.trie->tokens(of.trie->child(VocabularyTrie::kRoot, static_cast<std::uint8_t>(byte)))[0]);
        QVERIFY(source.begin(0, 0, {}).ok());
        size_t keep = 0;
        while (read.back() != kEndOfAnswer) {
            const PassRow row{0, static_cast<std::int64_t>(keep), {read.begin() + static_cast<std::ptrdiff_t>(keep), read.end()}, 1};
            const auto logits = source.score(std::span(&row, 1));
            QVERIFY2(logits.ok(), logits ? "" : logits.error().message().c_str());
            keep = read.size();
            read.push_back(std::max_element(*logits, *logits + source.rowWidth()) - *logits);
        }
        read.pop_back();
        QCOMPARE(of.tokenizer->decode(read), kText);
    }
}

void TestReplay::everyWindowOfTheSampleIsReplayed() {
    QFETCH(const QString, name);
    Figures figures;
    QCOMPARE(replayContracts(vocabulary(name.toStdString()), sampleFolder() / "annotations.json", sampleFolder() / "contracts", figures), QByteArray());
    figures.print();
    QVERIFY(figures.windows > 8);
    QCOMPARE(figures.otherTokens, size_t(0));
    QCOMPARE(figures.otherMerged, size_t(0));
    QVERIFY(figures.interference < 1e-3);
    QVERIFY(3 * figures.passes < figures.tokens);
}

void TestReplay::everyWindowOfTheCollectionIsReplayed_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"mistral", "smollm2"})
        QTest::newRow(name) << name;
}

void TestReplay::everyWindowOfTheCollectionIsReplayed() {
    QFETCH(const QString, name);
    if (corpusFolder().empty())
        QSKIP("CW_CORPUS names no folder with data/contracts: the large collection was not replayed.");
    Figures figures;
    QElapsedTimer timer;
    timer.start();
    const auto contracts = corpusFolder() / "data" / "contracts";
    QCOMPARE(replayContracts(vocabulary(name.toStdString()), contracts / "annotations.json", contracts, figures), QByteArray());
    figures.print();
    qInfo("%.1f s", static_cast<double>(timer.elapsed()) / 1000);
    QVERIFY(figures.windows > 1000);
    QCOMPARE(figures.otherTokens, size_t(0));
    QCOMPARE(figures.otherMerged, size_t(0));
    QVERIFY(figures.longWindows > 0);
    QVERIFY(figures.longPasses < 200 * static_cast<std::int64_t>(figures.longWindows)); // in the mean
    QVERIFY(5 * figures.longPasses < figures.longTokens);
}

QTEST_APPLESS_MAIN(TestReplay)
#include "test_replay.moc"
