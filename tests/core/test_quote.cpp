// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/text/quote.h"

#include <QTest>

using namespace cw;

namespace {

std::string randomText(Rng& rng, size_t most) {
    static const std::u32string kLetters = U"aab \t\n\u00a0\u00ad\u00ad\u200b\u20ac\U0001F600\u0001.,";
    std::u32string out;
    for (size_t left = rng.below(most + 1); left > 0; --left)
        out.push_back(kLetters[rng.below(kLetters.size())]);
    return fromCodePoints(out);
}

std::string at(const std::string& text, ByteRange range) {
    return text.substr(range.begin, range.size());
}

} // namespace

class TestQuote : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whiteSpaceCollapsesAndSoftHyphensGo() {
        QCOMPARE(normalizeQuote("  The\n  parties\t\u00a0agree \n"), std::string("The parties agree"));
        QCOMPARE(normalizeQuote("termi\u00adnation"), std::string("termination"));
        QCOMPARE(normalizeQuote("a \u00ad b"), std::string("a b"));
        QCOMPARE(normalizeQuote("a\x01\x02 b\x7f"), std::string("a b"));
        QCOMPARE(normalizeQuote(" \u00ad\n"), std::string());
    }

    void nothingElseChanges() {
        const std::string text = "\u201cquoted\u201d \u2013 \u00a7 4.2 \"x\" \\ \u200b\ufeff\U0001F600";
        QCOMPARE(normalizeQuote(text), text);
    }

    void normalisingTwiceIsNormalisingOnce() {
        Rng rng(3);
        for (int i = 0; i < 2000; ++i) {
            const std::string once = normalizeQuote(randomText(rng, 60));
            QCOMPARE(normalizeQuote(once), once);
        }
    }

    void everyPlaceLeadsBackToBytesThatNormaliseToIt() {
        Rng rng(4);
        for (int i = 0; i < 1000; ++i) {
            const std::string source = randomText(rng, 80);
            const NormalizedText normalized(source);
            QCOMPARE(normalized.text(), normalizeQuote(source));
            const std::string& text = normalized.text();
            size_t begin = rng.below(text.size() + 1);
            size_t end = begin + rng.below(text.size() - begin + 1);
            while (!isCodePointBoundary(text, begin))
                --begin;
            while (!isCodePointBoundary(text, end))
                --end;
            const ByteRange range = normalized.toSource({begin, end});
            QVERIFY(range.begin <= range.end && range.end <= source.size());
            QCOMPARE(normalizeQuote(at(source, range)), normalizeQuote(text.substr(begin, end - begin)));
        }
    }

    void aQuoteIsFoundAtEachOfItsPlaces() {
        const std::string source = "The  Supplier shall. The\nSup\u00adplier may.";
        const NormalizedText text(source);
        const auto places = text.findAll("The Supplier");
        QCOMPARE(places.size(), size_t{2});
        QCOMPARE(at(source, places[0]), std::string("The  Supplier"));
        QCOMPARE(at(source, places[1]), std::string("The\nSup\u00adplier"));
        QVERIFY(text.findAll("the supplier").empty());
        QVERIFY(text.findAll("").empty());
        QCOMPARE(NormalizedText("aaa").findAll("aa").size(), size_t{2});
    }

    void groundingFollowsTheDocumentsOrder() {
        const std::string source = "fee. cap. fee. end.";
        const NormalizedText text(source);
        const auto ranges = groundQuotes(text, {"cap.", "fee."});
        QCOMPARE(ranges[0], (ByteRange{5, 9}));
        QCOMPARE(ranges[1], (ByteRange{10, 14})); // the one behind, not the first
    }

    void aQuoteOutOfOrderTakesAFreePlace() {
        const NormalizedText text("fee. cap. end.");
        const auto ranges = groundQuotes(text, {"end.", "fee.", "fee.", "moon"});
        QCOMPARE(ranges[0], (ByteRange{10, 14}));
        QCOMPARE(ranges[1], (ByteRange{0, 4}));
        QVERIFY(ranges[2].empty()); // its only place is taken
        QVERIFY(ranges[3].empty());
    }
};

QTEST_APPLESS_MAIN(TestQuote)
#include "test_quote.moc"
