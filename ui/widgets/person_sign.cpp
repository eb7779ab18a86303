// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/person_sign.h"

#include "ui/appearance.h"

#include <QPainter>
#include <QPainterPath>

namespace cw {

namespace {

// Corners as shares of the rectangle.
QPainterPath polygon(const QRectF& rect, std::initializer_list<QPointF> corners) {
    QPolygonF points;
    for (const QPointF& corner : corners)
        points << QPointF(rect.left() + corner.x() * rect.width(), rect.top() + corner.y() * rect.height());
    QPainterPath path;
    path.addPolygon(points);
    path.closeSubpath();
    return path;
}

QRectF lettersIn(PersonMark mark, const QRectF& rect) {
    return mark == PersonMark::Triangle ? rect.adjusted(0, rect.height() * 0.28, 0, 0)
           : mark == PersonMark::Shield ? rect.adjusted(0, 0, 0, -rect.height() * 0.14)
                                        : rect;
}

} // namespace

QPainterPath personOutline(PersonMark mark, const QRectF& rect) {
    QPainterPath path;
    switch (mark) {
    case PersonMark::Disc:
        path.addEllipse(rect);
        return path;
    case PersonMark::Square:
        path.addRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4);
        return path;
    case PersonMark::Diamond:
        return polygon(rect.adjusted(-2, -2, 2, 2), {{0.5, 0}, {1, 0.5}, {0.5, 1}, {0, 0.5}});
    case PersonMark::Triangle:
        return polygon(rect.adjusted(-3, -2, 3, 0), {{0.5, 0}, {1, 1}, {0, 1}});
    case PersonMark::Hexagon:
        return polygon(rect, {{0.25, 0.04}, {0.75, 0.04}, {1, 0.5}, {0.75, 0.96}, {0.25, 0.96}, {0, 0.5}});
    case PersonMark::Shield:
        return polygon(rect, {{0.06, 0.02}, {0.94, 0.02}, {0.94, 0.6}, {0.5, 1}, {0.06, 0.6}});
    }
    return path;
}

void paintPersonSign(QPainter& painter, const QRectF& rect, const Person& person, const QColor& ground, const QPen& border, int pixelSize) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(border);
    painter.setBrush(ground);
    painter.drawPath(personOutline(person.mark, rect));
    painter.setPen(tokens().text);
    painter.setFont(uiFont(pixelSize, QFont::DemiBold));
    painter.drawText(lettersIn(person.mark, rect), Qt::AlignCenter, person.initials);
}

} // namespace cw
