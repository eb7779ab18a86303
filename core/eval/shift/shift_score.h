// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a shift did to a model's answers: invariant cells must stay as they were but for the carried edits, directed ones must become what
// the shift says. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"
#include "core/eval/shift/shift.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cw {

// Cells that did what they must, of all.
struct ShiftRate {
    int kept = 0, of = 0;
    std::optional<std::array<double, 2>> interval; // 95 %, cluster bootstrap over contracts, from two contracts on
    double rate() const { return of == 0 ? 0 : static_cast<double>(kept) / of; }
};

// A cell that did not.
struct ShiftFault {
    ContractId contract;
    std::string clause;
    bool directed = false;
    std::optional<Finding> expected; // the answer to the old text, carried along; of a directed cell the shifted gold
    std::optional<Finding> found;
};

struct ShiftOutcome {
    int contracts = 0;
    ShiftRate invariant;
    ShiftRate directed;            // right by the shifted gold
    ShiftRate directedRightBefore; // of those whose answer to the old text was right
    int contractsJudged = 0; // those with an invariant cell that says something
    int contractsKept = 0;   // of these: with every such cell as it was
    std::array<double, 2> contractsInterval{0, 1}; // Wilson, 95 %
    int unusable = 0; // invariant cells that are unusable before and after: they say nothing of the shift
    std::vector<ShiftFault> faults; // by contract, then in the gold's order
};

// `before` and `after` are evaluations of the same contracts, on the old texts with their gold and on the shifted ones with theirs;
// contracts that one of them hasn't are left out. Places of the answers to the old text are carried by the edits. Seeded.
ShiftOutcome scoreShift(const Evaluation& before, const Evaluation& after, const std::vector<ShiftedContract>& shifted, const TextOf& textOf,
                        const Taxonomy& taxonomy);

// How a shift is kept beside its texts: {"v":1,"contract":id,"shift":name,"edits":[[begin,end,text],...],"directed":[keys]}, one line a
// contract; ranges are of the old text.
std::string editsLine(ShiftKind kind, const ShiftedContract& contract);

struct EditsRow {
    ContractId contract;
    std::string shift;
    std::vector<TextEdit> edits;
    std::vector<std::string> directed;
};

Result<std::vector<EditsRow>> readEdits(const std::filesystem::path& file);
// That the edits are of this text: in order, without overlap, within it, on code points.
Status checkEdits(const EditsRow& row, std::string_view text, std::string_view where);

} // namespace cw
