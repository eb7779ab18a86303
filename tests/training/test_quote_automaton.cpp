// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// label: parser
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/extraction/canonical_json.h"
#include "core/text/quote.h"
#include "tests/support/paths.h"
#include "training/generate/cell_pattern.h"
#include "training/generate/quote_index.h"

#include <QtTest>

#include <algorithm>
#include <cctype>
#include <optional>

using namespace cw;

class TestQuoteAutomaton : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySpanOfARealContractIsAQuote();
    void aQuoteLeadsBackToTheBytesOfATypesetContract();
    void aStringIsAQuoteExactlyIfTheTextHasItBehindTheFloor();
    void thereIsAlwaysAWayToClose();
    void quotationMarksAndBackslashesAreWrittenEscaped();
    void aQuoteHoldsAtMostSoManyCharacters();
    void aCharacterWithoutATokenPartsTheText();
    void aQuoteLiesWithinOneOfItsParts();
    void aTextOfOneCharacterIsIndexed();
};

namespace {

std::bitset<256> allBytes() { return std::bitset<256>().set(); }

// The cursor behind the whole of `escaped`, or nothing if the index has no such quote or it can't be closed.
std::optional<QuoteCursor> follow(const QuoteIndex& index, std::string_view escaped, std::uint32_t floor = 0) {
    QuoteCursor cursor = index.begin();
    for (const char byte : escaped)
        if (!index.step(cursor, static_cast<std::uint8_t>(byte), floor))
            return std::nullopt;
    return cursor.canClose() ? std::optional(cursor) : std::nullopt;
}

std::string sampleText(const char* name) { return *readFile(test::sampleFolder() / "contracts" / name); }

// A random text in normalised form over few characters, so that everything repeats.
std::string smallText(Rng& rng, size_t length) {
    static const std::vector<std::string> characters = {"a", "b", " ", "\"", "\\", "\u00E9", "\u20AC"};
    std::string text;
    for (size_t i = 0; i < length; ++i)
        text += characters[rng.below(characters.size())];
    return normalizeQuote(text);
}

// A text with other white space, quotation marks and hyphens, and the same words.
std::string typeset(std::string_view text, Rng& rng) {
    static const std::vector<std::string> blanks = {"\u00A0", "\n", "  ", "\u2003", "\r\n"};
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool isWord = i > 0 && std::isalpha(static_cast<unsigned char>(text[i - 1])) && std::isalpha(static_cast<unsigned char>(text[i]));
        if (isWord && rng.below(20) == 0)
            out += "\u00AD";
        if (text[i] == ' ' && rng.below(6) == 0)
            out += blanks[rng.below(blanks.size())];
        else if (text[i] == '"')
            out += rng.below(2) == 0 ? "\u201C" : "\u201D";
        else if (text[i] == '\'')
            out += "\u2019";
        else
            out += text[i];
        if (text[i] == '.' && rng.below(4) == 0)
            out += " \u00A7\u00A0";
    }
    return out;
}

std::vector<size_t> boundaries(const std::string& text) {
    std::vector<size_t> places;
    for (size_t at = 0; at <= text.size(); ++at)
        if (isCodePointBoundary(text, at))
            places.push_back(at);
    return places;
}

} // namespace

void TestQuoteAutomaton::everySpanOfARealContractIsAQuote() {
    Rng rng(11);
    for (const char* name : {"gridiron-supply-agreement.txt", "glu-mobile-content-license.txt", "mutual-nda-289.txt"}) {
        const std::string text = normalizeQuote(sampleText(name).substr(0, 24000));
        const QuoteIndex index(text, allBytes());
        const std::vector<size_t> places = boundaries(text);
        for (int i = 0; i < 3500; ++i) {
            const size_t from = rng.below(places.size() - 1);
            const size_t to = std::min(places.size() - 1, from + 1 + rng.below(600));
            const std::string quote = normalizeQuote(text.substr(places[from], places[to] - places[from]));
            if (quote.empty())
                continue;
            const auto cursor = follow(index, jsonEscaped(quote));
            QVERIFY2(cursor, quote.c_str());
            QCOMPARE(std::string(index.slice(*cursor)), jsonEscaped(quote));
        }
    }
}

// A contract as a word processor sets it: blanks that don't break, soft hyphens, curly marks, section signs, lines broken anywhere.
void TestQuoteAutomaton::aQuoteLeadsBackToTheBytesOfATypesetContract() {
    Rng rng(14);
    size_t checked = 0, changed = 0;
    for (const char* name : {"gridiron-supply-agreement.txt", "glu-mobile-content-license.txt", "mutual-nda-289.txt"}) {
        const std::string raw = typeset(sampleText(name).substr(0, 16000), rng);
        const NormalizedText normalized(raw);
        const QuoteIndex index(normalized.text(), allBytes());
        const std::vector<size_t> places = boundaries(raw);
        for (int i = 0; i < 3500; ++i) {
            const size_t from = rng.below(places.size() - 1);
            const size_t to = std::min(places.size() - 1, from + 1 + rng.below(600));
            const std::string span = raw.substr(places[from], places[to] - places[from]);
            const std::string quote = normalizeQuote(span);
            if (quote.empty())
                continue;
            QVERIFY2(follow(index, jsonEscaped(quote)), quote.c_str());
            // Its own place is among those that it leads to; of the span only what the normal form drops at the ends is missing.
            const NormalizedText own(span);
            const ByteRange kept = own.toSource({0, own.text().size()});
            const ByteRange place{places[from] + kept.begin, places[from] + kept.end};
            const std::vector<ByteRange> found = normalized.findAll(quote);
            QVERIFY(std::ranges::find(found, place) != found.end());
            for (const ByteRange each : found)
                QCOMPARE(normalizeQuote(raw.substr(each.begin, each.size())), quote);
            ++checked;
            changed += raw.substr(place.begin, place.size()) != quote ? 1 : 0;
        }
    }
    QVERIFY(checked > 10000);
    QVERIFY(changed > checked / 2);
}

