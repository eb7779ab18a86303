// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/contract_view.h"

#include "ui/appearance.h"
#include "ui/models/text_mark_words.h"
#include "ui/widgets/accessible_contract.h"
#include "ui/models/mark_levels.h"
#include "ui/widgets/glyphs.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr qreal kTagSpacing = 3;
constexpr qreal kTagReach = 40; // how far from its line a tag or an underline may stand
constexpr QSizeF kViewTag{24, 15};
constexpr qreal kNamedFor = 48; // pixels down from a tag in which its type needs no second one
constexpr size_t kMostKnownRanges = 10'000;

QPen borderPen(const SpanMark& mark, const QColor& ink, qreal width) {
    QPen pen(ink, width);
    if (mark.line != SpanMark::Line::Saved)
        pen.setDashPattern({3, 2});
    if (mark.line == SpanMark::Line::AnswerB)
        pen.setDashPattern({1, 1.5});
    return pen;
}

// The wished place, else one further left in the gutter, else further down.
QRectF freePlace(QRectF wish, const std::vector<QRectF>& used) {
    const auto collides = [&] { return std::any_of(used.begin(), used.end(), [&](const QRectF& other) { return other.intersects(wish); }); };
    const qreal step = kViewTag.width() + kTagSpacing, home = wish.left();
    while (collides()) {
        if (wish.left() - step >= 2)
            wish.translate(-step, 0);
        else
            wish.moveTopLeft(QPointF(home, wish.top() + kViewTag.height() + 1));
    }
    return wish;
}

} // namespace

struct ContractView::Placed {
    const SpanMark* mark;
    GroupStyle style;
    std::vector<QRectF> rects;
    int level = 0; // 0: a box; above: an underline below the boxes
};

ContractView::ContractView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFocusPolicy(Qt::StrongFocus);
    AccessibleContract::install();
    setFrameShape(QFrame::NoFrame);
    viewport()->setCursor(Qt::IBeamCursor);
    verticalScrollBar()->setSingleStep(24);
    horizontalScrollBar()->setSingleStep(24);
}

void ContractView::setRanges(std::string_view text, const TextRanges* ranges) {
    m_text = ranges ? text : std::string_view();
    m_ranges = ranges;
    m_marks.clear();
    m_hits.clear();
    m_textMarks.clear();
    m_rects.clear();
    m_anchor = m_head = 0;
}

void ContractView::setMarks(std::vector<SpanMark> marks) {
    m_marks = std::move(marks);
    viewport()->update();
    Q_EMIT contentChanged();
    Q_EMIT viewChanged();
}

void ContractView::setHits(std::vector<ByteRange> hits) {
    m_hits = std::move(hits);
    viewport()->update();
    Q_EMIT contentChanged();
}

void ContractView::setTextMarks(std::vector<TextMark> marks) {
    m_textMarks = std::move(marks);
    viewport()->update();
}

void ContractView::setCaret(size_t offset) {
    m_anchor = m_head = offset;
    viewport()->update();
    AccessibleContract::announce(*this);
}

void ContractView::setSelection(ByteRange range) {
    m_anchor = range.begin;
    m_head = range.end;
    viewport()->update();
    AccessibleContract::announce(*this);
}

void ContractView::select(ByteRange range) {
    setSelection(range);
    tellSelection();
}

void ContractView::takeSentence() {
    if (!m_ranges || m_ranges->isEmpty())
        return;
    const ByteRange sentence = m_ranges->sentenceAt(selection().begin);
    setSelection(sentence);
    reveal(sentence);
    tellSelection();
}

void ContractView::tellSelection() {
    if (m_ranges && m_anchor != m_head)
        Q_EMIT selected(m_ranges->snapped(selection()));
}

QPointF ContractView::contentOrigin() const {
    const qreal slack = std::max(0.0, (viewport()->width() - contentSize().width()) / 2);
    return {slack - horizontalScrollBar()->value(), static_cast<qreal>(-verticalScrollBar()->value())};
}

void ContractView::reveal(ByteRange range) {
    prepare();
    const std::vector<QRectF> rects = rectsOf(range);
    if (rects.empty())
        return;
    const qreal top = rects.front().top(), bottom = rects.front().bottom();
    const qreal seenTop = verticalScrollBar()->value(), height = viewport()->height();
    if (top < seenTop + 24 || bottom > seenTop + height - 48)
        verticalScrollBar()->setValue(static_cast<int>(top - height / 3));
    const qreal left = rects.front().left(), seenLeft = horizontalScrollBar()->value();
    if (left < seenLeft || left > seenLeft + viewport()->width() - 80)
        horizontalScrollBar()->setValue(static_cast<int>(left - 80));
}

