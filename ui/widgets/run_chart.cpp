// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/run_chart.h"

#include "app/services/run_numbers.h"
#include "ui/appearance.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace cw {

namespace {

constexpr int kLeft = 52, kTop = 8, kFoot = 22, kEndGap = 8, kLabel = 15;
constexpr double kNear = 6; // pixels within which the mouse is at a mark

QPainterPath pathOf(const std::vector<QPointF>& points) {
    QPainterPath path;
    for (const QPointF& point : points)
        path.elementCount() == 0 ? path.moveTo(point) : path.lineTo(point);
    return path;
}

Qt::PenStyle dashOf(int index) {
    static constexpr std::array<Qt::PenStyle, 4> kDashes = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return kDashes[static_cast<size_t>(index) % kDashes.size()];
}

bool isDrawn(const ChartSeries& series) { return !series.points.empty(); }

} // namespace

RunChart::RunChart(const QString& title, QWidget* parent)
    : QWidget(parent), m_title(title), m_xName(tr("step")), m_emptyText(tr("no step yet")) {
    setMouseTracking(true);
    setAccessibleName(tr("Chart: %1").arg(title));
}

void RunChart::setSeries(std::vector<ChartSeries> series) {
    m_series = std::move(series);
    m_notFinite.clear();
    for (ChartSeries& one : m_series)
        std::erase_if(one.points, [&](const QPointF& point) {
            if (std::isfinite(point.y()))
                return false;
            m_notFinite.push_back({ChartMark::Kind::Outlier, point.x(), tr("%1 is not a number here").arg(one.name)});
            return true;
        });
    m_strong.clear();
    for (const ChartSeries& one : m_series)
        m_strong.push_back(one.smooth ? smoothed(one.points) : one.points);
    describe();
}

void RunChart::setMarks(std::vector<ChartMark> marks) {
    m_marks = std::move(marks);
    describe();
}

std::vector<ChartMark> RunChart::allMarks() const {
    std::vector<ChartMark> marks = m_marks;
    marks.insert(marks.end(), m_notFinite.begin(), m_notFinite.end());
    return marks;
}

void RunChart::describe() {
    QStringList words;
    for (const ChartSeries& one : m_series)
        if (isDrawn(one))
            words << tr("%1 %2 at %3 %4").arg(one.name, shortNumber(one.points.back().y()), m_xName, shortNumber(one.points.back().x()));
    for (const ChartMark& mark : allMarks())
        words << tr("mark at %1 %2: %3").arg(m_xName, shortNumber(mark.step), mark.text);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

double RunChart::Frame::drawn(double value) const { return logarithmic ? std::log10(std::max(value, 1e-12)) : value; }

QPointF RunChart::Frame::at(QPointF value) const {
    const double x = plot.left() + plot.width() * (right > 0 ? value.x() / right : 0);
    const double y = plot.bottom() - plot.height() * (drawn(value.y()) - low) / (high - low);
    return {x, y};
}

RunChart::Frame RunChart::frame() const {
    Frame frame{QRectF(rect()).adjusted(kLeft, kTop, -endLabelWidth(), -kFoot), m_steps, 0, 0, m_logarithmic};
    bool first = true;
    for (const ChartSeries& series : m_series)
        for (const QPointF& point : series.points) {
            const double value = frame.drawn(point.y());
            frame.right = std::max(frame.right, point.x());
            frame.low = first ? value : std::min(frame.low, value);
            frame.high = first ? value : std::max(frame.high, value);
            first = false;
        }
    const double margin = frame.high > frame.low ? 0.08 * (frame.high - frame.low)
                          : m_logarithmic        ? 0.5
                          : frame.low == 0       ? 0.5
                                                 : std::abs(frame.low) * 0.1;
    frame.low -= margin;
    frame.high += margin;
    frame.right = std::max(frame.right, 1.0);
    return frame;
}

QString RunChart::endLabel(size_t index) const {
    const QString value = shortNumber(m_strong[index].back().y());
    if (m_series.size() < 2)
        return value;
    const QFontMetrics metrics(uiFont(size::kMeta, QFont::DemiBold));
    return metrics.elidedText(m_series[index].name, Qt::ElideMiddle, std::max(60, width() / 4)) + QLatin1Char(' ') + value;
}

int RunChart::endLabelWidth() const {
    const QFontMetrics metrics(uiFont(size::kMeta, QFont::DemiBold));
    int width = 0;
    for (size_t i = 0; i < m_series.size(); ++i)
        if (isDrawn(m_series[i]))
            width = std::max(width, metrics.horizontalAdvance(endLabel(i)));
    return width + 2 * kEndGap;
}

void RunChart::paintAxes(QPainter& painter, const Frame& frame) const {
    painter.setFont(uiFont(size::kRail));
    const std::vector<double> values =
        frame.logarithmic ? logTicks(std::pow(10, frame.low), std::pow(10, frame.high)) : ticks(frame.low, frame.high, 3);
    for (const double value : values) {
        const double y = frame.at({0, value}).y();
        painter.fillRect(QRectF(frame.plot.left(), y, frame.plot.width(), 1), tokens().lineSoft);
        painter.setPen(tokens().muted);
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter, shortNumber(value));
    }
    painter.fillRect(QRectF(frame.plot.left(), frame.plot.bottom(), frame.plot.width(), 1), tokens().lineStrong);
    const int most = std::max(1, static_cast<int>(frame.plot.width() / 64));
    for (const double step : ticks(0, frame.right, std::min(4, most))) {
        const double x = frame.at({step, 0}).x();
        painter.setPen(tokens().muted);
        painter.drawText(QRectF(x - 40, frame.plot.bottom() + 4, 80, 16), Qt::AlignCenter, QLocale().toString(step, 'f', frame.right < 3 ? 1 : 0));
    }
}

