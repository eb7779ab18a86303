// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where the wrong cells of an evaluation are, by clause type and error kind, beside those of another evaluation of the same contracts.
// Counts and lists come from the same cells by the same rule, so that a list is as long as its count says. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cw {

inline constexpr size_t kErrorKinds = static_cast<size_t>(ErrorKind::Format) + 1; // with None: right cells

// A scored cell and the other evaluation's of the same contract and clause. The evaluations must outlive it.
struct CellPair {
    const ScoredCell* shown = nullptr;
    const ScoredCell* other = nullptr; // null: the other evaluation has no such cell, has it with another gold, or there is none
    bool regraded = false;             // it has it with another gold: the two scores can't be compared
};

// One pair a cell of `shown`, in its order.
std::vector<CellPair> pairCells(const Evaluation& shown, const Evaluation* other);

using KindCounts = std::array<int, kErrorKinds>; // by ErrorKind

// Of one clause type, or summed over several.
struct ErrorCounts {
    int cells = 0;
    int positives = 0; // gold is present
    KindCounts kinds{};
    int paired = 0;         // of the cells: the other evaluation has them too, with the same gold
    int regraded = 0;       // of the cells: it has them with another gold
    KindCounts pairedKinds{}; // of these
    KindCounts otherKinds{};  // what they are in the other evaluation
    ErrorCounts& operator+=(const ErrorCounts& more);
    int wrong() const { return cells - kinds[static_cast<size_t>(ErrorKind::None)]; }
};

using CellFilter = std::function<bool(const ScoredCell&)>; // empty: every cell

std::map<std::string, ErrorCounts> countErrors(const std::vector<CellPair>& pairs, Rules rules, const CellFilter& filter = {});

// A wrong cell beside the other evaluation's.
enum class FlipVerdict {
    None,        // there is no other
    Broken,      // the other is right
    StillWrong,  // both are wrong
    SuspectGold, // both are wrong and found the same: perhaps the gold is
};

FlipVerdict verdictOf(const CellPair& pair, Rules rules);

enum class ExampleOrder { LeastAlike, LeastSure, ByContract };

// How sure the run was of a cell, the less the smaller; nothing where that isn't known.
using SurenessOf = std::function<std::optional<double>(const ScoredCell&)>;

// Wrong cells that `isIn` holds for, in this order; what the order knows nothing of comes last, by contract.
std::vector<CellPair> examplesOf(const std::vector<CellPair>& pairs, Rules rules, const CellFilter& isIn, ExampleOrder order,
                                 const SurenessOf& sureness = {});

} // namespace cw