void ContractView::updateScrollBars() {
    m_rects.clear();
    const QSizeF size = contentSize();
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(size.height()) - viewport()->height()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(size.width()) - viewport()->width()));
    viewport()->update();
    Q_EMIT contentChanged();
    Q_EMIT viewChanged();
}

void ContractView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    if (!isVisible())
        return layOut();
    keepPlace(event->oldSize().height(), [this] { layOut(); });
}

ByteRange ContractView::wordInView(int seenHeight) const {
    if (!m_ranges || m_ranges->isEmpty())
        return {};
    const qreal top = verticalScrollBar()->value();
    const ByteRange word = m_ranges->wordAt(m_head);
    if (const auto at = word.empty() ? std::nullopt : extentOf(word); at && at->top >= top && at->bottom <= top + seenHeight)
        return word;
    const auto first = offsetAt(QPointF(contentSize().width() / 2, top));
    return first ? m_ranges->wordAt(*first) : ByteRange{};
}

void ContractView::keepPlace(int seenHeight, const std::function<void()>& change) {
    const qreal top = verticalScrollBar()->value(), share = top / std::max(1.0, contentSize().height());
    const ByteRange word = wordInView(seenHeight);
    const auto placeOf = [this, word] { return word.empty() ? std::nullopt : extentOf(word); };
    const auto before = placeOf();
    change();
    const auto after = placeOf();
    const qreal place = before && after ? after->top - std::min(before->top - top, viewport()->height() * 2.0 / 3) : share * contentSize().height();
    verticalScrollBar()->setValue(static_cast<int>(std::round(place)));
}

void ContractView::scrollContentsBy(int, int) {
    viewport()->update();
    Q_EMIT viewChanged();
}

// Painting --------------------------------------------------------------------------------------------------------------------------

const std::vector<QRectF>& ContractView::knownRects(ByteRange range) const {
    if (m_rects.size() > kMostKnownRanges) // a selection that is dragged leaves many behind
        m_rects.clear();
    const auto [at, isNew] = m_rects.try_emplace(range);
    if (isNew)
        at->second = rectsOf(range);
    return at->second;
}

// Only what is near is measured, once a layout: letters are slow to measure, and marks are many.
std::vector<ContractView::Placed> ContractView::placedMarks(const QRectF& visible) const {
    const qreal top = visible.top() - kTagReach, bottom = visible.bottom() + kTagReach;
    const ByteRange near = rangeIn(top, bottom);
    std::vector<Placed> out;
    for (const SpanMark& mark : m_marks) {
        if (!mark.range.overlaps(near))
            continue;
        const std::vector<QRectF>& rects = knownRects(mark.range);
        if (std::any_of(rects.begin(), rects.end(), [&](const QRectF& rect) { return rect.bottom() > top && rect.top() < bottom; }))
            out.push_back({&mark, groupStyle(mark.letter, inkTokens()), rects});
    }
    // The current clause keeps its box; the others follow by place, and each that overlaps a box takes the first free underline.
    std::stable_sort(out.begin(), out.end(), [](const Placed& a, const Placed& b) { return a.mark->current > b.mark->current; });
    std::vector<ByteRange> ranges;
    for (const Placed& placed : out)
        ranges.push_back(placed.mark->range);
    const std::vector<int> levels = markLevels(ranges);
    for (size_t i = 0; i < out.size(); ++i)
        out[i].level = levels[i];
    return out;
}

void ContractView::paintFills(QPainter& painter, const std::vector<Placed>& marks) const {
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setCompositionMode(fillMode());
    for (const Placed& placed : marks)
        if (placed.level == 0) {
            painter.setBrush(placed.style.fill);
            for (const QRectF& rect : placed.rects)
                painter.drawRoundedRect(rect, 2, 2);
        }
    painter.restore();
}

void ContractView::paintBorders(QPainter& painter, const std::vector<Placed>& marks) const {
    painter.save();
    painter.setBrush(Qt::NoBrush);
    for (const Placed& placed : marks) {
        painter.setPen(borderPen(*placed.mark, placed.style.ink, placed.mark->current ? 1.5 : 1));
        for (const QRectF& rect : placed.rects) {
            if (placed.level == 0) {
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
                continue;
            }
            painter.setPen(borderPen(*placed.mark, placed.style.ink, 1.75));
            const qreal y = rect.bottom() + 1 + (placed.level - 1) * 3;
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
        }
    }
    painter.restore();
}

