// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/key_button.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/key_text.h"

#include <QAction>
#include <QEvent>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace cw {

namespace {

constexpr int kPadding = 12, kIcon = 16, kInnerGap = 6, kCapHeight = 16, kCapGap = 3, kArrow = 12;

// A rounded rectangle whose inner corners are square where it joins a neighbour.
QPainterPath outline(QRectF rect, KeyButton::Joint joint) {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRoundedRect(rect, size::kRadius, size::kRadius);
    const qreal half = rect.width() / 2;
    if (joint == KeyButton::Joint::First || joint == KeyButton::Joint::Middle)
        path.addRect(QRectF(rect.left() + half, rect.top(), half, rect.height()));
    if (joint == KeyButton::Joint::Last || joint == KeyButton::Joint::Middle)
        path.addRect(QRectF(rect.left(), rect.top(), half, rect.height()));
    return path.simplified();
}

} // namespace

int paintKeyCaps(QPainter* painter, const QRect& rect, const QStringList& caps, const QColor& ink, const QColor& border) {
    const QFont font = uiFont(11);
    const QFontMetrics metrics(font);
    int x = rect.left();
    for (const QString& cap : caps) {
        const int width = std::max(kCapHeight, metrics.horizontalAdvance(cap) + 8);
        if (painter) {
            const QRectF box(x + 0.5, rect.center().y() - kCapHeight / 2 + 0.5, width - 1, kCapHeight - 1);
            painter->setPen(QPen(border, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(box, 3, 3);
            painter->setFont(font);
            painter->setPen(ink);
            painter->drawText(box, Qt::AlignCenter, cap);
        }
        x += width + kCapGap;
    }
    return caps.isEmpty() ? 0 : x - kCapGap - rect.left();
}

struct KeyButton::Colors {
    QColor ground, border, ink;
};

KeyButton::KeyButton(const QString& text, Kind kind, QWidget* parent) : QPushButton(text, parent), m_kind(kind) {
    setAccessibleName(text);
    setCursor(Qt::ArrowCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

KeyButton* KeyButton::forAction(QAction* action, Kind kind, QWidget* parent) {
    auto* button = new KeyButton(action->iconText(), kind, parent);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->followKeysOf(action);
    const auto follow = [button, action] {
        button->setText(action->iconText());
        button->setAccessibleName(action->text());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
        // Only a change of the action's own visibility counts: the button may be hidden for other reasons.
        if (const bool hidden = !action->isVisible(); hidden != button->m_hiddenByAction) {
            button->m_hiddenByAction = hidden;
            button->setVisible(!hidden);
        }
        button->updateGeometry();
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

KeyButton* KeyButton::iconButton(const QString& iconName, const QString& name, QWidget* parent) {
    auto* button = new KeyButton({}, Kind::Quiet, parent);
    button->setIconName(iconName);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

void KeyButton::setKind(Kind kind) {
    m_kind = kind;
    update();
}

void KeyButton::setIconName(const QString& name) {
    m_iconName = name;
    updateGeometry();
}

void KeyButton::setKeyCaps(const QStringList& caps) {
    m_caps = caps;
    updateGeometry();
}

void KeyButton::followKeysOf(const QAction* action) {
    setKeyCaps(keyCaps(action->shortcut()));
    connect(action, &QAction::changed, this, [this, action, last = action->shortcut()]() mutable {
        if (last == action->shortcut())
            return;
        last = action->shortcut();
        setKeyCaps(keyCaps(last));
        update();
    });
}

void KeyButton::setJoint(Joint joint) {
    m_joint = joint;
    update();
}

void KeyButton::setSmall(bool small) { setTall(small ? size::kSmallControl : size::kControl); }

void KeyButton::setTall(int height) {
    m_height = height;
    updateGeometry();
}

QFont KeyButton::labelFont() const { return uiFont(size::kBody, m_kind == Kind::Quiet ? QFont::Normal : QFont::Medium); }

int KeyButton::contentWidth() const {
    int width = 0;
    const auto add = [&width](int part) { width += part > 0 && width > 0 ? kInnerGap + part : part; };
    add(m_iconName.isEmpty() ? 0 : kIcon);
    add(text().isEmpty() ? 0 : QFontMetrics(labelFont()).horizontalAdvance(text()));
    add(paintKeyCaps(nullptr, {}, m_caps, {}, {}));
    add(menu() && !text().isEmpty() ? kArrow : 0);
    return width;
}

QSize KeyButton::sizeHint() const {
    const bool iconOnly = text().isEmpty() && m_caps.isEmpty();
    const int padding = m_height <= size::kSmallControl ? 9 : kPadding;
    return {iconOnly ? m_height : contentWidth() + 2 * padding, m_height};
}

bool KeyButton::event(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        updateGeometry();
    return QPushButton::event(event);
}

KeyButton::Colors KeyButton::colors() const {
    const Tokens& t = tokens();
    if (!isEnabled())
        return {m_kind == Kind::Quiet ? QColor() : t.window, m_kind == Kind::Quiet ? QColor() : t.line, t.lineStrong};
    if (isChecked())
        return {t.accentFill, t.accent, t.accent};
    const bool hot = underMouse() || isDown();
    switch (m_kind) {
    case Kind::Primary:
        return {isDown() ? blended(t.text, t.accent, 0.25) : hot ? blended(t.text, t.accent, 0.12) : t.accent, {}, t.accentText};
    case Kind::Danger:
        return {hot ? t.dangerFill : t.surface, t.danger, t.danger};
    case Kind::Quiet:
        return {isDown() ? t.accentPressed : hot ? t.hover : QColor(), {}, t.text};
    case Kind::Secondary:
        break;
    }
    return {isDown() ? t.accentPressed : hot ? t.hover : t.surface, t.lineStrong, t.text};
}

void KeyButton::paintGround(QPainter& painter, const Colors& c) const {
    const QRectF rect = QRectF(this->rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(c.border.isValid() ? QPen(c.border, 1) : QPen(Qt::NoPen));
    painter.setBrush(c.ground.isValid() ? QBrush(c.ground) : QBrush(Qt::NoBrush));
    painter.drawPath(outline(rect, m_joint));
    if (!hasFocus())
        return;
    // The ring lies on the edge; on the accent itself it moves inwards and takes the accent's own ink.
    const bool onAccent = m_kind == Kind::Primary && isEnabled() && !isChecked();
    const qreal inset = onAccent ? 3 : 1;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(onAccent ? tokens().accentText : tokens().accent, onAccent ? 1.5 : 2));
    painter.drawPath(outline(QRectF(this->rect()).adjusted(inset, inset, -inset, -inset), m_joint));
}

void KeyButton::paintContent(QPainter& painter, const Colors& c) const {
    const int total = contentWidth();
    int x = std::max((width() - total) / 2, 4);
    const QRect all = rect();
    if (!m_iconName.isEmpty()) {
        paintIcon(painter, QRectF(x, (height() - kIcon) / 2.0, kIcon, kIcon), m_iconName, c.ink);
        x += kIcon + kInnerGap;
    }
    if (!text().isEmpty()) {
        const QFontMetrics metrics(labelFont());
        const int rest = paintKeyCaps(nullptr, {}, m_caps, {}, {});
        const int room = std::min(metrics.horizontalAdvance(text()), width() - x - 4 - (rest > 0 ? rest + kInnerGap : 0));
        painter.setFont(labelFont());
        painter.setPen(c.ink);
        painter.drawText(QRect(x, 0, room + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(text(), Qt::ElideRight, room + 1));
        x += room + kInnerGap;
    }
    if (!m_caps.isEmpty())
        x += paintKeyCaps(&painter, QRect(x, all.top(), all.right() - x, all.height()), m_caps, c.ink,
                          m_kind == Kind::Primary && isEnabled() ? c.ink : tokens().lineStrong) + kInnerGap;
    if (menu() && !text().isEmpty())
        paintIcon(painter, QRectF(x, (height() - kArrow) / 2.0 + 0.5, kArrow, kArrow), QStringLiteral("chevron-down"), c.ink);
}

void KeyButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors c = colors();
    paintGround(painter, c);
    paintContent(painter, c);
}

} // namespace cw
