// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a contract's cells are as gold. Pure; any thread.
#pragma once

#include "core/dataset/rows.h"
#include "core/model/annotation.h"

#include <vector>

namespace cw {

// Sets what `row` says of the clauses: request, answer, places, accepted answers, and the types that nobody asks for. `cells` and `request`
// are in the taxonomy's order.
void takeGold(GoldRow& row, const std::vector<Cell>& cells, const Request& request);

} // namespace cw
