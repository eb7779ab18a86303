// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/run_chart.h"

#include "ui/appearance.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr int kLeft = 52, kTop = 8, kFoot = 22, kEndGap = 8;

QString shortNumber(double value) { return QLocale().toString(value, 'g', 3); }

QPainterPath pathOf(const std::vector<QPointF>& points) {
    QPainterPath path;
    for (const QPointF& point : points)
        path.elementCount() == 0 ? path.moveTo(point) : path.lineTo(point);
    return path;
}

} // namespace

std::vector<QPointF> smoothed(const std::vector<QPointF>& points) {
    constexpr double kWeight = 0.85;
    std::vector<QPointF> out;
    double average = 0, scale = 0;
    for (const QPointF& point : points) {
        average = kWeight * average + (1 - kWeight) * point.y();
        scale = kWeight * scale + (1 - kWeight);
        out.emplace_back(point.x(), average / scale);
    }
    return out;
}

std::vector<QPointF> decimated(const std::vector<QPointF>& points, int columns) {
    if (columns < 1 || static_cast<int>(points.size()) <= 2 * columns)
        return points;
    std::vector<QPointF> out;
    const size_t count = points.size();
    for (int column = 0; column < columns; ++column) {
        const auto first = points.begin() + static_cast<long>(count * static_cast<size_t>(column) / static_cast<size_t>(columns));
        const auto last = points.begin() + static_cast<long>(count * (static_cast<size_t>(column) + 1) / static_cast<size_t>(columns));
        auto [least, greatest] = std::minmax_element(first, last, [](QPointF a, QPointF b) { return a.y() < b.y(); });
        if (greatest < least)
            std::swap(least, greatest);
        out.push_back(*least);
        if (greatest != least)
            out.push_back(*greatest);
    }
    return out;
}

std::vector<double> ticks(double low, double high, int count) {
    if (!(high > low))
        return {low};
    const double raw = (high - low) / std::max(1, count);
    const double magnitude = std::pow(10, std::floor(std::log10(raw)));
    const double share = raw / magnitude;
    const double step = magnitude * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    std::vector<double> out;
    for (double at = std::ceil(low / step) * step; at <= high + step * 1e-9; at += step)
        out.push_back(std::abs(at) < step * 1e-9 ? 0 : at);
    return out;
}

RunChart::RunChart(const QString& title, QWidget* parent) : QWidget(parent), m_title(title) {
    setMouseTracking(true);
    setAccessibleName(tr("Chart: %1").arg(title));
}

void RunChart::setSeries(std::vector<ChartSeries> series) {
    m_series = std::move(series);
    QStringList words;
    for (const ChartSeries& one : m_series)
        if (!one.points.empty())
            words << tr("%1 %2 at step %3").arg(one.name, shortNumber(one.points.back().y()), shortNumber(one.points.back().x()));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

QPointF RunChart::Frame::at(QPointF value) const {
    const double x = plot.left() + plot.width() * (right > 0 ? value.x() / right : 0);
    const double y = plot.bottom() - plot.height() * (value.y() - low) / (high - low);
    return {x, y};
}

RunChart::Frame RunChart::frame() const {
    Frame frame{QRectF(rect()).adjusted(kLeft, kTop, -endLabelWidth(), -kFoot), m_steps, 0, 0};
    bool first = true;
    for (const ChartSeries& series : m_series)
        for (const QPointF& point : series.points) {
            frame.right = std::max(frame.right, point.x());
            frame.low = first ? point.y() : std::min(frame.low, point.y());
            frame.high = first ? point.y() : std::max(frame.high, point.y());
            first = false;
        }
    const double margin = frame.high > frame.low ? 0.08 * (frame.high - frame.low) : std::max(0.5, std::abs(frame.low) * 0.1);
    frame.low -= margin;
    frame.high += margin;
    frame.right = std::max(frame.right, 1.0);
    return frame;
}

std::vector<QPointF> RunChart::strongLine(const ChartSeries& series) const { return m_smoothing ? smoothed(series.points) : series.points; }

QString RunChart::endLabel(const ChartSeries& series) const {
    const QString value = shortNumber(strongLine(series).back().y());
    return m_series.size() > 1 ? series.name + QLatin1Char(' ') + value : value;
}

int RunChart::endLabelWidth() const {
    const QFontMetrics metrics(uiFont(size::kMeta, QFont::DemiBold));
    int width = 0;
    for (const ChartSeries& series : m_series)
        if (!series.points.empty())
            width = std::max(width, metrics.horizontalAdvance(endLabel(series)));
    return width + 2 * kEndGap;
}

void RunChart::paintAxes(QPainter& painter, const Frame& frame) const {
    painter.setFont(uiFont(size::kRail));
    for (double value : ticks(frame.low, frame.high, 3)) {
        const double y = frame.at({0, value}).y();
        painter.fillRect(QRectF(frame.plot.left(), y, frame.plot.width(), 1), tokens().lineSoft);
        painter.setPen(tokens().muted);
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter, shortNumber(value));
    }
    painter.fillRect(QRectF(frame.plot.left(), frame.plot.bottom(), frame.plot.width(), 1), tokens().lineStrong);
    for (double step : ticks(0, frame.right, 3)) {
        const double x = frame.at({step, 0}).x();
        painter.setPen(tokens().muted);
        painter.drawText(QRectF(x - 40, frame.plot.bottom() + 4, 80, 16), Qt::AlignCenter, QLocale().toString(step, 'f', frame.right < 3 ? 1 : 0));
    }
}

