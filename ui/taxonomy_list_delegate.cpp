// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/taxonomy_list_delegate.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/glyphs.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace cw {

namespace {

constexpr int kBox = 16, kGap = 8;

void paintBox(QPainter& painter, const QRectF& box, bool checked) {
    const Tokens& t = tokens();
    painter.setPen(QPen(checked ? t.accent : t.lineStrong, 1));
    painter.setBrush(checked ? t.accent : t.surface);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (checked)
        paintIcon(painter, box.adjusted(2, 2, -2, -2), QStringLiteral("check"), t.accentText);
}

} // namespace

void TaxonomyListDelegate::paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option,
                                        const QModelIndex& index) const {
    if (option.state & QStyle::State_HasFocus)
        paintFocusedRow(painter, option.rect, true, true);
    QRect words = content;
    painter.setRenderHint(QPainter::Antialiasing);
    if (const QVariant check = index.data(Qt::CheckStateRole); check.isValid()) {
        paintBox(painter, QRectF(words.left(), words.top() + (words.height() - kBox) / 2, kBox, kBox), check.toInt() == Qt::Checked);
        words.setLeft(words.left() + kBox + kGap);
    }
    if (const QString code = index.data(CodeRole).toString(); !code.isEmpty()) {
        paintGroupTag(painter, QRectF(words.left(), words.center().y() - kTagHeight / 2.0, kTagWidth, kTagHeight), code,
                      groupStyle(index.data(LetterRole).toString(), tokens()), tokens().surface);
        words.setLeft(words.left() + kTagWidth + kGap);
    }
    RowDelegate::paintContent(painter, words, option, index);
}

// The whole row is the box: a click anywhere in it, or Space.
bool TaxonomyListDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index) {
    const QVariant check = index.data(Qt::CheckStateRole);
    if (!check.isValid() || !(index.flags() & Qt::ItemIsUserCheckable))
        return RowDelegate::editorEvent(event, model, option, index);
    const bool clicked = event->type() == QEvent::MouseButtonRelease && static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton &&
                         option.rect.contains(static_cast<QMouseEvent*>(event)->position().toPoint());
    const bool pressed = event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    return (clicked || pressed) && model->setData(index, check.toInt() == Qt::Checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace cw
