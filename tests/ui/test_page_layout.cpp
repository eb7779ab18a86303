// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Geometry of pages and places, and the search for words.
#include "ui/models/page_layout.h"
#include "core/text/find_terms.h"

#include <QTest>

using namespace cw;

class TestPageLayout : public QObject {
    Q_OBJECT

private:
    // Two pages of 600 x 800 points; every character is as wide as any other.
    const std::string m_text = "abcdefghij\nklmnopqrst\n";
    const std::vector<PageSize> m_pages = {{600, 800}, {600, 800}};
    const std::vector<LineBox> m_lines = {{0, {0, 10}, 0.25, 0.125, 0.75, 0.15}, {1, {11, 21}, 0.25, 0.25, 0.75, 0.275}};
    const std::vector<PageLayout::Measure> m_faces = {[](std::string_view text) { return double(text.size()); }};

private Q_SLOTS:
    void aRangeIsItsShareOfTheLine() {
        PageLayout layout(m_text, m_pages, m_lines, m_faces);
        layout.layOut(Fit::Width, 1);
        const auto rects = layout.rectsOf({2, 5});
        QCOMPARE(rects.size(), size_t(1));
        QCOMPARE(rects[0].left(), 150 + 60 - 1.0); // 2 of 10 characters over 300 pixels
        QCOMPARE(rects[0].width(), 90 + 2.0);
        QCOMPARE(layout.rectsOf({5, 15}).size(), size_t(2)); // over the page break
        QVERIFY(layout.rectsOf({3, 3}).empty());
    }

    void aPointFindsItsPlace() {
        PageLayout layout(m_text, m_pages, m_lines, m_faces);
        layout.layOut(Fit::Width, 2);
        for (size_t offset = 0; offset < 21; ++offset) {
            if (offset == 10)
                continue; // the line feed lies nowhere
            const auto rects = layout.rectsOf({offset, offset + 1});
            QCOMPARE(layout.offsetAt(rects.front().center()), std::optional(offset));
        }
        QVERIFY(layout.offsetAt({-500, 50}).has_value()); // beside the page: the nearest line
    }

    void anExtentReachesFromTheFirstRectangleToTheLast() {
        PageLayout layout(m_text, m_pages, m_lines, m_faces);
        QVERIFY(!layout.extentOf({0, 5})); // not laid out yet
        layout.layOut(Fit::Text, 1.5);
        for (size_t begin = 0; begin < 21; ++begin)
            for (size_t end = begin + 1; end <= 22; ++end) {
                const auto rects = layout.rectsOf({begin, end});
                const auto extent = layout.extentOf({begin, end});
                QCOMPARE(extent.has_value(), !rects.empty());
                if (extent)
                    QVERIFY(extent->first == rects.front().top() && extent->second == rects.back().bottom());
            }
    }

    void theTextInRowsHoldsAllThatTouchesThem() {
        PageLayout layout(m_text, m_pages, m_lines, m_faces);
        layout.layOut(Fit::Width, 1);
        QCOMPARE(layout.rangeIn(0, 100), (ByteRange{0, 10}));
        QCOMPARE(layout.rangeIn(0, 2000), (ByteRange{0, 21}));
        QCOMPARE(layout.rangeIn(layout.pages()[1].top(), 2000), (ByteRange{11, 21}));
        QVERIFY(PageLayout().rangeIn(0, 100).empty());
        QCOMPARE(PageLayout().pageAt(5), -1);
        QCOMPARE(layout.pageAt(-5), 0);
        QCOMPARE(layout.pageAt(1e6), 1);
    }

    void fitTextCutsToTheTextAndKeepsRoomForTags() {
        PageLayout layout(m_text, m_pages, m_lines, m_faces);
        layout.layOut(Fit::Text, 1);
        QVERIFY(layout.size().width() < 600);
        QVERIFY(layout.pages()[0].height() < 100);
        QVERIFY(layout.textLeft(0) >= 40);
        QCOMPARE(std::round(layout.scaleFor(Fit::Width, 1200) * 100), 200.0);
    }

    void theFaceThatAgreesWithTheLinesIsTaken() {
        const std::string text = std::string(30, 'i') + std::string(30, 'm') + "\n" + std::string(60, 'i') + "\n";
        const std::vector<LineBox> lines = {{0, {0, 60}, 0.1, 0.1, 0.9, 0.12}, {0, {61, 121}, 0.1, 0.2, 0.9, 0.22}}; // both as wide: typewriter
        const PageLayout::Measure book = [](std::string_view t) {
            double width = 0;
            for (const char c : t)
                width += c == 'm' ? 3 : 1;
            return width;
        };
        PageLayout layout(text, m_pages, lines, {book, m_faces[0]});
        layout.layOut(Fit::Width, 1);
        QCOMPARE(std::round(layout.rectsOf({0, 30}).front().width()), 240 + 2.0); // half of the line
    }

    void termsAreFoundWhateverTheirCaseAndSpaces() {
        const std::string text = "Force  Majeure. An act of\nGod; enforce majeure";
        const auto hits = findTerms(text, {"force majeure", "act of god", "renew"});
        QCOMPARE(hits[0].places.size(), size_t(1)); // not within "enforce"
        QCOMPARE(hits[1].places.size(), size_t(1));
        QVERIFY(hits[2].places.empty());
        QCOMPARE(allPlaces(hits).size(), size_t(2));
    }
};

QTEST_APPLESS_MAIN(TestPageLayout)
#include "test_page_layout.moc"
