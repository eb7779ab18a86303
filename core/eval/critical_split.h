// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A text in scoring form as what the guard looks at one by one. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Words, numbers with their separators, and single marks; blanks go. Letters with stops between them are one word ("u.s." is "us"), and a
// decimal that begins with its point has a zero before it.
std::vector<std::string> criticalSplit(std::string_view text);

// The same joined by single blanks: how phrases are looked up.
std::string criticalForm(std::string_view text);

} // namespace cw
