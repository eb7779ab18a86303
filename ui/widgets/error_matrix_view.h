// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The table of the error matrix: cells tinted by count with the change beside it, groups that fold, the clause's name and the row of totals
// always in view; one cell has the focus. GUI thread.
#pragma once

#include "ui/widgets/table_view.h"

class QScrollBar;

namespace cw {

class ErrorMatrixModel;

class ErrorMatrixDelegate : public RowDelegate {
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintClause(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintDelta(QPainter& painter, const QRect& room, const QModelIndex& index) const;
};

// The rows but the last one, which MatrixFoot shows. Left and Right fold and open a group on its name, Enter and a click too.
class ErrorMatrixView : public TableView {
    Q_OBJECT

public:
    explicit ErrorMatrixView(QWidget* parent = nullptr);
    void setMatrix(ErrorMatrixModel* model);
    ErrorMatrixModel* matrix() const { return m_matrix; }
    int clauseWidth() const { return columnWidth(0); }
    void layOutColumns(); // by the width and by which columns there are

    // The clause's name stays at the left whatever the table shows beside it.
    QRect visualRect(const QModelIndex& index) const override;
    QModelIndex indexAt(const QPoint& point) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

Q_SIGNALS:
    void cellChosen(const QModelIndex& index); // the focus moved to it, or it was clicked

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    bool foldByKey(const QKeyEvent& event);
    void hideTotalRow();
    ErrorMatrixModel* m_matrix = nullptr;
    QWidget* m_corner; // the header of the column that stays
};

// The row of totals under the table, and the scroll bar of both.
class MatrixFoot : public QWidget {
    Q_OBJECT

public:
    explicit MatrixFoot(ErrorMatrixView* view, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRect rectOf(int column) const;
    int columnAt(int x) const;
    ErrorMatrixView* m_view;
};

// View, foot and the scroll bar below.
class ErrorMatrixPane : public QWidget {
    Q_OBJECT

public:
    explicit ErrorMatrixPane(ErrorMatrixModel* model, QWidget* parent = nullptr);
    ErrorMatrixView* view() const { return m_view; }

private:
    ErrorMatrixView* m_view;
    MatrixFoot* m_foot;
    QScrollBar* m_bar;
};

} // namespace cw
