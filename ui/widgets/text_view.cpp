// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/text_view.h"

#include "app/services/result_qt.h"
#include "core/base/utf.h"
#include "ui/appearance.h"
#include "ui/models/paragraphs.h"

#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

constexpr qreal kLineHeight = 22.5, kColumn = 720, kMargin = 76, kTop = 24;
constexpr qreal kRectTop = 1.5, kRectHeight = kLineHeight - 4; // of a mark within its line

// A line feed within a paragraph is a space to the eye; both are one byte and one UTF-16 unit, so places stay what they are.
QString shownText(std::string_view paragraph) { return toQString(paragraph).replace(QLatin1Char('\n'), QLatin1Char(' ')); }

// Lays the paragraph's lines below each other at the fixed line height; returns their height.
qreal breakLines(QTextLayout& layout, qreal width) {
    qreal y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y + (kLineHeight - line.height()) / 2));
        y += kLineHeight;
    }
    layout.endLayout();
    return std::max(y, kLineHeight);
}

} // namespace

TextView::TextView(QWidget* parent) : ContractView(parent) {
    setObjectName(QStringLiteral("textView"));
    setAccessibleName(tr("Contract text"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void TextView::setText(std::string_view text, const TextRanges* ranges) {
    setRanges(text, ranges);
    m_paragraphs.clear();
    for (const ByteRange range : paragraphRanges(text))
        m_paragraphs.push_back({range, nullptr, 0, 0});
    m_laidOutWidth = -1;
    if (isVisible())
        layOut();
}

void TextView::prepare() {
    if (m_laidOutWidth < 0)
        layOut();
}

void TextView::showEvent(QShowEvent* event) {
    ContractView::showEvent(event);
    prepare();
}

qreal TextView::columnWidth() const { return std::min(kColumn, std::max(200.0, viewport()->width() - 2 * kMargin)); }

qreal TextView::columnLeft() const { return std::max(kMargin, (viewport()->width() - columnWidth()) / 2); }

void TextView::breakParagraphs() const {
    const int width = static_cast<int>(columnWidth());
    if (m_laidOutWidth >= 0)
        return;
    m_laidOutWidth = width;
    qreal y = kTop;
    for (Paragraph& paragraph : m_paragraphs) {
        if (!paragraph.layout) {
            paragraph.layout = std::make_unique<QTextLayout>(shownText(textOf(paragraph)), contractFont());
            paragraph.layout->setCacheEnabled(true);
        }
        paragraph.top = y;
        paragraph.height = breakLines(*paragraph.layout, width);
        y += paragraph.height;
    }
    m_height = y + kTop;
}

void TextView::layOut() {
    if (static_cast<int>(columnWidth()) != m_laidOutWidth)
        m_laidOutWidth = -1;
    updateScrollBars();
}

QSizeF TextView::contentSize() const {
    breakParagraphs();
    return {static_cast<qreal>(viewport()->width()), m_height};
}

std::vector<QRectF> TextView::pageRects() const { return {QRectF(columnLeft(), 0, columnWidth(), contentSize().height())}; }

ByteRange TextView::rangeIn(qreal top, qreal bottom) const {
    breakParagraphs();
    const auto first = std::lower_bound(m_paragraphs.begin(), m_paragraphs.end(), top,
                                        [](const Paragraph& paragraph, qreal y) { return paragraph.top + paragraph.height < y; });
    auto last = first;
    while (last != m_paragraphs.end() && last->top <= bottom)
        ++last;
    return first == last ? ByteRange{} : ByteRange{first->range.begin, std::prev(last)->range.end};
}

// Below the place of its line; nothing if the paragraph has no such line.
std::optional<qreal> TextView::lineTop(const Paragraph& paragraph, size_t offset) const {
    const Utf16Map map(textOf(paragraph));
    const QTextLine line = paragraph.layout->lineForTextPosition(static_cast<int>(map.toUtf16(offset - paragraph.range.begin)));
    return line.isValid() ? std::optional(paragraph.top + line.lineNumber() * kLineHeight) : std::nullopt;
}

std::optional<Extent> TextView::extentOf(ByteRange range) const {
    const Paragraph* first = paragraphAt(range.begin);
    const Paragraph* last = range.empty() ? nullptr : paragraphAt(range.end - 1);
    if (!first || !last)
        return std::nullopt;
    if (first->range.end <= range.begin && first != last)
        ++first; // it begins between two paragraphs
    const auto top = lineTop(*first, std::clamp(range.begin, first->range.begin, first->range.end));
    const auto bottom = lineTop(*last, std::min(range.end - 1, last->range.end));
    return top && bottom ? std::optional(Extent{*top + kRectTop, *bottom + kRectTop + kRectHeight}) : std::nullopt;
}

const TextView::Paragraph* TextView::paragraphAt(size_t offset) const {
    breakParagraphs();
    const auto found = std::upper_bound(m_paragraphs.begin(), m_paragraphs.end(), offset,
                                        [](size_t at, const Paragraph& paragraph) { return at < paragraph.range.begin; });
    return found == m_paragraphs.begin() ? nullptr : &*std::prev(found);
}

std::vector<QRectF> TextView::rectsOf(ByteRange range) const {
    std::vector<QRectF> rects;
    const Paragraph* first = paragraphAt(range.begin);
    if (!first || range.empty())
        return rects;
    for (const Paragraph* at = first; at != m_paragraphs.data() + m_paragraphs.size() && at->range.begin < range.end; ++at) {
        const ByteRange part = at->range.intersected(range);
        if (part.empty())
            continue;
        const Utf16Map map(textOf(*at));
        const int from = static_cast<int>(map.toUtf16(part.begin - at->range.begin));
        const int to = static_cast<int>(map.toUtf16(part.end - at->range.begin));
        for (int i = 0; i < at->layout->lineCount(); ++i) {
            const QTextLine line = at->layout->lineAt(i);
            const int begin = std::max(from, line.textStart()), end = std::min(to, line.textStart() + line.textLength());
            if (begin >= end)
                continue;
            const qreal left = line.cursorToX(begin), right = std::min(line.cursorToX(end), line.naturalTextWidth());
            rects.emplace_back(columnLeft() + left - 1, at->top + i * kLineHeight + kRectTop, std::max(2.0, right - left + 2), kRectHeight);
        }
    }
    return rects;
}

std::optional<size_t> TextView::offsetAt(QPointF content) const {
    breakParagraphs();
    if (m_paragraphs.empty())
        return std::nullopt;
    const auto found = std::upper_bound(m_paragraphs.begin(), m_paragraphs.end(), content.y(),
                                        [](qreal y, const Paragraph& paragraph) { return y < paragraph.top; });
    const Paragraph& paragraph = found == m_paragraphs.begin() ? m_paragraphs.front() : *std::prev(found);
    const int count = paragraph.layout->lineCount();
    if (count == 0)
        return paragraph.range.begin;
    const int line = std::clamp(static_cast<int>((content.y() - paragraph.top) / kLineHeight), 0, count - 1);
    const int position = paragraph.layout->lineAt(line).xToCursor(content.x() - columnLeft());
    return paragraph.range.begin + Utf16Map(textOf(paragraph)).toBytes(static_cast<size_t>(position));
}

const Tokens& TextView::inkTokens() const { return tokens(); }

qreal TextView::tagEdge(const QRectF&) const { return columnLeft() - 10; }

void TextView::paintBelow(QPainter& painter, const QRectF& visible) { painter.fillRect(visible, tokens().surface); }

void TextView::paintAbove(QPainter& painter, const QRectF& visible) {
    painter.setPen(tokens().text);
    for (const Paragraph& paragraph : m_paragraphs)
        if (paragraph.top + paragraph.height > visible.top() && paragraph.top < visible.bottom())
            paragraph.layout->draw(&painter, QPointF(columnLeft(), paragraph.top));
}

} // namespace cw
