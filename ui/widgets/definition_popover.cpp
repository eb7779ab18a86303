// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/definition_popover.h"

#include "ui/appearance.h"
#include "ui/models/score_words.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kWidth = 360;

QLabel* label(const char* role, QVBoxLayout* column) {
    auto* words = new QLabel;
    words->setWordWrap(true);
    if (role)
        words->setProperty("role", QString::fromLatin1(role));
    column->addWidget(words);
    return words;
}

} // namespace

DefinitionPopover::DefinitionPopover(QWidget* parent) : QFrame(parent, Qt::Popup) {
    setObjectName(QStringLiteral("definition"));
    setFixedWidth(kWidth);
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    m_title = label("section", column);
    m_text = label(nullptr, column);
    m_facts = label("meta", column);
}

void DefinitionPopover::open(const Definition& definition, QWidget* of, const QRect& anchor) {
    m_title->setText(definition.title);
    m_text->setText(definition.text);
    m_facts->setText(definition.facts.join(QLatin1Char('\n')));
    setAccessibleName(definition.title);
    setAccessibleDescription(definition.plain());
    resize(kWidth, layout()->heightForWidth(kWidth));
    const QRect screen = of->screen()->availableGeometry();
    QPoint place = of->mapToGlobal(anchor.bottomLeft() + QPoint(0, 4));
    if (place.y() + height() > screen.bottom())
        place.setY(of->mapToGlobal(anchor.topLeft()).y() - height() - 4);
    place.setX(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    move(place);
    show();
    setFocus();
}

// Any key that isn't a modifier has done with it.
void DefinitionPopover::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Shift && event->key() != Qt::Key_Control && event->key() != Qt::Key_Alt && event->key() != Qt::Key_Meta)
        close();
}

void DefinitionPopover::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().surface);
    painter.setPen(tokens().lineStrong);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace cw
