// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Paints a run of the list: the sign of its state, its name, what it is doing, a thin bar while it runs. GUI thread.
#pragma once

#include "core/run/run_folder.h"

#include <QColor>
#include <QStyledItemDelegate>

namespace cw {

class RunListDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

QString runStateIcon(RunState state);
QColor runStateColor(RunState state);
QColor runStateGround(RunState state); // of its chip

} // namespace cw
