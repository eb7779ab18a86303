// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the page view and the text view have in common: a caret and a selection that move by word, line and sentence, marks over the text,
// and scrolling to a place. Positions are byte offsets in the canonical text. GUI thread.
#pragma once

#include "app/services/theme.h"
#include "core/base/byte_range.h"
#include "core/model/contract.h"
#include "core/text/text_ranges.h"

#include <QAbstractScrollArea>
#include <QPainter>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace cw {

// A span as it is drawn.
struct SpanMark {
    // Solid; dashed: chosen but not decided; dashed: nobody looked at it yet; of a review: run A's answer dashed, run B's dotted.
    enum class Line { Saved, Draft, Suggested, AnswerA, AnswerB };
    ByteRange range;
    QString code;   // "T1"
    QString letter; // of its group
    QString title;  // "Renewal term"
    int clause = -1;
    Line line = Line::Saved;
    bool current = false;
};

struct Extent {
    qreal top = 0, bottom = 0;
};

class ContractView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ContractView(QWidget* parent = nullptr);

    void setMarks(std::vector<SpanMark> marks);
    const std::vector<SpanMark>& marks() const { return m_marks; }
    void setHits(std::vector<ByteRange> hits); // places of the search terms
    const std::vector<ByteRange>& hits() const { return m_hits; }
    // Places that need a person's eye (hidden text, tracked changes); hovering says why.
    void setTextMarks(std::vector<TextMark> marks);
    const std::vector<TextMark>& textMarks() const { return m_textMarks; }

    size_t caret() const { return m_head; }
    void setCaret(size_t offset); // drops the selection
    // What keys extend: without a signal.
    void setSelection(ByteRange range);
    void select(ByteRange range); // the same as a person's selection: it is told
    ByteRange selection() const { return {std::min(m_anchor, m_head), std::max(m_anchor, m_head)}; }
    void takeSentence(); // the sentence at the caret becomes the selection
    void reveal(ByteRange range); // scrolls so that its first line is well in view; nothing if it is already

    std::string_view text() const { return m_text; }
    // The nearest place of the text.
    virtual std::optional<size_t> offsetAt(QPointF content) const = 0;
    // Rectangles of a range, one a line, in content coordinates (0, 0 is the top left of the whole document as it is laid out).
    virtual std::vector<QRectF> rectsOf(ByteRange range) const = 0;
    // From the top of its first rectangle to the bottom of its last, without measuring letters; nothing if it has none.
    virtual std::optional<Extent> extentOf(ByteRange range) const = 0;
    // Text of which all rectangles that touch these rows of the content are a part.
    virtual ByteRange rangeIn(qreal top, qreal bottom) const = 0;
    virtual QSizeF contentSize() const = 0;
    // Where content (0, 0) lies on the viewport.
    QPointF contentOrigin() const;
    // Pages in content coordinates; one for a text.
    virtual std::vector<QRectF> pageRects() const = 0;

Q_SIGNALS:
    void selected(cw::ByteRange range); // by a person, with each change
    void clauseClicked(int clause);
    void entered(); // Enter was pressed
    void viewChanged();    // scrolled, zoomed or laid out anew
    void contentChanged(); // other marks, or the content is laid out anew

protected:
    // The text and its steps, which outlive their use here; null while nothing is shown. Forgets marks, hits and selection.
    void setRanges(std::string_view text, const TextRanges* ranges);
    virtual void paintBelow(QPainter& painter, const QRectF& visible) = 0; // the paper
    virtual void paintAbove(QPainter& painter, const QRectF& visible) = 0; // what lies over the fills
    virtual const Tokens& inkTokens() const = 0;
    virtual QPainter::CompositionMode fillMode() const = 0; // of fills over the paper
    // Where tags of a line go: their right edge.
    virtual qreal tagEdge(const QRectF& line) const = 0;
    virtual void layOut() = 0; // the size has changed
    virtual void prepare() {}  // somebody is about to look at it: what was put off is due
    void updateScrollBars();
    // `change` lays the content out anew: the caret stays where it was in the window, or where it wasn't in view, the text at the top does.
    // `seenHeight` is the viewport's height before.
    void keepPlace(int seenHeight, const std::function<void()>& change);

    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    const std::vector<QRectF>& knownRects(ByteRange range) const;
    struct Placed; // a mark with its rectangles and its level among those that overlap
    std::vector<Placed> placedMarks(const QRectF& visible) const;
    void paintFills(QPainter& painter, const std::vector<Placed>& marks) const;
    void paintBorders(QPainter& painter, const std::vector<Placed>& marks) const;
    void paintTags(QPainter& painter, const std::vector<Placed>& marks) const;
    void paintHits(QPainter& painter, const QRectF& visible) const;
    void paintTextMarks(QPainter& painter, const QRectF& visible) const;
    void paintTextMark(QPainter& painter, const TextMark& mark, const QRectF& rect) const;
    QString textMarkAt(QPointF content) const;
    void paintCaret(QPainter& painter) const;
    void moveHead(size_t head, bool extend);
    ByteRange wordInView(int seenHeight) const;
    std::optional<size_t> lineStep(int step) const;
    std::vector<int> clausesAt(size_t offset) const;
    void tellSelection();

    std::string_view m_text;
    const TextRanges* m_ranges = nullptr;
    std::vector<SpanMark> m_marks;
    std::vector<ByteRange> m_hits;
    std::vector<TextMark> m_textMarks;
    mutable std::map<ByteRange, std::vector<QRectF>> m_rects; // of marks and hits that were in view, until the next layout
    size_t m_anchor = 0, m_head = 0;
    bool m_dragging = false, m_dragged = false;
};

} // namespace cw
