// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/error_matrix_view.h"

#include "ui/appearance.h"
#include "ui/models/error_matrix_model.h"
#include "ui/widgets/glyphs.h"

#include <QHeaderView>
#include <QPainter>

namespace cw {

void ErrorMatrixDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const double tint = index.data(ErrorMatrixModel::TintRole).toDouble();
    QStyleOptionViewItem plain(option);
    plain.state &= ~QStyle::State_Selected; // the focused cell is framed instead of its row filled
    painter->save();
    paintGround(*painter, plain, index);
    if (tint > 0)
        painter->fillRect(option.rect.adjusted(1, 1, 0, -1), blended(tokens().accent, tokens().surface, 0.06 + 0.34 * tint));
    const int left = index.column() == 0 ? 12 : 8;
    paintContent(*painter, option.rect.adjusted(left, 0, -8, 0), plain, index);
    if (option.state & QStyle::State_Selected && index.column() >= ErrorMatrixModel::FirstError) {
        painter->setPen(QPen(tokens().accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

void ErrorMatrixDelegate::paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option,
                                       const QModelIndex& index) const {
    const QString code = index.data(ErrorMatrixModel::CodeRole).toString();
    if (index.column() != ErrorMatrixModel::Clause || code.isEmpty())
        return RowDelegate::paintContent(painter, content, option, index);
    painter.setRenderHint(QPainter::Antialiasing);
    const GroupStyle style = groupStyle(code.left(1), tokens());
    const double middle = content.center().y();
    int left = content.left();
    if (code.size() == 1) {
        paintGroupSwatch(painter, QRectF(left, middle - 7, 8, 15), style);
        left += 16;
    } else {
        paintGroupTag(painter, QRectF(left + 12, middle - kTagHeight / 2.0, kTagWidth, kTagHeight), code, style, tokens().surface);
        left += 12 + kTagWidth + 8;
    }
    RowDelegate::paintContent(painter, QRect(left, content.top(), content.right() - left + 1, content.height()), option, index);
}

ErrorMatrixView::ErrorMatrixView(QWidget* parent) : TableView(tr("Errors by clause and kind"), parent) {
    setObjectName(QStringLiteral("errorMatrix"));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setItemDelegate(new ErrorMatrixDelegate(this));
    styleHeader(this);
    setSortingEnabled(false);
    connect(this, &QTableView::clicked, this, &ErrorMatrixView::cellChosen);
}

void ErrorMatrixView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    TableView::currentChanged(current, previous);
    Q_EMIT cellChosen(current);
}

} // namespace cw
