// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/empty_state.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/key_button.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace cw {

namespace {

constexpr int kPicture = 32, kTextWidth = 440;

} // namespace

EmptyState::EmptyState(const QString& iconName, const QString& headline, const QString& text, QWidget* parent)
    : QWidget(parent), m_iconName(iconName), m_picture(new QLabel), m_headline(new QLabel), m_text(new QLabel),
      m_buttons(new QHBoxLayout) {
    m_headline->setProperty("role", QStringLiteral("section"));
    m_text->setProperty("role", QStringLiteral("muted"));
    m_text->setWordWrap(true);
    m_text->setFixedWidth(kTextWidth);
    for (QLabel* label : {m_picture, m_headline, m_text})
        label->setAlignment(Qt::AlignCenter);
    m_buttons->setSpacing(size::kControlPadding);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addSpacing(4);
    column->addWidget(m_headline, 0, Qt::AlignHCenter);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addLayout(m_buttons);
    column->addStretch(3);
    m_buttons->addStretch();
    m_buttons->addStretch();
    setText(headline, text);
    tint();
}

void EmptyState::setText(const QString& headline, const QString& text) {
    m_headline->setText(headline);
    m_text->setText(text);
    m_text->ensurePolished();
    m_text->setFixedHeight(m_text->heightForWidth(kTextWidth));
    setAccessibleName(headline);
    setAccessibleDescription(text);
}

void EmptyState::addButton(KeyButton* button) { m_buttons->insertWidget(m_buttons->count() - 1, button); }

void EmptyState::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        tint();
    QWidget::changeEvent(event);
}

void EmptyState::tint() { m_picture->setPixmap(icon(m_iconName, IconTint::Muted).pixmap(QSize(kPicture, kPicture), devicePixelRatioF())); }

} // namespace cw
