// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/fold.h"

#include "ui/icons.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace cw {

Fold::Fold(const QString& title, QWidget* parent) : QWidget(parent), m_head(new QToolButton), m_column(new QVBoxLayout(this)) {
    m_head->setText(title);
    m_head->setAccessibleName(title);
    m_head->setCheckable(true);
    m_head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_head->setProperty("role", QStringLiteral("fold"));
    m_head->setFocusPolicy(Qt::StrongFocus);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(8);
    m_column->addWidget(m_head, 0, Qt::AlignLeft);
    connect(m_head, &QToolButton::toggled, this, &Fold::show);
    show(false);
}

void Fold::setContent(QWidget* content) {
    m_content = content;
    m_column->addWidget(content);
    content->setVisible(isOpen());
}

void Fold::setOpen(bool open) { m_head->setChecked(open); }

bool Fold::isOpen() const { return m_head->isChecked(); }

void Fold::show(bool open) {
    m_head->setIcon(icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), IconTint::Muted));
    m_head->setAccessibleDescription(open ? tr("open") : tr("folded"));
    if (m_content)
        m_content->setVisible(open);
}

} // namespace cw
