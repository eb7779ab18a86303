// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace cw {

namespace {

// Gives way where a header is too narrow, and keeps its two ends: a count stands at the last one.
class TitleLabel final : public QLabel {
public:
    using QLabel::QLabel;
    QSize minimumSizeHint() const override { return {48, QLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setFont(font());
        painter.setPen(palette().color(foregroundRole()));
        const QString shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, width());
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, shown);
        setToolTip(shown == text() ? QString() : text());
    }
};

} // namespace

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent), m_title(new TitleLabel(title)), m_note(new QLabel), m_header(new QHBoxLayout), m_body(new QVBoxLayout) {
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
