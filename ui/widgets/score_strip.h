// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The headline scores of an evaluation: a big number, its interval on a line with the null baseline and the pinned run, the change from it,
// what it counts. Left and Right go from score to score; F1, Enter or a click opens what one means. GUI thread.
#pragma once

#include <QFont>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

namespace cw {

// Rates are 0..1.
struct Score {
    QString title;
    std::optional<double> rate;
    std::optional<double> low, high; // the 95 % interval
    std::optional<double> baseline;  // of answering null
    std::optional<double> pinned;    // the other run's
    QString change;                  // "▴ 0.9 pt, p 0.004"; empty: nothing is pinned
    int turn = 0;                    // of the change: 1 better, -1 worse, 0 neither
    QString note;                    // "null baseline 65.0 · n 6,899"
    QString definition;              // rich text
};

class ScoreStrip : public QWidget {
    Q_OBJECT

public:
    explicit ScoreStrip(QWidget* parent = nullptr);
    void setScores(std::vector<Score> scores);
    int current() const { return m_current; }
    QRect cellRect(int score) const;
    // Where the interval of a score is written, in letters that fit beside the big number; an empty text where it has none.
    struct Interval {
        QString text;
        QFont font;
        QRect room;
    };
    Interval intervalOf(int score) const;
    // What a score counts: on one line where it fits, else in smaller letters, else parted before its last piece.
    struct Note {
        QStringList lines;
        QFont font;
    };
    Note noteOf(int score) const;

    QSize sizeHint() const override { return {1000, height()}; }

Q_SIGNALS:
    void definitionWanted(int score);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    int at(const QPoint& point) const;
    void goTo(int score);
    void describe();
    void paintScore(QPainter& painter, int index) const;
    void paintLine(QPainter& painter, const QRectF& room, const Score& score) const;
    std::vector<Score> m_scores;
    int m_current = 0;
};

} // namespace cw
