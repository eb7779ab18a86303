// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Cells in words, for tables and JSON.
#pragma once

#include "app/cli/output.h"
#include "core/model/annotation.h"
#include "core/model/split.h"

namespace cw::cli {

const char* name(CellState state); // "not_reviewed", "absent", "present"
const char* name(Side side);       // "train", "validation", "test"
Result<Side> sideFromName(const QString& name);

QStringList flagNames(const CellFlags& flags);
Json toJson(const Cell& cell);

} // namespace cw::cli
