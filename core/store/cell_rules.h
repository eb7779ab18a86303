// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What makes a cell right: its spans lie in the text, its value fits its type, its state allows both. Pure; any thread.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"
#include "core/model/clause_type.h"

#include <string_view>

namespace cw {

// The cell as it shall be stored: quotes taken from the text, a present cell without a needed value flagged, alternatives left out that say
// what the cell says. BadInput says what is wrong with it; `contract` names it there.
Result<Cell> checkedCell(Cell cell, const ClauseType& type, std::string_view text, std::string_view contract);

// Corrupt if a stored quote is not the text's bytes.
Status checkQuotes(const Cell& cell, std::string_view text, std::string_view contract);

} // namespace cw
