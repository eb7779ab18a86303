// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/trouble_box.h"

#include "ui/appearance.h"
#include "ui/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace cw {

TroubleBox::TroubleBox(Qt::Orientation orientation, QWidget* parent)
    : QFrame(parent), m_what(new QLabel), m_advice(new QLabel), m_note(new QLabel), m_buttons(new QHBoxLayout) {
    setAccessibleName(tr("What went wrong"));
    m_note->setProperty("role", QStringLiteral("meta"));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    for (QLabel* label : {m_what, m_advice, m_note}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // errors quote names and values from outside
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        texts->addWidget(label);
    }
    m_buttons->setSpacing(8);
    auto* row = new QBoxLayout(orientation == Qt::Horizontal ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this);
    row->setContentsMargins(40, 10, 12, 10);
    row->setSpacing(orientation == Qt::Horizontal ? 12 : 8);
    row->addLayout(texts, 1);
    row->addLayout(m_buttons);
    if (orientation == Qt::Vertical)
        m_buttons->addStretch(1);
}

void TroubleBox::setTexts(const QString& what, const QString& advice, const QString& note) {
    const std::pair<QLabel*, const QString&> lines[] = {{m_what, what}, {m_advice, advice}, {m_note, note}};
    for (const auto& [label, words] : lines) {
        label->setText(words);
        label->setVisible(!words.isEmpty());
    }
    setAccessibleDescription(text());
}

void TroubleBox::addButton(QWidget* button) { m_buttons->insertWidget(0, button); }

QString TroubleBox::text() const {
    QStringList words;
    for (const QLabel* label : {m_what, m_advice, m_note})
        if (!label->text().isEmpty())
            words << label->text();
    return words.join(QLatin1Char(' '));
}

void TroubleBox::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens().danger);
    painter.setBrush(tokens().dangerFill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), size::kRadius, size::kRadius);
    paintIcon(painter, QRectF(12, 11, 18, 18), QStringLiteral("warning"), tokens().danger);
}

} // namespace cw
