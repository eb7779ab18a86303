// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The state of a cell as one sign: what it is called and which token it takes. No widgets; any thread.
#pragma once

#include "app/services/theme.h"
#include "core/model/annotation.h"

#include <QString>

namespace cw {

enum class CellSign { Untouched, Present, Absent, Unsure, Conflict, Suggested };

// A value to review shows as unsure: a person has to look at it again.
CellSign cellSign(CellState state, const CellFlags& flags);
inline CellSign cellSign(const Cell& cell) { return cellSign(cell.state, cell.flags); }
QString cellSignWord(CellSign sign); // "present", for screen readers and legends
QColor cellSignColor(CellSign sign, const Tokens& tokens);

} // namespace cw
