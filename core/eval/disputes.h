// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the scores of an evaluation would be if disputed gold were changed as the disputes propose. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

#include <optional>
#include <string>
#include <vector>

namespace cw {

// Somebody says that the gold of a cell is wrong.
struct Dispute {
    ContractId contract;
    std::string clause;
    std::optional<Finding> proposed; // what the gold should be; nothing: absent
};

struct DisputedScores {
    Breakdown before, after;
    int applied = 0;  // disputes about cells that the evaluation has; of several about one cell the last one counts
    int changed = 0;  // cells whose outcome is another one then
};

// Scores anew only the disputed cells, against what the disputes propose, with the other disputed cells of their contract as proposed too (a
// date's anchor, the parties' names). As `evaluation` itself was scored, but that where proposed quotes stand isn't known.
DisputedScores scoresIfAccepted(const Evaluation& evaluation, Rules rules, const std::vector<Dispute>& disputes, const Taxonomy& taxonomy);

} // namespace cw
