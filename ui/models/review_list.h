// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The cells that a review goes through, and the ones of them that the chosen filter leaves. No widgets; any thread.
#pragma once

#include "core/eval/review_groups.h"

#include <vector>

namespace cw {

enum class ReviewFilter { All, Fixed, Broken, SameWrong, DifferentWrong, BothRight, SuspectGold };
inline constexpr int kReviewFilters = 7;

class ReviewList {
public:
    // The filter stays, unless it would leave nothing: then it is All.
    void setCells(std::vector<ReviewedCell> cells);
    void setFilter(ReviewFilter filter);
    ReviewFilter filter() const { return m_filter; }

    int count(ReviewFilter filter) const; // as many as the list has with this filter
    int size() const { return static_cast<int>(m_shown.size()); }
    const ReviewedCell& at(int row) const { return m_cells[m_shown[static_cast<size_t>(row)]]; }
    int rowOf(const ScoredCell* cell) const; // -1: the filter leaves it out

private:
    void show();
    std::vector<ReviewedCell> m_cells;
    std::vector<size_t> m_shown;
    ReviewCounts m_counts;
    ReviewFilter m_filter = ReviewFilter::All;
};

} // namespace cw
