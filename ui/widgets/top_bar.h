// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The bar above a page: its title, one line of context, the overflow menu, and the page's own widgets with the primary action last.
// GUI thread.
#pragma once

#include "ui/page.h"

#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenu;

namespace cw {

class KeyButton;

class TopBar : public QWidget {
    Q_OBJECT

public:
    explicit TopBar(QWidget* parent = nullptr);

    void show(const QString& title, const PageContext& context, const QList<QWidget*>& widgets, const QList<QAction*>& overflow);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showWidgets(const QList<QWidget*>& widgets);
    QLabel* m_title;
    class ContextLine* m_context;
    KeyButton* m_more;
    QMenu* m_menu;
    QHBoxLayout* m_right;
    QList<QPointer<QWidget>> m_widgets;
};

} // namespace cw