void ContractView::paintTags(QPainter& painter, const std::vector<Placed>& marks) const {
    std::vector<const Placed*> inOrder; // down the page, so that a tag that has to give way moves down and not past the next one
    for (const Placed& placed : marks)
        inOrder.push_back(&placed);
    std::stable_sort(inOrder.begin(), inOrder.end(), [](const Placed* a, const Placed* b) { return a->rects.front().top() < b->rects.front().top(); });
    std::vector<QRectF> used;
    std::map<QString, qreal> last; // the last line that a type was named at: not again for the next few, whose tags would have to give way
    for (const Placed* placed : inOrder) {
        const QRectF& line = placed->rects.front();
        const auto named = last.find(placed->mark->code);
        if (named != last.end() && line.center().y() - named->second < kNamedFor)
            continue;
        last[placed->mark->code] = line.center().y();
        const QRectF tag = freePlace(QRectF(QPointF(tagEdge(line) - kViewTag.width(), line.center().y() - kViewTag.height() / 2), kViewTag), used);
        used.push_back(tag);
        paintGroupTag(painter, tag, placed->mark->code, placed->style, inkTokens().surface, placed->mark->current);
    }
}

void ContractView::paintHits(QPainter& painter, const QRectF& visible) const {
    painter.setPen(QPen(inkTokens().warning, 2));
    const ByteRange near = rangeIn(visible.top(), visible.bottom());
    for (const ByteRange hit : m_hits) {
        if (!hit.overlaps(near))
            continue;
        for (const QRectF& rect : knownRects(hit))
            if (rect.intersects(visible))
                painter.drawLine(QPointF(rect.left(), rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1));
    }
}

// A tracked deletion is a wedge between two letters, an insertion a line as redlines have it, everything else a dotted line of warning.
void ContractView::paintTextMark(QPainter& painter, const TextMark& mark, const QRectF& rect) const {
    const Tokens& t = inkTokens();
    if (mark.kind == TextMarkKind::Deleted) {
        painter.setPen(QPen(t.danger, 1.5));
        painter.drawPolyline(QPolygonF({QPointF(rect.left() - 3, rect.bottom() + 2), QPointF(rect.left(), rect.bottom() - 3),
                                        QPointF(rect.left() + 3, rect.bottom() + 2)}));
        return;
    }
    const bool inserted = mark.kind == TextMarkKind::Inserted;
    QPen pen(inserted ? t.insertion : t.danger, 1.5);
    if (!inserted)
        pen.setDashPattern({1, 1.5});
    painter.setPen(pen);
    painter.drawLine(QPointF(rect.left(), rect.bottom()), QPointF(rect.right(), rect.bottom()));
}

void ContractView::paintTextMarks(QPainter& painter, const QRectF& visible) const {
    const ByteRange near = rangeIn(visible.top(), visible.bottom());
    for (const TextMark& mark : m_textMarks) {
        if (mark.kind == TextMarkKind::Recognised || mark.range.begin > near.end || mark.range.end < near.begin)
            continue;
        const ByteRange range = mark.range.empty() && m_ranges ? m_ranges->wordAt(mark.range.begin) : mark.range;
        for (const QRectF& rect : knownRects(range))
            if (rect.intersects(visible))
                paintTextMark(painter, mark, rect);
    }
}

QString ContractView::textMarkAt(QPointF content) const {
    const auto offset = offsetAt(content);
    if (!offset)
        return {};
    QStringList words;
    for (const TextMark& mark : m_textMarks) {
        const ByteRange range = mark.range.empty() && m_ranges ? m_ranges->wordAt(mark.range.begin) : mark.range;
        if (mark.kind != TextMarkKind::Recognised && range.begin <= *offset && *offset <= range.end)
            words << textMarkWords(mark);
    }
    return words.join(QLatin1Char('\n'));
}

void ContractView::paintCaret(QPainter& painter) const {
    if (!hasFocus() || !m_ranges || m_ranges->isEmpty())
        return;
    const ByteRange word = m_ranges->wordAt(m_head == m_anchor ? m_head : std::max(m_head, size_t{1}) - (m_head > m_anchor ? 1 : 0));
    const std::vector<QRectF> rects = rectsOf(word);
    if (rects.empty())
        return;
    const bool behind = m_head > m_anchor;
    const QRectF& rect = behind ? rects.back() : rects.front();
    const qreal x = behind ? rect.right() : rect.left();
    painter.fillRect(QRectF(x - 1, rect.top() - 1, 2, rect.height() + 2), inkTokens().accent);
}

