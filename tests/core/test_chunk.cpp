// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/text/chunk.h"
#include "core/text/segment.h"
#include "tests/support/paths.h"

#include <QTest>

using namespace cw;

namespace {

bool isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::string randomContract(Rng& rng) {
    std::string text;
    for (size_t section = 1; section <= 1 + rng.below(12); ++section) {
        text += std::to_string(section) + ". SECTION\n";
        for (size_t words = rng.below(400); words > 0; --words) {
            static const char* const kWords[] = {"shall",
                                                 "party",
                                                 "\xF0\x9F\x98\x80",
                                                 "\xC2\xA7",
                                                 "Inc.",
                                                 "term.",
                                                 "e\xCC\x81",
                                                 "\xE2\x80\x9Cx\xE2\x80\x9D",
                                                 "Supercalifragilistic"};
            text += kWords[rng.below(9)];
            text += rng.below(20) == 0 ? "\n\n" : " ";
        }
        text += "\n";
    }
    return text;
}

// What chunk() promises of any text and settings.
void checkPromises(const std::string& text, const ChunkSettings& settings) {
    const auto windows = chunk(text, settings);
    std::vector<bool> covered(text.size(), false);
    size_t lastEnd = 0;
    for (size_t i = 0; i < windows.size(); ++i) {
        const ByteRange range = windows[i].range;
        QVERIFY(range.size() <= settings.maxBytes);
        QVERIFY(isCodePointBoundary(text, range.begin) && isCodePointBoundary(text, range.end));
        QVERIFY(range.end > lastEnd);
        QCOMPARE(windows[i].part, static_cast<int>(i) + 1);
        QCOMPARE(windows[i].parts, static_cast<int>(windows.size()));
        if (range.begin < lastEnd)
            QVERIFY(lastEnd - range.begin <= settings.overlapBytes);
        lastEnd = range.end;
        std::fill(covered.begin() + static_cast<long>(range.begin), covered.begin() + static_cast<long>(range.end),
                  true);
    }
    for (size_t i = 0; i < text.size(); ++i)
        if (!isSpace(text[i]) && !covered[i])
            QFAIL(qPrintable(QStringLiteral("byte %1 lies in no window").arg(i)));
}

} // namespace

class TestChunk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyByteIsCoveredAndNoWindowIsTooLong() {
        Rng rng(7);
        for (int i = 0; i < 200; ++i) {
            const std::string text = randomContract(rng);
            const ChunkSettings settings{i % 4 == 0 ? 4 + rng.below(60) : 64 + rng.below(4000), rng.below(400)};
            for (const std::string& name : chunkStrategyNames()) {
                ChunkSettings each = settings;
                each.strategy = *chunkStrategyFromName(name);
                checkPromises(text, each);
                QVERIFY(chunk(text, each) == chunk(std::string(text), each));
            }
        }
    }

    void everyStrategyHasItsName() {
        for (const std::string& name : chunkStrategyNames())
            QCOMPARE(nameOf(*chunkStrategyFromName(name)), std::string_view(name));
        QCOMPARE(chunkStrategyNames().size(), size_t{4});
        QVERIFY(!chunkStrategyFromName("paragraph"));
    }

    void fixedWindowsEndBetweenWords() {
        const auto windows = chunk("aaaa bbbb cccc dddd", {10, 5, ChunkStrategy::Fixed});
        QCOMPARE(windows.size(), size_t{3});
        QCOMPARE(windows[0].range, (ByteRange{0, 9}));
        QCOMPARE(windows[1].range, (ByteRange{5, 14})); // repeats a whole word
        QCOMPARE(windows[2].range, (ByteRange{10, 19}));
    }

    void sentenceWindowsKnowNoSections() {
        const std::string text = "1. Term\nOne year.\n2. Law\nThe law of Ireland applies here.\n";
        const auto windows = chunk(text, {40, 0, ChunkStrategy::Sentence});
        QCOMPARE(windows.size(), size_t{2});
        QCOMPARE(text.substr(windows[0].range.begin, windows[0].range.size()), std::string("1. Term\nOne year.\n2. Law"));
    }

    void aShortContractIsOneWindow() {
        const auto windows = chunk("  1. Term\nOne year.\n", {1000, 100});
        QCOMPARE(windows.size(), 1U);
        QCOMPARE(windows[0].range, (ByteRange{2, 19}));
    }

    void anEmptyContractHasNoWindow() {
        QVERIFY(chunk("", {}).empty());
        QVERIFY(chunk(" \n\n ", {}).empty());
    }

    void sectionsArePackedWhole() {
        std::string text;
        for (int i = 1; i <= 6; ++i)
            text += std::to_string(i) + ". Heading\n" + std::string(80, 'x') + "\n";
        const auto windows = chunk(text, {200, 0, ChunkStrategy::Section});
        QCOMPARE(windows.size(), 3U);
        for (const Window& window : windows)
            QVERIFY(text.compare(window.range.begin + 1, 9, ". Heading") == 0);
        QCOMPARE(windows[1].sectionPath, std::string("3 Heading"));
    }

    void aQuoteAtAWindowsEndStandsWholeInTheNextByOverlap() {
        std::string text = "1. Term\n";
        for (int i = 0; i < 40; ++i)
            text += "This is sentence number " + std::to_string(i + 100) + " of it. ";
        const auto windows = chunk(text, {300, 80});
        for (const ByteRange& sentence : segmentSentences(text))
            QVERIFY(windowOf(windows, sentence) >= 0);
        QVERIFY(windows[1].range.begin < windows[0].range.end);
    }

    void aSpanLongerThanAWindowIsInNone() { QCOMPARE(windowOf(chunk(std::string(500, 'x'), {100, 0}), {0, 300}), -1); }

    void theWholeCollectionIsCovered() {
        const auto folder = test::corpusFolder();
        if (folder.empty())
            QSKIP("CW_CORPUS is not set: the large collection was not read.");
        int contracts = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder / "data" / "contracts"))
            if (entry.path().extension() == ".txt") {
                for (const std::string& name : chunkStrategyNames())
                    checkPromises(*readFile(entry.path()), {16000, 800, *chunkStrategyFromName(name)});
                ++contracts;
            }
        QCOMPARE(contracts, 371);
    }
};

QTEST_APPLESS_MAIN(TestChunk)
#include "test_chunk.moc"
