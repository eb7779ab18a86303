// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/queue_delegate.h"

#include "ui/appearance.h"
#include "ui/models/contract_filter_model.h"
#include "ui/widgets/table_view.h"

#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

constexpr int kBar = 44, kNumber = 24, kBarHeight = 3;

} // namespace

void QueueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = tokens();
    const auto* model = qobject_cast<const ContractFilterModel*>(index.model());
    const ContractRow& row = model->at(index.row());
    const bool current = option.state & QStyle::State_Selected;
    const bool complete = progressOf(row) == Progress::Complete;
    painter->save();
    painter->fillRect(option.rect, current ? t.accentFill : option.state & QStyle::State_MouseOver ? t.hover : t.surface);
    if (current)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent);
    if (current && option.widget->hasFocus())
        paintFocusedRow(*painter, option.rect, true, true);
    const QRect content = option.rect.adjusted(12, 0, -12, 0);
    painter->setFont(uiFont(size::kBody, current ? QFont::DemiBold : QFont::Normal));
    painter->setPen(complete ? t.success : t.muted);
    painter->drawText(content, Qt::AlignVCenter | Qt::AlignRight, QString::number(row.reviewed));
    const QRect bar(content.right() - kNumber - kBar, content.center().y() - kBarHeight / 2, kBar, kBarHeight);
    painter->fillRect(bar, t.sunken);
    painter->fillRect(QRect(bar.left(), bar.top(), kBar * row.reviewed / std::max<int>(1, static_cast<int>(row.signs.size())), kBarHeight),
                      complete ? t.success : t.accent);
    painter->setPen(row.reviewed == 0 && !current ? t.muted : t.text);
    painter->drawText(content, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, bar.left() - content.left() - 8));
    painter->restore();
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const { return {120, size::kRow}; }

} // namespace cw
