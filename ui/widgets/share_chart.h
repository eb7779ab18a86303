// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A chart of shares against shares, both axes 0 to 100 %: dots by their weight, a line, the line that it is judged by, one point that is
// named. For calibration and for what a review catches. GUI thread.
#pragma once

#include <QPointF>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace cw {

struct ShareDot {
    QPointF at;        // 0..1
    double weight = 1; // 0..1 of the heaviest
    QString text;      // what is said of it under the mouse
};

struct SharePicture {
    QString xName, yName;      // "reviewed, least sure first, %"
    std::vector<ShareDot> dots;
    std::vector<QPointF> line; // x rises
    QString diagonalName;      // "as sure as right"; empty: no diagonal
    std::optional<ShareDot> named;
};

class ShareChart : public QWidget {
    Q_OBJECT

public:
    explicit ShareChart(const QString& name, QWidget* parent = nullptr);
    void setPicture(SharePicture picture, const QString& description); // the description is for a screen reader
    void setEmptyText(const QString& text);

    QSize sizeHint() const override { return {360, 260}; }
    QSize minimumSizeHint() const override { return {220, 160}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF plot() const;
    QPointF at(const QPointF& share) const;
    void paintAxes(QPainter& painter) const;
    void paintNamed(QPainter& painter) const;
    SharePicture m_picture;
    QString m_emptyText;
};

} // namespace cw
