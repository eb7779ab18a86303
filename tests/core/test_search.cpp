// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The pure side of the corpus search: words, passages, queries, places, snippets.
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/store/match_expression.h"
#include "core/text/passages.h"
#include "core/text/search_query.h"
#include "core/text/snippet.h"
#include "core/text/unicode.h"

#include <QTest>

using namespace cw;

namespace {

QString formsOf(const std::string& text) {
    QStringList out;
    for (const SearchWord& word : searchWords(text))
        out << QString::fromStdString(word.form);
    return out.join(QLatin1Char(' '));
}

// The places of a query in a text, as they are written there.
QStringList found(const std::string& text, const std::string& query) {
    QStringList out;
    for (const ByteRange place : findPlaces(searchWords(text), parseSearchQuery(query)))
        out << QString::fromStdString(text.substr(place.begin, place.size()));
    return out;
}

std::string randomText(Rng& rng, size_t pieces) {
    static const std::vector<std::string> kPieces = {"Term",  "renewal", " ",  " ",  "\n",  "\n\n", ". ", "; ", "(a)", "caf\xC3\xA9", "\xF0\x9F\x99\x82",
                                                     "\xC2\xAD", "1.1 ",    "\"", "*", "-", " or ", " NOT ", "AND", "NEAR(", ")", "^", ":", "text", "\xE2\x80\x9C",
                                                     "'",     "{",       "+",  "\\", std::string(1, '\0')};
    std::string text;
    for (size_t i = 0; i < pieces; ++i)
        text += kPieces[rng.below(kPieces.size())];
    return text;
}

} // namespace

class TestSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void caseAccentsAndPrintersFormsDoNotMatter() {
        QCOMPARE(formsOf("The CAF\xC3\x89's Stra\xC3\x9F" "e, \xEF\xAC\x81nal"), QStringLiteral("the cafe s strasse final"));
        QCOMPARE(formsOf("cafe\xCC\x81"), QStringLiteral("cafe"));           // a mark of its own
        QCOMPARE(formsOf("termi\xC2\xADnation"), QStringLiteral("termination")); // a soft hyphen
        QCOMPARE(formsOf("non-compete \xC2\xA7 7.2"), QStringLiteral("non compete 7 2"));
        QCOMPARE(formsOf(" \n\xC2\xAD - "), QString());
    }

    void placesOfWordsAreTheirOwnBytes() {
        const std::string text = "A caf\xC3\xA9, B";
        const std::vector<SearchWord> words = searchWords(text, 100);
        QCOMPARE(words.size(), size_t(3));
        QVERIFY((words[1].place == ByteRange{102, 107}));
    }

    void aQueryIsReadAsItIsMeant_data() {
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("expression");
        const auto row = [](const char* input, const char* expression) { QTest::newRow(input) << QString::fromUtf8(input) << QString::fromUtf8(expression); };
        row("Renewal Term", "(\"renewal\") AND (\"term\")");
        row("\"laws of England\" or \"English law\"", "(\"laws of england\" OR \"english law\")");
        row("auto-renew*", "(\"auto renew\" *)");
        row("\"shall ren\"*", "(\"shall ren\" *)");
        row("renew -automatically -\"by notice\"", "((\"renew\")) NOT (\"automatically\" OR \"by notice\")");
        row("\xE2\x80\x9Cgoverning law\xE2\x80\x9D", "(\"governing law\")");
        row("\"not closed", "(\"not closed\")");
        row("or", "(\"or\")");
        row("gross or", "(\"gross\") AND (\"or\")");
        row("NEAR(a b) AND x:y ^c", "(\"near a\") AND (\"b\") AND (\"and\") AND (\"x y\") AND (\"c\")");
        row("party's", "(\"party s\")");
    }

    void aQueryIsReadAsItIsMeant() {
        QFETCH(QString, input);
        QFETCH(QString, expression);
        QCOMPARE(QString::fromStdString(matchExpression(parseSearchQuery(input.toStdString()))), expression);
    }

    void whatHoldsNoWordIsEmpty() {
        for (const char* input : {"", "  ", "-", "\"\"", "* * *", "-renew", "\xF0\x9F\x99\x82", "\"", "--"})
            QVERIFY2(parseSearchQuery(input).empty(), input);
    }

    void aQueryOfAnySizeStaysSmall() {
        std::string input;
        for (int i = 0; i < 5000; ++i)
            input += "word" + std::to_string(i) + " ";
        QCOMPARE(parseSearchQuery(input).all.size(), kMostTerms);
        QCOMPARE(parseSearchQuery("\"" + input + "\"").all.front().front().words.size(), kMostTermWords);
    }

    void placesAreFoundAgain() {
        const std::string text = "This Agreement shall auto-renew. It AUTO\nRENEWS yearly; r\xC3\xA9newal ends it.";
        QCOMPARE(found(text, "auto-renew"), (QStringList{QStringLiteral("auto-renew")}));
        QCOMPARE(found(text, "\"auto renew\"*"), (QStringList{QStringLiteral("auto-renew"), QStringLiteral("AUTO\nRENEWS")}));
        QCOMPARE(found(text, "renewal"), (QStringList{QStringLiteral("r\u00E9newal")}));
        QCOMPARE(found(text, "it or this"), (QStringList{QStringLiteral("This"), QStringLiteral("It"), QStringLiteral("it")}));
        QCOMPARE(found(text, "shall -yearly"), (QStringList{QStringLiteral("shall")})); // what is excluded has no place
        QCOMPARE(found(text, "\"shall auto\" \"auto renew\""), (QStringList{QStringLiteral("shall auto-renew")})); // one place, for they overlap
        QCOMPARE(found(text, "\"it ends\""), QStringList());
    }

    void passagesCoverTheText() {
        Rng rng(7);
        for (int round = 0; round < 200; ++round) {
            const std::string text = randomText(rng, rng.below(400));
            size_t at = 0;
            for (const ByteRange passage : splitPassages(text, {40, 90})) {
                QCOMPARE(passage.begin, at);
                QVERIFY(passage.size() > 0 && passage.size() <= 90);
                QVERIFY(isCodePointBoundary(text, passage.end));
                QVERIFY(passage.size() >= 36 || passage.end == text.size()); // a cut within a code point moves back by three bytes at most
                at = passage.end;
            }
            QCOMPARE(at, text.size());
        }
    }

    void passagesEndWithAParagraphElseWithASentence() {
        const std::string paragraph = "One sentence is here. Another one follows it.\n\n";
        const std::string text = paragraph + paragraph + paragraph;
        QVERIFY((splitPassages(text, {30, 60}).front() == ByteRange{0, paragraph.size()}));
        const std::string sentences = "One sentence is here. Another one follows it. And a third one goes on and on until the end.";
        QVERIFY((splitPassages(sentences, {10, 60}).front() == ByteRange{0, sentences.find("And")}));
        QVERIFY(splitPassages("").empty());
    }

    void aSnippetIsOneLineThatMarksItsPlaces() {
        const std::string text = "The first paragraph says nothing of interest to anybody at all.\n\nThis Agreement\n  shall renew for one year. "
                                 "It goes on for a long while behind that, so that the line has to end somewhere before the text does, "
                                 "which is here or there, and then it shall renew once more.";
        const std::vector<Snippet> lines = makeSnippets(text, findPlaces(searchWords(text), parseSearchQuery("renew")), {30, 80});
        QCOMPARE(lines.size(), size_t(2));
        for (const Snippet& line : lines) {
            QVERIFY(!QString::fromStdString(line.text).contains(QLatin1Char('\n')));
            QVERIFY(!QString::fromStdString(line.text).contains(QStringLiteral("  ")));
            QCOMPARE(line.marks.size(), size_t(1));
            QCOMPARE(line.text.substr(line.marks[0].begin, line.marks[0].size()), std::string("renew"));
            QCOMPARE(text.substr(line.places[0].begin, line.places[0].size()), std::string("renew"));
        }
        QVERIFY2(lines[0].text.starts_with("\xE2\x80\xA6 all. This Agreement shall renew"), lines[0].text.c_str());
        QVERIFY(lines[0].text.ends_with("\xE2\x80\xA6"));
        QVERIFY(lines[1].text.ends_with("once more."));
    }

    void snippetsOfAnyTextMarkWhatWasFound() {
        Rng rng(11);
        for (int round = 0; round < 200; ++round) {
            const std::string text = randomText(rng, 200);
            const std::vector<ByteRange> places = findPlaces(searchWords(text), parseSearchQuery("term or ren* or cafe"));
            size_t marked = 0;
            for (const Snippet& line : makeSnippets(text, places, {20, 60})) {
                QVERIFY(!firstInvalidUtf8(line.text));
                for (size_t i = 0; i < line.places.size(); ++i, ++marked) {
                    QVERIFY(line.places[i] == places[marked]);
                    QCOMPARE(searchForm(line.text.substr(line.marks[i].begin, line.marks[i].size())),
                             searchForm(text.substr(places[marked].begin, places[marked].size())));
                }
            }
            QCOMPARE(marked, places.size());
        }
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "test_search.moc"
