// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The parties of a contract that nobody has annotated, for an import's suppositions and a window's stub. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// The names of the parties as the opening words give them ("between Corio Inc. ("Corio") and Changepoint, Inc."); empty unless there are
// at least two, each of which reads as a name.
std::vector<std::string> guessParties(std::string_view text);

} // namespace cw
