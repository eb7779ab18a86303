// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The text view's shortcuts to places agree with its rectangles, and a long text waits until somebody looks at it.
#include "core/base/rng.h"
#include "ui/widgets/minimap.h"
#include "ui/widgets/text_view.h"

#include <QScrollBar>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace cw;

class TestTextView : public QObject {
    Q_OBJECT

private:
    std::string m_text;
    std::unique_ptr<TextRanges> m_ranges;

    // Ranges of whole words, as marks are, some over several paragraphs.
    std::vector<ByteRange> someRanges() const {
        Rng rng(20261126, "text view");
        std::vector<ByteRange> out;
        while (out.size() < 400) {
            const size_t begin = rng.below(m_text.size() - 1), length = 1 + rng.below(rng.below(5) == 0 ? 2000 : 120);
            if (const ByteRange range = m_ranges->snapped({begin, std::min(m_text.size(), begin + length)}); !range.empty())
                out.push_back(range);
        }
        return out;
    }

private Q_SLOTS:
    void initTestCase() {
        Rng rng(7, "text");
        for (int paragraph = 0; paragraph < 120; ++paragraph) {
            for (auto words = 3 + rng.below(90); words > 0; --words)
                m_text += rng.below(12) == 0 ? "caf\xC3\xA9 \xF0\x9D\x94\xB8 " : "agreement ";
            m_text += "ends.\n\n";
        }
        m_ranges = std::make_unique<TextRanges>(m_text);
    }

    void anExtentIsThatOfTheRectangles() {
        TextView view;
        view.resize(700, 500);
        view.setText(m_text, m_ranges.get());
        for (const ByteRange range : someRanges()) {
            const auto rects = view.rectsOf(range);
            const auto extent = view.extentOf(range);
            QVERIFY(!rects.empty() && extent);
            QCOMPARE(extent->top, rects.front().top());
            QCOMPARE(extent->bottom, rects.back().bottom());
        }
        QVERIFY(!view.extentOf({5, 5}));
    }

    void theTextInRowsHoldsAllThatTouchesThem() {
        TextView view;
        view.resize(700, 500);
        view.setText(m_text, m_ranges.get());
        const std::vector<ByteRange> ranges = someRanges();
        for (qreal top = 0; top < view.contentSize().height(); top += 173) {
            const ByteRange near = view.rangeIn(top, top + 500);
            QVERIFY(near.size() < m_text.size() / 2); // and not simply everything
            for (const ByteRange range : ranges)
                for (const QRectF& rect : view.rectsOf(range))
                    if (rect.bottom() > top && rect.top() < top + 500)
                        QVERIFY(range.overlaps(near));
        }
    }

    void aHiddenViewIsLaidOutWhenItIsShown() {
        TextView view;
        view.resize(700, 500);
        view.setText(m_text, m_ranges.get());
        QCOMPARE(view.verticalScrollBar()->maximum(), 0); // put off
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(view.verticalScrollBar()->maximum(), static_cast<int>(view.contentSize().height()) - view.viewport()->height());
        QVERIFY(view.verticalScrollBar()->maximum() > 1000);
    }

    void aPlaceCanBeShownBeforeTheViewIs() {
        TextView view;
        view.resize(700, 500);
        view.setText(m_text, m_ranges.get());
        view.reveal(m_ranges->wordAt(m_text.size() / 2));
        QVERIFY(view.verticalScrollBar()->value() > 0);
    }

    void aNarrowerViewKeepsItsPlace() {
        TextView view;
        view.resize(900, 500);
        view.setText(m_text, m_ranges.get());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const ByteRange word = m_ranges->wordAt(m_text.size() / 2);
        const auto fromTop = [&] { return view.extentOf(word)->top - view.verticalScrollBar()->value(); };
        view.setCaret(word.begin);
        view.reveal(word);
        const qreal before = fromTop();
        view.resize(500, 500);
        QVERIFY2(std::abs(fromTop() - before) <= 1, qPrintable(QString::number(fromTop() - before))); // the caret was in view
        view.setCaret(0);
        view.verticalScrollBar()->setValue(static_cast<int>(view.extentOf(word)->top)); // now the word is at the top
        view.resize(900, 420);
        QVERIFY2(std::abs(fromTop()) <= 30, qPrintable(QString::number(fromTop()))); // within a line
        view.setCaret(word.begin);
        view.verticalScrollBar()->setValue(static_cast<int>(view.extentOf(word)->top) - 380);
        view.resize(900, 150);
        QVERIFY2(fromTop() > 0 && fromTop() < 120, qPrintable(QString::number(fromTop()))); // it doesn't fall out at the bottom
    }

    void theOverviewFollowsMarksAndNotEachScroll() {
        TextView view;
        view.resize(700, 500);
        view.setText(m_text, m_ranges.get());
        view.show();
        Minimap map;
        map.resize(38, 500);
        map.follow(&view);
        const QImage bare = map.grab().toImage();
        SpanMark mark;
        mark.range = m_ranges->wordAt(m_text.size() * 3 / 4);
        mark.letter = QStringLiteral("T");
        view.setMarks({mark});
        const QImage marked = map.grab().toImage();
        QVERIFY(marked != bare);
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QVERIFY(map.grab().toImage() != marked); // the frame has moved
        view.verticalScrollBar()->setValue(0);
        QCOMPARE(map.grab().toImage(), marked);
        view.setMarks({});
        QCOMPARE(map.grab().toImage(), bare);
    }
};

QTEST_MAIN(TestTextView)
#include "test_text_view.moc"