void ContractView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF origin = contentOrigin();
    const QRectF visible = QRectF(viewport()->rect()).translated(-origin);
    painter.translate(origin);
    paintBelow(painter, visible);
    const std::vector<Placed> placed = placedMarks(visible);
    paintFills(painter, placed);
    paintAbove(painter, visible);
    paintHits(painter, visible);
    paintTextMarks(painter, visible);
    paintBorders(painter, placed);
    paintTags(painter, placed);
    paintCaret(painter);
    if (hasFocus()) {
        painter.resetTransform();
        painter.setPen(QPen(tokens().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
    }
}

// Keys and mouse --------------------------------------------------------------------------------------------------------------------

void ContractView::moveHead(size_t head, bool extend) {
    m_head = head;
    if (!extend)
        m_anchor = head;
    reveal(m_ranges->wordAt(head > 0 && extend ? head - 1 : head));
    viewport()->update();
    AccessibleContract::announce(*this);
    if (extend)
        tellSelection();
}

std::optional<size_t> ContractView::lineStep(int step) const {
    const std::vector<QRectF> rects = rectsOf(m_ranges->wordAt(m_head));
    if (rects.empty())
        return std::nullopt;
    const QRectF rect = rects.front();
    return offsetAt(QPointF(rect.left() + 1, rect.center().y() + step * rect.height() * 1.2));
}

bool ContractView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), textMarkAt(QPointF(help->pos()) - contentOrigin()), viewport());
    return true;
}

bool ContractView::event(QEvent* event) {
    // Space belongs to the view, not to a shortcut that some parent may have.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space)
        event->accept();
    return QAbstractScrollArea::event(event);
}

void ContractView::keyPressEvent(QKeyEvent* event) {
    if (!m_ranges || m_ranges->isEmpty())
        return QAbstractScrollArea::keyPressEvent(event);
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const bool sentence = extend && (event->modifiers() & Qt::ControlModifier);
    switch (event->key()) {
    case Qt::Key_Space:
        return takeSentence();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT entered();
        return;
    case Qt::Key_Right:
        return moveHead(sentence ? m_ranges->nextSentence(m_head) : extend ? m_ranges->nextWord(m_head)
                                                                           : m_ranges->wordAt(m_ranges->wordAt(m_head).end).begin, extend);
    case Qt::Key_Left:
        return moveHead(sentence ? m_ranges->previousSentence(m_head) : m_ranges->previousWord(m_head), extend);
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (const auto head = lineStep(event->key() == Qt::Key_Down ? 1 : -1))
            moveHead(*head, extend);
        return;
    case Qt::Key_Home:
        return event->modifiers() & Qt::ControlModifier ? moveHead(0, extend) : QAbstractScrollArea::keyPressEvent(event);
    case Qt::Key_PageDown:
    case Qt::Key_PageUp: {
        const int step = event->key() == Qt::Key_PageDown ? 1 : -1;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + step * verticalScrollBar()->pageStep() * 9 / 10);
        if (const auto at = offsetAt(QPointF(contentSize().width() / 2, verticalScrollBar()->value() + viewport()->height() / 3.0)))
            setCaret(m_ranges->wordAt(*at).begin);
        return;
    }
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

std::vector<int> ContractView::clausesAt(size_t offset) const {
    std::vector<int> out;
    for (const SpanMark& mark : m_marks)
        if (mark.range.begin <= offset && offset < mark.range.end)
            out.push_back(mark.clause);
    return out;
}

void ContractView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_ranges)
        return QAbstractScrollArea::mousePressEvent(event);
    const auto at = offsetAt(event->position() - contentOrigin());
    if (!at)
        return;
    m_dragging = true;
    m_dragged = false;
    if (event->modifiers() & Qt::ShiftModifier) {
        m_head = *at;
        tellSelection();
        viewport()->update();
    } else {
        setCaret(m_ranges->wordAt(*at).begin);
        m_anchor = m_head = *at;
    }
}

void ContractView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_dragging)
        return;
    const auto at = offsetAt(event->position() - contentOrigin());
    if (!at || *at == m_head)
        return;
    m_dragged = true;
    m_head = *at;
    viewport()->update();
    tellSelection();
}

void ContractView::mouseReleaseEvent(QMouseEvent*) {
    if (!m_dragging)
        return;
    m_dragging = false;
    if (m_dragged) {
        const ByteRange snapped = m_ranges->snapped(selection());
        setSelection(snapped);
        return;
    }
    // A click on a span makes its clause current; a second click on the same place takes the next of those that lie there.
    const std::vector<int> clauses = clausesAt(m_head);
    if (clauses.empty())
        return;
    size_t next = 0;
    for (size_t i = 0; i < m_marks.size(); ++i)
        if (m_marks[i].current)
            for (size_t j = 0; j < clauses.size(); ++j)
                if (clauses[j] == m_marks[i].clause)
                    next = (j + 1) % clauses.size();
    Q_EMIT clauseClicked(clauses[next]);
}

void ContractView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const auto at = offsetAt(event->position() - contentOrigin())) {
        m_anchor = m_head = *at;
        takeSentence();
    }
}

} // namespace cw
