// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Shifted copies of a set of contracts on disk: a folder a shift that `score` and runs can read. Any thread; it touches no store.
//
//   gold.jsonl       GoldRow: the contracts that the shift applies to, with their answers carried along
//   texts/<id>.txt   the shifted texts
//   edits.jsonl      what was rewritten, to carry a model's answers (core/eval/shift/shift_score.h)
//   prompts.jsonl    ChatRow without answer: what `run generate --data` and `run evaluate --data` ask
//   taxonomy.json    the clause types
#pragma once

#include "core/eval/shift/shift_score.h"
#include "core/text/chunk.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cw {

struct ShiftInput {
    Taxonomy taxonomy;
    std::vector<GoldRow> gold;
    std::map<ContractId, std::string> texts;
};

struct ShiftReport {
    ShiftKind kind = ShiftKind::DayFirst;
    int contracts = 0; // that it applies to
    size_t edits = 0;
    int directed = 0; // cells whose right answer changed
    std::map<std::string, int> leftOut; // contracts by the reason why it does not apply
};

// Writes the folder of one shift in the place of what an earlier one left there, once all of it is written; none where it applies to no
// contract. Other files in the folder stay. A contract without a text is left out.
Result<ShiftReport> writeShift(const std::filesystem::path& folder, ShiftKind kind, const ShiftInput& input, const ChunkSettings& chunk);

// The folder again: what the shift made of each contract, without what it was made from.
struct ShiftFolder {
    std::string shift;
    std::vector<ShiftedContract> contracts; // with gold, text, edits, directed
};

// Checked against the texts that it was made from.
Result<ShiftFolder> readShift(const std::filesystem::path& folder, const ShiftInput& original);

} // namespace cw
