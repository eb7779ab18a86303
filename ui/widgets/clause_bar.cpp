// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/clause_bar.h"

#include "core/taxonomy/taxonomy.h"
#include "ui/appearance.h"
#include "ui/models/contract_filter_model.h"
#include "app/services/people.h"

#include <QPainter>

namespace cw {

namespace {

constexpr int kSegment = 2, kGap = 1, kGroupGap = 3, kDisc = 22;

int heightOf(CellSign sign) {
    switch (sign) {
    case CellSign::Untouched:
    case CellSign::Suggested:
        return 2;
    case CellSign::Absent:
        return 6;
    default:
        return 12;
    }
}

void paintInitials(QPainter& painter, const QRect& content, const QString& name) {
    if (name.isEmpty()) {
        painter.setPen(tokens().muted);
        painter.drawText(content, Qt::AlignVCenter | Qt::AlignLeft, QStringLiteral("\u2013"));
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF disc(content.left(), content.center().y() - kDisc / 2.0 + 0.5, kDisc, kDisc);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().dark ? tokens().line : tokens().sunken);
    painter.drawEllipse(disc);
    painter.setPen(tokens().text);
    painter.setFont(uiFont(10, QFont::DemiBold));
    painter.drawText(disc, Qt::AlignCenter, initialsOf(name));
}

} // namespace

std::vector<bool> groupStarts(const Taxonomy& taxonomy) {
    std::vector<bool> starts;
    for (const ClauseType& type : taxonomy.types())
        starts.push_back(starts.empty() || type.group != taxonomy.types()[starts.size() - 1].group);
    return starts;
}

int clauseBarWidth(const std::vector<bool>& starts) {
    int width = 0;
    for (size_t i = 0; i < starts.size(); ++i)
        width += kSegment + kGap + (starts[i] && i > 0 ? kGroupGap : 0);
    return width;
}

void paintClauseSegment(QPainter& painter, QPointF leftBottom, CellSign sign, const Tokens& t) {
    const int height = heightOf(sign);
    const bool flagged = sign == CellSign::Unsure || sign == CellSign::Conflict;
    const QColor color = sign == CellSign::Untouched ? t.muted : sign == CellSign::Absent ? t.muted : cellSignColor(sign, t);
    painter.fillRect(QRectF(leftBottom.x(), leftBottom.y() - height, kSegment, height), color);
    if (flagged) // the foot that tells it apart without colour
        painter.fillRect(QRectF(leftBottom.x() - 1, leftBottom.y() + 1, kSegment + 2, 1.5), color);
}

void paintClauseBar(QPainter& painter, QPointF leftBottom, const std::vector<CellSign>& signs, const std::vector<bool>& starts,
                    const Tokens& t) {
    qreal x = leftBottom.x();
    for (size_t i = 0; i < signs.size(); ++i) {
        if (i > 0 && i < starts.size() && starts[i])
            x += kGroupGap;
        paintClauseSegment(painter, {x, leftBottom.y()}, signs[i], t);
        x += kSegment + kGap;
    }
}

void ClauseBarDelegate::paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option,
                                     const QModelIndex& index) const {
    if (index.column() == ContractTableModel::ClausesColumn)
        return paintClauses(painter, content, index);
    if (index.column() == ContractTableModel::AnnotatorColumn)
        return paintInitials(painter, content, index.data().toString());
    RowDelegate::paintContent(painter, content, option, index);
}

void ClauseBarDelegate::paintClauses(QPainter& painter, const QRect& content, const QModelIndex& index) const {
    const auto* model = qobject_cast<const ContractFilterModel*>(index.model());
    const ContractRow& row = model->at(index.row());
    paintClauseBar(painter, QPointF(content.left(), content.center().y() + 5), row.signs, m_starts, tokens());
    const Progress progress = progressOf(row);
    painter.setFont(uiFont());
    painter.setPen(progress == Progress::Complete ? tokens().success : progress == Progress::NotStarted ? tokens().muted : tokens().text);
    painter.drawText(content, Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
}

} // namespace cw
