// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/run_list_delegate.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/models/run_list_model.h"

#include <QPainter>

namespace cw {

QString runStateIcon(RunState state) {
    switch (state) {
    case RunState::Waiting:
        return QStringLiteral("clock");
    case RunState::Running:
        return QStringLiteral("play");
    case RunState::Done:
        return QStringLiteral("check");
    case RunState::Stopped:
        return QStringLiteral("stop");
    default:
        return QStringLiteral("warning");
    }
}

QColor runStateColor(RunState state) {
    const Tokens& t = tokens();
    switch (state) {
    case RunState::Running:
        return t.accent;
    case RunState::Done:
        return t.success;
    case RunState::Failed:
    case RunState::Lost:
        return t.danger;
    default:
        return t.muted;
    }
}

QColor runStateGround(RunState state) {
    const Tokens& t = tokens();
    switch (state) {
    case RunState::Running:
        return t.accentFill;
    case RunState::Done:
        return t.successFill;
    case RunState::Failed:
    case RunState::Lost:
        return t.dangerFill;
    default:
        return t.sunken;
    }
}

QSize RunListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const { return {200, 50}; }

void RunListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRect& box = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    const auto state = static_cast<RunState>(index.data(RunListModel::StateRole).toInt());
    painter->save();
    painter->fillRect(box, selected ? tokens().accentFill : option.state & QStyle::State_MouseOver ? tokens().hover : tokens().surface);
    if (selected)
        painter->fillRect(QRect(box.left(), box.top(), 3, box.height()), tokens().accent);
    painter->fillRect(QRect(box.left(), box.bottom(), box.width(), 1), tokens().lineSoft);
    paintIcon(*painter, QRectF(box.left() + 12, box.top() + 9, 16, 16), runStateIcon(state), runStateColor(state));

    const int left = box.left() + 36, width = box.width() - 48;
    painter->setFont(uiFont(size::kMeta));
    const QString word = runStateWord(state);
    const int wordWidth = QFontMetrics(painter->font()).horizontalAdvance(word);
    painter->setPen(runStateColor(state));
    painter->drawText(QRect(left, box.top() + 6, width, 20), Qt::AlignRight | Qt::AlignVCenter, word);
    painter->setFont(uiFont(size::kBody, selected ? QFont::DemiBold : QFont::Normal));
    painter->setPen(tokens().text);
    painter->drawText(QRect(left, box.top() + 6, width - wordWidth - 8, 20), Qt::AlignVCenter,
                      QFontMetrics(painter->font()).elidedText(index.data().toString(), Qt::ElideRight, width - wordWidth - 8));
    painter->setFont(uiFont(size::kMeta));
    painter->setPen(tokens().muted);
    painter->drawText(QRect(left, box.top() + 26, width, 16), Qt::AlignVCenter,
                      QFontMetrics(painter->font()).elidedText(index.data(RunListModel::DetailRole).toString(), Qt::ElideRight, width));
    const double progress = index.data(RunListModel::ProgressRole).toDouble();
    if (state == RunState::Running && progress >= 0)
        painter->fillRect(QRectF(left, box.bottom() - 3, width * progress, 2), tokens().accent);
    painter->restore();
}

} // namespace cw
