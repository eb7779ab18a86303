// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/minimap.h"

#include "ui/appearance.h"
#include "ui/widgets/contract_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace cw {

namespace {

constexpr int kWidth = 38, kMargin = 6;

} // namespace

Minimap::Minimap(QWidget* parent) : QWidget(parent) {
    setFixedWidth(kWidth);
    setAccessibleName(tr("Overview of the contract"));
}

void Minimap::follow(ContractView* view) {
    if (m_view)
        disconnect(m_view, nullptr, this, nullptr);
    m_view = view;
    m_picture = {};
    connect(view, &ContractView::viewChanged, this, qOverload<>(&QWidget::update));
    connect(view, &ContractView::contentChanged, this, [this] {
        m_picture = {};
        update();
    });
    update();
}

// Pixels here a pixel of content: by width, or smaller so that the whole contract fits.
double Minimap::scale() const {
    const QSizeF content = m_view->contentSize();
    return std::min((kWidth - 2.0 * kMargin) / std::max(1.0, content.width()), (height() - 2.0 * kMargin) / std::max(1.0, content.height()));
}

QRectF Minimap::lane(double top, double bottom) const {
    const double s = scale();
    return {kMargin, kMargin + top * s, kWidth - 2 * kMargin, std::max(2.0, (bottom - top) * s)};
}

void Minimap::paintMark(QPainter& painter, const SpanMark& mark) const {
    const auto extent = m_view->extentOf(mark.range);
    if (!extent)
        return;
    const QColor ink = groupStyle(mark.letter, tokens()).ink;
    painter.fillRect(lane(extent->top, extent->bottom).adjusted(2, 0, -2, 0), ink);
    if (mark.current)
        painter.fillRect(QRectF(kWidth - 4, kMargin + extent->top * scale() - 2, 4, 6), ink);
}

void Minimap::paintContract(QPainter& painter) const {
    const Tokens& t = tokens();
    painter.fillRect(rect(), t.surface);
    painter.fillRect(QRect(0, 0, 1, height()), t.line);
    if (!m_view || m_view->contentSize().isEmpty())
        return;
    painter.setPen(QPen(t.dark ? t.lineStrong : t.line, 1));
    painter.setBrush(t.dark ? t.sunken : t.surface);
    for (const QRectF& page : m_view->pageRects())
        painter.drawRect(lane(page.top(), page.bottom()).adjusted(0.5, 0.5, -0.5, -0.5));
    for (const SpanMark& mark : m_view->marks())
        paintMark(painter, mark);
    for (const ByteRange hit : m_view->hits())
        if (const auto extent = m_view->extentOf(hit))
            painter.fillRect(QRectF(1, kMargin + extent->top * scale(), kMargin - 1, 2), t.warning);
}

// Scrolling moves the frame over it alone: five hundred pages and a thousand marks are not drawn for each step.
const QPixmap& Minimap::picture() {
    const QSize pixels = (QSizeF(size()) * devicePixelRatioF()).toSize();
    if (m_picture.size() == pixels && m_pictureIsDark == tokens().dark)
        return m_picture;
    m_picture = QPixmap(pixels);
    m_picture.setDevicePixelRatio(devicePixelRatioF());
    m_pictureIsDark = tokens().dark;
    QPainter painter(&m_picture);
    paintContract(painter);
    return m_picture;
}

void Minimap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.drawPixmap(0, 0, picture());
    if (!m_view || m_view->contentSize().isEmpty())
        return;
    const double top = m_view->verticalScrollBar()->value();
    painter.setPen(QPen(tokens().accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(lane(top, std::min(top + m_view->viewport()->height(), m_view->contentSize().height())).adjusted(-2, 0, 2, 0), 2, 2);
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    if (m_view)
        m_view->verticalScrollBar()->setValue(static_cast<int>((event->position().y() - kMargin) / scale()) - m_view->viewport()->height() / 2);
}

} // namespace cw
