// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/score_strip.h"

#include "ui/appearance.h"

#include <QLocale>
#include <QPainter>

namespace cw {

namespace {

QString percent(double rate) { return QLocale().toString(100 * rate, 'f', 1); }

} // namespace

ScoreStrip::ScoreStrip(QWidget* parent) : QWidget(parent) {
    setFixedHeight(112);
    setAccessibleName(tr("Headline scores"));
}

void ScoreStrip::setScores(std::vector<Score> scores) {
    m_scores = std::move(scores);
    QStringList words;
    for (const Score& score : m_scores)
        words << tr("%1: %2, %3").arg(score.title, score.rate ? percent(*score.rate) : tr("no data"), score.note);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

void ScoreStrip::paintLine(QPainter& painter, const QRectF& line, const Score& score) const {
    const auto x = [&](double rate) { return line.left() + line.width() * rate; };
    painter.fillRect(QRectF(line.left(), line.center().y(), line.width(), 1), tokens().line);
    if (score.baseline) {
        painter.setPen(QPen(tokens().text, 1.5, Qt::DotLine));
        painter.drawLine(QPointF(x(*score.baseline), line.top()), QPointF(x(*score.baseline), line.bottom()));
    }
    painter.setPen(QPen(tokens().accent, 2));
    if (score.low && score.high) {
        painter.drawLine(QPointF(x(*score.low), line.center().y()), QPointF(x(*score.high), line.center().y()));
        for (double end : {*score.low, *score.high})
            painter.drawLine(QPointF(x(end), line.center().y() - 4), QPointF(x(end), line.center().y() + 4));
    }
    if (score.rate) {
        painter.setBrush(tokens().accent);
        painter.drawEllipse(QPointF(x(*score.rate), line.center().y()), 2.5, 2.5);
    }
}

void ScoreStrip::paintScore(QPainter& painter, const QRect& cell, const Score& score) const {
    const QRect room = cell.adjusted(16, 10, -12, -8);
    painter.setPen(tokens().muted);
    painter.setFont(uiFont(size::kMeta, QFont::Medium));
    painter.drawText(QRect(room.left(), room.top(), room.width(), 16), Qt::AlignVCenter, score.title);
    painter.setPen(tokens().text);
    painter.setFont(uiFont(size::kHeadline, QFont::DemiBold));
    const QString value = score.rate ? percent(*score.rate) : QStringLiteral("–");
    painter.drawText(QRect(room.left(), room.top() + 16, room.width(), 36), Qt::AlignVCenter, value);
    const int after = QFontMetrics(painter.font()).horizontalAdvance(value) + 10;
    painter.setFont(uiFont(size::kMeta));
    painter.setPen(tokens().muted);
    if (score.low && score.high)
        painter.drawText(QRect(room.left() + after, room.top() + 22, room.width() - after, 28), Qt::AlignVCenter,
                         QStringLiteral("[%1, %2]").arg(percent(*score.low), percent(*score.high)));
    paintLine(painter, QRectF(room.left(), room.top() + 56, room.width(), 12), score);
    painter.setPen(tokens().muted);
    painter.drawText(QRect(room.left(), room.top() + 74, room.width(), 18), Qt::AlignVCenter,
                     QFontMetrics(painter.font()).elidedText(score.note, Qt::ElideRight, room.width()));
}

void ScoreStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), tokens().surface);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens().line);
    for (size_t i = 0; i < m_scores.size(); ++i) {
        const int count = static_cast<int>(m_scores.size()), at = static_cast<int>(i);
        const QRect cell(width() * at / count, 0, width() * (at + 1) / count - width() * at / count, height() - 1);
        if (i > 0)
            painter.fillRect(QRect(cell.left(), 0, 1, cell.height()), tokens().line);
        paintScore(painter, cell, m_scores[i]);
    }
}

} // namespace cw
