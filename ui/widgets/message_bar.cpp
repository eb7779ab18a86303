// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/message_bar.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/key_button.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kMost = 2;

struct BarLook {
    QColor ink, ground;
    QString iconName;
};

BarLook lookOf(Message::Kind kind) {
    const Tokens& t = tokens();
    switch (kind) {
    case Message::Kind::Success:
        return {t.success, t.successFill, QStringLiteral("check")};
    case Message::Kind::Warning:
        return {t.warning, t.warningFill, QStringLiteral("warning")};
    case Message::Kind::Failure:
        return {t.danger, t.dangerFill, QStringLiteral("warning")};
    case Message::Kind::Info:
        break;
    }
    return {t.accent, t.accentFill, QStringLiteral("info")};
}

} // namespace

class MessageBar final : public QWidget {
public:
    explicit MessageBar(const Message& message) : m_message(message), m_close(KeyButton::iconButton(QStringLiteral("close"), tr("Close the message"))) {
        setFixedHeight(size::kMessageBar);
        setAccessibleName(message.text);
        setToolTip(message.text);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(44, 0, 12, 0);
        row->setSpacing(8);
        row->addStretch();
        if (!message.step.isEmpty()) {
            m_step = new KeyButton(message.step);
            m_step->setSmall(true);
            m_step->setObjectName(QStringLiteral("messageStep"));
            row->addWidget(m_step);
        }
        m_close->setSmall(true);
        m_close->setObjectName(QStringLiteral("messageClose"));
        row->addWidget(m_close);
    }

    const Message& message() const { return m_message; }
    KeyButton* closeButton() const { return m_close; }
    KeyButton* stepButton() const { return m_step; }

protected:
    void paintEvent(QPaintEvent*) override {
        const BarLook look = lookOf(m_message.kind);
        QPainter painter(this);
        painter.fillRect(rect(), look.ground);
        painter.fillRect(QRect(0, height() - 1, width(), 1), tokens().line);
        paintIcon(painter, QRectF(16, (height() - 18) / 2.0, 18, 18), look.iconName, look.ink);
        painter.setFont(uiFont());
        painter.setPen(look.ink);
        const int right = m_step ? m_step->x() : m_close->x();
        const QRect room(44, 0, std::max(0, right - 44 - 12), height());
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetrics(uiFont()).elidedText(m_message.text, Qt::ElideRight, room.width()));
    }

private:
    Message m_message;
    KeyButton* m_step = nullptr;
    KeyButton* m_close;
};

MessageStack::MessageStack(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    setObjectName(QStringLiteral("messages"));
    setAccessibleName(tr("Messages"));
    hide();
}

void MessageStack::add(const Message& message) {
    if (texts().contains(message.text))
        return;
    for (int i = m_column->count() - 1; i >= 0 && !message.topic.isEmpty(); --i)
        if (auto* bar = static_cast<MessageBar*>(m_column->itemAt(i)->widget()); bar->message().topic == message.topic)
            remove(bar);
    if (message.text.isEmpty())
        return;
    if (m_column->count() >= kMost)
        remove(m_column->itemAt(0)->widget());
    auto* bar = new MessageBar(message);
    m_column->addWidget(bar);
    connect(bar->closeButton(), &QPushButton::clicked, this, [this, bar] { remove(bar); });
    if (bar->stepButton())
        connect(bar->stepButton(), &QPushButton::clicked, this, [this, bar] {
            const auto step = bar->message().onStep;
            remove(bar);
            if (step)
                step();
        });
    show();
    QAccessibleEvent announced(bar, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
}

void MessageStack::remove(QWidget* bar) {
    m_column->removeWidget(bar);
    bar->hide();
    bar->deleteLater();
    setVisible(m_column->count() > 0);
}

void MessageStack::closeNewest() {
    if (m_column->count() > 0)
        remove(m_column->itemAt(m_column->count() - 1)->widget());
}

void MessageStack::clear() {
    while (m_column->count() > 0)
        closeNewest();
}

bool MessageStack::isEmpty() const { return m_column->count() == 0; }

QStringList MessageStack::texts() const {
    QStringList out;
    for (int i = 0; i < m_column->count(); ++i)
        out << static_cast<const MessageBar*>(m_column->itemAt(i)->widget())->message().text;
    return out;
}

} // namespace cw
