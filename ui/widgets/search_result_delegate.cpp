// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/search_result_delegate.h"

#include "ui/appearance.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/table_view.h"

#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

constexpr int kContractRow = 34, kHitRow = 27, kPadding = 16, kIndent = 24, kSign = 14, kPage = 48, kTagRoom = 210, kSnippetFont = 14;

// Draws pieces from `left` to at most `right`; the last that fits is elided.
void paintPieces(QPainter& painter, const QRect& room, const std::vector<SearchResultModel::Piece>& pieces) {
    int x = room.left();
    for (const SearchResultModel::Piece& piece : pieces) {
        QFont font = contractFont(kSnippetFont);
        font.setBold(piece.found);
        font.setUnderline(piece.found);
        painter.setFont(font);
        const QFontMetrics metrics(font);
        const QString text = metrics.elidedText(piece.text, Qt::ElideRight, room.right() - x);
        const int width = metrics.horizontalAdvance(text);
        if (piece.found)
            painter.fillRect(QRect(x, room.center().y() - metrics.height() / 2, width, metrics.height()), tokens().warningFill);
        painter.setPen(tokens().text);
        painter.drawText(QRect(x, room.top(), width + 2, room.height()), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += width;
        if (text.size() < piece.text.size() || x >= room.right())
            return;
    }
}

} // namespace

void SearchResultDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = tokens();
    const SearchResultModel::Row& row = static_cast<const SearchResultModel*>(index.model())->at(index.row());
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect, selected ? t.accentFill : option.state & QStyle::State_MouseOver ? t.hover : t.surface);
    if (row.kind == SearchResultModel::Kind::Contract && index.row() > 0)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1), t.line);
    if (selected)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent);
    if (option.state & QStyle::State_HasFocus && option.widget && option.widget->hasFocus())
        paintFocusedRow(*painter, option.rect, true, true);
    const QRect content = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    switch (row.kind) {
    case SearchResultModel::Kind::Contract: paintContract(*painter, content, row); break;
    case SearchResultModel::Kind::Hit: paintHit(*painter, content, row); break;
    default: paintMore(*painter, content, row); break;
    }
    painter->restore();
}

void SearchResultDelegate::paintContract(QPainter& painter, const QRect& content, const SearchResultModel::Row& row) const {
    const Tokens& t = tokens();
    int left = content.left();
    painter.setFont(uiFont(size::kMeta));
    const QFontMetrics small(painter.font());
    QString detail = row.detail;
    if (row.sign) {
        paintCellSign(painter, QRectF(left, content.center().y() - kSign / 2, kSign, kSign), *row.sign, t);
        left += kIndent;
        detail = row.signWord + QStringLiteral(" \u00B7 ") + detail;
    }
    const int width = small.horizontalAdvance(detail);
    painter.setPen(t.muted);
    painter.drawText(content, Qt::AlignVCenter | Qt::AlignRight, detail);
    painter.setFont(uiFont(size::kBody, QFont::DemiBold));
    painter.setPen(t.text);
    const int room = content.right() - width - 16 - left;
    painter.drawText(QRect(left, content.top(), room, content.height()), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(row.text, Qt::ElideRight, room));
}

void SearchResultDelegate::paintHit(QPainter& painter, const QRect& content, const SearchResultModel::Row& row) const {
    const Tokens& t = tokens();
    const int tag = std::min(kTagRoom, content.width() / 4);
    painter.setFont(uiFont(size::kMeta));
    painter.setPen(t.muted);
    painter.drawText(content, Qt::AlignVCenter | Qt::AlignRight, row.detail);
    QRect about(content.right() - kPage - tag, content.top(), tag, content.height());
    if (!row.code.isEmpty()) {
        paintGroupTag(painter, QRectF(about.left(), about.center().y() - kTagHeight / 2, kTagWidth, kTagHeight), row.code, groupStyle(row.letter, t), t.surface);
        about.setLeft(about.left() + kTagWidth + 6);
    }
    const QString where = row.clause.isEmpty() ? tr("in no clause") : row.clause;
    painter.drawText(about, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(where, Qt::ElideRight, about.width()));
    paintPieces(painter, QRect(content.left() + kIndent, content.top(), content.width() - kIndent - kPage - tag - 16, content.height()), row.pieces);
}

void SearchResultDelegate::paintMore(QPainter& painter, const QRect& content, const SearchResultModel::Row& row) const {
    const int indent = row.kind == SearchResultModel::Kind::MoreHits ? kIndent : 0;
    painter.setFont(uiFont(size::kBody, QFont::Medium));
    painter.setPen(tokens().accent);
    painter.drawText(content.adjusted(indent, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, row.text);
}

QSize SearchResultDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const SearchResultModel::Kind kind = static_cast<const SearchResultModel*>(index.model())->at(index.row()).kind;
    return {200, kind == SearchResultModel::Kind::Hit || kind == SearchResultModel::Kind::MoreHits ? kHitRow : kContractRow};
}

} // namespace cw
