// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/glyphs.h"

#include "ui/appearance.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace cw {

namespace {

// Saves the painter's state for the length of a drawing.
class Painting {
public:
    explicit Painting(QPainter& painter) : m_painter(painter) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Painting() { m_painter.restore(); }

private:
    QPainter& m_painter;
};

void paintHalves(QPainter& painter, const QRectF& disc, const QColor& color) {
    painter.setBrush(color);
    painter.setPen(Qt::NoPen);
    painter.drawPie(disc.translated(-0.75, 0), 90 * 16, 180 * 16);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.25));
    painter.drawArc(disc, -90 * 16, 180 * 16);
    painter.drawLine(QPointF(disc.center().x() + 0.75, disc.top()), QPointF(disc.center().x() + 0.75, disc.bottom()));
}

void paintQuestion(QPainter& painter, const QRectF& disc, const QColor& color) {
    QFont font = uiFont(std::max(7, static_cast<int>(disc.height() * 0.72)), QFont::Bold);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(disc.adjusted(0, 0.25, 0, 0.25), Qt::AlignCenter, QStringLiteral("?"));
}

// Parallel lines at `angle` degrees, `step` apart, over the whole rectangle (the caller clips).
void paintHatch(QPainter& painter, const QRectF& rect, qreal angle, qreal step) {
    painter.save();
    painter.translate(rect.center());
    painter.rotate(angle);
    const qreal reach = rect.width() + rect.height();
    for (qreal y = -reach; y <= reach; y += step)
        painter.drawLine(QPointF(-reach, y), QPointF(reach, y));
    painter.restore();
}

void paintDots(QPainter& painter, const QRectF& rect, const QColor& ink) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    int row = 0;
    for (qreal y = rect.top() + 1.5; y < rect.bottom() + 1; y += 2.5, ++row)
        for (qreal x = rect.left() + (row % 2 ? 2.75 : 1.25); x < rect.right() + 1; x += 3)
            painter.drawEllipse(QPointF(x, y), 0.75, 0.75);
}

} // namespace

void paintCellSign(QPainter& painter, const QRectF& rect, CellSign sign, const Tokens& t) {
    const Painting painting(painter);
    const QColor color = cellSignColor(sign, t);
    const qreal pen = rect.width() > 16 ? 1.75 : 1.25;
    const QRectF ring = rect.adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, pen));
    switch (sign) {
    case CellSign::Present:
        painter.setBrush(color);
        painter.drawEllipse(ring);
        return;
    case CellSign::Conflict:
        return paintHalves(painter, ring, color);
    case CellSign::Suggested:
        painter.setPen(QPen(color, pen, Qt::CustomDashLine));
        {
            QPen dashed(color, pen);
            dashed.setDashPattern({1.9, 1.5});
            painter.setPen(dashed);
        }
        break;
    default:
        break;
    }
    painter.drawEllipse(ring);
    if (sign == CellSign::Absent) {
        const qreal reach = ring.width() / 2 * 0.7071;
        painter.drawLine(ring.center() + QPointF(-reach, reach), ring.center() + QPointF(reach, -reach));
    } else if (sign == CellSign::Unsure) {
        paintQuestion(painter, ring, color);
    }
}

void paintGroupPattern(QPainter& painter, const QRectF& rect, const GroupStyle& style) {
    const Painting painting(painter);
    painter.setClipRect(rect);
    painter.fillRect(rect, style.pattern == GroupPattern::Solid ? style.ink : style.fill);
    painter.setPen(QPen(style.ink, 1));
    switch (style.pattern) {
    case GroupPattern::Solid:
        return;
    case GroupPattern::Slashes:
        return paintHatch(painter, rect, -45, 3);
    case GroupPattern::Lines:
        return paintHatch(painter, rect, 0, 3);
    case GroupPattern::Backslashes:
        return paintHatch(painter, rect, 45, 3);
    case GroupPattern::Bars:
        return paintHatch(painter, rect, 90, 3);
    case GroupPattern::Dots:
        return paintDots(painter, rect, style.ink);
    case GroupPattern::Grid:
        paintHatch(painter, rect, 0, 4);
        return paintHatch(painter, rect, 90, 4);
    case GroupPattern::Crosshatch:
        paintHatch(painter, rect, -45, 4);
        return paintHatch(painter, rect, 45, 4);
    }
}

void paintGroupSwatch(QPainter& painter, const QRectF& rect, const GroupStyle& style) {
    const Painting painting(painter);
    paintGroupPattern(painter, rect, style);
    painter.setPen(QPen(style.ink, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintGroupTag(QPainter& painter, const QRectF& rect, const QString& code, const GroupStyle& style, const QColor& ground,
                   bool filled) {
    const Painting painting(painter);
    painter.setPen(QPen(style.ink, 1));
    painter.setBrush(filled ? style.ink : style.tagFill);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(filled ? ground : style.ink);
    painter.setFont(uiFont(std::min(11, static_cast<int>(rect.height()) - 3), QFont::DemiBold));
    painter.drawText(rect, Qt::AlignCenter, code);
}

int paintChip(QPainter* painter, const QPointF& topLeft, const QString& text, const QColor& ink, const QColor& ground) {
    const QFont font = uiFont(size::kMeta);
    const int width = QFontMetrics(font).horizontalAdvance(text) + 14;
    if (painter) {
        const Painting painting(*painter);
        const QRectF rect(topLeft, QSizeF(width, kChipHeight));
        painter->setPen(Qt::NoPen);
        painter->setBrush(ground);
        painter->drawRoundedRect(rect, 3, 3);
        painter->setPen(ink);
        painter->setFont(font);
        painter->drawText(rect, Qt::AlignCenter, text);
    }
    return width;
}

} // namespace cw
