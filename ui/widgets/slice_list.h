// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The list of slices: name, contracts, accuracy on a small number line with its interval beside a mark of the whole. Enter or a click
// narrows the matrix to one. GUI thread.
#pragma once

#include "ui/models/slice_list_model.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace cw {

class SliceDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setNarrowed(int row) { m_narrowed = row; } // the row that the matrix is narrowed to; -1: none

private:
    void paintSlice(QPainter& painter, const QRect& room, const SliceListModel& model, const SliceListModel::Row& row) const;
    void paintWords(QPainter& painter, const QRect& room, const SliceListModel::Row& row) const;
    int m_narrowed = -1;
};

class SliceList : public QListView {
    Q_OBJECT

public:
    explicit SliceList(QWidget* parent = nullptr);
    SliceListModel& slices() { return m_model; }
    void setNarrowed(const std::vector<CellCondition>& conditions); // empty: to none

Q_SIGNALS:
    void sliceChosen(const std::vector<cw::CellCondition>& conditions);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(const QModelIndex& index);
    SliceListModel m_model;
    SliceDelegate* m_delegate;
};

} // namespace cw
