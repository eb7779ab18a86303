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
    connect(view, &ContractView::viewChanged, this, qOverload<>(&QWidget::update));
    update();
}

// Pixels here a pixel of content: by width, or smaller so that the whole contract fits.
double Minimap::scale() const {
    const QSizeF content = m_view->contentSize();
    return std::min((kWidth - 2.0 * kMargin) / std::max(1.0, content.width()), (height() - 2.0 * kMargin) / std::max(1.0, content.height()));
}

void Minimap::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.surface);
    painter.fillRect(QRect(0, 0, 1, height()), t.line);
    if (!m_view || m_view->contentSize().isEmpty())
        return;
    const double s = scale();
    const auto lane = [&](double top, double bottom) { return QRectF(kMargin, kMargin + top * s, kWidth - 2 * kMargin, std::max(2.0, (bottom - top) * s)); };
    for (const QRectF& page : m_view->pageRects()) {
        painter.setPen(QPen(t.dark ? t.lineStrong : t.line, 1));
        painter.setBrush(t.dark ? t.sunken : t.surface);
        painter.drawRect(lane(page.top(), page.bottom()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    for (const SpanMark& mark : m_view->marks()) {
        const std::vector<QRectF> rects = m_view->rectsOf(mark.range);
        if (rects.empty())
            continue;
        painter.fillRect(lane(rects.front().top(), rects.back().bottom()).adjusted(2, 0, -2, 0), groupStyle(mark.letter, t).ink);
        if (mark.current)
            painter.fillRect(QRectF(kWidth - 4, kMargin + rects.front().top() * s - 2, 4, 6), groupStyle(mark.letter, t).ink);
    }
    const double top = m_view->verticalScrollBar()->value();
    painter.setPen(QPen(t.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(lane(top, std::min(top + m_view->viewport()->height(), m_view->contentSize().height())).adjusted(-2, 0, 2, 0), 2, 2);
}

void Minimap::mousePressEvent(QMouseEvent* event) {
    if (m_view)
        m_view->verticalScrollBar()->setValue(static_cast<int>((event->position().y() - kMargin) / scale()) - m_view->viewport()->height() / 2);
}

} // namespace cw