void RunChart::paintSeries(QPainter& painter, const Frame& frame, const ChartSeries& series, bool dashed) const {
    if (series.points.empty())
        return;
    const QColor ink = seriesColor(series.color, tokens());
    const auto screen = [&](const std::vector<QPointF>& points) {
        std::vector<QPointF> out;
        for (const QPointF& point : decimated(points, static_cast<int>(frame.plot.width())))
            out.push_back(frame.at(point));
        return out;
    };
    painter.setBrush(Qt::NoBrush);
    QColor faint = ink;
    faint.setAlphaF(0.38F);
    painter.setPen(QPen(faint, 1));
    painter.drawPath(pathOf(screen(series.points)));
    const std::vector<QPointF> smooth = strongLine(series);
    painter.setPen(QPen(ink, 2, dashed ? Qt::DashLine : Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(pathOf(screen(smooth)));
    const QPointF end = frame.at(smooth.back());
    painter.setBrush(ink);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(end, 3, 3);
    painter.setPen(ink);
    painter.setFont(uiFont(size::kMeta, QFont::DemiBold));
    painter.drawText(QRectF(end.x() + kEndGap, end.y() - 9, width() - end.x() - kEndGap, 18), Qt::AlignVCenter, endLabel(series));
}

void RunChart::paintHover(QPainter& painter, const Frame& frame) const {
    if (!m_hoverX || *m_hoverX < frame.plot.left() || *m_hoverX > frame.plot.right())
        return;
    const double step = (*m_hoverX - frame.plot.left()) / frame.plot.width() * frame.right;
    painter.fillRect(QRectF(*m_hoverX, frame.plot.top(), 1, frame.plot.height()), tokens().lineStrong);
    QStringList words{tr("step %1").arg(QLocale().toString(std::round(step), 'f', 0))};
    for (const ChartSeries& series : m_series) {
        const auto at = std::lower_bound(series.points.begin(), series.points.end(), step, [](QPointF p, double x) { return p.x() < x; });
        if (at != series.points.end())
            words << series.name + QLatin1Char(' ') + shortNumber(at->y());
    }
    painter.setFont(uiFont(size::kMeta));
    const QString text = words.join(QStringLiteral("   "));
    QRectF box(0, frame.plot.top(), QFontMetrics(painter.font()).horizontalAdvance(text) + 16, 22);
    box.moveLeft(std::min(*m_hoverX + 8, width() - box.width() - 4));
    painter.setPen(tokens().line);
    painter.setBrush(tokens().surface);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(tokens().text);
    painter.drawText(box, Qt::AlignCenter, text);
}

void RunChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool empty = std::all_of(m_series.begin(), m_series.end(), [](const ChartSeries& s) { return s.points.empty(); });
    if (empty) {
        painter.setPen(tokens().muted);
        painter.setFont(uiFont(size::kBody));
        painter.drawText(rect(), Qt::AlignCenter, tr("no step yet"));
        return;
    }
    const Frame area = frame();
    paintAxes(painter, area);
    for (size_t i = 0; i < m_series.size(); ++i)
        paintSeries(painter, area, m_series[i], i > 0);
    paintHover(painter, area);
}

void RunChart::mouseMoveEvent(QMouseEvent* event) {
    m_hoverX = event->position().x();
    update();
}

void RunChart::leaveEvent(QEvent*) {
    m_hoverX.reset();
    update();
}

} // namespace cw
