// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/text/segment.h"
#include "tests/support/paths.h"

#include <QTest>

using namespace cw;

namespace {

QStringList headings(const std::string& text) {
    QStringList out;
    for (const Section& section : segmentSections(text))
        out << QString::fromStdString(section.heading);
    return out;
}

QStringList sentences(const std::string& text) {
    QStringList out;
    for (ByteRange range : segmentSentences(text))
        out << QString::fromStdString(text.substr(range.begin, range.size()));
    return out;
}

void checkCover(const std::string& text) {
    size_t at = 0;
    for (const Section& section : segmentSections(text)) {
        QCOMPARE(section.range.begin, at);
        QVERIFY(!section.range.empty());
        QVERIFY(isCodePointBoundary(text, section.range.end));
        at = section.range.end;
    }
    QCOMPARE(at, text.size());
    size_t behind = 0;
    for (ByteRange sentence : segmentSentences(text)) {
        for (size_t i = behind; i < sentence.begin;)
            QVERIFY(isWhitespace(decodeCodePoint(text, i)));
        QVERIFY(behind <= sentence.begin && !sentence.empty());
        behind = sentence.end;
    }
    while (behind < text.size())
        QVERIFY(isWhitespace(decodeCodePoint(text, behind)));
}

} // namespace

class TestSegment : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numberedSectionsNest() {
        const std::string text = "SUPPLY AGREEMENT\n\nbetween A and B.\n\n1. Term\nText.\n1.1 Renewal. It "
                                 "renews.\n1.2. Notice\nx\n2. Fees\ny\n";
        const auto sections = segmentSections(text);
        QCOMPARE(headings(text), (QStringList{"SUPPLY AGREEMENT", "1 Term", "1.1 Renewal", "1.2 Notice", "2 Fees"}));
        QCOMPARE(sections[2].path, std::string("1 Term > 1.1 Renewal"));
        QCOMPARE(sections[2].depth, 1);
        QCOMPARE(sections[4].path, std::string("2 Fees"));
    }

    void articlesHoldSections() {
        const std::string text = "Preamble.\nARTICLE I\nDEFINITIONS\n\nSection 1.1 Terms. The terms.\nARTICLE II. "
                                 "SUPPLY\nSection 2.1. Orders\n"
                                 "Exhibit A\nPrices\n";
        QCOMPARE(headings(text), (QStringList{"", "ARTICLE I", "DEFINITIONS", "Section 1.1 Terms", "ARTICLE II SUPPLY",
                                              "Section 2.1 Orders", "Exhibit A"}));
        QCOMPARE(segmentSections(text)[5].path, std::string("ARTICLE II SUPPLY > Section 2.1 Orders"));
    }

    void figuresAndReferencesAreNoHeadings() {
        QCOMPARE(headings("Payment is due within\n30 days of receipt.\nSection 4 shall not apply.\n17\n1.5 million "
                          "units\n2024 was a year.\n"),
                 (QStringList{""}));
    }

    void aParagraphInCapitalsIsNoRunOfHeadings() {
        QCOMPARE(
            headings(
                "Text.\n\nIN NO EVENT SHALL EITHER PARTY\nBE LIABLE FOR LOST PROFITS\nOR OTHER DAMAGES\n\nText.\n"),
            (QStringList{""}));
    }

    void sentencesEndWhereTheyEnd() {
        QCOMPARE(sentences("The term is one year. It renews. Fees apply!"),
                 (QStringList{"The term is one year.", "It renews.", "Fees apply!"}));
        QCOMPARE(sentences("He said \"stop.\" Then (so it was.) Later it ended."),
                 (QStringList{"He said \"stop.\"", "Then (so it was.)", "Later it ended."}));
    }

    void abbreviationsAndNumbersDontEndSentences() {
        const QStringList whole = {"Acme Inc. and Beta Ltd. of No. 5 Main St. agree on Sec. 4.2 at 7.5 per cent.",
                                   "Mr. J. Smith of Foo Corp. (U.S. branch) signs, e.g. Today or on Jan. 5, 2024.",
                                   "4. The term ends.", "Section 4.2. The term ends.", "A. During the term it holds."};
        for (const QString& sentence : whole)
            QCOMPARE(sentences(sentence.toStdString()), QStringList{sentence});
    }

    void aCompanysFullStopEndsASentenceBeforeAUsualFirstWord() {
        QCOMPARE(sentences("It is made by Acme Inc. The Buyer agrees."),
                 (QStringList{"It is made by Acme Inc.", "The Buyer agrees."}));
    }

    void listsBlankLinesAndHeadingsEndSentences() {
        QCOMPARE(
            sentences("It shall:\n(a) pay; and\n(b) deliver\nthe goods.\n\nNo stop here\n\n2. FEES\nThe fee is due"),
            (QStringList{"It shall:", "(a) pay; and", "(b) deliver\nthe goods.", "No stop here", "2. FEES",
                         "The fee is due"}));
    }

    void theSentenceAtAnOffset() {
        const std::string text = "One. Two is here.  Three.";
        QCOMPARE(sentenceAt(text, 0), (ByteRange{0, 4}));
        QCOMPARE(sentenceAt(text, 8), (ByteRange{5, 17}));
        QCOMPARE(sentenceAt(text, 17), (ByteRange{19, 25})); // between two: the one behind
        QCOMPARE(sentenceAt(text, 99), (ByteRange{19, 25})); // behind all: the last
        QCOMPARE(sentenceAt("", 0), ByteRange());
    }

    void anyTextIsCovered() {
        Rng rng(21);
        static const std::vector<std::string> kPieces = {
            "1. ",        "Term", "\n", "\n\n", ". ",     "ARTICLE IV", " ", "Section 4", "ALL CAPITALS", "\u00a0",
            "\U0001F600", "(a) ", "\"", "Inc.", "\u201d", "2.1 Fees",   "?", "\t",        "word "};
        for (int i = 0; i < 1000; ++i) {
            std::string text;
            for (size_t left = rng.below(60); left > 0; --left)
                text += kPieces[rng.below(kPieces.size())];
            checkCover(text);
        }
    }

    void theWholeCollectionIsCovered() {
        const auto folder = test::corpusFolder();
        if (folder.empty())
            QSKIP("CW_CORPUS is not set: the large collection was not read.");
        for (const auto& entry : std::filesystem::directory_iterator(folder / "data" / "contracts"))
            if (entry.path().extension() == ".txt")
                checkCover(*readFile(entry.path()));
    }
};

QTEST_APPLESS_MAIN(TestSegment)
#include "test_segment.moc"
