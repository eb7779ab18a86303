// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which texts hold much of another one (evaluation rule 2.12): an amendment within the agreement that restates it. Pure; any thread.
#pragma once

#include <string>
#include <vector>

namespace cw {

// Groups of texts: two are in one if at least half of the 5-word runs of the shorter stand in the other. Two whose Jaccard index is 1/2
// always are. Returns the group of each text, the smallest index in it.
std::vector<int> containmentGroups(const std::vector<std::string>& texts);

} // namespace cw
