// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/score_strip.h"

#include "ui/appearance.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

constexpr int kHeight = 123, kLineWidth = 190, kEnd = 30, kRightPadding = 8;

QString percent(double rate) { return QLocale().toString(100 * rate, 'f', rate < 0.9995 ? 1 : 0); }

QFont headlineFont() { return uiFont(size::kHeadline, QFont::DemiBold); }

QRect roomOf(const QRect& cell) { return cell.adjusted(16, 8, -kRightPadding, -6); }

// The part of 0..1 that a line shows, in whole tenths: all of the marks, and one of the ends of the scale.
std::pair<double, double> rangeOf(const Score& score) {
    double low = 1, high = 0;
    for (const auto& mark : {score.rate, score.low, score.high, score.baseline, score.pinned})
        if (mark) {
            low = std::min(low, *mark);
            high = std::max(high, *mark);
        }
    if (low > high)
        return {0, 1};
    const bool nearZero = low + high < 0.6;
    const double from = nearZero ? 0 : std::max(0.0, std::floor(low * 10 - 0.2) / 10);
    const double to = nearZero ? std::min(1.0, std::ceil(high * 20 + 0.2) / 20) : 1;
    return {from, to};
}

} // namespace

ScoreStrip::ScoreStrip(QWidget* parent) : QWidget(parent) {
    setFixedHeight(kHeight);
    setObjectName(QStringLiteral("scoreStrip"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Headline scores"));
}

void ScoreStrip::setScores(std::vector<Score> scores) {
    m_scores = std::move(scores);
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(m_scores.size()) - 1));
    describe();
    update();
}

// The score in the focus first, then the others.
void ScoreStrip::describe() {
    QStringList words;
    for (size_t i = 0; i < m_scores.size(); ++i) {
        const Score& score = m_scores[(i + static_cast<size_t>(m_current)) % m_scores.size()];
        QString one = tr("%1: %2").arg(score.title, score.rate ? percent(*score.rate) : tr("no data"));
        for (const QString& more : {score.change, score.note})
            if (!more.isEmpty())
                one += QStringLiteral(", ") + more;
        words << one;
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
}

QRect ScoreStrip::cellRect(int score) const {
    const int count = std::max(1, static_cast<int>(m_scores.size()));
    return {width() * score / count, 0, width() * (score + 1) / count - width() * score / count, height() - 1};
}

int ScoreStrip::at(const QPoint& point) const {
    for (int i = 0; i < static_cast<int>(m_scores.size()); ++i)
        if (cellRect(i).contains(point))
            return i;
    return -1;
}

void ScoreStrip::goTo(int score) {
    m_current = std::clamp(score, 0, std::max(0, static_cast<int>(m_scores.size()) - 1));
    describe();
    update();
}

void ScoreStrip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        return goTo(m_current - 1);
    case Qt::Key_Right:
        return goTo(m_current + 1);
    case Qt::Key_Home:
        return goTo(0);
    case Qt::Key_End:
        return goTo(static_cast<int>(m_scores.size()) - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT definitionWanted(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ScoreStrip::mousePressEvent(QMouseEvent* event) {
    if (const int score = at(event->position().toPoint()); score >= 0) {
        goTo(score);
        Q_EMIT definitionWanted(score);
    }
}

void ScoreStrip::focusInEvent(QFocusEvent*) { update(); }
void ScoreStrip::focusOutEvent(QFocusEvent*) { update(); }

bool ScoreStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const int score = at(help->pos()); score >= 0)
        QToolTip::showText(help->globalPos(), m_scores[static_cast<size_t>(score)].definition, this, cellRect(score));
    return true;
}

// The scale's ends are written at the line's, so that nobody takes a part of it for the whole.
void ScoreStrip::paintLine(QPainter& painter, const QRectF& room, const Score& score) const {
    const auto [low, high] = rangeOf(score);
    const QRectF line = room.adjusted(kEnd, 0, -kEnd, 0);
    const double middle = line.center().y();
    const auto x = [&, from = low, to = high](double rate) { return line.left() + line.width() * (std::clamp(rate, from, to) - from) / (to - from); };
    painter.setFont(uiFont(size::kRail));
    painter.setPen(tokens().muted);
    painter.drawText(QRectF(room.left(), room.top(), kEnd - 8, room.height()), Qt::AlignLeft | Qt::AlignVCenter, QLocale().toString(std::lround(100 * low)));
    painter.drawText(QRectF(line.right() + 8, room.top(), kEnd - 8, room.height()), Qt::AlignLeft | Qt::AlignVCenter, QLocale().toString(std::lround(100 * high)));
    painter.fillRect(QRectF(line.left(), middle - 0.5, line.width(), 1), tokens().lineStrong);
    for (const double end : {line.left(), line.right()})
        painter.fillRect(QRectF(end - 0.5, middle - 3, 1, 6), tokens().lineStrong);
    if (score.baseline) {
        painter.setPen(QPen(tokens().text, 1.5, Qt::DotLine));
        painter.drawLine(QPointF(x(*score.baseline), line.top()), QPointF(x(*score.baseline), line.bottom()));
    }
    painter.setPen(QPen(tokens().accent, 2));
    if (score.low && score.high) {
        painter.drawLine(QPointF(x(*score.low), middle), QPointF(x(*score.high), middle));
        for (double end : {*score.low, *score.high})
            painter.drawLine(QPointF(x(end), middle - 4), QPointF(x(end), middle + 4));
    }
    if (score.pinned) { // a hollow diamond
        painter.setPen(QPen(tokens().baseline, 1.5));
        painter.setBrush(tokens().surface);
        const double at = x(*score.pinned);
        painter.drawPolygon(QPolygonF({QPointF(at - 4, middle), QPointF(at, middle - 4), QPointF(at + 4, middle), QPointF(at, middle + 4)}));
    }
    if (score.rate) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().accent);
        painter.drawEllipse(QPointF(x(*score.rate), middle), 3.5, 3.5);
    }
}

