// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One score of several runs in the order of time, each with its interval; the pinned one is black and has a line across. GUI thread.
#pragma once

#include <QDateTime>
#include <QString>
#include <QWidget>

#include <array>
#include <optional>
#include <vector>

namespace cw {

struct TrendPoint {
    QString name;
    QDateTime when;
    double rate = 0; // 0..1
    std::optional<std::array<double, 2>> interval;
    bool pinned = false;
};

class TrendChart : public QWidget {
    Q_OBJECT

public:
    explicit TrendChart(QWidget* parent = nullptr);
    void setPoints(const QString& score, std::vector<TrendPoint> points); // in any order
    void setCurrent(const QString& name); // is drawn filled

    QSize sizeHint() const override { return {600, 200}; }
    QSize minimumSizeHint() const override { return {240, 130}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF plot() const;
    double xOf(size_t point) const;
    double yOf(double rate) const;
    void paintAxes(QPainter& painter) const;
    void paintPoint(QPainter& painter, size_t point) const;
    QString words(const TrendPoint& point) const;
    QString m_score, m_current;
    std::vector<TrendPoint> m_points; // by time
    double m_low = 0, m_high = 1;
};

} // namespace cw
