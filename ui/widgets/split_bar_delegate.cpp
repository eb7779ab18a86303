// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/split_bar_delegate.h"

#include "ui/appearance.h"
#include "ui/models/split_table_model.h"

#include <QPainter>

namespace cw {

QColor sideColor(int side) {
    const Tokens& t = tokens();
    return side == 0 ? t.muted : side == 1 ? blended(t.muted, t.surface, 0.45) : t.accent;
}

void SplitBarDelegate::paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem&, const QModelIndex& index) const {
    const QVariantList shares = index.data(SplitTableModel::SharesRole).toList();
    const QVariantList targets = index.data(SplitTableModel::TargetsRole).toList();
    const QRect bar(content.left(), content.center().y() - 4, content.width() - 8, 8);
    painter.fillRect(bar, tokens().sunken);
    double left = bar.left();
    for (int side = 0; side < shares.size(); ++side) {
        const double width = shares[side].toDouble() * bar.width();
        painter.fillRect(QRectF(left, bar.top(), width, bar.height()), sideColor(side));
        left += width;
    }
    double tick = bar.left();
    for (int side = 0; side + 1 < targets.size(); ++side) {
        tick += targets[side].toDouble() * bar.width();
        painter.fillRect(QRectF(tick - 0.5, bar.top() - 4, 1, bar.height() + 8), tokens().text);
    }
}

} // namespace cw
