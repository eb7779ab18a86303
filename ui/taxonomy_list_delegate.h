// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The rows of the lists beside the taxonomy editor: a row's text, and before it, for a row that can be checked, its box and its key. GUI
// thread.
#pragma once

#include "ui/widgets/table_view.h"

namespace cw {

class TaxonomyListDelegate final : public RowDelegate {
    Q_OBJECT

public:
    enum Role { CodeRole = Qt::UserRole + 40, LetterRole }; // the key of a clause type and the letter of its group
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index) override;
};

} // namespace cw
