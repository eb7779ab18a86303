// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/text/quote.h"

#include <QTest>

#include <algorithm>
#include <optional>

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

// Where each byte of a text's normalised form comes from, character by character.
std::vector<ByteRange> plainSources(std::string_view text) {
    std::vector<ByteRange> sources;
    std::optional<ByteRange> space;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        const char32_t c = decodeCodePoint(text, at);
        if (isWhitespace(c))
            space = ByteRange{space ? space->begin : begin, at};
        if (isWhitespace(c) || isControl(c) || c == 0xAD)
            continue;
        if (space && !sources.empty())
            sources.push_back(*space);
        space.reset();
        sources.insert(sources.end(), at - begin, ByteRange{begin, at});
    }
    return sources;
}

// The first place behind the quote before, else the first one anywhere that is free.
std::vector<ByteRange> plainPlaces(const NormalizedText& text, const std::vector<std::string>& quotes) {
    std::vector<ByteRange> out, taken;
    for (const std::string& quote : quotes) {
        const size_t from = taken.empty() ? 0 : taken.back().end;
        std::optional<ByteRange> behind, anywhere;
        for (const ByteRange place : text.findAll(quote))
            if (std::none_of(taken.begin(), taken.end(), [&](ByteRange other) { return other.overlaps(place); })) {
                anywhere = anywhere.value_or(place);
                behind = behind || place.begin < from ? behind : place;
            }
        out.push_back(behind ? *behind : anywhere.value_or(ByteRange()));
        if (anywhere)
            taken.push_back(out.back());
    }
    return out;
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

    void everyByteLeadsBackToItsCharacter() {
        Rng rng(5);
        for (int i = 0; i < 2000; ++i) {
            std::string source = randomText(rng, 40);
            for (auto broken = rng.below(4); broken > 0 && !source.empty(); --broken) // no valid UTF-8 any more
                source.erase(static_cast<size_t>(rng.below(source.size())), 1);
            const NormalizedText text(source);
            const std::vector<ByteRange> sources = plainSources(source);
            QCOMPARE(text.text().size(), sources.size());
            for (size_t at = 0; at < sources.size(); ++at) {
                QCOMPARE(text.toSource({at, at + 1}), sources[at]);
                QCOMPARE(text.toSource({0, at + 1}), (ByteRange{sources.front().begin, sources[at].end}));
            }
            QCOMPARE(text.toSource({sources.size(), sources.size()}), (ByteRange{source.size(), source.size()}));
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

    void quotesTakeThePlacesOfTheRule() {
        Rng rng(6);
        int placed = 0;
        for (int i = 0; i < 2000; ++i) {
            const std::string source = randomText(rng, 60);
            const NormalizedText text(source);
            std::vector<std::string> quotes;
            for (auto count = rng.below(6); count > 0; --count)
                quotes.push_back(normalizeQuote(randomText(rng, 4)));
            const std::vector<ByteRange> ranges = groundQuotes(text, quotes);
            QCOMPARE(ranges, plainPlaces(text, quotes));
            placed += static_cast<int>(std::count_if(ranges.begin(), ranges.end(), [](ByteRange range) { return !range.empty(); }));
        }
        QVERIFY(placed > 1000);
    }
};

QTEST_APPLESS_MAIN(TestQuote)
#include "test_quote.moc"
