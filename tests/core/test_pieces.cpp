// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/landmarks.h"
#include "core/text/outline.h"
#include "core/text/packed_windows.h"
#include "core/text/pieces.h"
#include "core/text/segment.h"

#include <QTest>

using namespace cw;

namespace {

std::string textOf(const std::string& text, ByteRange range) {
    return text.substr(range.begin, range.size());
}

// The border in front of the piece that begins with these words.
Cut borderOf(const std::string& text, const std::string& words, size_t maxBytes = 1000) {
    for (const Piece& piece : piecesOf(text, maxBytes))
        if (textOf(text, piece.range).starts_with(words))
            return piece.before;
    qFatal("no piece begins with these words");
}

std::vector<Section> outlineSections(const std::string& text) {
    return sectionsUnder(text, findOutline(text, findSignatureBlocks(text)));
}

Piece piece(size_t begin, size_t end, Cut before) {
    return {{begin, end}, before};
}

const std::string kContract = "SUPPLY AGREEMENT\n\nThis Agreement is made today. It binds the parties.\n\nThe parties agree as follows:\n\n"
                              "1. Definitions\n\nWords mean what they say.\n\n"
                              "2. Supply. The Supplier shall supply the Goods. It shall do so in time.\n\n"
                              "2.1 Delivery. The Supplier shall: (a) pack the Goods;\n(b) load the Goods. With care;\n\n"
                              "provided that it can. The end.\n\nA paragraph of its own.\n";

} // namespace

