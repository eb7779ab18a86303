// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/fact_strip.h"

#include "ui/appearance.h"

#include <QPainter>
#include <QResizeEvent>

#include <algorithm>

namespace cw {

namespace {

constexpr int kCellWidth = 124, kCellHeight = 42, kRowGap = 4;

} // namespace

FactStrip::FactStrip(const QString& accessibleName, QWidget* parent) : QWidget(parent) {
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FactStrip::setFacts(std::vector<Fact> facts) {
    const bool resized = facts.size() != m_facts.size();
    m_facts = std::move(facts);
    QStringList words;
    for (const Fact& fact : m_facts)
        words << fact.name + QLatin1Char(' ') + fact.value + (fact.note.isEmpty() ? QString() : QStringLiteral(", ") + fact.note);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    setToolTip(words.join(QLatin1Char('\n')));
    if (resized)
        updateGeometry();
    update();
}

int FactStrip::columns() const { return std::clamp(width() / kCellWidth, 1, std::max(1, static_cast<int>(m_facts.size()))); }

int FactStrip::rows() const { return (static_cast<int>(m_facts.size()) + columns() - 1) / columns(); }

QSize FactStrip::sizeHint() const { return {4 * kCellWidth, std::max(0, rows() * (kCellHeight + kRowGap) - kRowGap)}; }

QSize FactStrip::minimumSizeHint() const { return {2 * kCellWidth, sizeHint().height()}; }

void FactStrip::resizeEvent(QResizeEvent* event) {
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

void FactStrip::paintFact(QPainter& painter, const QRect& cell, const Fact& fact) const {
    const auto line = [&](int top, int height, int size, QFont::Weight weight, const QColor& ink, const QString& text, int left) {
        painter.setFont(uiFont(size, weight));
        painter.setPen(ink);
        const QRect room(cell.left() + left, cell.top() + top, cell.width() - left - 8, height);
        const QString shown = QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, room.width());
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, shown);
        return left + QFontMetrics(painter.font()).horizontalAdvance(shown) + 6;
    };
    line(0, 18, size::kMeta, QFont::Normal, tokens().muted, fact.name, 0);
    const int after = line(18, 22, size::kSection, QFont::DemiBold, tokens().text, fact.value, 0);
    if (!fact.note.isEmpty() && cell.width() - after > 32)
        line(20, 20, size::kMeta, QFont::Normal, tokens().muted, fact.note, after);
}

void FactStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int across = columns();
    for (size_t i = 0; i < m_facts.size(); ++i) {
        const int column = static_cast<int>(i) % across, row = static_cast<int>(i) / across;
        const int left = width() * column / across;
        paintFact(painter, QRect(left, row * (kCellHeight + kRowGap), width() * (column + 1) / across - left, kCellHeight), m_facts[i]);
    }
}

} // namespace cw
