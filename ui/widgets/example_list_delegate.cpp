// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/example_list_delegate.h"

#include "ui/appearance.h"
#include "ui/models/example_list_model.h"
#include "ui/widgets/glyphs.h"

#include <QPainter>

namespace cw {

void ExampleListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRect& box = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(box, selected ? tokens().accentFill : option.state & QStyle::State_MouseOver ? tokens().hover : tokens().surface);
    if (selected)
        painter->fillRect(QRect(box.left(), box.top(), 3, box.height()), tokens().accent);
    painter->fillRect(QRect(box.left(), box.bottom(), box.width(), 1), tokens().lineSoft);
    const QString kind = index.data(ExampleListModel::KindRole).toString();
    const int chip = paintChip(nullptr, {}, kind, tokens().muted, tokens().sunken);
    paintChip(painter, QPointF(box.right() - 12 - chip, box.top() + 4), kind, tokens().text, tokens().sunken);
    const int left = box.left() + 12;
    painter->setFont(uiFont(size::kBody, QFont::Medium));
    painter->setPen(tokens().text);
    const int room = box.width() - chip - 36;
    painter->drawText(QRect(left, box.top() + 4, room, 20), Qt::AlignVCenter,
                      QFontMetrics(painter->font()).elidedText(index.data().toString(), Qt::ElideRight, room));
    painter->setFont(uiFont(size::kMeta));
    painter->setPen(tokens().muted);
    painter->drawText(QRect(left, box.top() + 24, box.width() - 24, 18), Qt::AlignVCenter,
                      QFontMetrics(painter->font())
                          .elidedText(index.data(ExampleListModel::ExcerptRole).toString().left(300), Qt::ElideRight, box.width() - 24));
    painter->restore();
}

} // namespace cw
