// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A line chart of a run's metrics by step: raw values thin, smoothed values strong, the last value written at the line's end. GUI thread.
#pragma once

#include <QPointF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace cw {

struct ChartSeries {
    QString name;
    int color = 0; // seriesColor's index; the second and later series are dashed too
    std::vector<QPointF> points; // x: step, y: value; x rises
};

// Exponential smoothing with bias correction, weight 0.85: what the strong line shows.
std::vector<QPointF> smoothed(const std::vector<QPointF>& points);

// The points that a line of `columns` pixels needs: the least and the greatest of each column, in order.
std::vector<QPointF> decimated(const std::vector<QPointF>& points, int columns);

// Round values that cover [low, high], about `count` of them.
std::vector<double> ticks(double low, double high, int count);

class RunChart : public QWidget {
    Q_OBJECT

public:
    explicit RunChart(const QString& title, QWidget* parent = nullptr);

    void setSeries(std::vector<ChartSeries> series);
    void setSmoothing(bool smoothing) { m_smoothing = smoothing; }
    void setSteps(double steps) { m_steps = steps; } // the x axis's end when it is known

    QSize sizeHint() const override { return {480, 180}; }
    QSize minimumSizeHint() const override { return {260, 140}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Frame {
        QRectF plot;
        double right = 1, low = 0, high = 1;
        QPointF at(QPointF value) const;
    };
    Frame frame() const;
    std::vector<QPointF> strongLine(const ChartSeries& series) const;
    QString endLabel(const ChartSeries& series) const; // behind the line's last point; the series has one
    int endLabelWidth() const;
    void paintAxes(QPainter& painter, const Frame& frame) const;
    void paintSeries(QPainter& painter, const Frame& frame, const ChartSeries& series, bool dashed) const;
    void paintHover(QPainter& painter, const Frame& frame) const;

    QString m_title;
    std::vector<ChartSeries> m_series;
    double m_steps = 0;
    bool m_smoothing = true;
    std::optional<double> m_hoverX;
};

} // namespace cw
