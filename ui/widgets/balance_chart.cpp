// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/balance_chart.h"

#include "ui/appearance.h"
#include "ui/widgets/glyphs.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace cw {

namespace {

constexpr int kLeft = 44, kRight = 12, kTop = 14, kFoot = 46;

int groupCount(const std::vector<BalanceBar>& bars) {
    int groups = bars.empty() ? 0 : 1;
    for (size_t i = 1; i < bars.size(); ++i)
        groups += bars[i].letter != bars[i - 1].letter;
    return groups;
}

} // namespace

BalanceChart::BalanceChart(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Balance of clauses"));
    setMouseTracking(true);
}

void BalanceChart::setBars(std::vector<BalanceBar> bars) {
    m_bars = std::move(bars);
    QStringList lines;
    for (const BalanceBar& bar : m_bars)
        lines << describe(bar);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    update();
}

QString BalanceChart::describe(const BalanceBar& bar) const {
    return tr("%1 %2: train %3 %, test %4 %, positives in test: %5")
        .arg(bar.code, bar.title, QString::number(100 * bar.train, 'f', 0), QString::number(100 * bar.test, 'f', 0))
        .arg(bar.testPresent);
}

QRectF BalanceChart::plot() const { return QRectF(rect()).adjusted(kLeft, kTop, -kRight, -kFoot); }

std::vector<BalanceChart::Place> BalanceChart::places() const {
    std::vector<Place> out;
    if (m_bars.empty())
        return out;
    const QRectF area = plot();
    // A gap between groups is as wide as eight tenths of a column.
    const double step = area.width() / (static_cast<double>(m_bars.size()) + 0.8 * groupCount(m_bars));
    double x = area.left() + 0.4 * step;
    for (size_t i = 0; i < m_bars.size(); ++i) {
        if (i > 0 && m_bars[i].letter != m_bars[i - 1].letter)
            x += 0.8 * step;
        out.push_back({QRectF(x + 0.14 * step, area.top(), 0.72 * step, area.height()), i});
        x += step;
    }
    return out;
}

void BalanceChart::paintAxis(QPainter& painter) const {
    const QRectF area = plot();
    painter.setFont(uiFont(size::kMeta));
    for (int percent = 0; percent <= 100; percent += 25) {
        const double y = area.bottom() - area.height() * percent / 100;
        painter.fillRect(QRectF(area.left(), y, area.width(), 1), percent == 0 ? tokens().lineStrong : tokens().lineSoft);
        painter.setPen(tokens().muted);
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter, QString::number(percent));
    }
}

void BalanceChart::paintBar(QPainter& painter, const Place& place) const {
    const BalanceBar& bar = m_bars[place.bar];
    const GroupStyle style = groupStyle(bar.letter, tokens());
    const double base = place.column.bottom();
    const double height = place.column.height() * std::clamp(bar.train, 0.0, 1.0);
    if (height >= 1)
        paintGroupSwatch(painter, QRectF(place.column.left(), base - height, place.column.width(), height), style);
    const QPointF ring(place.column.center().x(), base - place.column.height() * std::clamp(bar.test, 0.0, 1.0));
    painter.setPen(QPen(tokens().text, 1.6));
    painter.setBrush(tokens().surface);
    painter.drawEllipse(ring, 3.2, 3.2);
    if (bar.testPresent >= kFewPositives)
        return;
    const QPolygonF triangle{{ring.x(), base + 5.0}, {ring.x() - 3.5, base + 11.0}, {ring.x() + 3.5, base + 11.0}};
    painter.setPen(QPen(tokens().warning, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(triangle);
}

void BalanceChart::paintGroups(QPainter& painter, const std::vector<Place>& places) const {
    const double y = plot().bottom() + 16;
    for (size_t first = 0; first < places.size();) {
        size_t last = first;
        while (last + 1 < places.size() && m_bars[last + 1].letter == m_bars[first].letter)
            ++last;
        const QColor ink = groupStyle(m_bars[first].letter, tokens()).ink;
        const double left = places[first].column.left() - 2, right = places[last].column.right() + 2;
        painter.fillRect(QRectF(left, y, right - left, 2), ink);
        painter.setPen(ink);
        painter.setFont(uiFont(size::kMeta, QFont::DemiBold));
        painter.drawText(QRectF(left - 10, y + 5, right - left + 20, 16), Qt::AlignCenter, m_bars[first].letter);
        first = last + 1;
    }
}

void BalanceChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintAxis(painter);
    const std::vector<Place> all = places();
    for (const Place& place : all)
        paintBar(painter, place);
    paintGroups(painter, all);
}

bool BalanceChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (const Place& place : places())
        if (place.column.adjusted(-2, 0, 2, kFoot).contains(help->pos()))
            QToolTip::showText(help->globalPos(), describe(m_bars[place.bar]), this);
    return true;
}

} // namespace cw
