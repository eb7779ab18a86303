// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// "Did you mean ...?": the known name nearest to one that was mistyped. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`: the optimal string alignment
// distance (Boytsov, "Indexing Methods for Approximate Dictionary Searching", 2011, section 2.1), over bytes.
size_t editDistance(std::string_view a, std::string_view b);

// The name at the smallest distance from `wanted`, the first of equals; empty if none is near enough to be what was
// meant (more than a third of its letters differ).
std::string closestName(std::string_view wanted, const std::vector<std::string>& names);

} // namespace cw
