// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The table of the error matrix: cells tinted by count, groups with their swatch, types with their tag; one cell has the focus. GUI thread.
#pragma once

#include "ui/widgets/table_view.h"

namespace cw {

class ErrorMatrixDelegate : public RowDelegate {
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class ErrorMatrixView : public TableView {
    Q_OBJECT

public:
    explicit ErrorMatrixView(QWidget* parent = nullptr);

Q_SIGNALS:
    void cellChosen(const QModelIndex& index); // the focus moved to it, or it was clicked

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
};

} // namespace cw
