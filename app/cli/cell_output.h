// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// States and sides as words of the command line.
#pragma once

#include "app/cli/output.h"
#include "core/model/annotation.h"
#include "core/model/split.h"

namespace cw::cli {

Result<Side> sideFromName(const QString& name); // "train", "validation", "test"
QString stateWord(CellState state);             // "not_reviewed", "absent", "present"

} // namespace cw::cli
