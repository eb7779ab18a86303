// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What becomes of cells when their types are merged, split or get other codes; taxonomy_change.h states the rules. Pure; any thread.
#pragma once

#include "core/taxonomy/taxonomy_change.h"

#include <vector>

namespace cw {

// A cell with the type that it is a cell of.
struct TypedCell {
    const ClauseType* type;
    Cell cell; // an untouched one is a blank
};

// The cell as it is when `target` is its type: a value that doesn't fit is taken out, with a flag and a line in the note.
Cell fitted(const TypedCell& from, const ClauseType& target);
// At least one contributor.
Cell mergedCell(const std::vector<TypedCell>& contributors, const ClauseType& target);
// What a split cell gives one of its targets; a blank: nothing comes.
Cell splitCell(const TypedCell& source, const ClauseType& target, const CellStep& step);
Cell withCodes(Cell cell, const CellStep& step);

// In document order, those that overlap joined.
std::vector<Span> unionOf(std::vector<Span> spans);

} // namespace cw
