// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Paints the hits of the corpus search: a contract with the sign of its clause, and below it lines of text in which what was found is bold
// and underlined. GUI thread.
#pragma once

#include "ui/models/search_result_model.h"

#include <QStyledItemDelegate>

namespace cw {

class SearchResultDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintContract(QPainter& painter, const QRect& content, const SearchResultModel::Row& row) const;
    void paintHit(QPainter& painter, const QRect& content, const SearchResultModel::Row& row) const;
    void paintMore(QPainter& painter, const QRect& content, const SearchResultModel::Row& row) const;
};

} // namespace cw
