// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/find_bar.h"

#include "ui/icons.h"
#include "ui/widgets/key_button.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

namespace cw {

FindBar::FindBar(QWidget* parent) : QFrame(parent), m_words(new QLineEdit), m_place(new QLabel) {
    setProperty("role", QStringLiteral("pane"));
    m_words->setObjectName(QStringLiteral("findWords"));
    m_words->setAccessibleName(tr("Find in the contract"));
    m_words->setPlaceholderText(tr("Find in the contract"));
    m_words->addAction(icon(QStringLiteral("search"), IconTint::Muted), QLineEdit::LeadingPosition);
    m_words->setMaximumWidth(360);
    m_words->installEventFilter(this);
    m_place->setProperty("role", QStringLiteral("muted"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 12, 4);
    row->setSpacing(6);
    row->addWidget(m_words, 1);
    row->addWidget(m_place);
    const auto addButton = [&](const char* iconName, const QString& text, auto run) {
        KeyButton* button = KeyButton::iconButton(QString::fromLatin1(iconName), text);
        connect(button, &QPushButton::clicked, this, run);
        row->addWidget(button);
    };
    addButton("chevron-up", tr("Previous place"), [this] { Q_EMIT stepWanted(-1); });
    addButton("chevron-down", tr("Next place"), [this] { Q_EMIT stepWanted(1); });
    row->addStretch();
    addButton("close", tr("Close the search"), [this] { Q_EMIT closed(); });
    connect(m_words, &QLineEdit::textChanged, this, [this] { Q_EMIT wordsChanged(words()); });
    hide();
}

void FindBar::open() {
    show();
    m_words->setFocus(Qt::ShortcutFocusReason);
    m_words->selectAll();
    Q_EMIT wordsChanged(words());
}

QString FindBar::words() const { return m_words->text().simplified(); }

void FindBar::showPlace(int place, int of) {
    m_place->setText(words().isEmpty() ? QString() : of == 0 ? tr("not found") : place == 0 ? tr("%1 places").arg(of) : tr("%1 of %2").arg(place).arg(of));
    m_words->setAccessibleDescription(m_place->text());
}

bool FindBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!enter && key->key() != Qt::Key_Escape)
        return QFrame::eventFilter(watched, event);
    event->accept(); // the page's own Enter and Escape are not meant
    if (event->type() == QEvent::KeyPress) {
        if (enter)
            Q_EMIT stepWanted(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
        else
            Q_EMIT closed();
    }
    return event->type() == QEvent::KeyPress;
}

} // namespace cw
