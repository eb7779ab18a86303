// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/clause_tree.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/table_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

namespace cw {

namespace {

constexpr int kGroupRow = 26, kTypeRow = 22, kSign = 13, kSmallSign = 9, kSmallStep = 10;

class ClauseDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        return {200, index.parent().isValid() ? kTypeRow : kGroupRow};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        // The whole row, not only what lies right of the branch.
        const QRect row(0, option.rect.top(), option.rect.right() + 1, option.rect.height());
        if (index.parent().isValid())
            paintType(*painter, row, option, index);
        else
            paintGroup(*painter, row, option, index);
        painter->restore();
    }

private:
    void paintGround(QPainter& painter, const QRect& row, const QStyleOptionViewItem& option, const QColor& ground) const {
        const Tokens& t = tokens();
        const bool current = option.state & QStyle::State_Selected;
        painter.fillRect(row, current ? t.accentFill : option.state & QStyle::State_MouseOver ? t.hover : ground);
        if (current)
            painter.fillRect(QRect(0, row.top(), 3, row.height()), t.accent);
        if (option.widget->hasFocus() && option.state & QStyle::State_HasFocus)
            paintFocusedRow(painter, row, true, true);
    }

    void paintGroup(QPainter& painter, const QRect& row, const QStyleOptionViewItem& option, const QModelIndex& index) const {
        const Tokens& t = tokens();
        paintGround(painter, row, option, t.window);
        painter.fillRect(QRect(0, row.bottom(), row.width(), 1), t.lineSoft);
        paintIcon(painter, QRectF(8, row.center().y() - 5, 12, 12),
                  option.state & QStyle::State_Open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), t.muted);
        const QString letter = index.data(ClauseTreeModel::LetterRole).toString();
        paintGroupSwatch(painter, QRectF(26, row.center().y() - 6, 8, 14), groupStyle(letter, t));
        int right = row.right() - 10 - 16;
        paintKeyCaps(&painter, QRect(right, row.top(), 16, row.height()), {letter}, t.muted, t.lineStrong);
        const auto& model = *static_cast<const ClauseTreeModel*>(index.model());
        const std::vector<CellSign> signs = model.groupSigns(index);
        right -= 6 + kSmallStep * static_cast<int>(signs.size());
        for (size_t i = 0; i < signs.size(); ++i)
            paintCellSign(painter, QRectF(right + kSmallStep * static_cast<int>(i), row.center().y() - 4, kSmallSign, kSmallSign), signs[i], t);
        painter.setFont(uiFont(size::kBody, QFont::Medium));
        painter.setPen(t.text);
        const QRect room(42, row.top(), right - 42 - 6, row.height());
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width()));
    }

    void paintType(QPainter& painter, const QRect& row, const QStyleOptionViewItem& option, const QModelIndex& index) const {
        const Tokens& t = tokens();
        paintGround(painter, row, option, t.surface);
        const auto sign = static_cast<CellSign>(index.data(ClauseTreeModel::SignRole).toInt());
        paintCellSign(painter, QRectF(24, row.center().y() - 6, kSign, kSign), sign, t);
        const QString code = index.data(ClauseTreeModel::CodeRole).toString();
        painter.setFont(uiFont(size::kMeta));
        painter.setPen(t.muted);
        painter.drawText(row.adjusted(0, 0, -12, 0), Qt::AlignVCenter | Qt::AlignRight, code);
        const bool current = option.state & QStyle::State_Selected;
        painter.setFont(uiFont(size::kBody, current ? QFont::DemiBold : QFont::Normal));
        painter.setPen(index.data(MutedRole).toBool() && !current ? t.muted : t.text);
        painter.drawText(QRect(44, row.top(), row.width() - 44 - 40, row.height()), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, row.width() - 44 - 40));
    }
};

} // namespace

ClauseTree::ClauseTree(ClauseTreeModel& model, QWidget* parent) : QTreeView(parent), m_model(model) {
    setObjectName(QStringLiteral("clauseTree"));
    setAccessibleName(tr("Clauses"));
    setHeaderHidden(true);
    setIndentation(0);
    setRootIsDecorated(false);
    setMouseTracking(true);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new ClauseDelegate(this));
    setModel(&model);
    connect(&model, &QAbstractItemModel::modelReset, this, &QTreeView::expandAll);
}

void ClauseTree::setCurrentClause(int clause) {
    const QScopedValueRollback quiet(m_quiet, true);
    const QModelIndex index = m_model.indexOfClause(clause);
    expand(index.parent());
    setCurrentIndex(index);
    scrollTo(index);
}

void ClauseTree::showGroupOf(int clause) {
    const QModelIndex group = m_model.indexOfClause(clause).parent();
    expand(group);
    scrollTo(m_model.index(m_model.rowCount(group) - 1, 0, group));
    scrollTo(group);
}

void ClauseTree::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    if (const int clause = current.isValid() ? current.data(ClauseTreeModel::ClauseRole).toInt() : -1; clause >= 0 && !m_quiet)
        Q_EMIT clauseChosen(clause);
}

void ClauseTree::mousePressEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && !index.parent().isValid()) {
        setExpanded(index, !isExpanded(index));
        return;
    }
    QTreeView::mousePressEvent(event);
}

void ClauseTree::keyPressEvent(QKeyEvent* event) {
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().parent().isValid()) {
        Q_EMIT entered();
        return;
    }
    // Letters are the page's keys, not a search in the list.
    if (event->text().isEmpty() || event->text().front().isPrint() == false || event->modifiers() & Qt::ControlModifier)
        return QTreeView::keyPressEvent(event);
    event->ignore();
}

} // namespace cw
