// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Wishes for page pictures and the pictures that are kept.
#include "ui/models/page_queue.h"

#include <QTest>

using namespace cw;
using Urgency = PageQueue::Urgency;

namespace {

PageJob job(int page, int width = 100) { return {page, QSize(width, 100)}; }

QImage picture(int side) { return QImage(side, side, QImage::Format_RGB32); } // 4 bytes a pixel

std::vector<int> pagesOf(PageQueue& queue) {
    std::vector<int> pages;
    while (const auto next = queue.next())
        pages.push_back(next->page);
    return pages;
}

} // namespace

class TestPageQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNewestWishComesFirst() {
        PageQueue queue;
        queue.ask(job(1), Urgency::Now);
        queue.ask(job(2), Urgency::Now);
        queue.ask(job(9), Urgency::Later);
        queue.ask(job(1), Urgency::Now); // again: it moves
        queue.ask(job(2), Urgency::Later); // waits already, and more urgently
        QCOMPARE(pagesOf(queue), (std::vector<int>{1, 2, 9}));
        QVERIFY(queue.isEmpty());
    }

    void whatWasScrolledPastIsForgotten() {
        PageQueue queue;
        for (int page = 0; page < 100; ++page)
            queue.ask(job(page), Urgency::Now);
        queue.keep(PageWindow{50, 51}.withNeighbours());
        QCOMPARE(pagesOf(queue), (std::vector<int>{52, 51, 50, 49}));
    }

    void ofManyZoomsTheLastTwoStay() {
        PageQueue queue;
        for (const int width : {100, 200, 300, 400})
            queue.ask(job(7, width), Urgency::Now);
        QCOMPARE(queue.next()->pixels.width(), 400);
        QCOMPARE(queue.next()->pixels.width(), 300);
        QVERIFY(queue.isEmpty());
    }

    void theLeastRecentlyUsedPictureLeaves() {
        PictureCache cache(3 * 400); // three of 10 x 10
        for (const int page : {1, 2, 3})
            cache.put(page, picture(10), {9, 9});
        QVERIFY(!cache.find(1).isNull()); // used: page 2 is the oldest now
        cache.put(4, picture(10), {9, 9});
        QVERIFY(cache.find(2).isNull());
        QVERIFY(!cache.find(1).isNull() && !cache.find(3).isNull() && !cache.find(4).isNull());
        QCOMPARE(cache.bytes(), qsizetype{1200});
        cache.put(4, picture(5), {9, 9}); // in place of the larger one
        QCOMPARE(cache.bytes(), qsizetype{900});
    }

    void whatIsShownStaysWhateverItTakes() {
        PictureCache cache(100);
        for (const int page : {5, 6, 7})
            cache.put(page, picture(10), {5, 6});
        QVERIFY(!cache.find(5).isNull() && !cache.find(6).isNull() && !cache.find(7).isNull()); // 7 has just come
        cache.put(8, picture(10), {5, 6});
        QVERIFY(cache.find(7).isNull());
        QCOMPARE(cache.bytes(), qsizetype{1200});
        cache.clear();
        QCOMPARE(cache.bytes(), qsizetype{0});
    }
};

QTEST_APPLESS_MAIN(TestPageQueue)
#include "test_page_queue.moc"
