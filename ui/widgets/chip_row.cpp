// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/chip_row.h"

#include "ui/widgets/key_button.h"

#include <QResizeEvent>

#include <algorithm>

namespace cw {

namespace {

constexpr int kGap = 6, kMargin = 12, kEdge = 7, kMostLines = 3;

} // namespace

ChipRow::ChipRow(const QString& name, QWidget* parent) : QWidget(parent) { setAccessibleName(name); }

void ChipRow::setChips(const QStringList& chips) {
    qDeleteAll(m_buttons);
    m_buttons.clear();
    m_current = -1;
    for (const QString& chip : chips) {
        auto* button = new KeyButton(chip, KeyButton::Kind::Secondary, this);
        button->setSmall(true);
        button->setCheckable(true);
        const int at = static_cast<int>(m_buttons.size());
        connect(button, &QPushButton::clicked, this, [this, at] { press(at); });
        button->show();
        m_buttons.push_back(button);
    }
    setVisible(!chips.isEmpty());
    layOut();
}

void ChipRow::press(int chip) {
    m_current = chip == m_current ? -1 : chip;
    for (size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setChecked(static_cast<int>(i) == m_current);
    Q_EMIT chosen(m_current);
}

// The most frequent come first; what three lines can't hold is left to the matrix with its kinds open.
void ChipRow::layOut() {
    int x = kMargin, y = kEdge, line = 1, height = 0;
    for (KeyButton* button : m_buttons) {
        const QSize wish = button->sizeHint();
        if (x > kMargin && x + wish.width() > width() - kMargin) {
            x = kMargin;
            y += wish.height() + kGap;
            ++line;
        }
        button->setVisible(line <= kMostLines);
        if (line > kMostLines)
            continue;
        button->setGeometry(QRect(QPoint(x, y), wish));
        x += wish.width() + kGap;
        height = y + wish.height() + kEdge;
    }
    setFixedHeight(height);
}

void ChipRow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        layOut();
}

} // namespace cw
