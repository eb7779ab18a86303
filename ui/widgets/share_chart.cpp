// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/share_chart.h"

#include "ui/appearance.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr int kLeft = 44, kTop = 26, kRight = 16, kFoot = 40;
constexpr double kLeastDot = 2.5, kMostDot = 6;

double radiusOf(const ShareDot& dot) { return kLeastDot + (kMostDot - kLeastDot) * std::sqrt(std::clamp(dot.weight, 0.0, 1.0)); }

} // namespace

ShareChart::ShareChart(const QString& name, QWidget* parent) : QWidget(parent), m_emptyText(tr("nothing to show")) {
    setAccessibleName(tr("Chart: %1").arg(name));
}

void ShareChart::setPicture(SharePicture picture, const QString& description) {
    m_picture = std::move(picture);
    setAccessibleDescription(description);
    update();
}

void ShareChart::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

QRectF ShareChart::plot() const { return QRectF(rect()).adjusted(kLeft, kTop, -kRight, -kFoot); }

QPointF ShareChart::at(const QPointF& share) const {
    const QRectF area = plot();
    return {area.left() + area.width() * share.x(), area.bottom() - area.height() * share.y()};
}

void ShareChart::paintAxes(QPainter& painter) const {
    const QRectF area = plot();
    painter.setFont(uiFont(size::kRail));
    for (int percent = 0; percent <= 100; percent += 25) {
        const QPointF point = at({percent / 100.0, percent / 100.0});
        painter.fillRect(QRectF(area.left(), point.y(), area.width(), 1), percent == 0 ? tokens().lineStrong : tokens().lineSoft);
        painter.setPen(tokens().muted);
        painter.drawText(QRectF(0, point.y() - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(percent));
        painter.drawText(QRectF(point.x() - 20, area.bottom() + 4, 40, 14), Qt::AlignCenter, QLocale().toString(percent));
    }
    painter.setFont(uiFont(size::kMeta));
    painter.drawText(QRectF(area.left(), area.bottom() + 19, area.width(), 17), Qt::AlignRight | Qt::AlignVCenter, m_picture.xName);
    painter.drawText(QRectF(8, 3, width() - 16, 17), Qt::AlignLeft | Qt::AlignVCenter, m_picture.yName);
    if (m_picture.diagonalName.isEmpty())
        return;
    painter.setPen(QPen(tokens().lineStrong, 1, Qt::DashLine));
    painter.drawLine(at({0, 0}), at({1, 1}));
    painter.setPen(tokens().muted);
    painter.setFont(uiFont(size::kRail));
    const int wide = QFontMetrics(painter.font()).horizontalAdvance(m_picture.diagonalName);
    painter.drawText(at({0.5, 0.5}) + QPointF(12, 16), QFontMetrics(painter.font()).elidedText(m_picture.diagonalName, Qt::ElideRight,
                                                                                              std::min(wide + 2, static_cast<int>(area.width() / 2) - 12)));
}

void ShareChart::paintNamed(QPainter& painter) const {
    const QPointF point = at(m_picture.named->at);
    painter.setPen(QPen(tokens().lineStrong, 1, Qt::DotLine));
    painter.drawLine(point, QPointF(point.x(), plot().bottom()));
    painter.drawLine(point, QPointF(plot().left(), point.y()));
    painter.setPen(QPen(tokens().surface, 2));
    painter.setBrush(tokens().accent);
    painter.drawEllipse(point, 5, 5);
    painter.setFont(uiFont(size::kMeta, QFont::DemiBold));
    painter.setPen(tokens().text);
    QRectF room(point.x() + 10, point.y() + 4, QFontMetrics(painter.font()).horizontalAdvance(m_picture.named->text) + 4, 18);
    room.moveRight(std::min<double>(room.right(), width() - 4));
    if (room.bottom() > plot().bottom())
        room.moveBottom(point.y() - 6);
    painter.drawText(room, Qt::AlignVCenter, m_picture.named->text);
}

void ShareChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.dots.empty() && m_picture.line.empty()) {
        painter.setFont(uiFont());
        painter.setPen(tokens().muted);
        return painter.drawText(rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
    paintAxes(painter);
    QPainterPath path;
    for (const QPointF& point : m_picture.line)
        path.elementCount() == 0 ? path.moveTo(at(point)) : path.lineTo(at(point));
    painter.setPen(QPen(tokens().accent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    QColor fill = tokens().accent;
    fill.setAlphaF(0.35F);
    for (const ShareDot& dot : m_picture.dots) {
        painter.setPen(QPen(tokens().accent, 1.5));
        painter.setBrush(fill);
        painter.drawEllipse(at(dot.at), radiusOf(dot), radiusOf(dot));
    }
    if (m_picture.named)
        paintNamed(painter);
}

bool ShareChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString words;
    for (const ShareDot& dot : m_picture.dots)
        if (QLineF(at(dot.at), help->pos()).length() <= radiusOf(dot) + 3)
            words = dot.text;
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace cw