class TestPieces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bordersAreTold_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<Cut>("cut");
        QTest::newRow("the beginning") << "SUPPLY" << Cut::Section;
        QTest::newRow("behind a heading's line") << "This Agreement" << Cut::Other;
        QTest::newRow("sentence") << "It binds" << Cut::Sentence;
        QTest::newRow("paragraph") << "The parties agree" << Cut::Paragraph;
        QTest::newRow("first section, announced") << "1. Def" << Cut::Section;
        QTest::newRow("the text of a titled section") << "Words mean" << Cut::Other;
        QTest::newRow("section") << "2. Supply" << Cut::Section;
        QTest::newRow("subsection") << "2.1 Delivery" << Cut::Subsection;
        QTest::newRow("item") << "(b) load" << Cut::Sentence;
        QTest::newRow("within an item") << "With care" << Cut::Other;
        QTest::newRow("a sentence goes on behind a gap") << "provided that" << Cut::Other;
        QTest::newRow("paragraph behind") << "A paragraph" << Cut::Paragraph;
    }

    void bordersAreTold() {
        QFETCH(QString, words);
        QFETCH(Cut, cut);
        QCOMPARE(borderOf(kContract, words.toStdString()), cut);
    }

    void aNumberedListIsNoRowOfSections() {
        const std::string text = "1. Term\nOne year.\n2. Insurance\nThe Supplier shall keep these policies:\n\n"
                                 "1. Workers' compensation.\n\n2. General liability.\n\n3. Motor liability.\n\n3. Law\nIrish law applies.\n";
        QCOMPARE(borderOf(text, "1. Workers"), Cut::Other); // what the sentence announces
        QCOMPARE(borderOf(text, "2. General"), Cut::Paragraph);
        QCOMPARE(borderOf(text, "3. Motor"), Cut::Paragraph);
        QCOMPARE(borderOf(text, "3. Law"), Cut::Section);
        const auto sections = outlineSections(text);
        QCOMPARE(sections.size(), size_t{3});
        QCOMPARE(sections[2].heading, std::string("3 Law"));
    }

    void aClauseNumberedWithinALineIsASubsection() {
        const std::string text = "16. Transfer\nThe owner may sell. 16.3 Principals. We may name any person. 16.4 By You. You may not.\n";
        QCOMPARE(borderOf(text, "16.3"), Cut::Subsection);
        QCOMPARE(borderOf(text, "16.4"), Cut::Subsection);
    }

    void aTableOfContentsNumbersNothing() {
        const std::string contents = "TABLE OF CONTENTS\n\n1 Definitions .... 2\n\n2 Supply .... 3\n\ni\n\n3 Law .... 12";
        const std::string text = "SUPPLY AGREEMENT\n\n" + contents + "\n\n1 Definitions\n\nWords mean what they say.\n\n2 Supply\n\nGoods are supplied.\n";
        QCOMPARE(textOf(text, findContentsTable(text)), contents);
        const auto sections = outlineSections(text);
        QCOMPARE(sections.size(), size_t{3});
        QCOMPARE(sections[1].heading, std::string("1 Definitions"));
        QCOMPARE(sections[1].range.begin, text.find("1 Definitions\n\nWords"));
        QVERIFY(findContentsTable("The contents of the box are listed.\n\nIt holds 3 things.\n").empty());
    }

    void aSignatureBlockIsOneLeaf() {
        const std::string block = "IN WITNESS WHEREOF, the parties have signed this Agreement.\n\nACME CORPORATION\n\nBy: ______\n\nName: Jo\n\n"
                                  "BETA HOLDINGS\n\nBy: ______\n\nTitle: Director";
        const std::string text = "1. Term\nOne year.\n\n" + block + "\n\nEXHIBIT A\n\nThe price list is here.\n";
        const auto found = findSignatureBlocks(text);
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(textOf(text, found[0]), block);
        QCOMPARE(borderOf(text, "IN WITNESS"), Cut::Subsection);
        QCOMPARE(borderOf(text, "BETA"), Cut::Other);
        QCOMPARE(borderOf(text, "EXHIBIT A"), Cut::Section);
    }

    void signaturesAreFoundByTheirLines() {
        const std::string text = "1. Term\nOne year.\n\nACME LTD\n\nBy: ____\n\nName: Jo\n\nTitle: Director\n";
        const auto found = findSignatureBlocks(text);
        QCOMPARE(found.size(), size_t{1});
        QCOMPARE(textOf(text, found[0]), std::string("By: ____\n\nName: Jo\n\nTitle: Director"));
        QVERIFY(findSignatureBlocks("By: the road.\n\nNothing was signed by anybody, though it is a long line that nobody would sign on.\n").empty());
    }

    void aLongSentenceIsCutBetweenWordsAndALongWordBetweenCodePoints() {
        const std::string text = "One two \xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80 six.";
        const auto pieces = piecesOf(text, 9);
        std::vector<std::string> words;
        for (const Piece& each : pieces)
            words.push_back(textOf(text, each.range));
        QCOMPARE(words, (std::vector<std::string>{"One", "two", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "six."}));
        QCOMPARE(pieces[1].before, Cut::Other);
    }

    void theCheapestCutsAreTaken() {
        const std::vector<Piece> pieces = {piece(0, 40, Cut::Section), piece(40, 80, Cut::Sentence), piece(80, 120, Cut::Subsection),
                                           piece(120, 160, Cut::Sentence)};
        QCOMPARE(packedWindows(pieces, 130, 0), (std::vector<ByteRange>{{0, 80}, {80, 160}})); // filling up would cut a sentence off
        QCOMPARE(packedWindows(pieces, 160, 0), (std::vector<ByteRange>{{0, 160}}));           // no cut is better than a good one
    }

    void theLastWholeLeafIsRepeated() {
        const std::vector<Piece> pieces = {piece(0, 60, Cut::Section), piece(60, 80, Cut::Subsection), piece(80, 100, Cut::Sentence),
                                           piece(100, 160, Cut::Section)};
        QCOMPARE(packedWindows(pieces, 120, 45), (std::vector<ByteRange>{{0, 100}, {60, 160}}));
        QCOMPARE(packedWindows(pieces, 120, 30), (std::vector<ByteRange>{{0, 100}, {80, 160}})); // the leaf is too long: its last sentence
        QCOMPARE(packedWindows(pieces, 120, 10), (std::vector<ByteRange>{{0, 100}, {100, 160}}));
    }
};

QTEST_APPLESS_MAIN(TestPieces)
#include "test_pieces.moc"
