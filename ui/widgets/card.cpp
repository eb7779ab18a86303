// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace cw {

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent), m_title(new QLabel(title)), m_note(new QLabel), m_header(new QHBoxLayout), m_body(new QVBoxLayout) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(title);
    m_title->setProperty("role", QStringLiteral("section"));
    m_note->setProperty("role", QStringLiteral("meta"));
    m_header->setContentsMargins(12, 0, 12, 0);
    m_header->setSpacing(8);
    m_header->addWidget(m_title);
    m_header->addStretch(1);
    m_header->addWidget(m_note);

    auto* top = new QWidget;
    top->setFixedHeight(38);
    top->setLayout(m_header);
    auto* rule = new QFrame;
    rule->setProperty("role", QStringLiteral("rule"));
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(top);
    column->addWidget(rule);
    column->addLayout(m_body, 1);
}

void Card::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
}

void Card::setNote(const QString& note) { m_note->setText(note); }

void Card::addHeaderWidget(QWidget* widget) { m_header->addWidget(widget); }

QVBoxLayout* Card::addPaddedColumn() {
    auto* column = new QVBoxLayout;
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    m_body->addLayout(column);
    return column;
}

} // namespace cw
