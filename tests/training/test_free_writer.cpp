// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/writer_loop.h"
#include "training/generate/free_writer.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

class TestFreeWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTextEndsAtAStop();
    void aTextEndsAtItsLimit();
    void paddingBeyondTheVocabularyIsNeverChosen();
    void draftsChangeNothing();
    void aRepetitionIsProposed();
    void aTextThatRepeatsItsPromptTakesFewPasses();
    void samplingIsSeeded();
};

namespace {

// Logits that want the tokens of a list one after another.
class Wanting {
public:
    Wanting(TokenIds wanted, std::int64_t vocabSize) : m_wanted(std::move(wanted)), m_rows(m_wanted.size() + 1) {
        for (size_t i = 0; i < m_rows.size(); ++i) {
            m_rows[i].assign(static_cast<size_t>(vocabSize), 0.0f);
            if (i < m_wanted.size())
                m_rows[i][static_cast<size_t>(m_wanted[i])] = 1;
        }
    }
    const float* operator()(const TokenIds& tokens) const { return m_rows[std::min(tokens.size(), m_wanted.size())].data(); }

private:
    TokenIds m_wanted;
    std::vector<std::vector<float>> m_rows;
};

FreeSettings settings(std::int64_t maxNewTokens, size_t draftTokens = 0) {
    return {.vocabSize = 100, .maxNewTokens = maxNewTokens, .stops = {2, 7}, .sampling = {}, .draftTokens = draftTokens};
}

} // namespace

void TestFreeWriter::aTextEndsAtAStop() {
    FreeWriter writer(settings(10));
    QVERIFY(writer.proposal().certain.empty() && writer.proposal().keep == 0);
    LoopCounts counts;
    QCOMPARE(writeText(writer, Wanting({5, 6, 7, 8}, 100), counts), QByteArray());
    QCOMPARE(writer.tokens(), (TokenIds{5, 6}));
    QCOMPARE(writer.newTokens(), 3);
    QVERIFY(writer.isComplete());
    QCOMPARE(counts.passes, 3);
    QCOMPARE(counts.fed, 2);
}

void TestFreeWriter::aTextEndsAtItsLimit() {
    FreeWriter writer(settings(3));
    LoopCounts counts;
    QCOMPARE(writeText(writer, Wanting({5, 6, 8, 9}, 100), counts), QByteArray());
    QCOMPARE(writer.tokens(), (TokenIds{5, 6, 8}));
    QCOMPARE(writer.newTokens(), 3);
    QVERIFY(writer.isEnded() && !writer.isComplete());
}

void TestFreeWriter::paddingBeyondTheVocabularyIsNeverChosen() {
    FreeWriter writer(settings(1));
    std::vector<float> row(128, 0.0f);
    row[99] = 1;
    row[100] = 9;
    QVERIFY(writer.take(std::vector<const float*>{row.data()}).ok());
    QCOMPARE(writer.tokens(), TokenIds{99});
}

void TestFreeWriter::draftsChangeNothing() {
    const NoiseLogits noise(8, 61); // few tokens, so that runs come again
    std::int64_t drafted = 0;
    for (int i = 0; i < 200; ++i) {
        TokenIds plain;
        for (const size_t draft : {size_t(0), size_t(1), size_t(4), size_t(32)}) {
            FreeSettings free = settings(1 + i % 60, draft);
            free.vocabSize = 8;
            free.sampling = {i % 2 == 0 ? 0.0 : 0.8, 0.9, static_cast<std::uint64_t>(i)};
            if (i % 3 > 0)
                free.stops.clear();
            FreeWriter writer(free, {1, 3, 5, 3, 1, 3, 5, 4});
            LoopCounts counts;
            QCOMPARE(writeText(writer, [&](const TokenIds& tokens) { return noise(tokens) + i; }, counts), QByteArray());
            drafted += counts.fed - static_cast<std::int64_t>(writer.tokens().size());
            if (draft == 0)
                plain = writer.tokens();
            QCOMPARE(writer.tokens(), plain);
            QVERIFY(writer.newTokens() <= free.maxNewTokens);
        }
    }
    QVERIFY(drafted > 1000);
}

void TestFreeWriter::aRepetitionIsProposed() {
    QCOMPARE(repetitionOf({1, 2, 3, 4, 1, 2}, 2, 8, 10), (TokenIds{3, 4, 1, 2}));
    QCOMPARE(repetitionOf({1, 2, 3, 4, 1, 2}, 2, 8, 2), (TokenIds{3, 4}));
    QCOMPARE(repetitionOf({1, 2, 3, 1, 2, 4, 1, 2}, 2, 8, 1), TokenIds{4});          // the latest place
    QCOMPARE(repetitionOf({9, 1, 2, 3, 1, 2, 4, 9, 1, 2}, 2, 8, 1), TokenIds{3});    // the longest run
    QCOMPARE(repetitionOf({9, 1, 2, 3, 1, 2, 4, 9, 1, 2}, 2, 2, 1), TokenIds{4});    // no longer one is looked for
    QCOMPARE(repetitionOf({1, 2, 3, 4}, 1, 8, 4), TokenIds{});
    QCOMPARE(repetitionOf({5, 1, 5}, 2, 8, 4), TokenIds{});
    QCOMPARE(repetitionOf({}, 1, 8, 4), TokenIds{});
    QCOMPARE(repetitionOf({4, 4, 4, 4}, 2, 8, 5), TokenIds{4});
}

void TestFreeWriter::aTextThatRepeatsItsPromptTakesFewPasses() {
    TokenIds prompt, wanted;
    for (std::int64_t i = 0; i < 90; ++i)
        prompt.push_back(8 + i);
    wanted.assign(prompt.begin() + 10, prompt.begin() + 70);
    wanted.push_back(2);
    FreeWriter writer(settings(100, 16), prompt);
    LoopCounts counts;
    QCOMPARE(writeText(writer, Wanting(wanted, 100), counts), QByteArray());
    QCOMPARE(writer.tokens().size(), size_t(60));
    QVERIFY(counts.passes < 10);
}

void TestFreeWriter::samplingIsSeeded() {
    const NoiseLogits noise(100, 62);
    const auto write = [&](std::uint64_t seed) {
        FreeSettings free = settings(40);
        free.sampling = {1, 1, seed};
        FreeWriter writer(free);
        LoopCounts counts;
        (void)writeText(writer, noise, counts);
        return writer.tokens();
    };
    QCOMPARE(write(1), write(1));
    QVERIFY(write(1) != write(2));
}

QTEST_APPLESS_MAIN(TestFreeWriter)
#include "test_free_writer.moc"
