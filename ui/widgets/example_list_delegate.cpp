// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/example_list_delegate.h"

#include "ui/appearance.h"
#include "ui/models/example_list_model.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/table_view.h"

#include <QPainter>

namespace cw {

namespace {

// A chip that ends at `topRight`; returns its width.
int paintEnd(QPainter& painter, const QPointF& topRight, const QString& words, FlipVerdict verdict) {
    const Tokens& t = tokens();
    const bool broken = verdict == FlipVerdict::Broken, suspect = verdict == FlipVerdict::SuspectGold;
    const QColor ink = broken ? t.danger : suspect ? t.warning : t.text, ground = broken ? t.dangerFill : suspect ? t.warningFill : t.sunken;
    const int width = paintChip(nullptr, {}, words, ink, ground);
    paintChip(&painter, topRight - QPointF(width, 0), words, ink, ground);
    return width;
}

} // namespace

void ExampleListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QRect& box = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(box, selected ? tokens().accentFill : option.state & QStyle::State_MouseOver ? tokens().hover : tokens().surface);
    if (selected)
        painter->fillRect(QRect(box.left(), box.top(), 3, box.height()), tokens().accent);
    painter->fillRect(QRect(box.left(), box.bottom(), box.width(), 1), tokens().lineSoft);
    const QString kind = index.data(ExampleListModel::KindRole).toString(), verdict = index.data(ExampleListModel::VerdictRole).toString();
    const int left = box.left() + 12;
    int right = box.right() - 12;
    right -= paintEnd(*painter, QPointF(right, box.top() + 4), verdict.isEmpty() ? kind : verdict,
                      static_cast<FlipVerdict>(index.data(ExampleListModel::VerdictCodeRole).toInt()));
    painter->setFont(uiFont(size::kMeta));
    painter->setPen(tokens().muted);
    if (const QString page = index.data(ExampleListModel::PageRole).toString(); !page.isEmpty()) {
        const int wide = QFontMetrics(painter->font()).horizontalAdvance(page);
        painter->drawText(QRect(right - wide - 8, box.top() + 4, wide + 1, 20), Qt::AlignVCenter, page);
        right -= wide + 8;
    }
    painter->setFont(uiFont(size::kBody, QFont::Medium));
    painter->setPen(tokens().text);
    painter->drawText(QRect(left, box.top() + 4, right - 8 - left, 20), Qt::AlignVCenter,
                      QFontMetrics(painter->font()).elidedText(index.data().toString(), Qt::ElideRight, right - 8 - left));
    painter->setFont(uiFont(size::kMeta));
    painter->setPen(tokens().muted);
    const QString excerpt = index.data(ExampleListModel::ExcerptRole).toString().left(300);
    const QString below = verdict.isEmpty() ? excerpt : QStringLiteral("%1 · %2").arg(kind, excerpt); // the chip says something else
    painter->drawText(QRect(left, box.top() + 24, box.width() - 24, 18), Qt::AlignVCenter,
                      QFontMetrics(painter->font()).elidedText(below, Qt::ElideRight, box.width() - 24));
    if (option.state & QStyle::State_HasFocus && option.widget && option.widget->hasFocus())
        paintFocusedRow(*painter, box, true, true);
    painter->restore();
}

} // namespace cw
