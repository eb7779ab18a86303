// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/top_bar.h"

#include "ui/appearance.h"
#include "ui/widgets/key_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>

namespace cw {

// One line: the subject in full ink, then the details muted; what does not fit is elided at its end.
class ContextLine final : public QWidget {
public:
    ContextLine() { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); }

    void setContext(const PageContext& context) {
        m_subject = context.subject;
        m_rest = context.details.join(QStringLiteral(" \u00B7 "));
        if (!m_subject.isEmpty() && !m_rest.isEmpty())
            m_rest.prepend(QStringLiteral(" \u00B7 "));
        setAccessibleName(m_subject + m_rest);
        setToolTip(m_subject + m_rest);
        update();
    }

    QSize sizeHint() const override { return {QFontMetrics(uiFont()).horizontalAdvance(m_subject + m_rest) + 2, 24}; }
    QSize minimumSizeHint() const override { return {40, 24}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setFont(uiFont());
        const QFontMetrics metrics(uiFont());
        const QString subject = metrics.elidedText(m_subject, Qt::ElideRight, width());
        const int used = metrics.horizontalAdvance(subject);
        painter.setPen(tokens().text);
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, subject);
        if (width() - used < 24)
            return;
        painter.setPen(tokens().muted);
        painter.drawText(rect().adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(m_rest, Qt::ElideRight, width() - used));
    }

private:
    QString m_subject, m_rest;
};

TopBar::TopBar(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_context(new ContextLine),
      m_more(KeyButton::iconButton(QStringLiteral("more"), tr("More actions"))), m_menu(new QMenu(this)), m_right(new QHBoxLayout) {
    setFixedHeight(size::kTopBar);
    m_title->setProperty("role", QStringLiteral("title"));
    m_more->setObjectName(QStringLiteral("moreButton"));
    m_menu->setAccessibleName(tr("More actions"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 1);
    row->setSpacing(size::kGap);
    row->addWidget(m_title);
    row->addWidget(m_context, 1);
    row->addWidget(m_more);
    m_right->setSpacing(size::kGap);
    row->addLayout(m_right);
    connect(m_more, &QPushButton::clicked, m_menu,
            [this] { m_menu->popup(m_more->mapToGlobal(QPoint(m_more->width() - m_menu->sizeHint().width(), m_more->height() + 4))); });
}

void TopBar::show(const QString& title, const PageContext& context, const QList<QWidget*>& widgets, const QList<QAction*>& overflow) {
    m_title->setText(title);
    m_context->setContext(context);
    m_menu->clear();
    m_menu->addActions(overflow);
    m_more->setVisible(!overflow.isEmpty());
    showWidgets(widgets);
}

void TopBar::showWidgets(const QList<QWidget*>& widgets) {
    const auto same = [&] {
        if (widgets.size() != m_widgets.size())
            return false;
        for (qsizetype i = 0; i < widgets.size(); ++i)
            if (m_widgets[i] != widgets[i])
                return false;
        return true;
    };
    if (same())
        return;
    for (const QPointer<QWidget>& old : m_widgets)
        if (old) {
            m_right->removeWidget(old);
            old->hide();
        }
    m_widgets.clear();
    for (QWidget* widget : widgets) {
        m_right->addWidget(widget);
        widget->show();
        m_widgets << widget;
    }
}

void TopBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().surface);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens().line);
}

} // namespace cw
