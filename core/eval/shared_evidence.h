// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The pairs of clause types whose evidence often is one sentence (taxonomy rule 1.5): a quote of the one under the other is no confusion of
// the two. Any thread.
#pragma once

#include <string_view>

namespace cw {

bool mayShareEvidence(std::string_view clause, std::string_view other); // in either order; false of a clause and itself

} // namespace cw