void RunChart::paintSeries(QPainter& painter, const Frame& frame, size_t index) const {
    const ChartSeries& series = m_series[index];
    if (!isDrawn(series))
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
    if (series.smooth) {
        painter.setPen(QPen(faint, 1));
        painter.drawPath(pathOf(screen(series.points)));
    }
    const std::vector<QPointF>& strong = m_strong[index];
    painter.setPen(QPen(ink, 2, dashOf(static_cast<int>(index)), Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(pathOf(screen(strong)));
    painter.setBrush(ink);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(frame.at(strong.back()), 3, 3);
}

// The labels stand apart where lines end close to each other.
void RunChart::paintEndLabels(QPainter& painter, const Frame& frame) const {
    std::vector<size_t> drawn;
    std::vector<double> tops;
    std::vector<QPointF> ends;
    for (size_t i = 0; i < m_series.size(); ++i)
        if (isDrawn(m_series[i])) {
            drawn.push_back(i);
            ends.push_back(frame.at(m_strong[i].back()));
            tops.push_back(ends.back().y() - kLabel / 2.0);
        }
    tops = spreadLabels(tops, kLabel, 0, height() - kLabel);
    painter.setFont(uiFont(size::kMeta, QFont::DemiBold));
    for (size_t i = 0; i < drawn.size(); ++i) {
        const QString label = endLabel(drawn[i]);
        const double left = ends[i].x() + kEndGap;
        QColor ground = tokens().surface; // a label in the middle stands on the lines of those that went on
        ground.setAlphaF(0.85F);
        painter.fillRect(QRectF(left - 2, tops[i], QFontMetrics(painter.font()).horizontalAdvance(label) + 4, kLabel), ground);
        painter.setPen(seriesColor(m_series[drawn[i]].color, tokens()));
        painter.drawText(QRectF(left, tops[i], width() - left, kLabel), Qt::AlignVCenter, label);
    }
}

// A resume is a dotted line with its word; an outlier a triangle on the axis, so that it covers no line.
void RunChart::paintMark(QPainter& painter, const Frame& frame, const ChartMark& mark) const {
    const double x = frame.at({mark.step, 0}).x();
    if (mark.kind == ChartMark::Kind::Resume) {
        painter.setPen(QPen(tokens().lineStrong, 1, Qt::DotLine));
        painter.drawLine(QPointF(x, frame.plot.top()), QPointF(x, frame.plot.bottom()));
        painter.setPen(tokens().muted);
        painter.setFont(uiFont(size::kRail));
        painter.drawText(QRectF(x + 4, frame.plot.top() - 2, 100, 14), Qt::AlignLeft | Qt::AlignVCenter, tr("resumed"));
        return;
    }
    const double foot = frame.plot.bottom();
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().warning);
    painter.drawPolygon(QPolygonF({QPointF(x - 5, foot), QPointF(x + 5, foot), QPointF(x, foot - 9)}));
}

void RunChart::paintHover(QPainter& painter, const Frame& frame) const {
    if (!m_hoverX || *m_hoverX < frame.plot.left() || *m_hoverX > frame.plot.right())
        return;
    const double step = (*m_hoverX - frame.plot.left()) / frame.plot.width() * frame.right;
    painter.fillRect(QRectF(*m_hoverX, frame.plot.top(), 1, frame.plot.height()), tokens().lineStrong);
    QStringList words{m_xName + QLatin1Char(' ') + QLocale().toString(std::round(step), 'f', 0)};
    for (const ChartSeries& series : m_series) {
        const auto at = std::lower_bound(series.points.begin(), series.points.end(), step, [](QPointF p, double x) { return p.x() < x; });
        if (at != series.points.end())
            words << series.name + QLatin1Char(' ') + shortNumber(at->y());
    }
    for (const ChartMark& mark : allMarks())
        if (std::abs(frame.at({mark.step, 0}).x() - *m_hoverX) <= kNear)
            words = QStringList{mark.text};
    painter.setFont(uiFont(size::kMeta));
    const QFontMetrics metrics(painter.font());
    const QString text = metrics.elidedText(words.join(QStringLiteral("   ")), Qt::ElideRight, width() - 24);
    QRectF box(0, frame.plot.top(), metrics.horizontalAdvance(text) + 16, 22);
    box.moveLeft(std::clamp(*m_hoverX + 8, 4.0, std::max(4.0, width() - box.width() - 4)));
    painter.setPen(tokens().line);
    painter.setBrush(tokens().surface);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(tokens().text);
    painter.drawText(box, Qt::AlignCenter, text);
}

void RunChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (std::none_of(m_series.begin(), m_series.end(), isDrawn)) {
        painter.setPen(tokens().muted);
        painter.setFont(uiFont(size::kBody));
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const Frame area = frame();
    paintAxes(painter, area);
    for (const ChartMark& mark : allMarks())
        paintMark(painter, area, mark);
    for (size_t i = 0; i < m_series.size(); ++i)
        paintSeries(painter, area, i);
    paintEndLabels(painter, area);
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
