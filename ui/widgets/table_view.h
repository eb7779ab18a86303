// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The table of this program: whole rows select and light up under the mouse, numbers sort as numbers, Ctrl+C copies as TSV. GUI thread.
#pragma once

#include "ui/models/cell_roles.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace cw {

// Frames the part of the current row that lies in `cell`, for a view that has the focus.
void paintFocusedRow(QPainter& painter, const QRect& cell, bool first, bool last);

// Paints a row's ground (selection with the accent bar, hover, the soft line below), then the cell's text. Subclasses override
// paintContent for what is not text.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void setRowHeight(int pixels) { m_rowHeight = pixels; }
    void setFirstPadding(int pixels) { m_firstPadding = pixels; } // left of the first column
    int firstPadding() const { return m_firstPadding; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    virtual void paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

private:
    int m_rowHeight = 28;
    int m_firstPadding = 12;
};

class TableView : public QTableView {
    Q_OBJECT

public:
    explicit TableView(const QString& accessibleName, QWidget* parent = nullptr);

    int hoveredRow() const { return m_hovered; }
    void setRowHeight(int pixels);
    void setEmptyText(const QString& text); // shown while the model has no rows
    void copySelection() const; // header and selected rows as TSV, to the clipboard

Q_SIGNALS:
    void rowActivated(const QModelIndex& index); // Enter or a double click

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void setHovered(int row);
    int m_hovered = -1;
    QString m_emptyText;
};

// The header of our tables: muted words over a line, a chevron where the table is sorted, the alignment of the column's cells.
void styleHeader(QTableView* view);

} // namespace cw
