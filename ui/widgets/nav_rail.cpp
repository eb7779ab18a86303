// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/nav_rail.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/person_sign.h"

#include <QAbstractButton>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kItemHeight = 48, kItemGap = 4, kIcon = 20, kInitials = 28, kWordMargin = 5;

class RailItem final : public QAbstractButton {
public:
    RailItem(const QString& iconName, const QString& word, const QString& tip) : m_iconName(iconName) {
        setText(word);
        setAccessibleName(word);
        setToolTip(tip);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        setFixedHeight(kItemHeight);
    }

    QSize sizeHint() const override { return {size::kRailWidth, kItemHeight}; }

protected:
    void paintEvent(QPaintEvent*) override {
        const Tokens& t = tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF pill = QRectF(rect()).adjusted(2.5, 0.5, -2.5, -0.5);
        painter.setPen(hasFocus() ? QPen(t.accent, 2) : QPen(Qt::NoPen));
        painter.setBrush(isChecked() ? QBrush(t.accentFill) : underMouse() && isEnabled() ? QBrush(t.hover) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(hasFocus() ? pill.adjusted(0.5, 0.5, -0.5, -0.5) : pill, size::kRadius, size::kRadius);
        if (isChecked())
            painter.fillRect(QRectF(0, 12, 3, kItemHeight - 24), t.accent);
        const QColor ink = !isEnabled() ? t.lineStrong : isChecked() ? t.accent : t.muted;
        paintIcon(painter, QRectF((width() - kIcon) / 2.0, 7, kIcon, kIcon), m_iconName, ink);
        painter.setFont(uiFont(size::kRail, isChecked() ? QFont::DemiBold : QFont::Normal));
        painter.setPen(ink);
        painter.drawText(QRect(0, 28, width(), 16), Qt::AlignCenter, text());
    }

private:
    QString m_iconName;
};

} // namespace

class InitialsButton final : public QAbstractButton {
public:
    InitialsButton() {
        setFixedHeight(kInitials + 8);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    void setPerson(const Person& person) {
        m_person = person;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Tokens& t = tokens();
        QPainter painter(this);
        const QRectF sign((width() - kInitials) / 2.0, (height() - kInitials) / 2.0, kInitials, kInitials);
        const QPen border = hasFocus() ? QPen(t.accent, 2) : QPen(t.lineStrong, 1);
        paintPersonSign(painter, sign, m_person, underMouse() ? t.accentFill : t.dark ? t.surface : t.sunken, border, 11);
        if (m_person.name.isEmpty())
            paintIcon(painter, sign.adjusted(6, 6, -6, -6), QStringLiteral("person"), t.muted);
    }

private:
    Person m_person;
};

NavRail::NavRail(QWidget* parent) : QWidget(parent), m_top(new QVBoxLayout), m_foot(new QVBoxLayout), m_initials(new InitialsButton) {
    setAccessibleName(tr("Pages"));
    m_pages.setExclusive(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(kItemGap);
    m_top->setSpacing(kItemGap);
    m_foot->setSpacing(kItemGap);
    column->addLayout(m_top);
    column->addStretch();
    column->addLayout(m_foot);
    column->addWidget(m_initials);
    setPerson({});
    connect(&m_pages, &QButtonGroup::idClicked, this, &NavRail::pageChosen);
    connect(m_initials, &QAbstractButton::clicked, this, &NavRail::annotatorChosen);
}

void NavRail::addPage(const QString& iconName, const QString& word, const QString& tip) {
    auto* item = new RailItem(iconName, word, tip);
    item->setCheckable(true);
    item->setObjectName(iconName + QStringLiteral("RailItem"));
    m_pages.addButton(item, static_cast<int>(m_pages.buttons().size()));
    m_top->addWidget(item);
    m_items << item;
    fitWords();
}

QWidget* NavRail::addFoot(const QString& iconName, const QString& word, const QString& tip) {
    auto* item = new RailItem(iconName, word, tip);
    item->setObjectName(iconName + QStringLiteral("RailItem"));
    m_foot->addWidget(item);
    connect(item, &QAbstractButton::clicked, this, [this, word] { Q_EMIT footChosen(word); });
    m_items << item;
    fitWords();
    return item;
}

// As wide as the longest word ("Preferences", in a wide font) needs to be whole even as the current one.
void NavRail::fitWords() {
    const QFontMetrics strong(uiFont(size::kRail, QFont::DemiBold));
    int widest = size::kRailWidth;
    for (const QAbstractButton* item : std::as_const(m_items))
        widest = std::max(widest, strong.horizontalAdvance(item->text()) + 2 * kWordMargin);
    setFixedWidth(widest);
}

void NavRail::setCurrent(int index) {
    // An exclusive group refuses to have none checked.
    m_pages.setExclusive(index >= 0);
    for (QAbstractButton* item : m_pages.buttons())
        item->setChecked(m_pages.id(item) == index);
}

void NavRail::setPagesEnabled(bool enabled) {
    for (QAbstractButton* item : m_pages.buttons())
        item->setEnabled(enabled);
}

void NavRail::setPerson(const Person& person) {
    m_initials->setPerson(person);
    const QString words = person.name.isEmpty() ? tr("Choose who is working") : tr("Annotator: %1").arg(person.name);
    m_initials->setAccessibleName(words);
    m_initials->setToolTip(person.name.isEmpty() ? words : tr("%1. Press to switch to somebody else").arg(words));
}

void NavRail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().window);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), tokens().line);
}

} // namespace cw
