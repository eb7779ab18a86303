// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The headline scores of an evaluation: a big number, its interval on a line with the null baseline, what it counts. GUI thread.
#pragma once

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

namespace cw {

// Rates are 0..1.
struct Score {
    QString title;
    std::optional<double> rate;
    std::optional<double> low, high; // the 95 % interval
    std::optional<double> baseline;
    QString note; // "null baseline 65.0 · n 6,899"
};

class ScoreStrip : public QWidget {
    Q_OBJECT

public:
    explicit ScoreStrip(QWidget* parent = nullptr);
    void setScores(std::vector<Score> scores);

    QSize sizeHint() const override { return {1000, 112}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintScore(QPainter& painter, const QRect& cell, const Score& score) const;
    void paintLine(QPainter& painter, const QRectF& line, const Score& score) const;
    std::vector<Score> m_scores;
};

} // namespace cw
