// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Heads, feet and page numbers are told from the text, and a range over a page break is cut where they stand.
#include "core/text/page_furniture.h"

#include <QTest>

#include <string>

using namespace cw;

namespace {

struct Laid {
    std::string text;
    std::vector<LineBox> lines;

    void add(int page, double top, const std::string& line) {
        lines.push_back({page, {text.size(), text.size() + line.size()}, 0.1, top, 0.9, top + 0.015});
        text += line + '\n';
    }
    void addPage(int page, const std::string& head, const std::vector<std::string>& body, const std::string& foot) {
        if (!text.empty())
            text += '\n';
        if (!head.empty())
            add(page, 0.04, head);
        double top = 0.2;
        for (const std::string& line : body)
            add(page, top += 0.02, line);
        if (!foot.empty())
            add(page, 0.95, foot);
    }
    QStringList cut(const std::vector<ByteRange>& ranges) const {
        QStringList out;
        for (const ByteRange range : ranges)
            out << QString::fromStdString(text.substr(range.begin, range.size()));
        return out;
    }
    ByteRange between(const std::string& from, const std::string& to) const {
        return {text.find(from), text.find(to) + to.size()};
    }
    QStringList parts(ByteRange range) const { return cut(withoutFurniture(text, lines, pageFurniture(text, lines), range)); }
};

Laid agreement() {
    Laid out;
    for (int page = 0; page < 4; ++page)
        out.addPage(page, "Supply Agreement No. 17", {"Clause " + std::string(1, static_cast<char>('a' + page)) + " begins here", "and goes on"},
                    "Page " + std::to_string(page + 1) + " of 4");
    return out;
}

} // namespace

class TestPageFurniture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headsAndFeetAreFound() {
        const Laid laid = agreement();
        const QStringList found = laid.cut(pageFurniture(laid.text, laid.lines));
        QCOMPARE(found.size(), 8);
        QCOMPARE(found.count(QStringLiteral("Supply Agreement No. 17")), 4);
        QVERIFY(found.contains(QStringLiteral("Page 3 of 4")));
    }

    void aNumberAloneIsAPageNumberWhereverItStandsOnce_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("furniture");
        for (const char* line : {"12", "- 12 -", "Page 12", "12/40", "iv", "12 of 40"})
            QTest::newRow(line) << QString::fromLatin1(line) << true;
        for (const char* line : {"12.", "12. Term", "Annex 3", "(iv)", "USD 12"})
            QTest::newRow(line) << QString::fromLatin1(line) << false;
    }

    void aNumberAloneIsAPageNumberWhereverItStandsOnce() {
        QFETCH(QString, line);
        QFETCH(bool, furniture);
        Laid laid;
        laid.addPage(0, "", {"some text"}, line.toStdString());
        laid.addPage(1, "", {"more text"}, "");
        QCOMPARE(!pageFurniture(laid.text, laid.lines).empty(), furniture);
    }

    void whatRepeatsInTheMiddleOfPagesIsText() {
        Laid laid;
        for (int page = 0; page < 5; ++page)
            laid.addPage(page, "", {"[signature page]", "By:"}, "");
        QVERIFY(pageFurniture(laid.text, laid.lines).empty());
    }

    void aNumberedLineThatEndsThePagesTextIsAFoot() {
        Laid laid;
        for (int page = 0; page < 5; ++page)
            laid.addPage(page, "", {"Some text of the contract", "Page " + std::to_string(page + 1) + " of 5"}, "");
        QCOMPARE(pageFurniture(laid.text, laid.lines).size(), size_t(5));
    }

    void aRangeOverAPageBreakIsCutWhereTheyStand() {
        const Laid laid = agreement();
        QCOMPARE(laid.parts(laid.between("a begins", "b begins")), QStringList({QStringLiteral("a begins here\nand goes on"), QStringLiteral("Clause b begins")}));
        QCOMPARE(laid.parts(laid.between("a begins", "c begins")).size(), 3);
    }

    void aBreakWithoutThemLeavesOnePiece() {
        Laid laid;
        laid.addPage(0, "", {"one clause that"}, "");
        laid.addPage(1, "", {"goes on"}, "");
        QCOMPARE(laid.parts({0, laid.text.size() - 1}).size(), 1);
    }

    void somebodyMayWantThem() {
        const Laid laid = agreement();
        const ByteRange onOnePage = laid.between("Supply", "a begins");
        QCOMPARE(laid.parts(onOnePage), laid.cut({onOnePage}));
        const size_t foot = laid.text.find("Page 1 of 4");
        const ByteRange alone{foot, laid.text.find("17", foot) + 2}; // a foot and the next page's head
        QCOMPARE(laid.parts(alone), laid.cut({alone}));
    }

    void aTextWithoutPagesStaysWhole() {
        QVERIFY(pageFurniture("12\n", {}).empty());
        QCOMPARE(withoutFurniture("a\n12\nb", {}, {}, {0, 6}).size(), size_t(1));
    }
};

QTEST_MAIN(TestPageFurniture)
#include "test_page_furniture.moc"
