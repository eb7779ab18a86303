// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/review_list.h"

#include <utility>

namespace cw {

namespace {

bool passes(const ReviewedCell& cell, ReviewFilter filter) {
    switch (filter) {
    case ReviewFilter::All:
        return true;
    case ReviewFilter::Fixed:
        return cell.group == ReviewGroup::Fixed;
    case ReviewFilter::Broken:
        return cell.group == ReviewGroup::Broken;
    case ReviewFilter::SameWrong:
        return cell.group == ReviewGroup::SameWrong;
    case ReviewFilter::DifferentWrong:
        return cell.group == ReviewGroup::DifferentWrong;
    case ReviewFilter::BothRight:
        return cell.group == ReviewGroup::BothRight;
    case ReviewFilter::SuspectGold:
        return cell.suspectGold;
    }
    return false;
}

} // namespace

void ReviewList::setCells(std::vector<ReviewedCell> cells) {
    m_cells = std::move(cells);
    m_counts = countGroups(m_cells);
    if (!m_cells.empty() && count(m_filter) == 0)
        m_filter = ReviewFilter::All;
    show();
}

void ReviewList::setFilter(ReviewFilter filter) {
    m_filter = filter;
    show();
}

void ReviewList::show() {
    m_shown.clear();
    for (size_t at = 0; at < m_cells.size(); ++at)
        if (passes(m_cells[at], m_filter))
            m_shown.push_back(at);
}

int ReviewList::count(ReviewFilter filter) const {
    switch (filter) {
    case ReviewFilter::All:
        return m_counts.all;
    case ReviewFilter::Fixed:
        return m_counts.of(ReviewGroup::Fixed);
    case ReviewFilter::Broken:
        return m_counts.of(ReviewGroup::Broken);
    case ReviewFilter::SameWrong:
        return m_counts.of(ReviewGroup::SameWrong);
    case ReviewFilter::DifferentWrong:
        return m_counts.of(ReviewGroup::DifferentWrong);
    case ReviewFilter::BothRight:
        return m_counts.of(ReviewGroup::BothRight);
    case ReviewFilter::SuspectGold:
        return m_counts.suspectGold;
    }
    return 0;
}

int ReviewList::rowOf(const ScoredCell* cell) const {
    for (int row = 0; row < size(); ++row)
        if (at(row).a == cell)
            return row;
    return -1;
}

} // namespace cw
