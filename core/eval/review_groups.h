// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What became of each cell between a run and the baseline that it is held against: the groups that a review goes through. Pure; any thread.
#pragma once

#include "core/eval/error_matrix.h"

#include <array>
#include <vector>

namespace cw {

// Run A against baseline B.
enum class ReviewGroup {
    Fixed,          // B wrong, A right
    Broken,         // B right, A wrong
    SameWrong,      // both wrong, with the same answer
    DifferentWrong, // both wrong, each with an answer of its own
    BothRight,
    Unpaired        // B has no such cell, or there is no B
};
inline constexpr int kReviewGroups = 6;

struct ReviewedCell {
    const ScoredCell* a = nullptr; // never null
    const ScoredCell* b = nullptr; // null: Unpaired
    ReviewGroup group = ReviewGroup::Unpaired;
    bool suspectGold = false; // as verdictOf (core/eval/error_matrix.h) has it: both found the same, and the gold says another
};

// The same answer: both absent, or present with values that are equal and, where the type has no value, the same quotes but for white space
// and case. An invalid answer is none.
bool sameAnswer(const ScoredCell& a, const ScoredCell& b);

// `b` may be null.
ReviewedCell groupedCell(const ScoredCell& a, const ScoredCell* b, Rules rules);

// One for each of `cells`, which are A's, in their order. `baseline` null: no B.
std::vector<ReviewedCell> groupForReview(const std::vector<const ScoredCell*>& cells, const Evaluation* baseline, Rules rules);

struct ReviewCounts {
    std::array<int, kReviewGroups> groups{};
    int suspectGold = 0;
    int all = 0;
    int of(ReviewGroup group) const { return groups[static_cast<size_t>(group)]; }
};

ReviewCounts countGroups(const std::vector<ReviewedCell>& cells);

} // namespace cw