ScoreStrip::Interval ScoreStrip::intervalOf(int index) const {
    const Score& score = m_scores[static_cast<size_t>(index)];
    if (!score.rate || !score.low || !score.high)
        return {};
    const QString text = QStringLiteral("[%1, %2]").arg(percent(*score.low), percent(*score.high));
    const QRect cell = roomOf(cellRect(index));
    const int number = QFontMetrics(headlineFont()).horizontalAdvance(percent(*score.rate));
    int gap = 10;
    QFont font = uiFont(size::kMeta);
    const auto room = [&] { return QRect(cell.left() + number + gap, cell.top() + 21, cell.width() - number - gap, 28); };
    if (QFontMetrics(font).horizontalAdvance(text) > room().width()) { // a long one in a narrow window
        gap = 6;
        font = uiFont(size::kRail);
    }
    return {text, font, room().adjusted(0, 0, kRightPadding, 0)};
}

ScoreStrip::Note ScoreStrip::noteOf(int index) const {
    const QString& note = m_scores[static_cast<size_t>(index)].note;
    const int room = roomOf(cellRect(index)).width();
    for (const int pixels : {size::kMeta, size::kRail})
        if (const QFont font = uiFont(pixels); QFontMetrics(font).horizontalAdvance(note) <= room)
            return {{note}, font};
    const QString between = QStringLiteral(" \u00B7 ");
    const qsizetype last = note.lastIndexOf(between);
    return {last < 0 ? QStringList{note} : QStringList{note.left(last), note.mid(last + between.size())}, uiFont(size::kRail)};
}

void ScoreStrip::paintScore(QPainter& painter, int index) const {
    const Score& score = m_scores[static_cast<size_t>(index)];
    const QRect room = roomOf(cellRect(index));
    painter.setPen(tokens().muted);
    painter.setFont(uiFont(size::kMeta, QFont::Medium));
    painter.drawText(QRect(room.left(), room.top(), room.width(), 16), Qt::AlignVCenter, QFontMetrics(painter.font()).elidedText(score.title, Qt::ElideRight, room.width()));
    painter.setPen(score.rate ? tokens().text : tokens().muted);
    painter.setFont(headlineFont());
    const QString value = score.rate ? percent(*score.rate) : QStringLiteral("–");
    painter.drawText(QRect(room.left(), room.top() + 15, room.width(), 36), Qt::AlignVCenter, value);
    painter.setPen(tokens().muted);
    if (const Interval interval = intervalOf(index); !interval.text.isEmpty()) {
        painter.setFont(interval.font);
        painter.drawText(interval.room, Qt::AlignVCenter, interval.text);
    }
    if (score.rate)
        paintLine(painter, QRectF(room.left(), room.top() + 52, std::min(kLineWidth, room.width()), 14), score);
    painter.setFont(uiFont(size::kMeta, score.turn != 0 ? QFont::DemiBold : QFont::Normal));
    painter.setPen(score.turn > 0 ? tokens().success : score.turn < 0 ? tokens().danger : tokens().muted);
    const int change = score.change.isEmpty() ? 0 : 17;
    painter.drawText(QRect(room.left(), room.top() + 70, room.width(), 17), Qt::AlignVCenter, QFontMetrics(painter.font()).elidedText(score.change, Qt::ElideRight, room.width()));
    const Note note = noteOf(index);
    painter.setFont(note.font);
    painter.setPen(tokens().muted);
    int top = room.top() + 72 + change;
    for (const QString& line : note.lines) {
        painter.drawText(QRect(room.left(), top, room.width(), 17), Qt::AlignVCenter, QFontMetrics(painter.font()).elidedText(line, Qt::ElideRight, room.width()));
        top += 14;
    }
}

void ScoreStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), tokens().surface);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens().line);
    for (int i = 0; i < static_cast<int>(m_scores.size()); ++i) {
        const QRect cell = cellRect(i);
        if (i > 0)
            painter.fillRect(QRect(cell.left(), 0, 1, cell.height()), tokens().line);
        paintScore(painter, i);
        if (hasFocus() && i == m_current) {
            painter.setPen(QPen(tokens().accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(cell).adjusted(3, 3, -2, -2), 4, 4);
        }
    }
}

} // namespace cw
