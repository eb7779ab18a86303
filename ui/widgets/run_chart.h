// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A line chart of a run's metrics by step: raw values thin, smoothed values strong, the last value written at the line's end, and marks
// where something happened. GUI thread.
#pragma once

#include "ui/widgets/chart_points.h"

#include <QPointF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace cw {

struct ChartSeries {
    QString name;
    int color = 0; // seriesColor's index; the second and later series have dashes of their own too
    std::vector<QPointF> points; // x: step, y: value; x rises. Values that are no numbers are drawn as marks
    bool smooth = false;         // raw values thin and smoothed ones strong, for what is noisy
};

// Something that happened at a step.
struct ChartMark {
    enum class Kind { Resume, Outlier };
    Kind kind = Kind::Outlier;
    double step = 0;
    QString text; // what is said of it
};

class RunChart : public QWidget {
    Q_OBJECT

public:
    explicit RunChart(const QString& title, QWidget* parent = nullptr);

    void setSeries(std::vector<ChartSeries> series);
    void setMarks(std::vector<ChartMark> marks);
    void setSteps(double steps) { m_steps = steps; } // the x axis's end when it is known
    void setLogarithmic(bool logarithmic) { m_logarithmic = logarithmic; } // the values are above 0
    void setXName(const QString& name) { m_xName = name; } // else "step"
    void setEmptyText(const QString& text) { m_emptyText = text; }

    QSize sizeHint() const override { return {480, 180}; }
    QSize minimumSizeHint() const override { return {200, 110}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Frame {
        QRectF plot;
        double right = 1, low = 0, high = 1; // low and high as they are drawn: of the logarithm where it is logarithmic
        bool logarithmic = false;
        double drawn(double value) const;
        QPointF at(QPointF value) const;
    };
    Frame frame() const;
    void describe();
    QString endLabel(size_t index) const; // behind the line's last point; the series has one
    int endLabelWidth() const;
    std::vector<ChartMark> allMarks() const; // and where a value is no number
    void paintAxes(QPainter& painter, const Frame& frame) const;
    void paintSeries(QPainter& painter, const Frame& frame, size_t index) const;
    void paintEndLabels(QPainter& painter, const Frame& frame) const;
    void paintMark(QPainter& painter, const Frame& frame, const ChartMark& mark) const;
    void paintHover(QPainter& painter, const Frame& frame) const;

    QString m_title, m_xName, m_emptyText;
    std::vector<ChartSeries> m_series; // finite values alone
    std::vector<std::vector<QPointF>> m_strong; // of each series, the line that is drawn strong
    std::vector<ChartMark> m_marks, m_notFinite;
    double m_steps = 0;
    bool m_logarithmic = false;
    std::optional<double> m_hoverX;
};

} // namespace cw
