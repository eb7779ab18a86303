// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/prompt/recentre.h"

#include <QTest>

using namespace cw;

namespace {

// A section of twenty sentences of 53 bytes, and one behind it.
std::string longText() {
    std::string text = "1. Payment\n";
    for (int i = 10; i < 30; ++i)
        text += "The Customer pays the sum number " + std::to_string(i) + " in good time. ";
    return text + "\n2. Law\nThe laws of Ireland apply.\n";
}

const std::string kText = longText();

ByteRange placeOf(const std::string& words) {
    return {kText.find(words), kText.find(words) + words.size()};
}

WindowAnswer window(ByteRange range, std::vector<std::string> quotes, std::vector<std::optional<float>> margins = {}) {
    Answer answer{{{"payment_terms", std::nullopt}}};
    if (!quotes.empty())
        answer.cells[0].finding = Finding{std::move(quotes), std::string("P30D")};
    return {range, std::move(answer), std::move(margins)};
}

// Two windows whose border lies in the midst of the section, behind "number 19 in good time."
std::vector<WindowAnswer> cutWindows(std::vector<std::string> first, std::vector<std::string> second) {
    const size_t end = placeOf("number 19 in good time.").end;
    return {window({0, end}, std::move(first), {2.F}), window({end + 1, kText.size() - 1}, std::move(second), {3.F})};
}

const ChunkSettings kSettings{400, 40, ChunkStrategy::SectionOverlap, 0};
const std::string kHalf = "pays the sum number 19 in good time.";
const std::string kOtherHalf = "The Customer pays the sum number 20";

} // namespace

class TestRecentre : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aQuoteAtACutEdgeIsTruncated() {
        const std::string quote = "pays the sum number 19 in good time"; // the full stop makes no difference
        const auto found = truncatedQuotes(kText, cutWindows({quote}, {}));
        QCOMPARE(found.size(), size_t{1});
        QVERIFY(found[0] == (TruncatedQuote{0, "payment_terms", placeOf(quote), false, true}));
        const auto behind = truncatedQuotes(kText, cutWindows({}, {kOtherHalf}));
        QCOMPARE(behind.size(), size_t{1});
        QVERIFY(behind[0].window == 1 && behind[0].atBegin && !behind[0].atEnd);
    }

    void aQuoteInTheMidstIsNone() {
        QVERIFY(truncatedQuotes(kText, cutWindows({"sum number 18 in good time."}, {"sum number 22"})).empty());
    }

    void aSectionsEndAndTheTextsEndsCutNothing() {
        const size_t law = kText.find("2. Law");
        QVERIFY(truncatedQuotes(kText, {window({0, law - 1}, {"1. Payment", "number 29 in good time."}),
                                        window({law, kText.size()}, {"2. Law", "The laws of Ireland apply."})})
                    .empty());
    }

    void aQuoteThatTheNextWindowHoldsWholeIsNone() {
        auto windows = cutWindows({kHalf}, {});
        windows[1] = window({placeOf("The Customer pays the sum number 18").begin, kText.size()}, {kHalf});
        QVERIFY(truncatedQuotes(kText, windows).empty());
        windows[1].answer.cells[0].finding.reset(); // it saw the place and says nothing of it
        QCOMPARE(truncatedQuotes(kText, windows).size(), size_t{1});
    }

    void theNewWindowHasTheQuoteInItsMiddle() {
        const auto windows = cutWindows({kHalf}, {});
        const auto reruns = rerunsFor(kText, windows, truncatedQuotes(kText, windows), kSettings);
        QCOMPARE(reruns.size(), size_t{1});
        const ByteRange range = reruns[0].window.range, quote = reruns[0].quotes[0].range;
        QVERIFY(range.contains(quote) && range.size() <= kSettings.maxBytes);
        QVERIFY(quote.begin - range.begin > 100 && range.end - quote.end > 100);
        QCOMPARE(kText.substr(range.begin, 12), std::string("The Customer"));
        QCOMPARE(kText.substr(range.end - 5, 5), std::string("time."));
        QCOMPARE(reruns[0].request.keys, std::vector<std::string>{"payment_terms"});
        QCOMPARE(reruns[0].window.sectionPath, std::string("1 Payment"));
    }

    void halvesOfACutQuoteShareAWindow() {
        const auto windows = cutWindows({kHalf}, {kOtherHalf});
        const auto reruns = rerunsFor(kText, windows, truncatedQuotes(kText, windows), kSettings);
        QCOMPARE(reruns.size(), size_t{1});
        QCOMPARE(reruns[0].quotes.size(), size_t{2});
        const std::vector<TruncatedQuote> apart = {{0, "payment_terms", placeOf("number 10"), false, true},
                                                   {1, "payment_terms", placeOf("number 28"), true, false}};
        QCOMPARE(rerunsFor(kText, windows, apart, kSettings).size(), size_t{2});
        QVERIFY(rerunsFor(kText, windows, {}, kSettings).empty());
    }

    void theReRunsQuoteStandsForTheTruncatedOnes() {
        const auto windows = cutWindows({"sum number 12", kHalf}, {kOtherHalf});
        const auto reruns = rerunsFor(kText, windows, truncatedQuotes(kText, windows), kSettings);
        const std::string whole = "The Customer " + kHalf + " " + kOtherHalf + " in good time.";
        auto answers = windows;
        answers.push_back(window(reruns[0].window.range, {whole}, {5.F}));
        const MergedCell cell = mergeAnswers(kText, {{"payment_terms"}}, answers)[0];
        QCOMPARE(cell.finding->quotes, (std::vector<std::string>{"sum number 12", whole}));
        QCOMPARE(cell.ranges[1], placeOf(whole));
    }

    void newWindowsOfAnyTextFit() {
        Rng rng(11);
        for (int i = 0; i < 300; ++i) {
            std::string text;
            for (size_t words = 40 + rng.below(200); words > 0; --words)
                text += rng.below(3) == 0 ? "\xF0\x9F\x98\x80 " : rng.below(9) == 0 ? "ends. " : "word ";
            size_t begin = rng.below(text.size() - 60), end = begin + 1 + rng.below(60);
            while (!isCodePointBoundary(text, begin))
                --begin;
            while (!isCodePointBoundary(text, end))
                ++end;
            const auto reruns = rerunsFor(text, std::vector<WindowAnswer>(1), {{0, "insurance", {begin, end}, true, true}}, {200, 0});
            const ByteRange range = reruns[0].window.range;
            QVERIFY(range.size() <= 200 && isCodePointBoundary(text, range.begin) && isCodePointBoundary(text, range.end));
            QVERIFY(range.begin <= begin + 1 && end <= range.end + 1); // but for a space at the text's end
        }
    }
};

QTEST_APPLESS_MAIN(TestRecentre)
#include "test_recentre.moc"
