// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/trend_chart.h"

#include "ui/appearance.h"
#include "ui/models/score_words.h"
#include "ui/widgets/chart_points.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace cw {

namespace {

constexpr int kLeft = 48, kTop = 12, kRight = 20, kFoot = 40, kLeastStep = 90;

} // namespace

TrendChart::TrendChart(QWidget* parent) : QWidget(parent) { setObjectName(QStringLiteral("trendChart")); }

QString TrendChart::words(const TrendPoint& point) const {
    QString text = QStringLiteral("%1, %2: %3 %").arg(point.name, QLocale().toString(point.when, QLocale::ShortFormat), percentText(point.rate));
    if (point.interval)
        text += QLatin1Char(' ') + intervalText(*point.interval);
    return point.pinned ? tr("%1, pinned").arg(text) : text;
}

void TrendChart::setPoints(const QString& score, std::vector<TrendPoint> points) {
    m_score = score;
    m_points = std::move(points);
    std::stable_sort(m_points.begin(), m_points.end(), [](const TrendPoint& a, const TrendPoint& b) { return a.when < b.when; });
    m_low = 1;
    m_high = 0;
    QStringList all;
    for (const TrendPoint& point : m_points) {
        m_low = std::min(m_low, point.interval ? (*point.interval)[0] : point.rate);
        m_high = std::max(m_high, point.interval ? (*point.interval)[1] : point.rate);
        all << words(point);
    }
    const double margin = std::max(0.01, 0.15 * (m_high - m_low));
    m_low = std::max(0.0, m_low - margin);
    m_high = std::min(1.0, m_high + margin);
    setAccessibleName(tr("Chart: %1 over the runs").arg(score));
    setAccessibleDescription(all.join(QStringLiteral("; ")));
    update();
}

void TrendChart::setCurrent(const QString& name) {
    m_current = name;
    update();
}

QRectF TrendChart::plot() const { return QRectF(rect()).adjusted(kLeft, kTop, -kRight, -kFoot); }

double TrendChart::xOf(size_t point) const {
    return plot().left() + plot().width() * (static_cast<double>(point) + 0.5) / static_cast<double>(m_points.size());
}

double TrendChart::yOf(double rate) const { return plot().bottom() - plot().height() * (rate - m_low) / (m_high - m_low); }

void TrendChart::paintAxes(QPainter& painter) const {
    const QRectF area = plot();
    painter.setFont(uiFont(size::kRail));
    for (const double value : ticks(100 * m_low, 100 * m_high, 6)) {
        if (value < 100 * m_low || value > 100 * m_high)
            continue;
        const double y = yOf(value / 100);
        painter.fillRect(QRectF(area.left(), y, area.width(), 1), tokens().lineSoft);
        painter.setPen(tokens().muted);
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(value, 'g', 4));
    }
    painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), tokens().lineStrong);
    // Names and times where they have room; every one of them is said under the mouse.
    const double step = area.width() / static_cast<double>(m_points.size());
    const size_t every = std::max<size_t>(1, static_cast<size_t>(kLeastStep / std::max(1.0, step)) + (step < kLeastStep ? 1 : 0));
    for (size_t i = 0; i < m_points.size(); i += every) {
        const double wide = step * static_cast<double>(every) - 8;
        const QRectF room(xOf(i) - wide / 2, area.bottom() + 4, wide, 15);
        painter.setPen(m_points[i].name == m_current ? tokens().text : tokens().muted);
        painter.drawText(room, Qt::AlignCenter, QFontMetrics(painter.font()).elidedText(m_points[i].name, Qt::ElideMiddle, static_cast<int>(wide)));
        painter.setPen(tokens().muted);
        painter.drawText(room.translated(0, 15), Qt::AlignCenter,
                         QFontMetrics(painter.font()).elidedText(QLocale().toString(m_points[i].when, QLocale::ShortFormat), Qt::ElideRight, static_cast<int>(wide)));
    }
}

void TrendChart::paintPoint(QPainter& painter, size_t point) const {
    const TrendPoint& of = m_points[point];
    const double x = xOf(point), y = yOf(of.rate);
    const QColor ink = of.pinned ? tokens().baseline : tokens().accent;
    if (of.pinned) {
        painter.setPen(QPen(tokens().baseline, 1.5, Qt::DashLine));
        painter.drawLine(QPointF(plot().left(), y), QPointF(plot().right(), y));
    }
    painter.setPen(QPen(ink, of.pinned ? 2.5 : 2));
    if (of.interval) {
        const double low = yOf((*of.interval)[0]), high = yOf((*of.interval)[1]);
        painter.drawLine(QPointF(x, low), QPointF(x, high));
        for (const double end : {low, high})
            painter.drawLine(QPointF(x - 4, end), QPointF(x + 4, end));
    }
    painter.setBrush(of.pinned || of.name == m_current ? ink : tokens().surface);
    if (of.pinned)
        painter.drawPolygon(QPolygonF({QPointF(x - 5, y), QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5)}));
    else
        painter.drawEllipse(QPointF(x, y), 4, 4);
}

void TrendChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_points.empty()) {
        painter.setFont(uiFont());
        painter.setPen(tokens().muted);
        return painter.drawText(rect(), Qt::AlignCenter, tr("no run has this score yet"));
    }
    paintAxes(painter);
    for (size_t i = 0; i < m_points.size(); ++i)
        paintPoint(painter, i);
}

bool TrendChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString text;
    const double half = m_points.empty() ? 0 : plot().width() / static_cast<double>(m_points.size()) / 2;
    for (size_t i = 0; i < m_points.size(); ++i)
        if (std::abs(xOf(i) - help->pos().x()) <= half)
            text = words(m_points[i]);
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace cw
