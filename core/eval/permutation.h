// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One-sided permutation tests of many questions about the same contracts. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cw {

// Is a sum larger than chance makes it? With members: the sum of the members' values, against that of as many contracts drawn from all.
// Without: the sum of all values, against that with each sign thrown anew.
struct SumQuestion {
    std::vector<double> values; // one a contract or cluster; every question of a call has as many
    std::vector<size_t> members;
    bool signs = false;
};

// p of each question: (throws as large + 1) / (throws + 1). All get one round of `throws`; those with fewer than 20 as large go on for up to
// `rounds`, so that small ones are exact enough to be adjusted. The same throws serve all questions. Seeded by `purpose`.
std::vector<double> sumTests(const std::vector<SumQuestion>& questions, int throws, int rounds, std::string_view purpose);

} // namespace cw
