// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Paints the share of each side as a bar, with ticks where the whole project has its borders. GUI thread.
#pragma once

#include "ui/widgets/table_view.h"

namespace cw {

class SplitBarDelegate : public RowDelegate {
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// The colour of a side (0 train, 1 validation, 2 test) in bars and legends.
QColor sideColor(int side);

} // namespace cw
