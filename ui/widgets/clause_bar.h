// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The bar of a contract's clauses: one segment a clause type, its height by state, a gap between groups. GUI thread.
#pragma once

#include "ui/models/cell_sign.h"
#include "ui/widgets/table_view.h"

#include <vector>

namespace cw {

class Taxonomy;

// For each clause type, true if it begins a new group.
std::vector<bool> groupStarts(const Taxonomy& taxonomy);

int clauseBarWidth(const std::vector<bool>& groupStarts);
// Draws the bar with its left edge at `left` and its foot at `bottom`.
void paintClauseBar(QPainter& painter, QPointF leftBottom, const std::vector<CellSign>& signs, const std::vector<bool>& groupStarts,
                    const Tokens& tokens);
// One segment, as the legend shows it.
void paintClauseSegment(QPainter& painter, QPointF leftBottom, CellSign sign, const Tokens& tokens);

// The library's clause column: the bar and the number of reviewed clauses; and its last column: initials in a disc.
class ClauseBarDelegate : public RowDelegate {
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;
    void setGroupStarts(std::vector<bool> starts) { m_starts = std::move(starts); }

protected:
    void paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintClauses(QPainter& painter, const QRect& content, const QModelIndex& index) const;
    std::vector<bool> m_starts;
};

} // namespace cw