void TestQuoteAutomaton::aStringIsAQuoteExactlyIfTheTextHasItBehindTheFloor() {
    Rng rng(12);
    int accepted = 0;
    for (int round = 0; round < 400; ++round) {
        const std::string text = smallText(rng, 1 + rng.below(60));
        if (text.empty())
            continue;
        const QuoteIndex index(text, allBytes());
        for (int i = 0; i < 40; ++i) {
            const std::string quote = smallText(rng, 1 + rng.below(4));
            const size_t from = rng.below(text.size() + 1);
            const std::size_t floorRaw = isCodePointBoundary(text, from) ? from : 0;
            const auto floor = static_cast<std::uint32_t>(jsonEscaped(text.substr(0, floorRaw)).size());
            const size_t place = quote.empty() ? std::string::npos : text.find(quote, floorRaw);
            const auto cursor = quote.empty() ? std::nullopt : follow(index, jsonEscaped(quote), floor);
            QCOMPARE(cursor.has_value(), place != std::string::npos);
            if (!cursor)
                continue;
            ++accepted;
            QCOMPARE(index.firstEnd(*cursor, floor), static_cast<std::uint32_t>(jsonEscaped(text.substr(0, place + quote.size())).size()));
        }
    }
    QVERIFY(accepted > 1000);
}

void TestQuoteAutomaton::thereIsAlwaysAWayToClose() {
    Rng rng(13);
    for (int round = 0; round < 300; ++round) {
        const std::string text = smallText(rng, 1 + rng.below(40));
        if (text.empty())
            continue;
        const QuoteIndex index(text, allBytes());
        const auto floor = static_cast<std::uint32_t>(rng.below(8));
        if (!index.hasQuoteBehind(floor))
            continue;
        QuoteCursor cursor = index.begin();
        for (int step = 0; step < 12; ++step) {
            std::vector<QuoteCursor> next;
            bool closer = cursor.canClose();
            for (int byte = 1; byte < 256; ++byte) {
                QuoteCursor candidate = cursor;
                if (!index.step(candidate, static_cast<std::uint8_t>(byte), floor))
                    continue;
                next.push_back(candidate);
                closer = closer || index.bytesToClose(candidate) + 1 == index.bytesToClose(cursor);
            }
            QVERIFY(closer);
            QVERIFY(index.bytesToClose(cursor) <= 4);
            if (next.empty())
                break;
            cursor = next[rng.below(next.size())];
        }
    }
}

void TestQuoteAutomaton::quotationMarksAndBackslashesAreWrittenEscaped() {
    const QuoteIndex index(R"(the "Buyer" \ "Seller")", allBytes());
    QVERIFY(follow(index, R"(the \"Buyer\")"));
    QVERIFY(follow(index, R"(\\ \"Seller)"));
    QVERIFY(!follow(index, R"(the "Buyer")")); // a bare mark would close the quote
    QVERIFY(!follow(index, R"(\)"));           // half an escape
    QVERIFY(!follow(index, R"(Buyer\)"));
    QVERIFY(!follow(index, " the"));
    QVERIFY(!follow(index, "the "));
    QVERIFY(!follow(index, ""));
}

void TestQuoteAutomaton::aQuoteHoldsAtMostSoManyCharacters() {
    std::string text;
    while (codePointCount(text) < 6000)
        text += "\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9 "; // a space is the 3,500th character
    const QuoteIndex index(normalizeQuote(text), allBytes());
    QuoteCursor cursor = index.begin();
    size_t bytes = 0;
    while (index.step(cursor, static_cast<std::uint8_t>(text[bytes]), 0))
        ++bytes;
    QVERIFY(cursor.canClose());
    QCOMPARE(codePointCount(text.substr(0, bytes)), kMaxQuoteCodePoints - 1); // it can't end with the space
    QVERIFY(codePointCount(text.substr(0, bytes + 1)) == kMaxQuoteCodePoints && text[bytes] == ' ');
}

void TestQuoteAutomaton::aCharacterWithoutATokenPartsTheText() {
    std::bitset<256> spellable = allBytes();
    spellable[0xF1] = false;
    const QuoteIndex index("alpha \U00040000 beta", spellable);
    QVERIFY(follow(index, "alpha"));
    QVERIFY(follow(index, "beta"));
    QuoteCursor cursor = index.begin();
    for (const char byte : std::string("alpha"))
        QVERIFY(index.step(cursor, static_cast<std::uint8_t>(byte), 0));
    QVERIFY(!index.step(cursor, ' ', 0)); // it would lead nowhere
}

void TestQuoteAutomaton::aQuoteLiesWithinOneOfItsParts() {
    const QuoteIndex index({R"(Harrow \"H\")", "Oakfield plc"});
    QVERIFY(follow(index, "Harrow"));
    QVERIFY(follow(index, R"(\"H\")"));
    QVERIFY(follow(index, "plc"));
    QVERIFY(!follow(index, R"(\"H\"Oakfield)"));
}

void TestQuoteAutomaton::aTextOfOneCharacterIsIndexed() {
    const std::string line(100'000, '_'); // comparing its suffixes one by one would take minutes
    const QuoteIndex index(line, allBytes());
    QVERIFY(follow(index, line.substr(0, 3000)));
    const QuoteIndex nothing("", allBytes());
    QVERIFY(!nothing.hasQuoteBehind(0));
}

QTEST_APPLESS_MAIN(TestQuoteAutomaton)
#include "test_quote_automaton.moc"
