// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How a selection moves through a text: never within a word, a character or a number.
#include "ui/models/paragraphs.h"
#include "core/text/text_ranges.h"

#include <QTest>

#include <string>

using namespace cw;

class TestTextRanges : public QObject {
    Q_OBJECT

private:
    static QString cut(const std::string& text, ByteRange range) { return QString::fromStdString(text.substr(range.begin, range.size())); }
    static ByteRange find(const std::string& text, const std::string& words) {
        const size_t at = text.find(words);
        return {at, at + words.size()};
    }

private Q_SLOTS:
    void aPartOfAWordGrowsToTheWhole() {
        const std::string text = "The Distributor\u2019s non-exclusive right.";
        const TextRanges ranges(text);
        QCOMPARE(cut(text, ranges.snapped(find(text, "strib"))), QStringLiteral("Distributor\u2019s"));
        QCOMPARE(cut(text, ranges.snapped(find(text, "excl"))), QStringLiteral("non-exclusive"));
        QCOMPARE(cut(text, ranges.snapped(find(text, "right"))), QStringLiteral("right")); // without the full stop
        QVERIFY(ranges.snapped(find(text, " ")).empty());
    }

    void charactersOfSeveralBytesStayWhole() {
        const std::string text = "Soci\u00E9t\u00E9 G\u00E9n\u00E9rale \u201CBuyer\u201D \U0001F600 end";
        const TextRanges ranges(text);
        QCOMPARE(cut(text, ranges.wordAt(text.find("oci"))), QStringLiteral("Soci\u00E9t\u00E9"));
        QCOMPARE(cut(text, ranges.wordAt(text.find("uyer"))), QStringLiteral("Buyer"));
    }

    void wordsComeAndGoAtBothEnds() {
        const std::string text = "one two three";
        const TextRanges ranges(text);
        QCOMPARE(cut(text, ranges.withoutFirstWord({0, text.size()})), QStringLiteral("two three"));
        QCOMPARE(cut(text, ranges.withoutLastWord({0, text.size()})), QStringLiteral("one two"));
        QCOMPARE(cut(text, ranges.withoutLastWord(find(text, "two"))), QStringLiteral("two")); // the last word stays
        QCOMPARE(cut(text, {4, ranges.nextWord(7)}), QStringLiteral("two three"));
        QCOMPARE(ranges.previousWord(8), size_t(4));
        QCOMPARE(ranges.nextWord(text.size()), text.size());
        QCOMPARE(ranges.previousWord(0), size_t(0));
    }

    void aSentenceBeginsBehindItsNumber_data() {
        QTest::addColumn<QString>("number");
        for (const char* number : {"A) ", "(iv) ", "12.3 ", "7. ", "2.1.4. ", ""})
            QTest::newRow(*number ? number : "none") << QString::fromLatin1(number);
    }

    void aSentenceBeginsBehindItsNumber() {
        QFETCH(QString, number);
        const std::string text = number.toStdString() + "Lucid appoints the Distributor.";
        const TextRanges ranges(text);
        QCOMPARE(cut(text, ranges.sentenceAt(text.find("appoints"))), QStringLiteral("Lucid appoints the Distributor."));
    }

    void aYearIsNoNumber() {
        const std::string text = "2021 was the first year.";
        QCOMPARE(cut(text, TextRanges(text).sentenceAt(8)), QString::fromStdString(text));
    }

    void wrappedLinesAreOneParagraph() {
        const std::string text = "ARTICLE 1.\nThis Agreement is made\nby the parties. It is long\n\n2. Term\nIt begins";
        const auto paragraphs = paragraphRanges(text);
        QCOMPARE(paragraphs.size(), size_t(5));
        QCOMPARE(cut(text, paragraphs[1]), QStringLiteral("This Agreement is made\nby the parties. It is long"));
        QVERIFY(paragraphs[2].empty());
        size_t bytes = 0; // every byte but the line feeds between them
        for (const ByteRange paragraph : paragraphs)
            bytes += paragraph.size();
        QCOMPARE(bytes + paragraphs.size() - 1, text.size());
    }

    void anEmptyTextHasNoPlaces() {
        const TextRanges ranges("  \n ");
        QVERIFY(ranges.isEmpty());
        QVERIFY(ranges.wordAt(2).empty());
        QCOMPARE(ranges.nextSentence(3), size_t(3));
    }
};

QTEST_APPLESS_MAIN(TestTextRanges)
#include "test_text_ranges.moc"
